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

package io.mooring.transport;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.mooring.ConnectionException;
import io.mooring.ConnectionSpec;
import io.mooring.ConnectionTimeoutException;
import io.mooring.DropReason;
import io.mooring.Lease;
import io.mooring.MessageConnection;
import io.mooring.PacketClient;
import io.mooring.codec.Codec;
import io.mooring.transport.internal.concurrent.FairLock;
import io.mooring.transport.internal.log.WireLog;
import io.mooring.transport.internal.receive.MessageSource;
import io.mooring.transport.settings.FlowSettings;
import io.mooring.transport.settings.ReceiveSettings;

/**
 * Base class of connections that carry messages, with interceptors, receive queue,
 * packets and leases.
 *
 * @param <M> the type of a received message
 * @param <E> the type of the open socket
 */
public abstract class AbstractMessageConnection<M, E extends Endpoint> extends AbstractConnection<E>
		implements MessageConnection<M>, MessageSource<M> {

	private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

	private final Inbox<M> inbox;

	private final Interception<M> interception;

	private final FairLock leases = new FairLock();

	private final WireLog wireLog;

	/**
	 * Create a connection that is not open.
	 * @param spec the spec
	 * @param context the shared services
	 */
	protected AbstractMessageConnection(ConnectionSpec spec, TransportContext context) {
		this(spec, context, null);
	}

	/**
	 * Create a connection that is not open.
	 * @param spec the spec
	 * @param context the shared services
	 * @param listener the listener that accepted it, {@code null} for a declared
	 * connection
	 */
	@SuppressWarnings("this-escape")
	protected AbstractMessageConnection(ConnectionSpec spec, TransportContext context,
			@Nullable AbstractConnection<?> listener) {
		super(spec, context, listener);
		this.inbox = new Inbox<>(this, spec.get(ReceiveSettings.class),
				(listener != null) ? context.handlers() : context.executor());
		this.interception = new Interception<>(this);
		this.wireLog = new WireLog(spec.name(), spec.get(FlowSettings.class).wireLog());
	}

	/**
	 * Return the bytes of a message.
	 * @param message the message
	 * @return the bytes, not copied
	 */
	protected abstract byte[] bytes(M message);

	/**
	 * Return a copy of a message with other bytes, which owns the resources of the
	 * original.
	 * @param message the message
	 * @param bytes the new bytes
	 * @return the copy
	 */
	protected abstract M withBytes(M message, byte[] bytes);

	/**
	 * Send bytes to the default recipient.
	 * @param bytes the bytes
	 */
	protected abstract void sendBytes(byte[] bytes);

	/**
	 * Return whether no further messages can be received, so that receiving does not
	 * wait.
	 * @return whether the connection is permanently closed
	 */
	protected boolean isOver() {
		return false;
	}

	/**
	 * Count a dropped message.
	 * @param message the message
	 * @param reason the reason
	 */
	protected void dropped(M message, DropReason reason) {
		counters().dropped(reason, 1);
	}

	/**
	 * Release the resources of a message. Called when its consumer has returned, or it
	 * was decoded or dropped, but not for messages returned by {@code receive} or
	 * published.
	 * @param message the message
	 */
	protected void finished(M message) {
	}

	/**
	 * Return whether queued messages can be received after {@link #close()}.
	 * @return by default {@code false}: they are dropped and counted
	 */
	protected boolean keepsQueued() {
		return false;
	}

	final void lose(M message, DropReason reason) {
		dropped(message, reason);
		finished(message);
	}

	/**
	 * Deliver a message on the reading thread, to the attached consumer or to the queue.
	 * Waits while the queue is full if its overflow policy is to block.
	 * @param endpoint the socket from which it was read
	 * @param message the message
	 * @throws InterruptedException if the thread was interrupted while waiting; the
	 * message is dropped
	 */
	protected final void deliver(E endpoint, M message) throws InterruptedException {
		counters().received(bytes(message).length);
		M passed = interceptReceived(message, Function.identity());
		if (passed == null) {
			return;
		}
		this.inbox.deliver(passed, () -> endpoint() == endpoint);
	}

	/**
	 * Deliver counted messages without waiting, to the attached consumer or to the queue
	 * while there is room.
	 * @param messages the messages
	 * @param from the index of the first message
	 * @param open the condition to continue, evaluated before each message
	 * @return the index of the first message not taken
	 */
	protected final int deliver(List<? extends M> messages, int from, BooleanSupplier open) {
		return this.inbox.deliver(messages, from, open);
	}

	/**
	 * Pass a received message to the interceptors. Discarded messages and failures are
	 * counted.
	 * @param message the message
	 * @param attached the conversion to the type of an attached consumer
	 * @return the message to deliver, {@code null} if it was discarded
	 */
	protected final @Nullable M interceptReceived(M message, Function<? super M, ?> attached) {
		return this.interception.received(message, attached);
	}

	/**
	 * Pass a message to send to the interceptors. Discarded messages and failures are
	 * counted.
	 * @param message the bytes
	 * @return the bytes to send, {@code null} if the message was discarded
	 * @throws ConnectionException if an interceptor failed
	 */
	protected final byte @Nullable [] interceptSending(byte[] message) {
		return this.interception.sending(message);
	}

	/**
	 * Set the callback for when there is room again after
	 * {@link #deliver(List, int, BooleanSupplier)} found none.
	 * @param room the callback, which must not block
	 */
	protected final void onRoom(Runnable room) {
		this.inbox.onRoom(room);
	}

	/**
	 * Return whether {@link #deliver(List, int, BooleanSupplier)} did not take messages
	 * as another thread delivers some, and what {@link #onRoom(Runnable)} set will run.
	 * @return whether it did not
	 */
	protected final boolean isHeldUp() {
		return this.inbox.isHeldUp();
	}

	/**
	 * Drop the queued messages.
	 */
	protected final void dropQueued() {
		this.inbox.clear();
	}

	/**
	 * Return whether messages are queued.
	 * @return whether there are any
	 */
	protected final boolean hasQueued() {
		return !this.inbox.isEmpty();
	}

	/**
	 * Return the wire log.
	 * @return the wire log
	 */
	protected final WireLog wireLog() {
		return this.wireLog;
	}

	@Override
	protected void released() {
		this.inbox.released();
	}

	@Override
	protected void closed() {
		this.inbox.closed();
	}

	@Override
	public final Attachment attach(String owner, Consumer<? super M> consumer) {
		return this.inbox.attach(owner, consumer);
	}

	/**
	 * Hold the messages in the queue.
	 * @param owner the name of the holder, for exception messages
	 * @return a handle that releases them
	 * @throws IllegalStateException if a consumer is attached; the message names it
	 */
	public final Attachment hold(String owner) {
		return this.inbox.attach(owner, null);
	}

	@Override
	public final @Nullable M receive(Duration timeout) {
		return this.inbox.receive(timeout);
	}

	@Override
	public final CompletableFuture<M> receiveAsync() {
		return this.inbox.receiveAsync();
	}

	@Override
	public final Flow.Publisher<M> publisher() {
		return this.inbox.publisher();
	}

	@Override
	public final <T> PacketClient<T> packets(Codec<T> codec) {
		return new CodecPacketClient<>(this, codec);
	}

	@Override
	public final Lease acquire(Duration timeout) {
		try {
			Lease lease = this.leases.acquire(timeout);
			if (lease == null) {
				throw new ConnectionTimeoutException(getName(),
						"was in use by others for " + timeout.toMillis() + "ms");
			}
			return lease;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw exception("cannot be acquired: the thread was interrupted", ex);
		}
	}

	/**
	 * Check that the connection can send, and wait while sending is paused.
	 * @return the open socket
	 * @throws ConnectionException if it is receive-only, not open, or the thread was
	 * interrupted while waiting
	 */
	protected final E readyToSend() {
		return readyToSend(FOREVER);
	}

	/**
	 * Check that the connection can send, and wait while sending is paused.
	 * @param timeout the maximum time to wait
	 * @return the open socket
	 * @throws ConnectionTimeoutException if sending is still paused after the timeout
	 * @throws ConnectionException if it is receive-only, not open, or the thread was
	 * interrupted while waiting
	 */
	protected final E readyToSend(Duration timeout) {
		if (!canSend()) {
			throw exception("is receive-only: it cannot send");
		}
		E endpoint = requireEndpoint();
		if (!sendingGate().isPaused()) {
			return endpoint;
		}
		try {
			if (!sendingGate().await(() -> endpoint() != null, timeout)) {
				throw new ConnectionTimeoutException(getName(),
						"cannot send: it was paused for " + timeout.toMillis() + "ms");
			}
			return requireEndpoint();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw exception("cannot send: the thread was interrupted", ex);
		}
	}

}
