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
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

import io.mooring.ConnectionException;
import io.mooring.ConnectionSpec;
import io.mooring.DropReason;
import io.mooring.StreamConnection;
import io.mooring.StreamListener;
import io.mooring.codec.FrameException;
import io.mooring.transport.AbstractConnection;
import io.mooring.transport.Addresses;
import io.mooring.transport.MessageSource;
import io.mooring.transport.PeerFrame;
import io.mooring.transport.SendLossSource;
import io.mooring.transport.StreamPeer;
import io.mooring.transport.TransportContext;

/**
 * Listens for streams.
 */
final class StreamServer extends AbstractConnection<ListeningSocket>
		implements StreamListener, MessageSource<PeerFrame>, SendLossSource {

	private final EventLoops loops;

	private final TransportContext clientContext;

	private final Map<String, AcceptedStream> clients = new ConcurrentHashMap<>();

	private final AtomicLong accepted = new AtomicLong();

	private final AcceptQueue waiting;

	private final Object attaching = new Object();

	private volatile @Nullable Owner owner;

	private volatile @Nullable SendLossListener lossListener;

	StreamServer(ConnectionSpec spec, TransportContext context, EventLoops loops) {
		super(spec, context);
		this.loops = loops;
		this.clientContext = context.withObserver(new AcceptedStreamObserver());
		this.waiting = new AcceptQueue(spec.receive().capacity());
	}

	@Override
	protected ListeningSocket openEndpoint() throws IOException, InterruptedException {
		return new ListenerOpener(getSpec(), context().bindings(), this.loops).open(this::accepted);
	}

	@Override
	protected void endpointOpened(ListeningSocket socket) {
		socket
			.onClose(() -> context().executor().execute(() -> lost(socket, new IOException("the socket was closed"))));
		socket.setAccepting(!isReceivingPaused());
	}

	private void work(Runnable task) {
		try {
			context().executor().execute(task);
		}
		catch (RejectedExecutionException ex) {
			this.logger.debug("The application has ended: nothing is left to be done");
		}
	}

	/**
	 * A client was accepted. Called by its event loop.
	 */
	private void accepted(Channel channel) {
		if (channel.remoteAddress() == null) {
			// Gone before it could be asked who it was
			channel.close();
			return;
		}
		String id = Addresses.toString(channel.remoteAddress()) + ":" + UUID.randomUUID();
		AcceptedStream client = new AcceptedStream(this, this.clientContext, this.loops, channel,
				new StreamPeer(id, channel.localAddress(), channel.remoteAddress()), this.accepted.incrementAndGet());
		client.setSendLossListener(this.lossListener);
		this.clients.put(id, client);
		if (endpoint() == null) {
			this.clients.remove(id);
			channel.close();
			return;
		}
		synchronized (this.attaching) {
			Owner owner = this.owner;
			if (owner != null) {
				// Before anything is read
				owner.attach(client);
			}
			client.startOpen();
			if (owner == null) {
				this.waiting.add(client);
			}
		}
	}

	/**
	 * The channel of a client is closed. Called by its event loop.
	 */
	void disconnected(AcceptedStream client) {
		this.clients.remove(client.peer().getId());
	}

	/**
	 * A client is closed, and its frames were handed on as far as anybody took them.
	 */
	void clientClosed(AcceptedStream client) {
		this.clients.remove(client.peer().getId());
		Owner owner = this.owner;
		if (owner != null) {
			owner.attachments.remove(client);
		}
		AcceptedStream dropped = this.waiting.left(client);
		if (dropped != null) {
			dropped.dropUnread();
		}
	}

	@Override
	protected void endpointClosing(ListeningSocket socket, boolean purposely) {
		socket.setAccepting(false);
		long deadline = System.nanoTime() + (purposely ? AbstractStreamConnection.FLUSH_NANOS : 0);
		if (purposely) {
			socket.close();
			this.clients.values().forEach((client) -> client.closeUntil(deadline));
		}
		else {
			Set<AcceptedStream> left = new LinkedHashSet<>(this.clients.values());
			work(() -> left.forEach((client) -> client.closeUntil(deadline)));
		}
	}

	@Override
	protected void released() {
		this.waiting.wake();
	}

	@Override
	public @Nullable StreamConnection accept(Duration timeout) {
		Owner owner = this.owner;
		if (owner != null) {
			throw occupied(owner);
		}
		try {
			AcceptedStream client = this.waiting.poll(timeout);
			if (client != null) {
				client.handOut();
			}
			return client;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw exception("cannot accept: the thread was interrupted", ex);
		}
	}

	private IllegalStateException occupied(Owner owner) {
		return new IllegalStateException(
				"Connection '" + getName() + "': the messages of all clients go to " + owner.name);
	}

	@Override
	public Collection<StreamConnection> getClients() {
		return Collections.unmodifiableList(inOrder());
	}

	private List<AcceptedStream> inOrder() {
		return this.clients.values().stream().sorted(Comparator.comparingLong(AcceptedStream::order)).toList();
	}

	@Override
	public Attachment attach(String name, Consumer<? super PeerFrame> consumer) {
		if (!canReceive()) {
			throw exception("is send-only: it cannot receive");
		}
		Owner owner = new Owner(name, consumer);
		synchronized (this.attaching) {
			Owner present = this.owner;
			if (present != null) {
				throw occupied(present);
			}
			this.owner = owner;
			Set<AcceptedStream> all = new LinkedHashSet<>(this.waiting.takeAll());
			all.addAll(this.clients.values());
			all.forEach(owner::attach);
		}
		this.waiting.wake();
		return () -> detach(owner);
	}

	private void detach(Owner owner) {
		Map<AcceptedStream, Attachment> attachments;
		synchronized (this.attaching) {
			if (this.owner != owner) {
				return;
			}
			this.owner = null;
			attachments = new LinkedHashMap<>(owner.attachments);
			inOrder().stream().filter((client) -> !client.isHandedOut()).forEach(this.waiting::add);
		}
		long deadline = System.nanoTime() + AbstractStreamConnection.DETACH_NANOS;
		attachments.keySet().forEach((client) -> client.inbound().suspend(true));
		attachments.forEach((client, attachment) -> {
			client.inbound().awaitEmpty(deadline);
			attachment.detach();
			client.inbound().suspend(false);
		});
	}

	@Override
	public void send(byte[] frame) {
		byte[] encoded = ready(frame);
		for (AcceptedStream client : this.clients.values()) {
			try {
				client.sendOrClose(encoded);
			}
			catch (ConnectionException ex) {
				// It left just now; the others get the frame
				if (Thread.currentThread().isInterrupted()) {
					throw ex;
				}
			}
		}
	}

	@Override
	public void send(byte[] frame, String connectionId) {
		byte[] encoded = ready(frame);
		AcceptedStream client = this.clients.get(connectionId);
		if (client == null) {
			throw exception("has no client '" + connectionId + "', or has it no more");
		}
		if (!client.sendOrClose(encoded)) {
			throw exception(
					"has closed " + Addresses.toString(client.peer().getRemoteAddress()) + ", which does not read: "
							+ getSpec().send().capacity() + " frames or 4 MiB wait for it (send.capacity)");
		}
	}

	private byte[] ready(byte[] frame) {
		if (!canSend()) {
			throw exception("is receive-only: it cannot send");
		}
		requireEndpoint();
		try {
			sendingGate().await(() -> endpoint() != null);
			requireEndpoint();
			return getSpec().framing().encode(frame);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw exception("cannot send: the thread was interrupted", ex);
		}
		catch (FrameException ex) {
			counters().dropped(DropReason.OVERSIZE, 1);
			throw ex;
		}
	}

	boolean isReceivingPaused() {
		return receivingGate().isPaused();
	}

	boolean isSendingPaused() {
		return sendingGate().isPaused();
	}

	@Override
	public void pauseReceiving() {
		super.pauseReceiving();
		updateReceiving();
	}

	@Override
	public void resumeReceiving() {
		super.resumeReceiving();
		updateReceiving();
	}

	private void updateReceiving() {
		ListeningSocket socket = endpoint();
		if (socket != null) {
			socket.setAccepting(!isReceivingPaused());
		}
		this.clients.values().forEach((client) -> client.inbound().resume());
	}

	@Override
	public void pauseSending() {
		super.pauseSending();
		this.clients.values().forEach(AbstractStreamConnection::updateSending);
	}

	@Override
	public void resumeSending() {
		super.resumeSending();
		this.clients.values().forEach(AbstractStreamConnection::updateSending);
	}

	@Override
	public void setSendLossListener(@Nullable SendLossListener listener) {
		this.lossListener = listener;
		this.clients.values().forEach((client) -> client.setSendLossListener(listener));
	}

	/**
	 * Who takes the frames of all clients.
	 */
	private final class Owner {

		private final String name;

		private final Consumer<? super PeerFrame> consumer;

		private final Map<AcceptedStream, Attachment> attachments = new ConcurrentHashMap<>();

		Owner(String name, Consumer<? super PeerFrame> consumer) {
			this.name = name;
			this.consumer = consumer;
		}

		void attach(AcceptedStream client) {
			StreamPeer peer = client.peer();
			try {
				this.attachments.put(client, client.attachFrames(this.name, this.consumer));
			}
			catch (IllegalStateException ex) {
				StreamServer.this.logger
					.debug("The frames of " + Addresses.toString(peer.getRemoteAddress()) + " stay where they go", ex);
			}
		}

	}

}
