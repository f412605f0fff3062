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

package io.mooring.transport.stream;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

import io.mooring.ConnectionSpec;
import io.mooring.ConnectionState;
import io.mooring.DropReason;
import io.mooring.PeerCredentials;
import io.mooring.codec.FrameException;
import io.mooring.transport.AbstractConnection;
import io.mooring.transport.MessageSource;
import io.mooring.transport.PeerFrame;
import io.mooring.transport.PeerWatcher;
import io.mooring.transport.StreamPeer;
import io.mooring.transport.TransportContext;

/**
 * What a stream that was connected and one that was accepted have in common: what was
 * read goes to whoever takes it. {@link AbstractStreamSender} is the other direction.
 */
abstract class AbstractStreamConnection extends AbstractStreamSender {

	static final long FLUSH_NANOS = 2_000_000_000;

	/**
	 * The part of the time for the application's end that is left to those who are told
	 * of losses.
	 */
	static final int REPORTING_PART = 4;

	/**
	 * How long to wait, before detaching a consumer, for it to take what was read.
	 */
	static final long DETACH_NANOS = 10_000_000_000L;

	private final EventLoops loops;

	private final Inbound inbound;

	private final LossReports reports;

	private volatile @Nullable StreamPeer handingOn;

	private volatile @Nullable Long flushDeadline;

	@SuppressWarnings("this-escape")
	AbstractStreamConnection(ConnectionSpec spec, TransportContext context, EventLoops loops,
			@Nullable AbstractConnection<?> listener) {
		super(spec, context, listener);
		this.loops = loops;
		this.inbound = new Inbound(new Deliveries(), context.executor());
		this.reports = new LossReports(context.executor(), this.logger);
		onRoom(this.inbound::resume);
	}

	/**
	 * Make the socket of a channel, and its handler.
	 */
	StreamSocket socket(Channel channel, StreamPeer peer, @Nullable String interfaceName) {
		FrameWriter writer = new FrameWriter(channel, getSpec().send().capacity(), new SentFrames(this, peer));
		StreamSocket socket = new StreamSocket(channel, peer, writer, interfaceName);
		if (!getSpec().heartbeat().equals(ConnectionSpec.Heartbeat.NONE)) {
			StreamHeartbeat heartbeat = new StreamHeartbeat(this, socket, getSpec().heartbeat(), context().nanoTime());
			socket.setHeartbeat(heartbeat);
			channel.pipeline().addLast(heartbeat);
		}
		StreamHandler handler = new StreamHandler(this, socket, this.loops,
				canReceive() ? getSpec().framing().newDecoder() : null);
		channel.pipeline().addLast(handler);
		channel.closeFuture().addListener((closed) -> handler.closed());
		return socket;
	}

	EventLoops loops() {
		return this.loops;
	}

	Inbound inbound() {
		return this.inbound;
	}

	/**
	 * Frames were read. Called by the event loop.
	 */
	void read(StreamSocket socket, List<byte[]> frames) {
		frames.forEach((frame) -> wireLog().received(frame, socket.getRemoteAddress()));
		frames.removeIf(this::isHeartbeat);
		if (!frames.isEmpty()) {
			this.inbound.add(socket, frames);
		}
	}

	/**
	 * The peer is silent. Called by the event loop.
	 */
	void silent(StreamSocket socket, IOException cause) {
		socket.abort(cause);
	}

	/**
	 * There is nothing more to read. Called by the event loop.
	 */
	void readEnd(StreamSocket socket, Throwable cause, boolean incomplete) {
		if (incomplete) {
			counters().dropped(DropReason.INCOMPLETE, 1);
		}
	}

	/**
	 * The socket is closed. Called by the event loop.
	 */
	void disconnected(StreamSocket socket) {
	}

	/**
	 * A frame is too long or not one, and the socket about to be closed. Called by the
	 * event loop.
	 */
	void misframed(StreamSocket socket, FrameException cause) {
		encoder().count(cause);
	}

	/**
	 * Nothing came and nothing went for a while. Called by the event loop.
	 */
	void idle(StreamSocket socket) {
	}

	/**
	 * All frames of a socket were handed on. Called by a worker.
	 */
	abstract void handedOn(StreamSocket socket, Throwable cause);

	/**
	 * Return who is told of the peers of this connection.
	 */
	abstract PeerWatchers watchers();

	/**
	 * Tell the watchers of the peer that is connected.
	 */
	void announce() {
		StreamSocket socket = endpoint();
		if (socket != null) {
			this.inbound.begin(socket);
		}
	}

	boolean isReceivingPaused() {
		return receivingGate().isPaused();
	}

	@Override
	protected void endpointOpened(StreamSocket socket) {
		socket.writeQueue().hold(isSendingPaused());
		if (!watchers().isEmpty()) {
			this.inbound.begin(socket);
		}
		this.inbound.read(socket);
	}

	@Override
	protected void endpointClosing(StreamSocket socket, boolean purposely) {
		if (purposely) {
			socket.part(flushDeadline());
		}
	}

	long flushDeadline() {
		Long deadline = this.flushDeadline;
		return (deadline != null) ? deadline : System.nanoTime() + FLUSH_NANOS;
	}

