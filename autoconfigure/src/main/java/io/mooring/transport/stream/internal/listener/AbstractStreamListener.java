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

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.mooring.ConnectionSpec;
import io.mooring.StreamConnection;
import io.mooring.StreamListener;
import io.mooring.transport.AbstractConnection;
import io.mooring.transport.TransportContext;
import io.mooring.transport.internal.receive.MessageSource;
import io.mooring.transport.internal.receive.PeerFrame;
import io.mooring.transport.internal.receive.PeerSource;
import io.mooring.transport.internal.receive.PeerWatcher;
import io.mooring.transport.internal.receive.SendLossSource;
import io.mooring.transport.internal.receive.StreamPeer;
import io.mooring.transport.settings.ReceiveSettings;
import io.mooring.transport.stream.FramingSettings;
import io.mooring.transport.stream.internal.connection.AbstractStreamConnection;
import io.mooring.transport.stream.internal.connection.FrameEncoder;
import io.mooring.transport.stream.internal.connection.PeerWatchers;

/**
 * What the users of a listener do with its clients: they accept them one by one, or take
 * the frames of all, and send to one or all of them.
 */
abstract class AbstractStreamListener extends AbstractConnection<ListeningSocket>
		implements StreamListener, MessageSource<PeerFrame>, PeerSource, SendLossSource {

	private final Clients clients = new Clients();

	private final ClientOwnership ownership;

	private final ClientSender sender;

	private final PeerWatchers watchers = new PeerWatchers(this.logger);

	private volatile @Nullable SendLossListener lossListener;

	AbstractStreamListener(ConnectionSpec spec, TransportContext context) {
		super(spec, context);
		this.ownership = new ClientOwnership(this.clients, spec.get(ReceiveSettings.class).capacity(), this.logger);
		this.sender = new ClientSender(spec, this.clients,
				new FrameEncoder(spec.get(FramingSettings.class), context.beans(), counters()));
	}

	final Clients clients() {
		return this.clients;
	}

	final ClientOwnership ownership() {
		return this.ownership;
	}

	/**
	 * A client is there, which is not open yet.
	 */
	final void add(AcceptedStream client) {
		client.setSendLossListener(this.lossListener);
		this.clients.add(client);
	}

	@Override
	protected void released() {
		this.ownership.wake();
	}

	@Override
	protected void closed() {
		super.closed();
		this.ownership.dropWaiting();
	}

	@Override
	public @Nullable StreamConnection accept(Duration timeout) {
		String owner = this.ownership.owner();
		if (owner != null) {
			throw occupied(owner);
		}
		try {
			return this.ownership.accept(timeout);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw exception("cannot accept: the thread was interrupted", ex);
		}
	}

	private IllegalStateException occupied(String owner) {
		return new IllegalStateException("Connection '" + getName() + "': the messages of all clients go to " + owner);
	}

	@Override
	public Collection<StreamConnection> getClients() {
		return Collections.unmodifiableList(this.clients.inOrder());
	}

	@Override
	public Attachment attach(String name, Consumer<? super PeerFrame> consumer) {
		if (!canReceive()) {
			throw exception("is send-only: it cannot receive");
		}
		return this.ownership.attach(name, consumer, this::occupied);
	}

	@Override
	public Attachment hold(String name) {
		if (!canReceive()) {
			throw exception("is send-only: it cannot receive");
		}
		return this.ownership.attach(name, null, this::occupied);
	}

	@Override
	public MessageSource<PeerFrame> peerFrames() {
		return this;
	}

	@Override
	public Collection<StreamPeer> getPeers() {
		return this.clients.inOrder().stream().map(AcceptedStream::peer).toList();
	}

	@Override
	public boolean isOpen(StreamPeer peer) {
		return this.clients.get(peer.getId()) != null;
	}

	@Override
	public void send(byte[] frame, StreamPeer peer) {
		send(frame, peer.getId());
	}

	@Override
	public void close(StreamPeer peer, Throwable reason) {
		AcceptedStream client = this.clients.get(peer.getId());
		if (client != null) {
			client.close(peer, reason);
		}
	}

	@Override
	public Attachment watch(PeerWatcher watcher) {
		Attachment attachment = this.watchers.add(watcher);
		this.clients.all().forEach(AcceptedStream::announce);
		return attachment;
	}

	PeerWatchers watchers() {
		return this.watchers;
	}

	@Override
	public void send(byte[] frame) {
		ready();
		this.sender.send(frame);
	}

	@Override
	public void send(byte[] frame, String connectionId) {
		ready();
		this.sender.send(frame, connectionId);
	}

	private void ready() {
		if (!canSend()) {
			throw exception("is receive-only: it cannot send");
		}
		requireEndpoint();
		try {
			sendingGate().await(() -> endpoint() != null);
			requireEndpoint();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw exception("cannot send: the thread was interrupted", ex);
		}
	}

	boolean isSendingPaused() {
		return sendingGate().isPaused();
	}

	@Override
	public void pauseSending() {
		super.pauseSending();
		this.clients.all().forEach(AbstractStreamConnection::updateSending);
	}

	@Override
	public void resumeSending() {
		super.resumeSending();
		this.clients.all().forEach(AbstractStreamConnection::updateSending);
	}

	@Override
	public void setSendLossListener(@Nullable SendLossListener listener) {
		this.lossListener = listener;
		this.clients.all().forEach((client) -> client.setSendLossListener(listener));
	}

}
