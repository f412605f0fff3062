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
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The sockets of a connection, one after the other: the next is not opened while what was
 * let go of may still hold its port or path.
 *
 * @param <E> the open socket
 */
final class Sockets<E extends Endpoint> {

	private static final Duration DEPARTURE_TIMEOUT = Duration.ofSeconds(5);

	private final AbstractConnection<E> connection;

	private final ConnectionLog log;

	private final Departures departures = new Departures();

	Sockets(AbstractConnection<E> connection, ConnectionLog log) {
		this.connection = connection;
		this.log = log;
	}

	/**
	 * Open a socket. May block.
	 * @return the socket
	 * @throws IOException if it cannot be opened
	 * @throws InterruptedException if the thread was interrupted
	 */
	E open() throws IOException, InterruptedException {
		this.connection.interceptors().resolve();
		this.departures.await(DEPARTURE_TIMEOUT);
		return this.connection.openEndpoint();
	}

	/**
	 * A socket, or an attempt that may open one, is let go of; {@link #gone(Endpoint)}
	 * follows.
	 */
	void going() {
		this.departures.begin();
	}

	/**
	 * Close what was let go of.
	 * @param socket the socket, {@code null} if the attempt opened none
	 */
	void gone(@Nullable E socket) {
		if (socket != null) {
			close(socket);
		}
		this.departures.end();
	}

	/**
	 * Close a socket. What goes wrong is logged only.
	 * @param socket the socket
	 */
	void close(E socket) {
		try {
			socket.close();
		}
		catch (IOException | RuntimeException ex) {
			this.log.closingFailed(ex);
		}
	}

}
