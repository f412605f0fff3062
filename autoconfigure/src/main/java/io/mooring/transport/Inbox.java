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
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.mooring.DropReason;
import io.mooring.transport.internal.receive.Dispatcher;
import io.mooring.transport.internal.receive.MessageSource;
import io.mooring.transport.internal.receive.QueuePublisher;
import io.mooring.transport.internal.receive.ReceiveQueue;
import io.mooring.transport.settings.ReceiveSettings;

/**
 * What a connection received and nobody has taken yet, and those who take it: one
 * consumer or subscriber that is attached, or else whoever asks.
 *
 * @param <M> the type of a message
 */
final class Inbox<M> {

	private final AbstractMessageConnection<M, ?> connection;

	private final ReceiveQueue<M> queue;

	private final Dispatcher<M> dispatcher;

	private final QueuePublisher<M> publisher;

	/**
	 * Create an empty inbox.
	 * @param connection whose it is; not used before there is a message, or somebody asks
	 * for one
	 * @param spec how messages are received
	 * @param executor delivers what was queued, and calls subscribers
	 */
	Inbox(AbstractMessageConnection<M, ?> connection, ReceiveSettings spec, Executor executor) {
		this.connection = connection;
		this.queue = new ReceiveQueue<>(spec.capacity(), spec.overflow(),
				() -> connection.getStatus().wanted() || connection.keepsQueued(), connection::lose);
		this.dispatcher = new Dispatcher<>(this.queue, executor,
				(message) -> connection.dropped(message, DropReason.CONSUMER), connection::finished, this::occupied,
				connection.logger);
		this.publisher = new QueuePublisher<>(this.queue, this.dispatcher, executor,
				(message) -> connection.lose(message, DropReason.CONSUMER), connection.logger);
	}

	/**
	 * Pass on a message to what is attached, or to the queue.
	 * @param message the message
	 * @param open whether to go on waiting for room in the queue
	 * @throws InterruptedException if the thread was interrupted while it waited; the
	 * message is dropped
	 */
	void deliver(M message, BooleanSupplier open) throws InterruptedException {
		try {
			this.dispatcher.dispatch(message, open);
		}
		catch (InterruptedException ex) {
			this.connection.lose(message, DropReason.QUEUE_FULL);
			throw ex;
		}
	}

	/**
	 * Pass on messages without waiting, as far as there is room.
	 * @param messages the messages
	 * @param from the index of the first
	 * @param open asked before each message whether to go on
	 * @return the index of the first that was not taken
	 */
	int deliver(List<? extends M> messages, int from, BooleanSupplier open) {
		return this.dispatcher.dispatch(messages, from, open);
	}

	/**
	 * Set what to run when {@link #deliver(List, int, BooleanSupplier)} may take messages
	 * again that it did not take.
	 */
	void onRoom(Runnable room) {
		this.queue.onRoom(room);
		this.dispatcher.onFree(room);
	}

	/**
	 * Return whether messages were not taken as another thread delivers some, so that
	 * they will be.
	 */
	boolean isHeldUp() {
		return this.dispatcher.isHeldUp();
	}

	/**
	 * Return whether there is no message, nor one that a consumer may yet refuse.
	 */
	boolean isEmpty() {
		// What is refused meanwhile is seen the second time
		return this.queue.isEmpty() && !this.dispatcher.isDelivering() && this.queue.isEmpty();
	}

	/**
	 * Drop what is queued.
	 */
	void clear() {
		this.queue.clear();
	}

	/**
	 * The socket was let go: who waits for room asks again whether to.
	 */
	void released() {
		this.queue.release();
	}

	/**
	 * The connection was closed: nobody waits any longer.
	 */
	void closed() {
		this.queue.wake(this.connection.exception("was closed"));
		if (!this.connection.keepsQueued()) {
			this.queue.clear();
		}
		this.publisher.complete();
	}

	/**
	 * Take over the messages.
	 * @param owner who does
	 * @param consumer takes the messages, {@code null} to leave them in the queue
	 * @return gives them back
	 * @throws IllegalStateException if something is attached, naming it
	 */
	MessageSource.Attachment attach(String owner, @Nullable Consumer<? super M> consumer) {
		requireReceiving();
		return this.dispatcher.attach(owner, consumer);
	}

	@Nullable M receive(Duration timeout) {
		requireFree();
		try {
			M message = this.queue.poll(this.connection.isOver() ? Duration.ZERO : timeout);
			if (message == null) {
				// Something may have attached, which ended the wait
				requireFree();
			}
			return message;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw this.connection.exception("cannot receive: the thread was interrupted", ex);
		}
	}

	CompletableFuture<M> receiveAsync() {
		requireFree();
		if (!this.connection.getStatus().wanted()) {
			return CompletableFuture.failedFuture(this.connection.exception("is closed"));
		}
		CompletableFuture<M> request = this.queue.request();
		if (!this.connection.getStatus().wanted()) {
			// Closed meanwhile, perhaps before the request was there to be ended
			request.completeExceptionally(this.connection.exception("is closed"));
		}
		String owner = this.dispatcher.owner();
		if (owner != null) {
			// Attached meanwhile, perhaps before the request was there to be ended
			request.completeExceptionally(occupied(owner));
		}
		return request;
	}

	Flow.Publisher<M> publisher() {
		requireReceiving();
		return this.publisher;
	}

	private void requireReceiving() {
		if (!this.connection.canReceive()) {
			throw this.connection.exception("is send-only: it cannot receive");
		}
	}

	private void requireFree() {
		requireReceiving();
		String owner = this.dispatcher.owner();
		if (owner != null) {
			throw occupied(owner);
		}
	}

	private IllegalStateException occupied(String owner) {
		return new IllegalStateException("Connection '" + this.connection.getName() + "': the messages go to " + owner);
	}

}
