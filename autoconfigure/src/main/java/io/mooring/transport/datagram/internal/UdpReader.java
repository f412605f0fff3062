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
 * Reads a socket until it is closed, on a thread of its own.
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
		// One more than the maximum shows what was cut
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
			// Closed between the question and the wait
		}
		catch (Throwable ex) {
			// Without its reader the connection would be open but deaf
			this.connection.broken(this.socket, ex);
		}
	}

	/**
	 * Wait for a datagram of somebody else, and keep it for the reader that is to come.
	 * @return whether there is one; {@code false} if the socket was closed or the thread
	 * interrupted
	 * @throws IOException if the system fails
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
			// Nothing came before it was closed
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
				// As in reading: the others go on
			}
		}
	}

	private void read() throws IOException {
		this.socket.awaitReadable();
		try {
			readAll();
		}
		catch (InterruptedException ex) {
			// Somebody who was called on this thread kept it: the reading goes on
		}
		finally {
			// An interrupt that stays would turn the next wait into a spin
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
	 * @return its sender, {@code null} if there was none
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
