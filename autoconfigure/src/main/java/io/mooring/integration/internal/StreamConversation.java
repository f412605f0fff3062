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

package io.mooring.integration.internal;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHandlingException;

import io.mooring.ConnectionException;
import io.mooring.ConnectionState;
import io.mooring.ConnectionStatus;
import io.mooring.Lease;
import io.mooring.MessageConnection;
import io.mooring.codec.CodecException;
import io.mooring.transport.internal.log.Errors;
import io.mooring.transport.internal.receive.MessageSource.Attachment;
import io.mooring.transport.internal.receive.PeerFrame;
import io.mooring.transport.internal.receive.PeerSource;
import io.mooring.transport.internal.receive.PeerWatcher;
import io.mooring.transport.internal.receive.StreamPeer;

/**
 * {@link Conversation} over a stream. Without correlation ids, a late reply could not be
 * distinguished from the reply to the next request; after a timeout the stream is
 * therefore closed and reopened.
 */
class StreamConversation implements Conversation, PeerWatcher {

	/**
	 * Id of the only pending request.
	 */
	private static final Object IN_ORDER = new Object();

	private final MessageConnection<?> connection;

	private final PeerSource peers;

	private final String owner;

	private final Payloads payloads;

	private final PeerHeaders headers;

	private final Map<Object, Request> pending = new ConcurrentHashMap<>();

	private Attachment frames = () -> {
	};

	private Attachment watch = () -> {
	};

	StreamConversation(MessageConnection<?> connection, PeerSource peers, String owner, Payloads payloads) {
		this.connection = connection;
		this.peers = peers;
		this.owner = owner;
		this.payloads = payloads;
		this.headers = new PeerHeaders(connection.getName());
	}

	@Override
	public void start() {
		this.frames = this.peers.peerFrames().attach(this.owner, this::received);
		this.watch = this.peers.watch(this);
	}

	@Override
	public void stop() {
		this.watch.detach();
		this.frames.detach();
		fail(null, new IOException(this.owner + " was stopped"));
	}

	@Override
	public @Nullable Message<?> ask(Message<?> request, Duration timeout) {
		long deadline = System.nanoTime() + timeout.toNanos();
		byte[] bytes = this.payloads.encode(request);
		try {
			if (this.payloads.correlates()) {
				Object id = this.payloads.correlationId(request);
				if (id == null) {
					throw new MessageHandlingException(request, "Connection '" + this.connection.getName()
							+ "' cannot send the request: it has no correlation id");
				}
				return ask(request, bytes, id, deadline);
			}
			try (Lease lease = this.connection.acquire(timeout)) {
				Message<?> reply = ask(request, bytes, IN_ORDER, deadline);
				return (reply != null) ? this.payloads.decode(bytes(reply)) : null;
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new ConnectionException(this.connection.getName(),
					"cannot wait for a reply: the thread was interrupted", ex);
		}
	}

	@SuppressWarnings("unchecked")
	private static Message<byte[]> bytes(Message<?> message) {
		return (Message<byte[]>) message;
	}

	private @Nullable Message<?> ask(Message<?> request, byte[] bytes, Object id, long deadline)
			throws InterruptedException {
		awaitAttempt(deadline);
		Request asked = new Request(peer());
		if (this.pending.putIfAbsent(id, asked) != null) {
			throw new MessageHandlingException(request, "Connection '" + this.connection.getName()
					+ "' cannot send the request: another request with the id " + id + " is pending");
		}
		try {
			if (!this.peers.isOpen(asked.peer)) {
				// It may have been closed before the request was registered
				throw notOpen();
			}
			this.peers.send(bytes, asked.peer);
			return awaitReply(asked, id, deadline);
		}
		finally {
			this.pending.remove(id, asked);
		}
	}

	/**
	 * Wait for the first attempt to connect. If that fails, the request fails with its
	 * reason instead of waiting for the end of an outage.
	 */
	private void awaitAttempt(long deadline) throws InterruptedException {
		ConnectionStatus status = this.connection.getStatus();
		if (status.state() == ConnectionState.CONNECTING && status.attempts() == 0) {
			this.connection.awaitState(ConnectionState.CONNECTED, Duration.ofNanos(deadline - System.nanoTime()));
		}
	}

	private StreamPeer peer() {
		Collection<StreamPeer> connected = this.peers.getPeers();
		if (connected.isEmpty()) {
			throw notOpen();
		}
		return connected.iterator().next();
	}

	private ConnectionException notOpen() {
		ConnectionStatus status = this.connection.getStatus();
		Throwable error = status.lastError();
		return new ConnectionException(this.connection.getName(),
				"is not open (" + status.state() + ")" + ((error != null) ? ": " + Errors.describe(error) : ""), error);
	}

	private @Nullable Message<?> awaitReply(Request asked, Object id, long deadline) throws InterruptedException {
		try {
			return asked.reply.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
		}
		catch (ExecutionException ex) {
			Throwable cause = ex.getCause();
			throw new ConnectionException(this.connection.getName(),
					"was lost before the reply to a request: " + Errors.describe((cause != null) ? cause : ex), cause);
		}
		catch (TimeoutException ex) {
			// Unless it was completed at the same time
			asked.reply.cancel(false);
			return asked.isAnswered() ? asked.reply.join() : null;
		}
		finally {
			if (!asked.isAnswered()) {
				asked.reply.cancel(false);
				if (id == IN_ORDER) {
					this.peers.close(asked.peer, new IOException("no reply was received in time"));
				}
			}
		}
	}

	private void received(PeerFrame frame) {
		Message<byte[]> received = this.headers.toMessage(frame);
		Message<?> message = received;
		Object id = IN_ORDER;
		if (this.payloads.correlates()) {
			try {
				message = this.payloads.decode(received);
			}
			catch (CodecException ex) {
				// Already counted and reported
				return;
			}
			id = this.payloads.correlationId(message);
		}
		Request request = (id != null) ? this.pending.get(id) : null;
		if (request == null || request.peer != frame.peer() || !request.reply.complete(message)) {
			this.payloads.reportUnsolicited(received);
		}
	}

	@Override
	public void opened(StreamPeer peer) {
	}

	@Override
	public void closed(StreamPeer peer, Throwable cause) {
		fail(peer, cause);
	}

	private void fail(@Nullable StreamPeer peer, Throwable cause) {
		this.pending.values()
			.stream()
			.filter((request) -> peer == null || request.peer == peer)
			.forEach((request) -> request.reply.completeExceptionally(cause));
	}

	/**
	 * A pending request.
	 */
	private static final class Request {

		private final StreamPeer peer;

		private final CompletableFuture<Message<?>> reply = new CompletableFuture<>();

		Request(StreamPeer peer) {
			this.peer = peer;
		}

		boolean isAnswered() {
			return this.reply.isDone() && !this.reply.isCompletedExceptionally();
		}

	}

}
