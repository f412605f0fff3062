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

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import io.mooring.ConnectionSpec;
import io.mooring.DropReason;
import io.mooring.StreamConnection;
import io.mooring.codec.EscapedBytes;
import io.mooring.codec.Framing;
import io.mooring.transport.AbstractConnection;
import io.mooring.transport.AbstractMessageConnection;
import io.mooring.transport.TransportContext;
import io.mooring.transport.internal.log.Addresses;
import io.mooring.transport.internal.log.Errors;
import io.mooring.transport.internal.receive.PeerSource;
import io.mooring.transport.internal.receive.SendLossSource;
import io.mooring.transport.internal.receive.StreamPeer;
import io.mooring.transport.settings.FlowSettings;
import io.mooring.transport.settings.HeartbeatSettings;
import io.mooring.transport.settings.SendSettings;
import io.mooring.transport.stream.FramingSettings;

/**
 * The half of a stream that sends: frames are made, put into the queue of the socket, and
 * counted and reported as the kernel took or never took them.
 */
public abstract class AbstractStreamSender extends AbstractMessageConnection<byte[], StreamSocket>
		implements StreamConnection, SendLossSource, PeerSource {

	private final Framing framing;

	private final FrameEncoder encoder;

	private final @Nullable Frame heartbeat;

	private volatile @Nullable SendLossListener lossListener;

	AbstractStreamSender(ConnectionSpec spec, TransportContext context, @Nullable AbstractConnection<?> listener) {
		super(spec, context, listener);
		FramingSettings settings = spec.get(FramingSettings.class);
		this.framing = settings.framing(context.beans());
		this.encoder = new FrameEncoder(settings, context.beans(), counters());
		EscapedBytes payload = spec.get(HeartbeatSettings.class).payload();
		this.heartbeat = (payload != null) ? this.encoder.encode(payload.getBytes()) : null;
	}

	@Override
	public void send(byte[] frame) {
		send(frame, readyToSend());
	}

	@Override
	public void send(byte[] frame, StreamPeer peer) {
		StreamSocket socket = readyToSend();
		if (socket.peer() != peer) {
			throw exception("cannot send: it has lost " + Addresses.toString(peer.getRemoteAddress()));
		}
		send(frame, socket);
	}

	private void send(byte[] frame, StreamSocket socket) {
		Frame encoded = frame(frame);
		if (encoded != null) {
			put(socket, encoded, OfferPolicy.ENDLESS);
		}
	}

	@Override
	public CompletableFuture<Void> sendAsync(byte[] frame) {
		if (!canSend()) {
			throw exception("is receive-only: it cannot send");
		}
		StreamSocket socket = requireEndpoint();
		Frame encoded = frame(frame);
		if (encoded == null) {
			return CompletableFuture.completedFuture(null);
		}
		CompletableFuture<Void> outcome = new CompletableFuture<>();
		if (put(socket, encoded.withOutcome(outcome), OfferPolicy.NONE) == OfferResult.FULL) {
			counters().dropped(DropReason.NOT_SENT, 1);
			outcome.completeExceptionally(exception("cannot send: " + getSpec().get(SendSettings.class).capacity()
					+ " frames or 4 MiB wait to be sent; the limit is send.capacity"));
		}
		return outcome;
	}

	@Override
	public void sendFile(Path file) {
		if (!this.encoder.takesFiles()) {
			throw exception("cannot send a file with framing.type " + getSpec().get(FramingSettings.class).type()
					+ ", as its bytes may be such that end a frame; raw and length can");
		}
		if (!getSpec().get(FlowSettings.class).interceptors().isEmpty()) {
			throw exception("cannot send a file past its interceptors "
					+ getSpec().get(FlowSettings.class).interceptors() + ", which are to see all that is sent");
		}
		StreamSocket socket = readyToSend();
		try {
			FileContent content = FileContent.open(file);
			try {
				put(socket, this.encoder.encode(content), OfferPolicy.ENDLESS);
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

	/**
	 * Return the framing of received messages.
	 */
	Framing framing() {
		return this.framing;
	}

	/**
	 * Return what makes the frames.
	 */
	FrameEncoder encoder() {
		return this.encoder;
	}

	/**
	 * Make the frame of a message that is to be sent.
	 * @return the frame, {@code null} if an interceptor swallowed the message
	 */
	public @Nullable Frame frame(byte[] message) {
		byte[] payload = interceptSending(message);
		return (payload != null) ? this.encoder.encode(payload) : null;
	}

	/**
	 * Put a frame into the queue of a socket.
	 * @return whether it is there or did not fit
	 */
	protected OfferResult put(StreamSocket socket, Frame frame, OfferPolicy policy) {
		try {
			OfferResult result = socket.writeQueue().put(frame, policy);
			if (result == OfferResult.CLOSED) {
				Throwable cause = socket.writeQueue().closed();
				throw exception("cannot send: " + ((cause != null) ? Errors.describe(cause) : "it is closed"), cause);
			}
			return result;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw exception("cannot send: the thread was interrupted", ex);
		}
	}

	/**
	 * Nothing was sent for a while: send a heartbeat. Called by the event loop.
	 */
	void beat(StreamSocket socket) {
		if (this.heartbeat != null && socket.isBegun()) {
			socket.writeQueue().putIfEmpty(this.heartbeat);
		}
	}

	/**
	 * Return whether a frame that was read is a heartbeat, which is counted here and goes
	 * no further. Raw bytes are none: a read may begin and end anywhere.
	 */
	boolean isHeartbeat(byte[] frame) {
		EscapedBytes payload = getSpec().get(HeartbeatSettings.class).payload();
		boolean heartbeat = payload != null && this.framing.keepsBoundaries() && payload.matches(frame);
		if (heartbeat) {
			counters().received(frame.length);
		}
		return heartbeat;
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
			bytes += frame.size();
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
		else if (frame.file() == null && frame != this.heartbeat && listener != null) {
			listener.lost(this.encoder.decode(frame), peer, cause);
		}
	}

	void countNotSent(int frames) {
		counters().dropped(DropReason.NOT_SENT, frames);
	}

	protected boolean isSendingPaused() {
		return sendingGate().isPaused();
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

	public void updateSending() {
		StreamSocket socket = endpoint();
		if (socket != null) {
			socket.writeQueue().hold(this::isSendingPaused);
		}
	}

	@Override
	protected void sendBytes(byte[] bytes) {
		send(bytes);
	}

}
