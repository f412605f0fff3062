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
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

import io.mooring.ConnectionSpec;
import io.mooring.ConnectionState;
import io.mooring.DropReason;
import io.mooring.PeerCredentials;
import io.mooring.codec.FrameDecoder;
import io.mooring.codec.FrameException;
import io.mooring.transport.AbstractConnection;
import io.mooring.transport.TransportContext;
import io.mooring.transport.internal.receive.MessageSource;
import io.mooring.transport.internal.receive.PeerWatcher;
import io.mooring.transport.internal.receive.StreamPeer;
import io.mooring.transport.settings.HeartbeatSettings;
import io.mooring.transport.settings.SendSettings;
import io.mooring.transport.stream.FramingSettings;
import io.mooring.transport.stream.internal.channel.EventLoops;

/**
 * What a stream that was connected and one that was accepted have in common: the life of
 * its socket, from its channel to the last that it waits for. What it sends and receives
 * meanwhile is the matter of {@link AbstractStreamSender} and
 * {@link AbstractStreamReceiver}.
 */
public abstract class AbstractStreamConnection extends AbstractStreamReceiver {

	private final EventLoops loops;

	private final LossReports reports;

	private final FlushDeadline flushDeadline = new FlushDeadline();

	public AbstractStreamConnection(ConnectionSpec spec, TransportContext context, EventLoops loops,
			@Nullable AbstractConnection<?> listener) {
		super(spec, context, listener);
		this.loops = loops;
		this.reports = new LossReports(context.executor(), this.logger);
	}

	/**
	 * Make the socket of a channel, and its handler.
	 */
	public StreamSocket socket(Channel channel, StreamPeer peer, @Nullable String interfaceName) {
		FrameWriter writer = new FrameWriter(channel, getSpec().get(SendSettings.class).capacity(),
				new SentFrames(this, peer));
		StreamSocket socket = new StreamSocket(channel, peer, writer, interfaceName, context().nanoTime());
		if (!getSpec().get(HeartbeatSettings.class).equals(HeartbeatSettings.NONE)) {
			StreamHeartbeat heartbeat = new StreamHeartbeat(this, socket, getSpec().get(HeartbeatSettings.class),
					context().nanoTime());
			socket.setHeartbeat(heartbeat);
			channel.pipeline().addLast(heartbeat);
		}
		StreamHandler handler = new StreamHandler(this, socket, this.loops, canReceive() ? decoder() : null);
		channel.pipeline().addLast(handler);
		channel.closeFuture().addListener((closed) -> handler.closed());
		return socket;
	}

	private FrameDecoder decoder() {
		return framing().newDecoder(getSpec().get(FramingSettings.class).maxBytes());
	}

	public EventLoops loops() {
		return this.loops;
	}

	/**
	 * The peer is silent. Called by the event loop.
	 */
	protected void silent(StreamSocket socket, IOException cause) {
		socket.abort(cause);
	}

	/**
	 * There is nothing more to read. Called by the event loop.
	 */
	protected void readEnd(StreamSocket socket, Throwable cause, boolean incomplete) {
		if (incomplete) {
			counters().dropped(DropReason.INCOMPLETE, 1);
		}
	}

	/**
	 * The socket is closed. Called by the event loop.
	 */
	protected void disconnected(StreamSocket socket) {
	}

	/**
	 * A frame is too long or not one, and the socket about to be closed. Called by the
	 * event loop.
	 */
	protected void misframed(StreamSocket socket, FrameException cause) {
		encoder().count(cause);
	}

	/**
	 * Nothing came and nothing went for a while. Called by the event loop.
	 */
	protected void idle(StreamSocket socket) {
	}

	/**
	 * Tell the watchers of the peer that is connected.
	 */
	public void announce() {
		StreamSocket socket = endpoint();
		if (socket != null) {
			inbound().begin(socket);
		}
	}

	@Override
	protected void endpointOpened(StreamSocket socket) {
		socket.writeQueue().hold(this::isSendingPaused);
		if (!watchers().isEmpty()) {
			inbound().begin(socket);
		}
		inbound().read(socket);
	}

	@Override
	protected void endpointClosing(StreamSocket socket, boolean requested) {
		if (requested) {
			socket.part(flushDeadline());
		}
	}

	protected long flushDeadline() {
		return this.flushDeadline.get();
	}

	/**
	 * Close, and wait for what is queued no longer than until a deadline.
	 * @param deadline by {@link System#nanoTime()}
	 */
	public void closeUntil(long deadline) {
		this.flushDeadline.during(deadline, this::close);
	}

	/**
	 * Return what tells senders of their losses.
	 */
	protected LossReports reports() {
		return this.reports;
	}

	@Override
	public void shutdown(Duration timeout) {
		long deadline = System.nanoTime() + timeout.toNanos();
		stopReading(deadline);
		inbound().discard();
		closeUntil(FlushDeadline.atShutdown(deadline, timeout));
		reports().await(deadline);
		startReading();
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

}
