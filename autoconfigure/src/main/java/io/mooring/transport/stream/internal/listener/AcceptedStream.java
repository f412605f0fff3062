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

package io.mooring.transport.stream.internal.listener;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.netty.channel.Channel;
import io.netty.handler.timeout.IdleStateHandler;

import io.mooring.ConnectionState;
import io.mooring.DropReason;
import io.mooring.binding.BindingException;
import io.mooring.binding.InterfaceChange;
import io.mooring.codec.FrameException;
import io.mooring.transport.TransportContext;
import io.mooring.transport.internal.binding.BindingCheck;
import io.mooring.transport.internal.log.Errors;
import io.mooring.transport.internal.log.RateLimitedLog;
import io.mooring.transport.internal.receive.StreamPeer;
import io.mooring.transport.settings.SendSettings;
import io.mooring.transport.stream.ClientsSettings;
import io.mooring.transport.stream.internal.channel.EventLoops;
import io.mooring.transport.stream.internal.connection.AbstractStreamConnection;
import io.mooring.transport.stream.internal.connection.Frame;
import io.mooring.transport.stream.internal.connection.LossReports;
import io.mooring.transport.stream.internal.connection.OfferPolicy;
import io.mooring.transport.stream.internal.connection.OfferResult;
import io.mooring.transport.stream.internal.connection.PeerWatchers;
import io.mooring.transport.stream.internal.connection.StreamSocket;
import io.mooring.transport.stream.internal.connection.WriteQueue;

/**
 * A stream that a listener accepted. Opens once. Its end comes behind its frames, so that
 * a peer that has finished sending still gets its answers.
 */
final class AcceptedStream extends AbstractStreamConnection {

	private final StreamServer listener;

	private final StreamPeer peer;

	private final Channel channel;

	private final long order;

	private final long idleMillis;

	private final AtomicBoolean opened = new AtomicBoolean();

	private final AtomicBoolean warned = new AtomicBoolean();

	private volatile boolean handedOut;

	private volatile boolean endedByPeer;

	private volatile boolean over;

	/**
	 * Create a connection that is not open.
	 * @param listener the listener
	 * @param context what connections share, with an observer that does not reopen
	 * @param loops the loops that the channel belongs to
	 * @param channel the channel, of which nothing was read yet
	 * @param peer the peer
	 * @param order how many were accepted before it
	 */
	AcceptedStream(StreamServer listener, TransportContext context, EventLoops loops, Channel channel, StreamPeer peer,
			long order) {
		super(listener.getSpec(), context, loops, listener);
		this.listener = listener;
		this.channel = channel;
		this.peer = peer;
		this.order = order;
		Duration idleTimeout = getSpec().get(ClientsSettings.class).idleTimeout();
		this.idleMillis = (idleTimeout != null) ? idleTimeout.toMillis() : 0;
	}

	@Override
	protected PeerWatchers watchers() {
		return this.listener.watchers();
	}

	@Override
	protected LossReports reports() {
		return this.listener.reports();
	}

	@Override
	public void close(StreamPeer peer, Throwable reason) {
		if (isOpen(peer)) {
			close();
		}
	}

	long order() {
		return this.order;
	}

	StreamPeer peer() {
		return this.peer;
	}

	@Override
	protected StreamSocket openEndpoint() throws IOException {
		if (this.opened.getAndSet(true)) {
			throw new IOException("it was accepted from " + this.peer + ", and an accepted connection opens once");
		}
		if (this.idleMillis > 0) {
			this.channel.pipeline().addLast(new IdleStateHandler(true, 0, 0, this.idleMillis, TimeUnit.MILLISECONDS));
		}
		return socket(this.channel, this.peer, null);
	}

	@Override
	protected boolean isReceivingPaused() {
		return super.isReceivingPaused() || this.listener.isReceivingPaused();
	}

	@Override
	protected boolean isSendingPaused() {
		return super.isSendingPaused() || this.listener.isSendingPaused();
	}

	@Override
	protected void readEnd(StreamSocket socket, Throwable cause, boolean incomplete) {
		super.readEnd(socket, cause, incomplete);
		inbound().end(socket, cause);
	}

	@Override
	protected void disconnected(StreamSocket socket) {
		this.listener.disconnected(this);
	}

