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

package io.mooring.transport.internal.heartbeat;

import java.io.IOException;

import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;

import io.mooring.transport.Endpoint;
import io.mooring.transport.internal.log.Errors;

/**
 * Liveness probe of datagram connections: after silence, a socket counts as open only
 * once something has arrived.
 *
 * @param <E> the open socket
 */
final class LivenessProbe<E extends Endpoint> {

	private final SocketWatch<E> watch;

	private final DatagramSide<E> side;

	private final Log logger;

	private volatile boolean silent;

	private volatile @Nullable Trial<E> trial;

	LivenessProbe(SocketWatch<E> watch, DatagramSide<E> side, Log logger) {
		this.watch = watch;
		this.side = side;
		this.logger = logger;
	}

	/**
	 * Probe the next socket.
	 */
	void begin() {
		this.silent = true;
	}

	/**
	 * Open a socket and, after silence, wait until something arrives. Meanwhile
	 * heartbeats are sent, as there are peers that only answer.
	 * @param opener opens a socket; called again if the interfaces changed
	 * @return the socket
	 * @throws IOException if it cannot be opened, or nothing arrived for the timeout
	 */
	E open(DatagramHeartbeat.Opener<E> opener) throws IOException {
		while (true) {
			E socket = opener.open();
			if (!this.silent) {
				return socket;
			}
			Trial<E> trial = new Trial<>(socket);
			if (isPassed(trial)) {
				this.silent = false;
				return socket;
			}
			if (!trial.again()) {
				throw trial.cause();
			}
			this.logger.debug("Opening another socket: " + trial.cause().getMessage());
		}
	}

	private boolean isPassed(Trial<E> trial) throws IOException {
		Heartbeat heartbeat = this.watch.start(trial.socket(), (cause) -> trial.fail(cause, false));
		this.trial = trial;
		boolean passed = false;
		try {
			// close() interrupts this thread before it calls closed()
			passed = !Thread.currentThread().isInterrupted() && this.side.awaitFirst(trial.socket());
			return passed && trial.end();
		}
		finally {
			this.trial = null;
			heartbeat.stop();
			if (!passed) {
				trial.fail(closing(), false);
			}
		}
	}

	private static IOException closing() {
		return new IOException("the connection was closed");
	}

	/**
	 * Check a socket that waits, after the interfaces changed.
	 * @param check throws an exception if it does not
	 */
	void check(DatagramHeartbeat.Check<E> check) {
		Trial<E> trial = this.trial;
		if (trial != null) {
			try {
				check.check(trial.socket());
			}
			catch (IOException | RuntimeException ex) {
				trial.fail(new IOException(Errors.describe(ex), ex), true);
			}
		}
	}

	/**
	 * The connection was closed on request: a socket that waits is closed.
	 */
	void closed() {
		this.silent = false;
		Trial<E> trial = this.trial;
		if (trial != null) {
			trial.fail(closing(), false);
		}
	}

	/**
	 * Socket that waits for its first datagram, and is closed if none comes.
	 *
	 * @param <E> the socket
	 */
	private static final class Trial<E extends Endpoint> {

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
		 * Something arrived.
		 * @return whether that was before the socket was closed
		 */
		synchronized boolean end() {
			boolean passed = !this.ended;
			this.ended = true;
			return passed;
		}

		/**
		 * Close the socket, unless it has passed or is closed already.
		 * @param cause why
		 * @param again whether to open another one
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

}
