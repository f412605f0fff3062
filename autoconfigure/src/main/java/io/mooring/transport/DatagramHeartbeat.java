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
import java.util.concurrent.RejectedExecutionException;

import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;

import io.mooring.ConnectionSpec;
import io.mooring.codec.EscapedBytes;
import io.mooring.transport.settings.HeartbeatSettings;

/**
 * The heartbeat of a connection whose messages are datagrams. Opening a socket for them
 * takes no peer: what was lost in silence is open again only when something has come.
 *
 * @param <E> the open socket
 */
public final class DatagramHeartbeat<E extends Endpoint> {

	private final HeartbeatSettings spec;

	private final TransportContext context;

	private final Log logger;

	private final DatagramSide<E> side;

	private final SocketWatch<E> watch;

	private final Probation<E> probation;

	private volatile @Nullable Watched<E> current;

	private @Nullable E gone;

	/**
	 * Create the heartbeat of a connection that is not open.
	 * @param spec the spec of the connection
	 * @param context what connections share
	 * @param logger the log of the connection
	 * @param side this side of the connection
	 */
	public DatagramHeartbeat(ConnectionSpec spec, TransportContext context, Log logger, DatagramSide<E> side) {
		this.spec = spec.get(HeartbeatSettings.class);
		this.context = context;
		this.logger = logger;
		this.side = side;
		this.watch = new SocketWatch<>(this.spec, context, side);
		this.probation = new Probation<>(this.watch, side, logger);
	}

	/**
	 * Open a socket and, if the one before was lost in silence, wait until something
	 * comes. Meanwhile heartbeats are sent, as there are peers that only answer.
	 * @param opener opens a socket; called anew where the interfaces left the one before
	 * @return the socket
	 * @throws IOException if it cannot be opened, or nothing came for the timeout
	 */
	public E open(Opener<E> opener) throws IOException {
		return this.probation.open(opener);
	}

	/**
	 * Look whether a socket that waits for its first datagram still fits the interfaces.
	 * @param check throws an exception if it does not
	 */
	public void check(Check<E> check) {
		this.probation.check(check);
	}

	/**
	 * A socket has become that of the connection.
	 * @param socket the socket
	 */
	public synchronized void opened(E socket) {
		boolean closed = this.gone == socket;
		this.gone = null;
		if (closed || !isOn()) {
			return;
		}
		this.current = new Watched<>(socket, this.watch.start(socket, (cause) -> silent(socket, cause)));
	}

	private boolean isOn() {
		return this.spec.interval() != null || this.spec.timeout() != null;
	}

	private void silent(E socket, IOException cause) {
		synchronized (this) {
			if (current(socket) == null) {
				return;
			}
			// Who closes the connection comes to closed() after closing()
			this.probation.begin();
		}
		this.side.silent(socket, cause);
	}

	private @Nullable Heartbeat current(E socket) {
		Watched<E> current = this.current;
		return (current != null && current.socket() == socket) ? current.heartbeat() : null;
	}

	/**
	 * A socket is about to be closed, perhaps before it was said to be that of the
	 * connection.
	 * @param socket the socket
	 */
	public synchronized void closing(E socket) {
		Heartbeat heartbeat = current(socket);
		if (heartbeat != null) {
			this.current = null;
			heartbeat.stop();
		}
		else if (isOn()) {
			this.gone = socket;
		}
	}

	/**
	 * Somebody closed the connection: it may be opened without a sign of life.
	 */
	public void closed() {
		this.probation.closed();
	}

	/**
	 * Return whether bytes are those of a heartbeat.
	 * @param bytes what was received
	 * @return whether they are to be counted only
	 */
	public boolean matches(byte[] bytes) {
		EscapedBytes payload = this.spec.payload();
		return payload != null && payload.matches(bytes);
	}

	/**
	 * Something was sent to where heartbeats go.
	 * @param socket the socket
	 */
	public void sent(E socket) {
		Heartbeat current = current(socket);
		if (current != null) {
			current.sent();
		}
	}

	/**
	 * Something came from somebody else.
	 * @param socket the socket
	 */
	public void heard(E socket) {
		Heartbeat current = current(socket);
		if (current != null) {
			current.heard();
		}
	}

	/**
	 * Receiving is about to go on: the timeout begins anew.
	 */
	public void resuming() {
		Watched<E> current = this.current;
		if (current != null) {
			current.heartbeat().heard();
		}
	}

	/**
	 * The thread that reads hands a message on, which may keep it, or is back.
	 * @param socket the socket that it reads
	 * @param busy whether it hands a message on; afterwards the timeout begins anew
	 */
	public void busy(E socket, boolean busy) {
		if (busy) {
			this.watch.busy(socket);
		}
		else {
			heard(socket);
			this.watch.free(socket);
		}
	}

	/**
	 * Run what may block, or call user code, on a worker.
	 * @param task the task
	 */
	public void work(Runnable task) {
		try {
			this.context.executor().execute(task);
		}
		catch (RejectedExecutionException ex) {
			this.logger.debug("The application has ended: nothing is left to be done");
		}
	}

	/**
	 * Opens a socket.
	 *
	 * @param <E> the open socket
	 */
	@FunctionalInterface
	public interface Opener<E extends Endpoint> {

		/**
		 * Open a socket.
		 * @return the socket
		 * @throws IOException if it cannot be opened
		 */
		E open() throws IOException;

	}

	/**
	 * Checks a socket.
	 *
	 * @param <E> the open socket
	 */
	@FunctionalInterface
	public interface Check<E extends Endpoint> {

		/**
		 * Check a socket.
		 * @param socket the socket
		 * @throws IOException if it does not fit any more
		 */
		void check(E socket) throws IOException;

	}

	/**
	 * A socket and its heartbeat.
	 */
	private record Watched<E extends Endpoint>(E socket, Heartbeat heartbeat) {

	}

}
