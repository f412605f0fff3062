/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.mooring.integration.ip;

import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.core.serializer.Deserializer;
import org.springframework.core.serializer.Serializer;
import org.springframework.integration.ip.tcp.connection.AbstractClientConnectionFactory;
import org.springframework.integration.ip.tcp.connection.TcpConnectionSupport;
import org.springframework.integration.ip.tcp.connection.TcpListener;

import io.mooring.Connection;
import io.mooring.ConnectionState;
import io.mooring.ConnectionStatus;
import io.mooring.integration.internal.InboundClaim;
import io.mooring.transport.internal.concurrent.Shutdown;
import io.mooring.transport.internal.receive.StreamPeer;
import io.mooring.transport.settings.AddressSettings;
import io.mooring.transport.settings.ConnectSettings;
import io.mooring.transport.settings.Remote;

/**
 * Connection factory of a stream client. It does not open connections: its only
 * connection is the Mooring connection, whose supervision is unchanged.
 * {@link #getConnection()} waits for an attempt in progress, and throws if the last
 * attempt failed.
 */
final class ClientBridge extends AbstractClientConnectionFactory implements BridgedFactory {

	private final Bridge bridge;

	private boolean connectTimeoutSet;

	@SuppressWarnings("this-escape")
	ClientBridge(Connection connection, InboundClaim claim, Function<StreamPeer, Map<String, Object>> headers,
			@Nullable Shutdown shutdown) {
		super(host(connection), port(connection));
		this.bridge = new Bridge(connection, claim, headers, this, shutdown);
	}

	private static String host(Connection connection) {
		Remote remote = AddressSettings.remote(connection.getSpec());
		return (remote != null) ? remote.host() : "";
	}

	private static int port(Connection connection) {
		Remote remote = AddressSettings.remote(connection.getSpec());
		return (remote != null) ? remote.port() : 0;
	}

	@Override
	public void start() {
		if (!isActive()) {
			setActive(true);
			Refusals.startOrReset(this.bridge::start, () -> setActive(false));
			super.start();
		}
	}

	/**
	 * Detach from the Mooring connection, which stays open.
	 */
	@Override
	public void stop() {
		this.bridge.stop(() -> {
			if (isActive()) {
				super.stop();
			}
		});
	}

	@Override
	public void registerListener(TcpListener listener) {
		Refusals.secondListener(this.bridge, getListener());
		boolean running = isRunning();
		stop();
		this.bridge.claim();
		super.registerListener(listener);
		if (running) {
			start();
		}
	}

	@Override
	protected TcpConnectionSupport buildNewConnection() {
		long deadline = System.nanoTime() + waitingTime().toNanos();
		Connection connection = this.bridge.connection();
		TcpConnectionSupport current;
		while ((current = this.bridge.current()) == null) {
			ConnectionStatus status = connection.getStatus();
			long left = deadline - System.nanoTime();
			// DISCONNECTED between a loss and the next attempt
			boolean coming = status.state() == ConnectionState.CONNECTED
					|| (status.attempts() == 0 && (status.state() == ConnectionState.CONNECTING || status.enabled()));
			if (!coming || left <= 0) {
				throw Refusals.notOpen(connection.getName(), status);
			}
			if (status.state() == ConnectionState.CONNECTED) {
				// It is being closed, or was lost concurrently
				await(connection, ConnectionState.CONNECTING, Duration.ofMillis(50));
			}
			else {
				await(connection, ConnectionState.CONNECTED, Duration.ofNanos(left));
			}
		}
		return current;
	}

	private static void await(Connection connection, ConnectionState state, Duration timeout) {
		try {
			connection.awaitState(state, timeout);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new UncheckedIOException(
					(InterruptedIOException) new InterruptedIOException("The thread was interrupted").initCause(ex));
		}
	}

	private Duration waitingTime() {
		return this.connectTimeoutSet ? getConnectTimeout()
				: this.bridge.connection().getSpec().get(ConnectSettings.class).connectTimeout();
	}

	/**
	 * Set the maximum time that {@link #getConnection()} waits. By default, the
	 * {@code connect-timeout} of the Mooring connection.
	 */
	@Override
	public void setConnectTimeout(int connectTimeout) {
		super.setConnectTimeout(connectTimeout);
		this.connectTimeoutSet = true;
	}

	@Override
	public TcpConnectionSupport adopt(PeerTcpConnection connection) {
		TcpConnectionSupport wrapped = wrapConnection(connection);
		initializeConnection(wrapped, connection.socket());
		return wrapped;
	}

	@Override
	public void forget(TcpConnectionSupport connection) {
		this.connections.remove(connection.getConnectionId(), connection);
	}

	@Override
	public void setHost(String host) {
		throw Refusals.address(this.bridge);
	}

	@Override
	public void setPort(int port) {
		throw Refusals.address(this.bridge);
	}

	@Override
	public void setSerializer(Serializer<?> serializer) {
		throw Refusals.framing(this.bridge);
	}

	@Override
	public void setDeserializer(Deserializer<?> deserializer) {
		throw Refusals.framing(this.bridge);
	}

	@Override
	public void setSingleUse(boolean singleUse) {
		Refusals.singleUse(this.bridge, singleUse);
	}

	@Override
	public void setLeaveOpen(boolean leaveOpen) {
		Refusals.singleUse(this.bridge, !leaveOpen);
	}

}
