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

import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;

import io.mooring.transport.internal.log.Errors;

/**
 * Opens sockets for datagrams: after silence, one is open only when something has come.
 *
 * @param <E> the open socket
 */
final class Probation<E extends Endpoint> {

	private final SocketWatch<E> watch;

	private final DatagramSide<E> side;

	private final Log logger;

	private volatile boolean silent;

	private volatile @Nullable Trial<E> trial;

	Probation(SocketWatch<E> watch, DatagramSide<E> side, Log logger) {
		this.watch = watch;
		this.side = side;
		this.logger = logger;
	}

	/**
	 * Let the next socket wait until something comes.
	 */
	void begin() {
		this.silent = true;
	}

	/**
	 * Open a socket and, after silence, wait until something comes. Meanwhile heartbeats
	 * are sent, as there are peers that only answer.
	 * @param opener opens a socket; called anew where the interfaces left the one before
	 * @return the socket
	 * @throws IOException if it cannot be opened, or nothing came for the timeout
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
			// Who closes the connection interrupts this thread, and then looks here
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
	 * Look whether a socket that waits still fits the interfaces.
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
	 * Somebody closed the connection: whatever waits is closed.
	 */
	void closed() {
		this.silent = false;
		Trial<E> trial = this.trial;
		if (trial != null) {
			trial.fail(closing(), false);
		}
	}

}
