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

import java.io.IOException;
import java.time.Duration;

import io.netty.channel.Channel;

import io.mooring.ConnectionSpec;
import io.mooring.UnixPath;
import io.mooring.binding.InterfaceChange;
import io.mooring.transport.ConnectionObserver;
import io.mooring.transport.TransportContext;
import io.mooring.transport.internal.binding.ListenBinding;
import io.mooring.transport.internal.log.RateLimitedLog;
import io.mooring.transport.internal.receive.StreamPeer;
import io.mooring.transport.settings.UnixSettings;
import io.mooring.transport.stream.ClientsSettings;
import io.mooring.transport.stream.internal.channel.EventLoops;
import io.mooring.transport.stream.internal.connection.LossReports;
import io.mooring.transport.stream.internal.tls.Tls;
import io.mooring.transport.stream.internal.tls.TlsAcceptor;

/**
 * Listens for streams: how the socket and the clients come and go.
 */
public final class StreamServer extends AbstractStreamListener {

	private final EventLoops loops;

	private final TransportContext clientContext;

	private final ClientAcceptor acceptor;

	private final ListenBinding binding;

	private final RateLimitedLog acceptFailures = rateLimitedLog();

	private final RateLimitedLog misframed = rateLimitedLog();

	private final RateLimitedLog slowReaders = rateLimitedLog();

	private final LossReports reports;

	private final ClientDrain drain;

	private volatile boolean admitting;

	public StreamServer(ConnectionSpec spec, TransportContext context, EventLoops loops) {
		super(spec, context);
		this.loops = loops;
		this.binding = new ListenBinding(context.bindings());
		this.reports = new LossReports(context.executor(), this.logger);
		this.drain = new ClientDrain(clients(), this.reports);
		// Accepted streams are not opened again, and have no events
		this.clientContext = context.withObserver(new ConnectionObserver() {
		});
		ClientFilter filter = new ClientFilter(spec.get(ClientsSettings.class), counters(), this::rateLimitedLog);
		Tls tls = Tls.of(spec, context);
		this.acceptor = new ClientAcceptor(spec.get(UnixSettings.class).path(), filter,
				(tls != null) ? new TlsAcceptor(tls, counters(), this.logger, rateLimitedLog(), this::admit) : null,
				this::admit, () -> this.admitting);
	}

	private RateLimitedLog rateLimitedLog() {
		return new RateLimitedLog(this.logger, context().nanoTime());
	}

	@Override
	protected ListeningSocket openEndpoint() throws IOException, InterruptedException {
		ListenerOpener opener = new ListenerOpener(getSpec(), this.binding, this.loops,
				() -> new AcceptGuard(this.acceptFailures, this.logger, this::noteError));
		UnixPath path = getSpec().get(UnixSettings.class).path();
		return (path != null) ? opener.open(path, this.acceptor::accept) : opener.open(this.acceptor::accept);
	}

	@Override
	protected void checkEndpoint(ListeningSocket socket, InterfaceChange change) throws IOException {
		super.checkEndpoint(socket, change);
		clients().all().forEach((client) -> client.checkAddress(change));
	}

	@Override
	protected void endpointOpened(ListeningSocket socket) {
		socket.onClose(() -> lost(socket, new IOException("the socket was closed")));
		this.admitting = true;
		socket.setAccepting(() -> !isReceivingPaused());
	}

	/**
	 * A client is there that may be served. Called by its event loop.
	 */
	private void admit(Channel channel, StreamPeer peer) {
		AcceptedStream client = new AcceptedStream(this, this.clientContext, this.loops, channel, peer,
				clients().next());
		add(client);
		this.drain.added(client);
		ownership().start(client);
		if (!this.admitting) {
			// Closing the clients may have missed it, or come before it was open; the
			// event
			// loop must not wait for it
			channel.close();
		}
	}

	/**
	 * The channel of a client is closed. Called by its event loop.
	 */
	void disconnected(AcceptedStream client) {
		clients().remove(client);
	}

	/**
	 * A client is closed, and its frames were handed on as far as anybody took them.
	 */
	void clientClosed(AcceptedStream client) {
		ownership().closed(client);
		clients().removeFinished(client);
		if (!getStatus().enabled() && !client.isHandedOut()) {
			client.dropUnread();
		}
	}

	@Override
	protected void closed() {
		super.closed();
		this.binding.reset();
	}

	@Override
	protected void endpointClosing(ListeningSocket socket, boolean requested) {
		this.admitting = false;
		socket.setAccepting(() -> false);
		this.acceptor.close();
		if (requested) {
			socket.stop();
			this.drain.close(clients().inOrder());
		}
		else if (!socket.isMisplaced()) {
			clients().all().forEach((client) -> client.closeUntil(System.nanoTime()));
		}
	}

	@Override
	public void stopReading(Duration patience) {
		this.drain.stopReading(System.nanoTime() + patience.toNanos());
	}

	@Override
	public void startReading() {
		this.drain.startReading();
	}

	@Override
	public void shutdown(Duration timeout) {
		this.drain.shutdown(timeout, this::close);
	}

	/**
	 * Return what tells of clients whose frames are too long, or none.
	 */
	RateLimitedLog misframed() {
		return this.misframed;
	}

	/**
	 * Return what tells of clients that do not read.
	 */
	RateLimitedLog slowReaders() {
		return this.slowReaders;
	}

	LossReports reports() {
		return this.reports;
	}

	boolean isReceivingPaused() {
		return receivingGate().isPaused();
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
			socket.setAccepting(() -> !isReceivingPaused());
		}
		clients().all().forEach((client) -> client.inbound().resume());
	}

}
