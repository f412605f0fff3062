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
 * What all connections that carry messages have in common: messages pass the
 * interceptors, to the inbox or from senders, and come as packets and with leases.
 *
 * @param <M> the type of a received message
 * @param <E> the open socket
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
	 * @param spec what it is
	 * @param context what connections share
	 */
	protected AbstractMessageConnection(ConnectionSpec spec, TransportContext context) {
		this(spec, context, null);
	}

	/**
	 * Create a connection that is not open.
	 * @param spec what it is
	 * @param context what connections share
	 * @param listener the listener that accepted it, {@code null} for a connection in its
	 * own right
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
	 * @return its bytes, not copied
	 */
	protected abstract byte[] bytes(M message);

	/**
	 * Return a message that differs in its bytes only, and takes over what else belongs
	 * to it.
	 * @param message the message
	 * @param bytes the other bytes
	 * @return another message
	 */
	protected abstract M withBytes(M message, byte[] bytes);

	/**
	 * Send bytes to wherever the type sends by default.
	 * @param bytes the bytes
	 */
	protected abstract void sendBytes(byte[] bytes);

	/**
	 * Return whether nothing will ever arrive any more, so that receiving need not wait.
	 * @return whether the connection is closed for good
	 */
	protected boolean isOver() {
		return false;
	}

	/**
	 * Count a message that was lost.
	 * @param message the message
	 * @param reason why
	 */
	protected void dropped(M message, DropReason reason) {
		counters().dropped(reason, 1);
	}

	/**
	 * Called when a message is done with: its consumer returned, it was decoded, or it
	 * was dropped. A message that {@code receive} or a publisher hands out is its taker's
	 * and is not done with here.
	 * @param message the message, whose resources are to be released
	 */
	protected void finished(M message) {
	}

	/**
	 * Return whether what is queued can still be received after {@link #close()}.
	 * @return {@code false} unless overridden: it is lost, and counted
	 */
	protected boolean keepsQueued() {
		return false;
	}

	final void lose(M message, DropReason reason) {
		dropped(message, reason);
		finished(message);
	}

	/**
	 * Pass on a message that was read, on the thread that read it: to what is attached,
	 * or to the queue. Waits where the queue is full and told to.
	 * @param endpoint the socket that it was read from
	 * @param message the message
	 * @throws InterruptedException if the thread was interrupted while it waited; the
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
	 * Pass on messages that were read and counted, without waiting: to what is attached,
	 * or to the queue as far as there is room.
	 * @param messages the messages
	 * @param from the index of the first
	 * @param open asked before each message whether to go on
	 * @return the index of the first that was not taken
	 */
	protected final int deliver(List<? extends M> messages, int from, BooleanSupplier open) {
		return this.inbox.deliver(messages, from, open);
	}

	/**
	 * Pass a message that was received to the interceptors. What they swallow or fail on
	 * is counted here.
	 * @param message the message
	 * @param attached makes of a message what a consumer that is attached would get
	 * @return the message to go on with, {@code null} if there is none
	 */
	protected final @Nullable M interceptReceived(M message, Function<? super M, ?> attached) {
		return this.interception.received(message, attached);
	}

	/**
	 * Pass a message that is to be sent to the interceptors. What they swallow or fail on
	 * is counted here.
	 * @param message the bytes
	 * @return the bytes to send, {@code null} if there is nothing to send
	 * @throws ConnectionException if an interceptor failed
	 */
	protected final byte @Nullable [] interceptSending(byte[] message) {
		return this.interception.sending(message);
	}

	/**
	 * Set what to run when {@link #deliver(List, int, BooleanSupplier)} found no room and
	 * there is some again.
	 * @param room must not block
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
	 * Drop the messages that wait to be received, as nobody will any more.
	 */
	protected final void dropQueued() {
		this.inbox.clear();
	}

	/**
	 * Return whether messages wait to be received.
	 * @return whether there are any
	 */
	protected final boolean hasQueued() {
		return !this.inbox.isEmpty();
	}

	/**
	 * Return where to log bytes.
	 * @return the log
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
	 * Take over the messages and leave them in the queue.
	 * @param owner who does, for the message of exceptions
	 * @return gives them back
	 * @throws IllegalStateException if something is attached, naming it
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
	 * Refuse to send where the connection cannot, and wait while sending is paused.
	 * @return the open socket
	 * @throws ConnectionException if it is receive-only, not open, or the thread was
	 * interrupted while waiting
	 */
	protected final E readyToSend() {
		return readyToSend(FOREVER);
	}

	/**
	 * Refuse to send where the connection cannot, and wait while sending is paused.
	 * @param timeout how long to wait
	 * @return the open socket
	 * @throws ConnectionTimeoutException if sending was paused all the time
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
