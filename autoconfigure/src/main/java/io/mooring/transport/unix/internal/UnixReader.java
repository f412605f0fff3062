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
 * Reads a socket until it is closed, on a thread of its own.
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
			// Without its reader the connection would be open but deaf
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
	 * Wait while receiving is paused. Nobody ends this thread by an interrupt; one that
	 * is left over from a handler must not cost what was read.
	 */
	private boolean awaitReceiving() {
		while (true) {
			try {
				this.connection.awaitReceiving(this.socket);
				return this.socket.isOpen();
			}
			catch (InterruptedException ex) {
				// Cleared by being thrown
			}
		}
	}

	/**
	 * Deliver a datagram that was read, also where the socket was closed meanwhile: it is
	 * counted then, and what came with it is closed.
	 */
	private void deliver(UnixDatagram datagram) {
		awaitReceiving();
		try {
			this.connection.received(this.socket, datagram);
		}
		catch (InterruptedException ex) {
			// Counted; the others that were read with it go on
		}
	}

}