	@Override
	protected CompletableFuture<Void> handedOn(StreamSocket socket, Throwable cause) {
		if (getState() == ConnectionState.CONNECTED && !(cause instanceof EOFException)) {
			noteError(cause);
		}
		this.endedByPeer = true;
		socket.endedByPeer();
		close();
		return CompletableFuture.completedFuture(null);
	}

	@Override
	protected boolean keepsQueued() {
		return this.endedByPeer;
	}

	@Override
	protected boolean isOver() {
		return this.over || (this.opened.get() && getState() == ConnectionState.DISCONNECTED);
	}

	@Override
	protected void closed() {
		// Before those that receive are woken
		this.over = this.opened.get();
		super.closed();
		this.listener.clientClosed(this);
	}

	/**
	 * Take no more frames.
	 */
	void endSending() {
		StreamSocket socket = endpoint();
		if (socket != null) {
			socket.writeQueue().end();
		}
	}

	/**
	 * Take no more frames, wait for those that are queued, and tell the peer the end.
	 * @param deadline when to give up, by {@link System#nanoTime()}
	 */
	void part(long deadline) {
		StreamSocket socket = endpoint();
		if (socket != null) {
			socket.part(deadline);
		}
	}

	/**
	 * Close where the machine has lost the address that the peer talks to.
	 */
	void checkAddress(InterfaceChange change) {
		StreamSocket socket = endpoint();
		try {
			BindingCheck.checkPresent(this.peer.getLocalAddress(), change);
		}
		catch (BindingException ex) {
			if (socket != null) {
				socket.abort(ex);
			}
		}
	}

	void handOut() {
		this.handedOut = true;
	}

	boolean isHandedOut() {
		return this.handedOut;
	}

	/**
	 * Drop what nobody will receive any more.
	 */
	void dropUnread() {
		this.endedByPeer = false;
		dropQueued();
	}

	/**
	 * Return whether frames were handed on that nobody took, or that a consumer may yet
	 * refuse.
	 */
	boolean isLeft() {
		return hasQueued();
	}

	boolean isUnread() {
		return hasQueued() || !inbound().isEmpty();
	}

	@Override
	protected void misframed(StreamSocket socket, FrameException cause) {
		super.misframed(socket, cause);
		warn(this.listener.misframed(), cause);
	}

	/**
	 * Close a peer that leaves us waiting; one that we leave waiting, by not reading or
	 * by holding back what is for it, may be as idle as it likes.
	 */
	@Override
	protected void idle(StreamSocket socket) {
		if (inbound().isWaitingForPeer() && !isSendingPaused()) {
			IOException cause = new IOException(
					"nothing came and nothing went for " + this.idleMillis + "ms (clients.idle-timeout)");
			counters().dropped(DropReason.CLIENT_IDLE, 1);
			this.logger.debug("Closing " + this.peer + ": " + Errors.describe(cause));
			socket.abort(cause);
		}
	}

	@Override
	protected void silent(StreamSocket socket, IOException cause) {
		counters().dropped(DropReason.CLIENT_SILENT, 1);
		this.logger.debug("Closing " + this.peer + ": " + Errors.describe(cause));
		super.silent(socket, cause);
	}

	/**
	 * Send a frame without being held up by a peer that does not read: it is closed. Only
	 * its own flow, which holds up nobody else, waits a while.
	 * @param frame the frame
	 * @return whether the frame is in the queue
	 */
	boolean sendOrClose(Frame frame) {
		StreamSocket socket = endpoint();
		if (socket == null) {
			return false;
		}
		OfferPolicy policy = inbound().isHandingOn() ? OfferPolicy.SECONDS : OfferPolicy.WHILE_TAKEN;
		OfferResult result = put(socket, frame, policy);
		if (result == OfferResult.FULL) {
			IOException cause = new IOException("it does not read, and " + getSpec().get(SendSettings.class).capacity()
					+ " frames or " + WriteQueue.MAX_BYTES + " bytes (send.capacity) wait for it");
			warn(this.listener.slowReaders(), cause);
			socket.abort(cause);
		}
		return result == OfferResult.QUEUED;
	}

	private void warn(RateLimitedLog log, Throwable cause) {
		if (!this.warned.getAndSet(true)) {
			log.warn(() -> "Closing " + this.peer + ": " + Errors.describe(cause));
		}
	}

}
