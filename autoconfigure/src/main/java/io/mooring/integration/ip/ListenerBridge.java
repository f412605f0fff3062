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

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.core.serializer.Deserializer;
import org.springframework.core.serializer.Serializer;
import org.springframework.integration.ip.tcp.connection.AbstractServerConnectionFactory;
import org.springframework.integration.ip.tcp.connection.TcpConnectionSupport;
import org.springframework.integration.ip.tcp.connection.TcpListener;

import io.mooring.Connection;
import io.mooring.ConnectionState;
import io.mooring.ConnectionStateChangedEvent;
import io.mooring.integration.internal.InboundClaim;
import io.mooring.transport.internal.concurrent.Shutdown;
import io.mooring.transport.internal.receive.StreamPeer;
import io.mooring.transport.settings.AddressSettings;

/**
 * Connection factory of a stream listener. It neither listens nor accepts: its
 * connections are the clients of the Mooring connection, whose supervision is unchanged.
 */
final class ListenerBridge extends AbstractServerConnectionFactory
		implements BridgedFactory, ApplicationListener<PayloadApplicationEvent<ConnectionStateChangedEvent>> {

	private final Bridge bridge;

	private final AtomicBoolean announced = new AtomicBoolean();

	@SuppressWarnings("this-escape")
	ListenerBridge(Connection connection, InboundClaim claim, Function<StreamPeer, Map<String, Object>> headers,
			@Nullable Shutdown shutdown) {
		super(AddressSettings.localPort(connection.getSpec()));
		this.bridge = new Bridge(connection, claim, headers, this, shutdown);
	}

	@Override
	public void start() {
		if (!isActive()) {
			// First, so that the superclass does not start to accept
			setActive(true);
			Refusals.startOrReset(this.bridge::start, () -> setActive(false));
			super.start();
			publishIfListening();
		}
	}

	@Override
	public void onApplicationEvent(PayloadApplicationEvent<ConnectionStateChangedEvent> event) {
		ConnectionStateChangedEvent change = event.getPayload();
		if (change.connection() != this.bridge.connection()) {
			return;
		}
		if (change.current() != ConnectionState.CONNECTED) {
			this.announced.set(false);
		}
		publishIfListening();
	}

	private void publishIfListening() {
		if (isListening() && this.announced.compareAndSet(false, true)) {
			publishServerListeningEvent(getPort());
		}
	}

	/**
	 * Detach from the Mooring connection, which stays open and keeps its clients.
	 */
	@Override
	public void stop() {
		this.bridge.stop(() -> {
			if (isActive()) {
				super.stop();
			}
			this.announced.set(false);
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

	/**
	 * Does nothing: clients are accepted by the Mooring connection.
	 */
	@Override
	public void run() {
	}

	@Override
	public boolean isListening() {
		return isActive() && this.bridge.connection().getState() == ConnectionState.CONNECTED;
	}

	/**
	 * Return the port that the Mooring connection is bound to.
	 * @return the actual port while the connection is open, else the declared one
	 */
	@Override
	public int getPort() {
		return (this.bridge.connection().getLocalAddress() instanceof InetSocketAddress address) ? address.getPort()
				: super.getPort();
	}

	@Override
	public @Nullable SocketAddress getServerSocketAddress() {
		return this.bridge.connection().getLocalAddress();
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
	public void setLocalAddress(String localAddress) {
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
