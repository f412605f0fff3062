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
 * Received messages of a connection and their consumer: the attached consumer or
 * subscriber, else callers of {@code receive}.
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
	 * @param connection the connection, not used before the first message or request
	 * @param spec the settings for receiving
	 * @param executor the executor for queued messages and subscribers
	 */
	Inbox(AbstractMessageConnection<M, ?> connection, ReceiveSettings spec, Executor executor) {
		this.connection = connection;
		this.queue = new ReceiveQueue<>(spec.capacity(), spec.overflow(),
				() -> connection.getStatus().enabled() || connection.keepsQueued(), connection::lose);
		this.dispatcher = new Dispatcher<>(this.queue, executor,
				(message) -> connection.dropped(message, DropReason.CONSUMER), connection::finished, this::occupied,
				connection.logger);
		this.publisher = new QueuePublisher<>(this.queue, this.dispatcher, executor,
				(message) -> connection.lose(message, DropReason.CONSUMER), connection.logger);
	}

	/**
	 * Deliver a message to the attached consumer or to the queue.
	 * @param message the message
	 * @param open the condition for waiting for room in the queue
	 * @throws InterruptedException if the thread was interrupted while waiting; the
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
	 * Deliver messages without waiting, while there is room.
	 * @param messages the messages
	 * @param from the index of the first message
	 * @param open the condition to continue, evaluated before each message
	 * @return the index of the first message not taken
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
	 * Drop queued messages.
	 */
	void clear() {
		this.queue.clear();
	}

	/**
	 * Wake threads that wait for room, after the socket was released.
	 */
	void released() {
		this.queue.release();
	}

	/**
	 * End all waits, after the connection was closed.
	 */
	void closed() {
		this.queue.wake(this.connection.exception("was closed"));
		if (!this.connection.keepsQueued()) {
			this.queue.clear();
		}
		this.publisher.complete();
	}

	/**
	 * Attach a consumer.
	 * @param owner the name of the consumer
	 * @param consumer the consumer, {@code null} to hold the messages in the queue
	 * @return a handle that detaches it
	 * @throws IllegalStateException if another consumer is attached; the message names it
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
				// A consumer may have attached, which ended the wait
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
		if (!this.connection.getStatus().enabled()) {
			return CompletableFuture.failedFuture(this.connection.exception("is closed"));
		}
		CompletableFuture<M> request = this.queue.request();
		if (!this.connection.getStatus().enabled()) {
			// Closed concurrently, possibly before the request was registered
			request.completeExceptionally(this.connection.exception("is closed"));
		}
		String owner = this.dispatcher.owner();
		if (owner != null) {
			// Attached concurrently, possibly before the request was registered
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