	/**
	 * Close, and wait for what is queued no longer than until a deadline.
	 * @param deadline by {@link System#nanoTime()}
	 */
	void closeUntil(long deadline) {
		this.flushDeadline = deadline;
		try {
			close();
		}
		finally {
			this.flushDeadline = null;
		}
	}

	/**
	 * Return what tells senders of their losses.
	 */
	LossReports reports() {
		return this.reports;
	}

	@Override
	public void stopReading(Duration patience) {
		stopReading(System.nanoTime() + patience.toNanos());
	}

	private void stopReading(long deadline) {
		this.inbound.stopReading();
		this.inbound.settle(deadline);
	}

	@Override
	public void startReading() {
		this.inbound.startReading();
	}

	@Override
	public void shutdown(Duration timeout) {
		long deadline = System.nanoTime() + timeout.toNanos();
		stopReading(deadline);
		this.inbound.discard();
		closeUntil(deadline - timeout.toNanos() / REPORTING_PART);
		reports().await(deadline);
		startReading();
	}

	@Override
	public void pauseReceiving() {
		super.pauseReceiving();
		this.inbound.resume();
	}

	@Override
	public void resumeReceiving() {
		super.resumeReceiving();
		this.inbound.resume();
	}

	@Override
	public Collection<StreamPeer> getPeers() {
		StreamSocket socket = endpoint();
		return (socket != null) ? List.of(socket.peer()) : List.of();
	}

	@Override
	public boolean isOpen(StreamPeer peer) {
		StreamSocket socket = endpoint();
		return socket != null && socket.peer() == peer;
	}

	@Override
	public MessageSource.Attachment watch(PeerWatcher watcher) {
		MessageSource.Attachment attachment = watchers().add(watcher);
		announce();
		return attachment;
	}

	private List<byte[]> intercepted(StreamPeer peer, List<byte[]> frames) {
		List<byte[]> passed = new ArrayList<>(frames.size());
		for (byte[] frame : frames) {
			byte[] next = interceptReceived(frame, (message) -> new PeerFrame(peer, message));
			if (next != null) {
				passed.add(next);
			}
		}
		return passed;
	}

	@Override
	public @Nullable PeerCredentials getPeerCredentials() {
		StreamSocket socket = endpoint();
		return (socket != null) ? socket.peer().getCredentials() : null;
	}

	@Override
	public @Nullable String getPeerSubject() {
		StreamSocket socket = endpoint();
		return (socket != null) ? socket.peer().getSubject() : null;
	}

	@Override
	public boolean isConnected() {
		StreamSocket socket = endpoint();
		return socket != null && getState() == ConnectionState.CONNECTED && socket.isAlive();
	}

	@Override
	public MessageSource<PeerFrame> peerFrames() {
		return (owner, consumer) -> {
			MessageSource.Attachment attachment = attachFrames(owner, consumer);
			return () -> {
				this.inbound.suspend(true);
				this.inbound.awaitEmpty(System.nanoTime() + DETACH_NANOS);
				attachment.detach();
				this.inbound.suspend(false);
			};
		};
	}

	/**
	 * Attach for frames with their peer. What was read is delivered before detaching only
	 * if somebody sees to it.
	 */
	MessageSource.Attachment attachFrames(String owner, Consumer<? super PeerFrame> consumer) {
		return attach(owner, (frame) -> {
			StreamPeer peer = this.handingOn;
			if (peer != null) {
				this.inbound.inHand(frame);
				consumer.accept(new PeerFrame(peer, frame));
			}
		});
	}

	@Override
	protected byte[] bytes(byte[] message) {
		return message;
	}

	@Override
	protected byte[] withBytes(byte[] message, byte[] bytes) {
		return bytes;
	}

	/**
	 * Run on a worker what must not run on the event loop.
	 */
	void work(Runnable task) {
		try {
			context().executor().execute(task);
		}
		catch (RejectedExecutionException ex) {
			this.logger.debug("The application has ended: nobody is told");
		}
	}

	private final class Deliveries implements Inbound.Consumer {

		@Override
		public boolean isPaused() {
			return isReceivingPaused();
		}

		@Override
		public List<byte[]> begin(StreamSocket socket, List<byte[]> frames, long bytes) {
			counters().received(frames.size(), bytes);
			return isIntercepted() ? intercepted(socket.peer(), frames) : frames;
		}

		@Override
		public void opened(StreamSocket socket) {
			watchers().opened(socket.peer());
		}

		@Override
		public int take(StreamSocket socket, List<byte[]> frames, int from) {
			AbstractStreamConnection.this.handingOn = socket.peer();
			return deliver(frames, from, () -> !isPaused() && !AbstractStreamConnection.this.inbound.isDiscarding());
		}

		@Override
		public void discardedUnseen(int frames, long bytes) {
			counters().received(frames, bytes);
		}

		@Override
		public void discarded(int frames) {
			counters().dropped(DropReason.CLOSED, frames);
		}

		@Override
		public void end(StreamSocket socket, Throwable cause) {
			handedOn(socket, cause);
			watchers().closed(socket.peer(), cause);
		}

	}

}
