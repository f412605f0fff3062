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

package io.mooring.transport.stream.internal;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import io.mooring.ConnectionSpec;
import io.mooring.UnixPath;
import io.mooring.binding.BindingException;
import io.mooring.binding.InterfaceChange;
import io.mooring.transport.TransportContext;
import io.mooring.transport.internal.receive.StreamPeer;
import io.mooring.transport.settings.AddressSettings;
import io.mooring.transport.settings.UnixSettings;
import io.mooring.transport.stream.internal.channel.EventLoops;
import io.mooring.transport.stream.internal.connection.AbstractStreamConnection;
import io.mooring.transport.stream.internal.connection.PeerWatchers;
import io.mooring.transport.stream.internal.connection.StreamSocket;
import io.mooring.transport.stream.internal.tls.Tls;

/**
 * A stream that is connected to its remote.
 */
final class StreamClient extends AbstractStreamConnection {

	private final @Nullable Tls tls;

	private final PeerWatchers watchers = new PeerWatchers(this.logger);

	StreamClient(ConnectionSpec spec, TransportContext context, EventLoops loops) {
		super(spec, context, loops, null);
		this.tls = Tls.of(spec, context);
	}

	@Override
	protected StreamSocket openEndpoint() throws IOException, InterruptedException {
		UnixPath path = getSpec().get(UnixSettings.class).path();
		if (path != null) {
			return new UnixConnector(this, path, this.tls).connect();
		}
		return new Connector(this, context().bindings(), this.tls).connect();
	}

	@Override
	protected void endpointOpened(StreamSocket socket) {
		super.endpointOpened(socket);
		// Before anybody was told that it is open
		loseIfClosed(socket);
	}

	@Override
	protected void checkEndpoint(StreamSocket socket, InterfaceChange change) throws IOException {
		try {
			super.checkEndpoint(socket, change);
		}
		catch (IOException | BindingException ex) {
			freeLocalPort(socket);
			throw ex;
		}
	}

	@Override
	protected void silent(StreamSocket socket, IOException cause) {
		freeLocalPort(socket);
		super.silent(socket, cause);
	}

	private void freeLocalPort(StreamSocket socket) {
		if (AddressSettings.localPort(getSpec()) != 0) {
			socket.resetOnClose();
		}
	}

	@Override
	protected void disconnected(StreamSocket socket) {
		// The end may have been read before the socket was that of the connection
		loseIfClosed(socket);
	}

	private void loseIfClosed(StreamSocket socket) {
		Throwable closed = socket.writeQueue().closed();
		if (closed != null) {
			lost(socket, closed);
		}
	}

	@Override
	protected void readEnd(StreamSocket socket, Throwable cause, boolean incomplete) {
		super.readEnd(socket, cause, incomplete);
		if (!this.watchers.isEmpty()) {
			inbound().end(socket, cause);
		}
		// Not behind the frames that a slow consumer has yet to take
		lost(socket, cause);
	}

	@Override
	protected CompletableFuture<Void> handedOn(StreamSocket socket, Throwable cause) {
		return lost(socket, cause);
	}

	@Override
	protected PeerWatchers watchers() {
		return this.watchers;
	}

	@Override
	public void close(StreamPeer peer, Throwable reason) {
		StreamSocket socket = endpoint();
		if (socket != null && socket.peer() == peer) {
			socket.flush(flushDeadline());
			reopen(socket, reason);
		}
	}

}
