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

package io.mooring.transport.datagram.internal;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

import org.jspecify.annotations.Nullable;

import io.mooring.Datagram;
import io.mooring.binding.InterfaceSnapshot;
import io.mooring.binding.NetworkInterfaces;
import io.mooring.transport.Endpoint;

/**
 * Open UDP socket. Its channel is non-blocking, since an interrupted sender would close a
 * blocking channel.
 */
final class UdpSocket implements Endpoint {

	/**
	 * Maximum payload of a datagram over IPv4: 65,535 less the headers of IP and UDP.
	 */
	static final int MAX_PAYLOAD = 65_507;

	/**
	 * Reason why a connected socket sends no empty datagrams: up to Java 25 an empty
	 * write makes no system call.
	 */
	static final String NO_EMPTY = "Java silently discards it on a connected socket";

	private static final long SEND_TIMEOUT_MILLIS = 1000;

	private final DatagramChannel channel;

	private final Selector readable;

	private final SocketAddress local;

	private final @Nullable SocketAddress remote;

	private volatile BindPlan plan;

	private final KernelDrops kernelDrops;

	private @Nullable Datagram first;

	UdpSocket(DatagramChannel channel, BindPlan plan) throws IOException {
		this.channel = channel;
		this.local = channel.getLocalAddress();
		this.remote = channel.getRemoteAddress();
		this.plan = plan;
		this.kernelDrops = KernelDrops.of(this.local);
		channel.configureBlocking(false);
		this.readable = Selector.open();
		channel.register(this.readable, SelectionKey.OP_READ);
	}

	DatagramChannel channel() {
		return this.channel;
	}

	/**
	 * Return the plan of the socket.
	 * @return the plan
	 */
	BindPlan plan() {
		return this.plan;
	}

	/**
	 * Send multicast through the interface of another plan, which must be set again for a
	 * recreated interface.
	 * @param plan the other plan, with the same address to bind to
	 * @throws IOException if the operating system reports an error
	 */
	void become(BindPlan plan) throws IOException {
		InterfaceSnapshot before = this.plan.outgoing();
		InterfaceSnapshot now = plan.outgoing();
		if (now != null && (before == null || before.index() != now.index())) {
			setOption(StandardSocketOptions.IP_MULTICAST_IF, NetworkInterfaces.live(now));
		}
		this.plan = plan;
	}

	int localPort() {
		return ((InetSocketAddress) this.local).getPort();
	}

	boolean isOpen() {
		return this.channel.isOpen();
	}

	/**
	 * Keep a datagram that was read before the reader begins.
	 */
	void putFirst(Datagram datagram) {
		this.first = datagram;
	}

	/**
	 * Take the kept datagram.
	 * @return the datagram, {@code null} if there is none
	 */
	@Nullable Datagram takeFirst() {
		Datagram first = this.first;
		this.first = null;
		return first;
	}

	/**
	 * Wait until the socket is readable or closed.
	 * @throws IOException if the operating system reports an error
	 */
	void awaitReadable() throws IOException {
		this.readable.select();
		this.readable.selectedKeys().clear();
	}

	/**
	 * Send a datagram, waiting while the send buffer of the kernel is full.
	 * @param payload the payload
	 * @param to the recipient, {@code null} for the remote of a connected socket
	 * @throws IOException if the operating system reports an error
	 */
	void send(byte[] payload, @Nullable SocketAddress to) throws IOException {
		ByteBuffer buffer = ByteBuffer.wrap(payload);
		// The channel does not report whether an empty datagram was sent
		if (payload.length > 0 && trySend(buffer, to)) {
			return;
		}
		try (Selector writable = Selector.open()) {
			this.channel.register(writable, SelectionKey.OP_WRITE);
			long deadline = System.nanoTime() + SEND_TIMEOUT_MILLIS * 1_000_000;
			do {
				writable.select(SEND_TIMEOUT_MILLIS);
				writable.selectedKeys().clear();
				if (trySend(buffer, to) || payload.length == 0) {
					return;
				}
			}
			while (System.nanoTime() < deadline && !Thread.currentThread().isInterrupted());
		}
		throw new IOException("the kernel's send buffer stayed full for " + SEND_TIMEOUT_MILLIS + "ms");
	}

	/**
	 * Send a datagram without waiting.
	 * @param payload the payload
	 * @param to the recipient, {@code null} for the remote of a connected socket
	 * @return whether the datagram was sent
	 * @throws IOException if the operating system reports an error
	 */
	boolean offer(byte[] payload, @Nullable SocketAddress to) throws IOException {
		// The channel does not report whether an empty datagram was sent
		return trySend(ByteBuffer.wrap(payload), to) || payload.length == 0;
	}

	private boolean trySend(ByteBuffer buffer, @Nullable SocketAddress to) throws IOException {
		// A datagram is sent completely or not at all
		return ((to != null) ? this.channel.send(buffer, to) : this.channel.write(buffer)) > 0;
	}

	KernelDrops kernelDrops() {
		return this.kernelDrops;
	}

	@Override
	public SocketAddress getLocalAddress() {
		return this.local;
	}

	@Override
	public @Nullable SocketAddress getRemoteAddress() {
		return this.remote;
	}

	@Override
	public @Nullable String getInterfaceName() {
		return (this.plan.networkInterface() != null) ? this.plan.networkInterface().name() : null;
	}

	@Override
	public <T> @Nullable T getOption(SocketOption<T> option) throws IOException {
		return this.channel.getOption(option);
	}

	@Override
	public <T> void setOption(SocketOption<T> option, T value) throws IOException {
		this.channel.setOption(option, value);
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
		this.readable.close();
	}

}
