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

package io.mooring.transport.stream.internal.connection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.mooring.ConnectionSpec;
import io.mooring.DropReason;
import io.mooring.transport.AbstractConnection;
import io.mooring.transport.TransportContext;
import io.mooring.transport.internal.receive.ConsumerThread;
import io.mooring.transport.internal.receive.MessageSource;
import io.mooring.transport.internal.receive.PeerFrame;
import io.mooring.transport.internal.receive.StreamPeer;

/**
 * The half of a stream that receives: what was read goes to whoever takes it, which
 * {@link Inbound} sees to, and is counted and intercepted on the way.
 */
public abstract class AbstractStreamReceiver extends AbstractStreamSender {

	/**
	 * How long to wait, when detaching a consumer, for it to take what was read.
	 */
	public static final Duration DETACH_TIME = Duration.ofSeconds(10);

	private final Inbound inbound;

	private volatile @Nullable StreamPeer handingOn;

	@SuppressWarnings("this-escape")
	AbstractStreamReceiver(ConnectionSpec spec, TransportContext context, @Nullable AbstractConnection<?> listener) {
		super(spec, context, listener);
		this.inbound = new Inbound(new Deliveries(), (listener != null) ? context.handlers() : context.executor(),
				this.logger);
		onRoom(this.inbound::resume);
	}

	public Inbound inbound() {
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
	 * All frames of a socket were handed on. Called by a worker.
	 * @return completes when the connection has let go of the socket
	 */
	protected abstract CompletableFuture<Void> handedOn(StreamSocket socket, Throwable cause);

	/**
	 * Return who is told of the peers of this connection.
	 */
	protected abstract PeerWatchers watchers();

	protected boolean isReceivingPaused() {
		return receivingGate().isPaused();
	}

	@Override
	public void stopReading(Duration patience) {
		stopReading(System.nanoTime() + patience.toNanos());
	}

	/**
	 * Read no more, and wait until what was read is handed on.
	 * @param deadline when to give up, by {@link System#nanoTime()}
	 */
	void stopReading(long deadline) {
		this.inbound.stopReading();
		this.inbound.settle(deadline);
	}

	@Override
	public void startReading() {
		this.inbound.startReading();
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
	public MessageSource<PeerFrame> peerFrames() {
		return (owner, consumer) -> {
			MessageSource.Attachment attachment = attachFrames(owner, consumer);
			return new MessageSource.Attachment() {

				@Override
				public void detach() {
					detach(DETACH_TIME);
				}

				@Override
				public void detach(Duration patience) {
					AbstractStreamReceiver.this.detach(attachment, patience);
				}

			};
		};
	}

	private void detach(MessageSource.Attachment attachment, Duration patience) {
		if (ConsumerThread.isCurrent()) {
			attachment.detach();
			return;
		}
		long deadline = System.nanoTime() + patience.toNanos();
		this.inbound.suspend(true);
		this.inbound.awaitEmpty(deadline);
		detach(attachment, deadline);
		this.inbound.suspend(false);
	}

	/**
	 * Detach, and wait until a deadline at most.
	 * @param attachment what to detach
	 * @param deadline when to give up, by {@link System#nanoTime()}
	 */
	public static void detach(MessageSource.Attachment attachment, long deadline) {
		attachment.detach(Duration.ofNanos(Math.max(deadline - System.nanoTime(), 0)));
	}

	/**
	 * Attach for frames with their peer. What was read is delivered before detaching only
	 * if somebody sees to it.
	 */
	public MessageSource.Attachment attachFrames(String owner, Consumer<? super PeerFrame> consumer) {
		return attach(owner, (frame) -> {
			StreamPeer peer = this.handingOn;
			if (peer != null) {
				this.inbound.inHand(frame);
				consumer.accept(new PeerFrame(peer, frame));
			}
		});
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
	protected byte[] bytes(byte[] message) {
		return message;
	}

	@Override
	protected byte[] withBytes(byte[] message, byte[] bytes) {
		return bytes;
	}

	private final class Deliveries implements InboundConsumer {

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
			AbstractStreamReceiver.this.handingOn = socket.peer();
			return deliver(frames, from, () -> !isPaused() && !AbstractStreamReceiver.this.inbound.isDiscarding());
		}

		@Override
		public boolean isHeldUp() {
			return AbstractStreamReceiver.this.isHeldUp();
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
			// Watchers do not find the socket open
			handedOn(socket, cause).whenComplete((none, failure) -> watchers().closed(socket.peer(), cause));
		}

	}

}
