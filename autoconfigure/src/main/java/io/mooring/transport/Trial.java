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

package io.mooring.transport;

import java.io.IOException;

/**
 * A socket that waits for its first datagram, and is closed if none comes.
 *
 * @param <E> the socket
 */
final class Trial<E extends Endpoint> {

	private final E socket;

	private boolean ended;

	private boolean again;

	private IOException cause = new IOException("the connection was closed");

	Trial(E socket) {
		this.socket = socket;
	}

	E socket() {
		return this.socket;
	}

	/**
	 * Something came.
	 * @return whether that was before the socket was closed
	 */
	synchronized boolean end() {
		boolean passed = !this.ended;
		this.ended = true;
		return passed;
	}

	/**
	 * Close the socket, unless it has passed or is closed. Afterwards it is, whoever
	 * closed it.
	 * @param cause why
	 * @param again whether another one may do
	 */
	synchronized void fail(IOException cause, boolean again) {
		if (this.ended) {
			return;
		}
		this.ended = true;
		this.again = again;
		this.cause = cause;
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			cause.addSuppressed(ex);
		}
	}

	synchronized boolean again() {
		return this.again;
	}

	synchronized IOException cause() {
		return this.cause;
	}

}
