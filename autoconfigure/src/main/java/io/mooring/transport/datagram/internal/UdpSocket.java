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
 * An open UDP socket. Its channel does not block: a thread that is interrupted while it
 * sends on a blocking channel would close it for everybody.
 */
final class UdpSocket implements Endpoint {

	/**
	 * The most bytes that a datagram carries over IPv4: 65,535 less the headers of IP and
	 * UDP.
	 */
	static final int MAX_PAYLOAD = 65_507;

	/**
	 * Why a socket that is connected sends no empty datagrams: up to Java 25 writing
	 * nothing is no system call.
	 */
	static final String NO_EMPTY = "Java sends none to the remote of a connected socket, and does not say so";

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
	 * Return what the socket was to be.
	 * @return the plan
	 */
	BindPlan plan() {
		return this.plan;
	}

	/**
	 * Send multicast through the interface of another plan, which for one that was made
	 * anew is to be said again.
	 * @param plan the other plan, with the same address to bind to
	 * @throws IOException if the system refuses
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
	 * Take what was kept.
	 * @return the datagram, {@code null} if there is none
	 */
	@Nullable Datagram takeFirst() {
		Datagram first = this.first;
		this.first = null;
		return first;
	}

	/**
	 * Wait until there is something to read, or the socket is closed.
	 * @throws IOException if the system fails
	 */
	void awaitReadable() throws IOException {
		this.readable.select();
		this.readable.selectedKeys().clear();
	}

	/**
	 * Send a datagram. Waits a little where the kernel's send buffer is full.
	 * @param payload the bytes
	 * @param to the recipient, {@code null} for the remote of a connected socket
	 * @throws IOException if the system refuses
	 */
	void send(byte[] payload, @Nullable SocketAddress to) throws IOException {
		ByteBuffer buffer = ByteBuffer.wrap(payload);
		// Of an empty datagram the channel does not say whether it went
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
	 * Send a datagram if the kernel takes it at once.
	 * @param payload the bytes
	 * @param to the recipient, {@code null} for the remote of a connected socket
	 * @return whether it was sent
	 * @throws IOException if the system refuses
	 */
	boolean offer(byte[] payload, @Nullable SocketAddress to) throws IOException {
		// Of an empty datagram the channel does not say whether it went
		return trySend(ByteBuffer.wrap(payload), to) || payload.length == 0;
	}

	private boolean trySend(ByteBuffer buffer, @Nullable SocketAddress to) throws IOException {
		// A datagram goes whole or not at all
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
