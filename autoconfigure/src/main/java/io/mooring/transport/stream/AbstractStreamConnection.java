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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

import io.mooring.ConnectionSpec;
import io.mooring.ConnectionState;
import io.mooring.DropReason;
import io.mooring.PeerCredentials;
import io.mooring.StreamConnection;
import io.mooring.codec.FrameException;
import io.mooring.codec.Framing;
import io.mooring.codec.OversizeFrameException;
import io.mooring.transport.AbstractConnection;
import io.mooring.transport.AbstractMessageConnection;
import io.mooring.transport.Addresses;
import io.mooring.transport.Errors;
import io.mooring.transport.MessageSource;
import io.mooring.transport.PeerFrame;
import io.mooring.transport.PeerSource;
import io.mooring.transport.PeerWatcher;
import io.mooring.transport.SendLossSource;
import io.mooring.transport.StreamPeer;
import io.mooring.transport.TransportContext;

/**
 * What a stream that was connected and one that was accepted have in common.
 */
abstract class AbstractStreamConnection extends AbstractMessageConnection<byte[], StreamSocket>
		implements StreamConnection, SendLossSource, PeerSource {

	static final long FLUSH_NANOS = 2_000_000_000;

	/**
	 * How long to wait, before detaching a consumer, for it to take what was read.
	 */
	static final long DETACH_NANOS = 10_000_000_000L;

	private final EventLoops loops;

	private final Framing framing;

	private final Inbound inbound;

	private volatile @Nullable StreamPeer handingOn;

	private volatile @Nullable SendLossListener lossListener;

	@SuppressWarnings("this-escape")
	AbstractStreamConnection(ConnectionSpec spec, TransportContext context, EventLoops loops,
			@Nullable AbstractConnection<?> listener) {
		super(spec, context, listener);
		this.loops = loops;
		this.framing = spec.framing();
		this.inbound = new Inbound(new Deliveries(), context.executor());
		onRoom(this.inbound::resume);
	}

	/**
	 * Make the socket of a channel, and its handler.
	 */
	StreamSocket socket(Channel channel, StreamPeer peer, @Nullable String interfaceName) {
		FrameWriter writer = new FrameWriter(channel, getSpec().send().capacity(), new SentFrames(this, peer));
		StreamSocket socket = new StreamSocket(channel, peer, writer, interfaceName);
		channel.pipeline()
			.addLast(new StreamHandler(this, socket, this.loops, canReceive() ? this.framing.newDecoder() : null));
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
		this.inbound.add(socket, frames);
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
		count(cause);
	}

	private void count(FrameException cause) {
		counters().dropped((cause instanceof OversizeFrameException) ? DropReason.OVERSIZE : DropReason.MALFORMED, 1);
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

	boolean isSendingPaused() {
		return sendingGate().isPaused();
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
			socket.writeQueue().awaitEmpty(flushDeadline());
		}
	}

	long flushDeadline() {
		return System.nanoTime() + FLUSH_NANOS;
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
	public void pauseSending() {
		super.pauseSending();
		updateSending();
	}

	@Override
	public void resumeSending() {
		super.resumeSending();
		updateSending();
	}

	void updateSending() {
		StreamSocket socket = endpoint();
		if (socket != null) {
			socket.writeQueue().hold(isSendingPaused());
		}
	}

	@Override
	public void send(byte[] frame) {
		StreamSocket socket = readyToSend();
		byte[] encoded = frame(frame);
		if (encoded != null) {
			put(socket, new Frame(encoded, null), Patience.ENDLESS);
		}
	}

	@Override
	public void send(byte[] frame, StreamPeer peer) {
		StreamSocket socket = readyToSend();
		if (socket.peer() != peer) {
			throw exception("cannot send: it has lost " + Addresses.toString(peer.getRemoteAddress()));
		}
		byte[] encoded = frame(frame);
		if (encoded != null) {
			put(socket, new Frame(encoded, null), Patience.ENDLESS);
		}
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

	@Override
	public CompletableFuture<Void> sendAsync(byte[] frame) {
		if (!canSend()) {
			throw exception("is receive-only: it cannot send");
		}
		StreamSocket socket = requireEndpoint();
		byte[] encoded = frame(frame);
		if (encoded == null) {
			return CompletableFuture.completedFuture(null);
		}
		CompletableFuture<Void> outcome = new CompletableFuture<>();
		if (put(socket, new Frame(encoded, outcome), Patience.NONE) == Outcome.FULL) {
			counters().dropped(DropReason.NOT_SENT, 1);
			outcome.completeExceptionally(exception("cannot send: " + getSpec().send().capacity()
					+ " frames or 4 MiB wait to be sent; the limit is send.capacity"));
		}
		return outcome;
	}

	@Override
	public void sendFile(Path file) {
		if (!this.framing.carriesAnyBytes()) {
			throw exception("cannot send a file with framing.type "
					+ this.framing.type().name().toLowerCase(Locale.ROOT).replace('_', '-')
					+ ", as its bytes may be such that end a frame; raw and length can");
		}
		if (!getSpec().interceptors().isEmpty()) {
			throw exception("cannot send a file past its interceptors " + getSpec().interceptors()
					+ ", which are to see all that is sent");
		}
		StreamSocket socket = readyToSend();
		try {
			FileContent content = FileContent.open(file);
			try {
				put(socket, new Frame(header(content), content, null), Patience.ENDLESS);
			}
			catch (RuntimeException ex) {
				content.end(ex);
				throw ex;
			}
			content.await();
		}
		catch (IOException ex) {
			throw exception("cannot send " + file + ": " + Errors.describe(ex), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw exception("is still sending " + file + ": the thread that waited for it was interrupted", ex);
		}
	}

	private byte[] header(FileContent file) {
		try {
			return this.framing.fileHeader(file.size());
		}
		catch (FrameException ex) {
			count(ex);
			throw ex;
		}
	}

	/**
	 * Make the frame of a message that is to be sent.
	 * @return the frame, {@code null} if an interceptor swallowed the message
	 */
	byte @Nullable [] frame(byte[] message) {
		byte[] payload = interceptSending(message);
		return (payload != null) ? encode(payload) : null;
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

	byte[] encode(byte[] payload) {
		try {
			return this.framing.encode(payload);
		}
		catch (FrameException ex) {
			count(ex);
			throw ex;
		}
	}

	/**
	 * Put a frame into the queue of a socket.
	 * @return whether it is there or did not fit
	 */
	Outcome put(StreamSocket socket, Frame frame, Patience patience) {
		try {
			Outcome outcome = socket.writeQueue().put(frame, patience);
			if (outcome == Outcome.CLOSED) {
				Throwable cause = socket.writeQueue().closed();
				throw exception("cannot send: " + ((cause != null) ? Errors.describe(cause) : "it is closed"), cause);
			}
			return outcome;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw exception("cannot send: the thread was interrupted", ex);
		}
	}

	@Override
	public @Nullable PeerCredentials getPeerCredentials() {
		StreamSocket socket = endpoint();
		return (socket != null) ? socket.peer().getCredentials() : null;
	}

	@Override
	public boolean isConnected() {
		StreamSocket socket = endpoint();
		return socket != null && getState() == ConnectionState.CONNECTED && socket.isAlive();
	}

	@Override
	public void setSendLossListener(@Nullable SendLossListener listener) {
		this.lossListener = listener;
	}

	/**
	 * The kernel took frames. Called by the event loop.
	 */
	void sent(StreamPeer peer, List<Frame> frames) {
		long bytes = 0;
		for (Frame frame : frames) {
			bytes += this.framing.payloadSize(frame.bytes());
			if (frame.file() == null) {
				wireLog().sent(frame.bytes(), peer.getRemoteAddress());
			}
		}
		counters().sent(frames.size(), bytes);
	}

	/**
	 * The kernel took bytes of a message that is not at its end.
	 */
	void countSent(long bytes) {
		counters().sent(0, bytes);
	}

	/**
	 * A frame was lost before the kernel took it. Called by a worker.
	 */
	void notSent(StreamPeer peer, Frame frame, Throwable cause) {
		SendLossListener listener = this.lossListener;
		if (frame.outcome() != null) {
			frame.outcome()
				.completeExceptionally(exception("lost a frame for " + Addresses.toString(peer.getRemoteAddress())
						+ ": " + Errors.describe(cause), cause));
		}
		else if (frame.file() == null && listener != null) {
			listener.lost(this.framing.payload(frame.bytes()), peer, cause);
		}
	}

	void countNotSent(int frames) {
		counters().dropped(DropReason.NOT_SENT, frames);
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

	@Override
	protected void sendBytes(byte[] bytes) {
		send(bytes);
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
			return deliver(frames, from, () -> !isPaused());
		}

		@Override
		public void end(StreamSocket socket, Throwable cause) {
			handedOn(socket, cause);
			watchers().closed(socket.peer(), cause);
		}

	}

}
