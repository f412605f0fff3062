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
import java.net.SocketAddress;
import java.util.concurrent.RejectedExecutionException;

import org.jspecify.annotations.Nullable;

import io.mooring.ConnectionSpec;
import io.mooring.DropReason;
import io.mooring.binding.InterfaceChange;
import io.mooring.transport.AbstractMessageConnection;
import io.mooring.transport.Endpoint;
import io.mooring.transport.TransportContext;

/**
 * Connection whose messages are datagrams. One thread reads its socket; senders send on
 * their own threads.
 *
 * @param <M> the type of a received message
 * @param <E> the open socket
 */
public abstract class AbstractDatagramConnection<M, E extends Endpoint> extends AbstractMessageConnection<M, E> {

	private final DatagramHeartbeat<E> heartbeat;

	/**
	 * Create a connection that is not open.
	 * @param spec the spec
	 * @param context what connections share
	 */
	@SuppressWarnings("this-escape")
	protected AbstractDatagramConnection(ConnectionSpec spec, TransportContext context) {
		super(spec, context);
		this.heartbeat = new DatagramHeartbeat<>(spec, context, this.logger, new Side());
	}

	/**
	 * Open a socket that is ready to be read.
	 * @return the socket
	 * @throws IOException if it cannot be opened
	 */
	protected abstract E openSocket() throws IOException;

	/**
	 * Create the reader of a socket.
	 * @param socket the socket
	 * @return reads the socket until it is closed
	 */
	protected abstract Runnable reader(E socket);

	/**
	 * Wait until a peer has sent something.
	 * @param socket the socket
	 * @return whether it did; {@code false} if the socket was closed or the thread
	 * interrupted
	 * @throws IOException if the system fails
	 */
	protected abstract boolean awaitFirst(E socket) throws IOException;

	/**
	 * Send a heartbeat, unless the kernel would have to wait. Called by the timer: must
	 * not block, or run user code.
	 * @param socket the socket
	 * @param payload the heartbeat
	 */
	protected abstract void sendHeartbeat(E socket, byte[] payload);

	@Override
	protected E openEndpoint() throws IOException {
		return this.heartbeat.open(this::openSocket);
	}

	@Override
	protected void checkOpening(InterfaceChange change) {
		this.heartbeat.check((socket) -> checkEndpoint(socket, change));
	}

	@Override
	protected void endpointOpened(E socket) {
		this.heartbeat.opened(socket);
		if (canReceive()) {
			// Not a daemon: an application that only listens stays alive
			new Thread(reader(socket), "mooring-" + getName()).start();
		}
	}

	@Override
	protected void endpointClosing(E socket, boolean requested) {
		this.heartbeat.closing(socket);
	}

	@Override
	protected void closed() {
		super.closed();
		this.heartbeat.closed();
	}

	@Override
	public void resumeReceiving() {
		this.heartbeat.resuming();
		super.resumeReceiving();
	}

	/**
	 * Wait while receiving is paused.
	 * @param socket the socket to be read
	 * @throws InterruptedException if the thread was interrupted
	 */
	public final void awaitReceiving(E socket) throws InterruptedException {
		receivingGate().await(() -> endpoint() == socket);
	}

	/**
	 * Pass on a datagram, on the thread that read it. Heartbeats are only counted.
	 * @param socket the socket that it was read from
	 * @param message the datagram
	 * @param sender its sender, {@code null} if that is not known
	 * @param own whether this connection sent it, so that it is no sign of life
	 * @param truncated whether a part of it was lost, which is counted
	 * @throws InterruptedException if the thread was interrupted while it waited for
	 * room; the message is dropped
	 */
	protected final void received(E socket, M message, @Nullable SocketAddress sender, boolean own, boolean truncated)
			throws InterruptedException {
		byte[] payload = bytes(message);
		if (truncated) {
			counters().dropped(DropReason.TRUNCATED, 1);
		}
		wireLog().received(payload, sender);
		if (!own) {
			this.heartbeat.onReceived(socket);
		}
		if (this.heartbeat.matches(payload)) {
			counters().received(payload.length);
			finished(message);
			return;
		}
		this.heartbeat.busy(socket, true);
		try {
			deliver(socket, message);
		}
		finally {
			this.heartbeat.busy(socket, false);
		}
	}

	/**
	 * Note that something was sent to the recipient of heartbeats.
	 * @param socket the socket
	 */
	protected final void sent(E socket) {
		this.heartbeat.onSent(socket);
	}

	/**
	 * Report that a socket broke.
	 * @param socket the socket
	 * @param cause the reason
	 */
	public final void broken(E socket, Throwable cause) {
		lost(socket, cause);
	}

	/**
	 * Note an error that does not break the socket.
	 * @param cause the error
	 */
	public final void disturbed(Throwable cause) {
		noteError(cause);
	}

	/**
	 * Run what may block, or call user code, on a worker.
	 * @param task the task
	 */
	public final void work(Runnable task) {
		try {
			context().executor().execute(task);
		}
		catch (RejectedExecutionException ex) {
			this.logger.debug("The application has ended: nothing is left to be done");
		}
	}

	private final class Side implements DatagramSide<E> {

		@Override
		public void sendHeartbeat(E socket, byte[] payload) {
			if (!sendingGate().isPaused()) {
				AbstractDatagramConnection.this.sendHeartbeat(socket, payload);
			}
		}

		@Override
		public boolean isReceivingPaused() {
			return receivingGate().isPaused();
		}

		@Override
		public boolean awaitFirst(E socket) throws IOException {
			return AbstractDatagramConnection.this.awaitFirst(socket);
		}

		@Override
		public void silent(E socket, IOException cause) {
			broken(socket, cause);
		}

	}

}
