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

import io.mooring.ConnectionSpec;
import io.mooring.codec.EscapedBytes;
import io.mooring.transport.Endpoint;
import io.mooring.transport.TransportContext;
import io.mooring.transport.settings.HeartbeatSettings;

/**
 * Heartbeat of a connection whose messages are datagrams. Opening a socket for them takes
 * no peer: after a loss by silence the connection is open again only once something has
 * arrived.
 *
 * @param <E> the open socket
 */
final class DatagramHeartbeat<E extends Endpoint> {

	private final HeartbeatSettings spec;

	private final DatagramSide<E> side;

	private final SocketWatch<E> watch;

	private final LivenessProbe<E> probe;

	private volatile @Nullable Watched<E> current;

	private @Nullable E gone;

	/**
	 * Create the heartbeat of a connection that is not open.
	 * @param spec the spec of the connection
	 * @param context what connections share
	 * @param logger the log of the connection
	 * @param side this side of the connection
	 */
	DatagramHeartbeat(ConnectionSpec spec, TransportContext context, Log logger, DatagramSide<E> side) {
		this.spec = spec.get(HeartbeatSettings.class);
		this.side = side;
		this.watch = new SocketWatch<>(this.spec, context, side);
		this.probe = new LivenessProbe<>(this.watch, side, logger);
	}

	/**
	 * Open a socket and, if the last one was lost by silence, wait until something
	 * arrives. Meanwhile heartbeats are sent, as there are peers that only answer.
	 * @param opener opens a socket; called again if the interfaces changed
	 * @return the socket
	 * @throws IOException if it cannot be opened, or nothing arrived for the timeout
	 */
	E open(Opener<E> opener) throws IOException {
		return this.probe.open(opener);
	}

	/**
	 * Check a socket that waits for its first datagram, after the interfaces changed.
	 * @param check throws an exception if it does not
	 */
	void check(Check<E> check) {
		this.probe.check(check);
	}

	/**
	 * A socket has become that of the connection.
	 * @param socket the socket
	 */
	synchronized void opened(E socket) {
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
			// close() calls closed() after closing()
			this.probe.begin();
		}
		this.side.silent(socket, cause);
	}

	private @Nullable Heartbeat current(E socket) {
		Watched<E> current = this.current;
		return (current != null && current.socket() == socket) ? current.heartbeat() : null;
	}

	/**
	 * A socket is about to be closed, perhaps before {@link #opened}.
	 * @param socket the socket
	 */
	synchronized void closing(E socket) {
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
	 * The connection was closed on request: it may be opened without a sign of life.
	 */
	void closed() {
		this.probe.closed();
	}

	/**
	 * Return whether bytes are those of a heartbeat.
	 * @param bytes the bytes received
	 * @return whether they are to be counted only
	 */
	boolean matches(byte[] bytes) {
		EscapedBytes payload = this.spec.payload();
		return payload != null && payload.matches(bytes);
	}

	/**
	 * Something was sent to the recipient of heartbeats.
	 * @param socket the socket
	 */
	void onSent(E socket) {
		Heartbeat current = current(socket);
		if (current != null) {
			current.onSent();
		}
	}

	/**
	 * Something arrived from a peer.
	 * @param socket the socket
	 */
	void onReceived(E socket) {
		Heartbeat current = current(socket);
		if (current != null) {
			current.onReceived();
		}
	}

	/**
	 * Receiving is about to be resumed: the timeout begins again.
	 */
	void resuming() {
		Watched<E> current = this.current;
		if (current != null) {
			current.heartbeat().onReceived();
		}
	}

	/**
	 * The reader begins or ends to deliver a message, which may block it.
	 * @param socket the socket that it reads
	 * @param busy whether it begins; at the end the timeout begins again
	 */
	void busy(E socket, boolean busy) {
		if (busy) {
			this.watch.busy(socket);
		}
		else {
			onReceived(socket);
			this.watch.free(socket);
		}
	}

	/**
	 * Opens a socket.
	 *
	 * @param <E> the open socket
	 */
	@FunctionalInterface
	interface Opener<E extends Endpoint> {

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
	interface Check<E extends Endpoint> {

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
