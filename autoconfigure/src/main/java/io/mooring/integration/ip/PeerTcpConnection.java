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

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.net.ssl.SSLSession;

import org.jspecify.annotations.Nullable;
import org.springframework.integration.ip.tcp.connection.NoListenerException;
import org.springframework.integration.ip.tcp.connection.SocketInfo;
import org.springframework.integration.ip.tcp.connection.TcpConnectionSupport;
import org.springframework.integration.ip.tcp.connection.TcpListener;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessagingException;
import org.springframework.util.ClassUtils;

import io.mooring.transport.internal.receive.StreamPeer;

/**
 * {@link TcpConnectionSupport} for one peer of a connection. A message is a frame;
 * serializers are not used. Closing it closes the stream to this peer, after which a
 * client reconnects.
 */
final class PeerTcpConnection extends TcpConnectionSupport {

	private final Bridge bridge;

	private final StreamPeer peer;

	private final PeerSocket socket;

	private final Map<String, Object> headers;

	private final String hostName;

	private final String hostAddress;

	private final AtomicBoolean openPublished = new AtomicBoolean();

	private final AtomicBoolean closed = new AtomicBoolean();

	private TcpConnectionSupport outer = this;

	private byte @Nullable [] payload;

	private PeerTcpConnection(Bridge bridge, StreamPeer peer) {
		super(bridge.factory().getApplicationEventPublisher());
		this.bridge = bridge;
		this.peer = peer;
		this.socket = new PeerSocket(bridge.connection(), peer, this::isOpen);
		this.headers = bridge.headers(peer);
		InetAddress address = this.socket.getInetAddress();
		this.hostAddress = (address != null) ? address.getHostAddress() : super.getHostAddress();
		this.hostName = (address != null && bridge.factory().isLookupHost()) ? address.getHostName() : this.hostAddress;
	}

	/**
	 * Create the connection to a peer, with its interceptors.
	 */
	static PeerTcpConnection to(StreamPeer peer, Bridge bridge) {
		PeerTcpConnection connection = new PeerTcpConnection(bridge, peer);
		connection.outer = bridge.factory().adopt(connection);
		return connection;
	}

	/**
	 * Publish the open event, unless it was published.
	 */
	void opened() {
		if (!this.openPublished.getAndSet(true)) {
			publishConnectionOpenEvent();
		}
	}

	/**
	 * Return the connection exposed by the factory.
	 * @return the outermost interceptor, or this
	 */
	TcpConnectionSupport outer() {
		return this.outer;
	}

	PeerSocket socket() {
		return this.socket;
	}

	/**
	 * Pass a frame to the listener.
	 * @param frame the bytes
	 */
	void receive(byte[] frame) {
		this.payload = frame;
		Message<?> message;
		try {
			message = getMapper().toMessage(this, this.headers);
		}
		catch (RuntimeException ex) {
			publishConnectionExceptionEvent(ex);
			throw ex;
		}
		finally {
			this.payload = null;
		}
		if (message != null) {
			TcpListener listener = getListener();
			if (listener == null) {
				throw new NoListenerException("No listener");
			}
			listener.onMessage(message);
		}
	}

	/**
	 * Close the connection after the stream to the peer was closed.
	 * @param cause the cause
	 */
	void ended(Throwable cause) {
		this.closed.set(true);
		closeConnection(true);
		sendExceptionToListener((cause instanceof Exception ex) ? ex : new IOException(cause));
	}

	@Override
	public void send(Message<?> message) {
		try {
			if (this.closed.get()) {
				throw new IOException("the TcpConnection is closed");
			}
			this.bridge.peers().send(bytes(message), this.peer);
		}
		catch (IOException | RuntimeException ex) {
			MessagingException failure = new MessagingException(message, "Send Failed", ex);
			publishConnectionExceptionEvent(failure);
			throw failure;
		}
	}

	private byte[] bytes(Message<?> message) {
		Object mapped = getMapper().fromMessage(message);
		if (mapped instanceof byte[] bytes) {
			return bytes;
		}
		if (mapped instanceof String string) {
			return string.getBytes(StandardCharsets.UTF_8);
		}
		throw new IllegalArgumentException("The mapper of '" + this.bridge.factoryName() + "' returned "
				+ ClassUtils.getDescriptiveType(mapped) + "; accepted are byte[], and String, sent as UTF-8");
	}

	@Override
	public void close() {
		opened();
		// After the factory is stopped, the stream belongs to another consumer
		if (!this.closed.getAndSet(true) && this.bridge.factory().isRunning()) {
			this.bridge.peers().close(this.peer, new IOException("its TcpConnection was closed"));
		}
		super.close();
	}

	@Override
	public boolean isOpen() {
		return !this.closed.get() && this.bridge.peers().isOpen(this.peer);
	}

	@Override
	public byte @Nullable [] getPayload() {
		return this.payload;
	}

	@Override
	public String getHostName() {
		return this.hostName;
	}

	@Override
	public String getHostAddress() {
		return this.hostAddress;
	}

	@Override
	public int getPort() {
		return this.socket.getPort();
	}

	@Override
	public String getConnectionId() {
		return this.peer.getId();
	}

	@Override
	public boolean isServer() {
		return this.bridge.connection().getType().isListener();
	}

	@Override
	public String getConnectionFactoryName() {
		return this.bridge.factoryName();
	}

	@Override
	public @Nullable SocketInfo getSocketInfo() {
		// A Unix socket has no IP address and options
		return (this.peer.getRemoteAddress() instanceof InetSocketAddress) ? new SocketInfo(this.socket) : null;
	}

	@Override
	public @Nullable SSLSession getSslSession() {
		return this.peer.getSession();
	}

	@Override
	public @Nullable Object getDeserializerStateKey() {
		return null;
	}

	/**
	 * Does nothing: frames are received by the Mooring connection.
	 */
	@Override
	public void run() {
	}

	@Override
	public String toString() {
		return getClass().getSimpleName() + ":" + getConnectionId();
	}

}
