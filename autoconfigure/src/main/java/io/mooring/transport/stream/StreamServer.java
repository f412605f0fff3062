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
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

import io.mooring.ConnectionSpec;
import io.mooring.StreamConnection;
import io.mooring.StreamListener;
import io.mooring.UnixPath;
import io.mooring.binding.InterfaceChange;
import io.mooring.transport.AbstractConnection;
import io.mooring.transport.ListenBinding;
import io.mooring.transport.MessageSource;
import io.mooring.transport.PeerFrame;
import io.mooring.transport.PeerSource;
import io.mooring.transport.PeerWatcher;
import io.mooring.transport.SendLossSource;
import io.mooring.transport.StreamPeer;
import io.mooring.transport.TransportContext;

/**
 * Listens for streams.
 */
final class StreamServer extends AbstractConnection<ListeningSocket>
		implements StreamListener, MessageSource<PeerFrame>, PeerSource, SendLossSource {

	private final EventLoops loops;

	private final TransportContext clientContext;

	private final Clients clients;

	private final ClientSender sender;

	private final Admission admission;

	private final @Nullable TlsAcceptor tls;

	private final ListenBinding binding;

	private final Episode acceptFailures = episode();

	private final Episode misframed = episode();

	private final Episode slowReaders = episode();

	private final PeerWatchers watchers = new PeerWatchers(this.logger);

	private final LossReports reports;

	private volatile @Nullable SendLossListener lossListener;

	private volatile boolean readingStopped;

	private volatile @Nullable Long closeDeadline;

	StreamServer(ConnectionSpec spec, TransportContext context, EventLoops loops) {
		super(spec, context);
		this.loops = loops;
		this.binding = new ListenBinding(context.bindings());
		this.reports = new LossReports(context.executor(), this.logger);
		this.clientContext = context.withObserver(new AcceptedStreamObserver());
		this.clients = new Clients(spec.receive().capacity(), this.logger);
		this.sender = new ClientSender(spec, this.clients, new FrameEncoder(spec.framing(), counters()));
		this.admission = new Admission(spec.clients(), counters(), this::episode);
		Tls tls = Tls.of(spec, context);
		this.tls = (tls != null) ? new TlsAcceptor(tls, counters(), this.logger, episode(), this::admit) : null;
	}

	private Episode episode() {
		return new Episode(this.logger, context().nanoTime());
	}

	@Override
	protected ListeningSocket openEndpoint() throws IOException, InterruptedException {
		ListenerOpener opener = new ListenerOpener(getSpec(), this.binding, this.loops,
				() -> new AcceptGuard(this.acceptFailures, this.logger, this::noteError));
		UnixPath path = getSpec().unix().path();
		return (path != null) ? opener.open(path, this::accepted) : opener.open(this::accepted);
	}

	@Override
	protected void checkEndpoint(ListeningSocket socket, InterfaceChange change) throws IOException {
		super.checkEndpoint(socket, change);
		this.clients.all().forEach((client) -> client.checkAddress(change));
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
		StreamPeer peer = Peers.accepted(channel, getSpec().unix().path());
		if (peer == null) {
			channel.close();
			return;
		}
		if (!this.admission.admit(peer)) {
			channel.close();
			return;
		}
		channel.closeFuture().addListener((future) -> this.admission.left());
		TlsAcceptor tls = this.tls;
		if (tls == null) {
			admit(channel, peer);
			return;
		}
		tls.accept(channel, peer);
		if (endpoint() == null) {
			tls.close();
		}
	}

	/**
	 * A client is there that may be served. Called by its event loop.
	 */
	private void admit(Channel channel, StreamPeer peer) {
		AcceptedStream client = new AcceptedStream(this, this.clientContext, this.loops, channel, peer,
				this.clients.next());
		client.setSendLossListener(this.lossListener);
		this.clients.add(client);
		if (this.readingStopped) {
			client.inbound().stopReading();
		}
		if (endpoint() == null) {
			this.clients.refuse(client);
			channel.close();
			return;
		}
		this.clients.start(client);
	}

	/**
	 * The channel of a client is closed. Called by its event loop.
	 */
	void disconnected(AcceptedStream client) {
		this.clients.remove(client);
	}

	/**
	 * A client is closed, and its frames were handed on as far as anybody took them.
	 */
	void clientClosed(AcceptedStream client) {
		this.clients.closed(client);
		if (!getStatus().wanted() && !client.isHandedOut()) {
			client.dropUnread();
		}
	}

	@Override
	protected void closed() {
		super.closed();
		this.clients.dropWaiting();
		this.binding.reset();
	}

	@Override
	protected void endpointClosing(ListeningSocket socket, boolean purposely) {
		socket.setAccepting(false);
		if (this.tls != null) {
			this.tls.close();
		}
		List<AcceptedStream> left = this.clients.inOrder();
		if (!purposely) {
			if (!socket.isMisplaced()) {
				work(() -> left.forEach((client) -> client.closeUntil(System.nanoTime())));
			}
			return;
		}
		socket.stop();
		Long limit = this.closeDeadline;
		long deadline = (limit != null) ? limit : System.nanoTime() + AbstractStreamConnection.FLUSH_NANOS;
		// Together: who is slow takes no time from the others
		left.forEach(AcceptedStream::endSending);
		left.forEach((client) -> client.part(deadline));
		this.clients.all().forEach((client) -> client.closeUntil(deadline));
	}

	@Override
	public void stopReading(Duration patience) {
		stopReading(System.nanoTime() + patience.toNanos());
	}

	private void stopReading(long deadline) {
		this.readingStopped = true;
		List<AcceptedStream> unfinished = this.clients.unfinished();
		unfinished.forEach((client) -> client.inbound().stopReading());
		unfinished.forEach((client) -> client.inbound().settle(deadline));
	}

	@Override
	public void startReading() {
		this.readingStopped = false;
		this.clients.unfinished().forEach(AcceptedStream::startReading);
	}

	@Override
	public void shutdown(Duration timeout) {
		long deadline = System.nanoTime() + timeout.toNanos();
		stopReading(deadline);
		this.clients.unfinished().forEach((client) -> client.inbound().discard());
		long flushDeadline = deadline - timeout.toNanos() / AbstractStreamConnection.REPORTING_PART;
		this.closeDeadline = flushDeadline;
		try {
			close();
			this.clients.unfinished().forEach((client) -> client.closeUntil(flushDeadline));
		}
		finally {
			this.closeDeadline = null;
		}
		this.reports.await(deadline);
		this.readingStopped = false;
	}

	/**
	 * Return what tells of clients whose frames are too long, or none.
	 */
	Episode misframed() {
		return this.misframed;
	}

	/**
	 * Return what tells of clients that do not read.
	 */
	Episode slowReaders() {
		return this.slowReaders;
	}

	LossReports reports() {
		return this.reports;
	}

	@Override
	protected void released() {
		this.clients.wake();
	}

	@Override
	public @Nullable StreamConnection accept(Duration timeout) {
		String owner = this.clients.owner();
		if (owner != null) {
			throw occupied(owner);
		}
		try {
			return this.clients.accept(timeout);
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
		return this.clients.attach(name, consumer, this::occupied);
	}

	@Override
	public Attachment hold(String name) {
		if (!canReceive()) {
			throw exception("is send-only: it cannot receive");
		}
		return this.clients.attach(name, null, this::occupied);
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
		this.clients.all().forEach((client) -> client.inbound().resume());
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
