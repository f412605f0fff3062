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

package io.mooring.transport.unix.internal;

import java.io.IOException;

import io.mooring.UnixDatagram;
import io.mooring.transport.unix.internal.jna.NativeException;
import io.mooring.transport.unix.internal.jna.NativeSocket;
import io.mooring.transport.unix.internal.jna.Os;
import io.mooring.transport.unix.internal.jna.PollSet;
import io.mooring.transport.unix.internal.jna.ReceiveBatch;

/**
 * Reader thread of a Unix datagram socket, which runs until the socket is closed.
 */
final class UnixReader implements Runnable {

	private final UnixConnection connection;

	private final NativeSocket socket;

	private final PollSet poll = new PollSet();

	private final ReceiveBatch batch;

	UnixReader(UnixConnection connection, NativeSocket socket) {
		this.connection = connection;
		this.socket = socket;
		this.batch = new ReceiveBatch(connection.getSpec());
	}

	@Override
	public void run() {
		try {
			while (this.socket.isOpen()) {
				this.socket.awaitReadable(this.poll);
				readAll();
			}
		}
		catch (Throwable ex) {
			// Without its reader the connection would be CONNECTED but not receiving
			this.connection.broken(this.socket, ex);
		}
	}

	private void readAll() throws IOException {
		while (awaitReceiving()) {
			int count;
			try {
				count = this.socket.receive(this.batch);
			}
			catch (NativeException ex) {
				if (ex.errno() != Os.ECONNRESET) {
					throw ex;
				}
				this.connection.disturbed(ex);
				continue;
			}
			if (count == 0) {
				return;
			}
			for (int i = 0; i < count; i++) {
				deliver(this.batch.take(i));
			}
		}
	}

	/**
	 * Wait while receiving is paused. This thread is not stopped by interrupts; one left
	 * over from a handler must not discard datagrams.
	 */
	private boolean awaitReceiving() {
		while (true) {
			try {
				this.connection.awaitReceiving(this.socket);
				return this.socket.isOpen();
			}
			catch (InterruptedException ex) {
				// The exception has cleared it
			}
		}
	}

	/**
	 * Deliver a datagram. If the socket was closed concurrently, it is counted as
	 * dropped, and its descriptors are closed.
	 */
	private void deliver(UnixDatagram datagram) {
		awaitReceiving();
		try {
			this.connection.received(this.socket, datagram);
		}
		catch (InterruptedException ex) {
			// Counted; other datagrams of the batch are unaffected
		}
	}

}
