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
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;

import org.jspecify.annotations.Nullable;

import io.mooring.Datagram;
import io.mooring.transport.settings.DatagramSettings;

/**
 * Reader thread of a UDP socket, which runs until the socket is closed.
 */
final class UdpReader implements Runnable {

	private final UdpConnection connection;

	private final UdpSocket socket;

	private final int maxSize;

	private final ByteBuffer buffer;

	UdpReader(UdpConnection connection, UdpSocket socket) {
		this.connection = connection;
		this.socket = socket;
		this.maxSize = connection.getSpec().get(DatagramSettings.class).maxSizeBytes();
		// One byte more than the maximum detects truncation
		this.buffer = ByteBuffer.allocateDirect(this.maxSize + 1);
	}

	@Override
	public void run() {
		try {
			readFirst();
			while (this.socket.isOpen()) {
				read();
			}
		}
		catch (ClosedSelectorException ex) {
			// Closed between the check and the wait
		}
		catch (Throwable ex) {
			// Without its reader the connection would be CONNECTED but not receiving
			this.connection.broken(this.socket, ex);
		}
	}

	/**
	 * Wait for a datagram of another sender, and keep it for the reader.
	 * @return whether a datagram was received; {@code false} if the socket was closed or
	 * the thread interrupted
	 * @throws IOException if the operating system reports an error
	 */
	boolean awaitFirst() throws IOException {
		try {
			while (this.socket.isOpen() && !Thread.currentThread().isInterrupted()) {
				this.socket.awaitReadable();
				Datagram datagram = poll();
				if (datagram != null && !this.connection.isOwn(this.socket, datagram)) {
					this.socket.putFirst(datagram);
					return true;
				}
			}
		}
		catch (ClosedSelectorException | ClosedChannelException ex) {
			// Closed before a datagram was received
		}
		return false;
	}

	private void readFirst() {
		Datagram first = this.socket.takeFirst();
		if (first != null) {
			try {
				this.connection.awaitReceiving(this.socket);
				this.connection.received(this.socket, first);
			}
			catch (InterruptedException ex) {
				// As in reading: other datagrams are unaffected
			}
		}
	}

	private void read() throws IOException {
		this.socket.awaitReadable();
		try {
			readAll();
		}
		catch (InterruptedException ex) {
			// The interrupt was set by user code: reading continues
		}
		finally {
			// A pending interrupt would make the next wait spin
			Thread.interrupted();
		}
	}

	private void readAll() throws IOException, InterruptedException {
		this.connection.awaitReceiving(this.socket);
		Datagram datagram;
		while (this.socket.isOpen() && (datagram = poll()) != null) {
			this.connection.received(this.socket, datagram);
			this.connection.awaitReceiving(this.socket);
		}
	}

	private @Nullable Datagram poll() throws IOException {
		SocketAddress sender = receive();
		return (sender != null) ? take(sender) : null;
	}

	/**
	 * Read a datagram.
	 * @return the sender, {@code null} if there is no datagram
	 */
	private @Nullable SocketAddress receive() throws IOException {
		while (true) {
			this.buffer.clear();
			try {
				return this.socket.channel().receive(this.buffer);
			}
			catch (PortUnreachableException ex) {
				this.connection.unreachable(ex);
			}
		}
	}

	private Datagram take(SocketAddress sender) {
		this.buffer.flip();
		boolean truncated = this.buffer.remaining() > this.maxSize;
		byte[] payload = new byte[truncated ? this.maxSize : this.buffer.remaining()];
		this.buffer.get(payload);
		return new Datagram(payload, sender, truncated);
	}

}
