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

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.util.Objects;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

import io.mooring.Connection;
import io.mooring.StreamListener;
import io.mooring.transport.internal.receive.StreamPeer;

/**
 * Read-only view of the socket of a peer for
 * {@link org.springframework.integration.ip.tcp.connection.SocketInfo}, without a socket
 * of its own.
 */
final class PeerSocket extends Socket {

	private final Connection connection;

	private final StreamPeer peer;

	private final BooleanSupplier open;

	PeerSocket(Connection connection, StreamPeer peer, BooleanSupplier open) {
		this.connection = connection;
		this.peer = peer;
		this.open = open;
	}

	private static @Nullable InetSocketAddress ip(@Nullable SocketAddress address) {
		return (address instanceof InetSocketAddress ip) ? ip : null;
	}

	@Override
	public @Nullable InetAddress getInetAddress() {
		InetSocketAddress remote = ip(this.peer.getRemoteAddress());
		return (remote != null) ? remote.getAddress() : null;
	}

	@Override
	public @Nullable InetAddress getLocalAddress() {
		InetSocketAddress local = ip(this.peer.getLocalAddress());
		return (local != null) ? local.getAddress() : null;
	}

	@Override
	public int getPort() {
		InetSocketAddress remote = ip(this.peer.getRemoteAddress());
		return (remote != null) ? remote.getPort() : 0;
	}

	@Override
	public int getLocalPort() {
		InetSocketAddress local = ip(this.peer.getLocalAddress());
		return (local != null) ? local.getPort() : 0;
	}

	@Override
	public @Nullable SocketAddress getRemoteSocketAddress() {
		return this.peer.getRemoteAddress();
	}

	@Override
	public @Nullable SocketAddress getLocalSocketAddress() {
		return this.peer.getLocalAddress();
	}

	@Override
	public boolean isConnected() {
		return true;
	}

	@Override
	public boolean isBound() {
		return true;
	}

	@Override
	public boolean isClosed() {
		return !this.open.getAsBoolean();
	}

	@Override
	public boolean getTcpNoDelay() throws SocketException {
		return Boolean.TRUE.equals(option(StandardSocketOptions.TCP_NODELAY));
	}

	@Override
	public int getSoLinger() throws SocketException {
		return number(StandardSocketOptions.SO_LINGER, -1);
	}

	@Override
	public int getSendBufferSize() throws SocketException {
		return number(StandardSocketOptions.SO_SNDBUF, 0);
	}

	@Override
	public int getReceiveBufferSize() throws SocketException {
		return number(StandardSocketOptions.SO_RCVBUF, 0);
	}

	@Override
	public boolean getKeepAlive() throws SocketException {
		return Boolean.TRUE.equals(option(StandardSocketOptions.SO_KEEPALIVE));
	}

	@Override
	public int getTrafficClass() throws SocketException {
		return number(StandardSocketOptions.IP_TOS, 0);
	}

	@Override
	public boolean getReuseAddress() throws SocketException {
		return Boolean.TRUE.equals(option(StandardSocketOptions.SO_REUSEADDR));
	}

	@Override
	public boolean getOOBInline() {
		return false;
	}

	@Override
	public int getSoTimeout() {
		return 0;
	}

	private Connection stream() throws SocketException {
		if (!(this.connection instanceof StreamListener listener)) {
			return this.connection;
		}
		return listener.getClients()
			.stream()
			.filter((client) -> Objects.equals(client.getRemoteAddress(), this.peer.getRemoteAddress()))
			.findAny()
			.orElseThrow(() -> new SocketException("Socket is closed"));
	}

	private int number(SocketOption<Integer> option, int without) throws SocketException {
		Integer value = option(option);
		return (value != null) ? value : without;
	}

	private <T> @Nullable T option(SocketOption<T> option) throws SocketException {
		try {
			return stream().getOption(option);
		}
		catch (RuntimeException ex) {
			throw (SocketException) new SocketException(ex.getMessage()).initCause(ex);
		}
	}

}
