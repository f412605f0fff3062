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

import java.net.SocketAddress;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.mooring.DropReason;

/**
 * The receiving side of a connection whose messages are datagrams. One thread reads its
 * socket; heartbeats go no further than here.
 *
 * @param <M> the type of a received message
 * @param <E> the open socket
 */
public final class DatagramReception<M, E extends Endpoint> {

	private final AbstractMessageConnection<M, E> connection;

	private final DatagramHeartbeat<E> heartbeat;

	/**
	 * Create the receiving side of a connection that is not open.
	 * @param connection the connection
	 * @param heartbeat its heartbeat
	 */
	public DatagramReception(AbstractMessageConnection<M, E> connection, DatagramHeartbeat<E> heartbeat) {
		this.connection = connection;
		this.heartbeat = heartbeat;
	}

	/**
	 * A socket has become that of the connection: begin to read it, unless the connection
	 * is send-only.
	 * @param socket the socket
	 * @param reader makes what reads the socket until it is closed, on a thread of its
	 * own
	 */
	public void opened(E socket, Supplier<? extends Runnable> reader) {
		this.heartbeat.opened(socket);
		if (this.connection.canReceive()) {
			// Not a daemon: an application that only listens stays alive
			new Thread(reader.get(), "mooring-" + this.connection.getName()).start();
		}
	}

	/**
	 * Pass on a datagram, on the thread that read it.
	 * @param socket the socket that it was read from
	 * @param message the datagram
	 * @param sender who sent it, {@code null} if that is not known
	 * @param own whether this connection sent it, so that it says nothing of a peer
	 * @param truncated whether a part of it was lost, which is counted
	 * @throws InterruptedException if the thread was interrupted while it waited for
	 * room; the message is dropped
	 */
	public void received(E socket, M message, @Nullable SocketAddress sender, boolean own, boolean truncated)
			throws InterruptedException {
		byte[] payload = this.connection.bytes(message);
		if (truncated) {
			this.connection.counters().dropped(DropReason.TRUNCATED, 1);
		}
		this.connection.wireLog().received(payload, sender);
		if (!own) {
			this.heartbeat.heard(socket);
		}
		if (this.heartbeat.matches(payload)) {
			this.connection.counters().received(payload.length);
			this.connection.finished(message);
			return;
		}
		this.heartbeat.busy(socket, true);
		try {
			this.connection.deliver(socket, message);
		}
		finally {
			this.heartbeat.busy(socket, false);
		}
	}

}
