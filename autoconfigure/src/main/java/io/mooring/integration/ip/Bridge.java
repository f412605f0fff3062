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

package io.mooring.integration.ip;

import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.integration.ip.tcp.connection.TcpConnectionSupport;

import io.mooring.Connection;
import io.mooring.integration.internal.InboundClaim;
import io.mooring.transport.internal.concurrent.Shutdown;
import io.mooring.transport.internal.receive.MessageSource.Attachment;
import io.mooring.transport.internal.receive.PeerFrame;
import io.mooring.transport.internal.receive.PeerSource;
import io.mooring.transport.internal.receive.PeerWatcher;
import io.mooring.transport.internal.receive.StreamPeer;

/**
 * Bridge between a connection factory and a connection: holds a {@link PeerTcpConnection}
 * for each peer while the factory runs, and dispatches messages to the listener of the
 * factory.
 */
final class Bridge implements PeerWatcher {

	private final String factoryName;

	private final Connection connection;

	private final PeerSource peers;

	private final InboundClaim claim;

	private final Function<StreamPeer, Map<String, Object>> headers;

	private final BridgedFactory factory;

	private final @Nullable Shutdown shutdown;

	private final Map<StreamPeer, FutureTask<PeerTcpConnection>> connections = new ConcurrentHashMap<>();

	private final ReentrantLock lifecycle = new ReentrantLock();

	private boolean listening;

	private Attachment frames = () -> {
	};

	private Attachment watch = () -> {
	};

	/**
	 * Create a bridge.
	 * @param connection the connection
	 * @param claim the claim of the listener of the factory, which takes precedence over
	 * {@code <name>.in}
	 * @param headers the headers of the messages of a peer
	 * @param factory the factory, not yet running
	 * @param shutdown the shutdown of the application, {@code null} if unknown
	 */
	Bridge(Connection connection, InboundClaim claim, Function<StreamPeer, Map<String, Object>> headers,
			BridgedFactory factory, @Nullable Shutdown shutdown) {
		if (!(connection instanceof PeerSource source)) {
			throw new IllegalArgumentException("Connection '" + connection.getName() + "' of type '"
					+ connection.getType() + "' has no connection factory: it is not a PeerSource");
		}
		this.factoryName = factoryName(connection.getName());
		this.connection = connection;
		this.peers = source;
		this.claim = claim;
		this.headers = headers;
		this.factory = factory;
		this.shutdown = shutdown;
	}

	Connection connection() {
		return this.connection;
	}

	PeerSource peers() {
		return this.peers;
	}

	BridgedFactory factory() {
		return this.factory;
	}

	Map<String, Object> headers(StreamPeer peer) {
		return this.headers.apply(peer);
	}

	String factoryName() {
		return this.factoryName;
	}

	static String factoryName(String connection) {
		return connection + ".connectionFactory";
	}

	/**
	 * Claim the messages for a listener, and hold them until {@link #start()}.
	 * @throws IllegalStateException if another consumer is attached that does not yield
	 */
	void claim() {
		this.lifecycle.lock();
		try {
			this.claim.take();
			try {
				this.frames = this.peers.hold(this.factoryName);
				this.listening = true;
			}
			catch (RuntimeException ex) {
				this.claim.release();
				throw ex;
			}
		}
		finally {
			this.lifecycle.unlock();
		}
	}

	/**
	 * Create connections for the peers, and dispatch messages to the listener.
	 */
	void start() {
		this.lifecycle.lock();
		try {
			// First, so that no peer is closed unnoticed after its frames were received
			this.watch = this.peers.watch(this);
			if (this.listening) {
				listen();
			}
		}
		finally {
			this.lifecycle.unlock();
		}
	}

	private void listen() {
		this.claim.take();
		this.frames.detach();
		try {
			this.frames = this.peers.peerFrames().attach(this.factoryName, this::received);
		}
		catch (RuntimeException ex) {
			this.watch.detach();
			this.claim.release();
			throw ex;
		}
		this.peers.startReading();
	}

	/**
	 * Release the peers and the messages after the listener has handled all bytes read.
	 * @param close closes the connections created by {@link #start()}; called before
	 * messages go to {@code <name>.in} again
	 */
	void stop(Runnable close) {
		this.lifecycle.lock();
		try {
			if (this.listening && this.shutdown != null && this.shutdown.isUnderWay()) {
				this.peers.stopReading(this.shutdown.timeout());
			}
			this.frames.detach();
			this.watch.detach();
			close.run();
			this.connections.clear();
			if (this.listening) {
				this.claim.release();
			}
		}
		finally {
			this.lifecycle.unlock();
		}
	}

	/**
	 * Return the connection to the peer of a client.
	 * @return the connection, {@code null} if there is none
	 */
	@Nullable TcpConnectionSupport current() {
		Collection<StreamPeer> open = this.peers.getPeers();
		if (open.isEmpty()) {
			return null;
		}
		StreamPeer peer = open.iterator().next();
		PeerTcpConnection current = connectionTo(peer);
		if (!this.peers.isOpen(peer)) {
			// The watcher may already have missed its end
			closed(peer, new IOException("the connection was lost"));
			return null;
		}
		return current.isOpen() ? current.outer() : null;
	}

	@Override
	public void opened(StreamPeer peer) {
		connectionTo(peer).opened();
	}

	private void received(PeerFrame frame) {
		StreamPeer peer = frame.peer();
		boolean left = !this.connections.containsKey(peer) && !this.peers.isOpen(peer);
		try {
			PeerTcpConnection connection = connectionTo(peer);
			connection.opened();
			connection.receive(frame.payload());
		}
		finally {
			if (left) {
				// It was closed before the watch began
				closed(peer, new IOException("the peer left"));
			}
		}
	}

	@Override
	public void closed(StreamPeer peer, Throwable cause) {
		FutureTask<PeerTcpConnection> task = this.connections.remove(peer);
		if (task != null) {
			PeerTcpConnection ended = get(peer, task);
			this.factory.forget(ended.outer());
			ended.ended(cause);
		}
	}

	private PeerTcpConnection connectionTo(StreamPeer peer) {
		FutureTask<PeerTcpConnection> present = this.connections.get(peer);
		if (present != null) {
			return get(peer, present);
		}
		FutureTask<PeerTcpConnection> made = new FutureTask<>(() -> PeerTcpConnection.to(peer, this));
		present = this.connections.putIfAbsent(peer, made);
		if (present == null) {
			made.run();
			if (!this.factory.isRunning()) {
				this.connections.remove(peer, made);
			}
		}
		return get(peer, (present != null) ? present : made);
	}

	private PeerTcpConnection get(StreamPeer peer, FutureTask<PeerTcpConnection> task) {
		try {
			return task.get();
		}
		catch (ExecutionException ex) {
			this.connections.remove(peer, task);
			throw new IllegalStateException("Connection factory '" + this.factoryName
					+ "' failed to create a TcpConnection for " + peer.getRemoteAddress(), ex.getCause());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("The thread was interrupted", ex);
		}
	}

}
