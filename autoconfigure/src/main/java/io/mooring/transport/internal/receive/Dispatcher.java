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

package io.mooring.transport.internal.receive;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;

/**
 * Dispatcher of received messages: to the attached consumer, on the reading thread, or
 * else to the queue. Queued messages are delivered first, one at a time. A thread that
 * finds another one delivering leaves the queue to it.
 *
 * @param <M> the type of a message
 */
public final class Dispatcher<M> {

	private static final Duration DETACH_TIME = Duration.ofSeconds(10);

	private final ReceiveQueue<M> queue;

	private final Executor executor;

	private final Consumer<M> undelivered;

	private final Consumer<M> finished;

	private final Function<String, IllegalStateException> occupied;

	private final Log logger;

	private final ReentrantLock delivery = new ReentrantLock();

	private volatile @Nullable Owner<M> owner;

	private volatile boolean heldUp;

	private volatile Runnable free = () -> {
	};

	/**
	 * Create a dispatcher.
	 * @param queue the queue for when nothing is attached
	 * @param executor delivers what was queued when something attaches
	 * @param undelivered takes messages whose consumer threw
	 * @param finished takes every message that a consumer is done with
	 * @param occupied makes the exception for those who ask while an owner has the
	 * messages
	 * @param logger for what a consumer threw
	 */
	public Dispatcher(ReceiveQueue<M> queue, Executor executor, Consumer<M> undelivered, Consumer<M> finished,
			Function<String, IllegalStateException> occupied, Log logger) {
		this.queue = queue;
		this.executor = executor;
		this.undelivered = undelivered;
		this.finished = finished;
		this.occupied = occupied;
		this.logger = logger;
	}

	/**
	 * Set what is told that {@link #dispatch(List, int, BooleanSupplier)} is held up by
	 * another thread no longer.
	 * @param free must not block
	 */
	public void onFree(Runnable free) {
		this.free = free;
	}

	/**
	 * Return whether {@link #dispatch(List, int, BooleanSupplier)} took nothing as
	 * another thread delivers messages, and what {@link #onFree(Runnable)} set is to be
	 * told.
	 * @return whether it is held up
	 */
	public boolean isHeldUp() {
		return this.heldUp;
	}

	/**
	 * Return whether a thread is at a message that it may return to the queue.
	 * @return whether one is
	 */
	public boolean isDelivering() {
		return this.delivery.isLocked();
	}

	/**
	 * Return the name of the owner.
	 * @return the name, {@code null} if there is none
	 */
	public @Nullable String owner() {
		Owner<M> owner = this.owner;
		return (owner != null) ? owner.name : null;
	}

	/**
	 * Take over the messages. Requests and waits that began before end.
	 * @param name who does
	 * @param consumer takes the messages, {@code null} to leave them in the queue
	 * @return gives them back
	 * @throws IllegalStateException if there is an owner, naming it
	 */
	public MessageSource.Attachment attach(String name, @Nullable Consumer<? super M> consumer) {
		Owner<M> owner = new Owner<>(name, consumer);
		synchronized (this) {
			Owner<M> present = this.owner;
			if (present != null) {
				throw this.occupied.apply(present.name);
			}
			this.owner = owner;
		}
		this.queue.evict(this.occupied.apply(name));
		if (consumer != null) {
			drainLater();
		}
		return new MessageSource.Attachment() {

			@Override
			public void detach() {
				detach(DETACH_TIME);
			}

			@Override
			public void detach(Duration patience) {
				Dispatcher.this.detach(owner, patience);
			}

		};
	}

	private void drainLater() {
		if (taking() == null || this.queue.isEmpty()) {
			return;
		}
		try {
			this.executor.execute(this::drain);
		}
		catch (RejectedExecutionException ex) {
			this.logger.debug("Stopping: what is queued stays there");
		}
	}

	private void detach(Owner<M> owner, Duration patience) {
		synchronized (this) {
			if (this.owner != owner) {
				return;
			}
			this.owner = null;
		}
		if (owner.consumer == null || ConsumerThread.isCurrent() || patience.isZero()) {
			return;
		}
		try {
			if (this.delivery.tryLock(TimeUnit.NANOSECONDS.convert(patience), TimeUnit.NANOSECONDS)) {
				unlock();
				// Another may have left the queue to the owner of the lock
				drainLater();
			}
			else {
				this.logger.warn(owner.name + " was still busy with a message " + patience.toMillis()
						+ "ms after it was to stop");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Deliver a message, or queue it.
	 * @param message the message
	 * @param open whether to go on waiting for room in the queue
	 * @throws InterruptedException if the thread was interrupted
	 */
	public void dispatch(M message, BooleanSupplier open) throws InterruptedException {
		boolean delivered;
		this.delivery.lock();
		try {
			delivered = deliverAll(List.of(message), 0, () -> true) == 1;
		}
		finally {
			unlock();
		}
		if (!delivered) {
			this.queue.offer(message, open);
		}
		drain();
	}

	/**
	 * Deliver messages, or queue them as far as there is room, without waiting for more
	 * or for another thread.
	 * @param messages the messages
	 * @param from the index of the first
	 * @param open asked before each message whether to go on
	 * @return the index of the first that was not taken
	 */
	public int dispatch(List<? extends M> messages, int from, BooleanSupplier open) {
		int next = from;
		while (next < messages.size() && open.getAsBoolean() && tryLock()) {
			int taken;
			try {
				taken = deliverAll(messages, next, open);
			}
			finally {
				unlock();
			}
			if (taken == next && taking() == null) {
				if (!this.queue.tryOffer(messages.get(next))) {
					return next;
				}
				taken++;
			}
			drain();
			next = taken;
		}
		return next;
	}

	private boolean tryLock() {
		if (!this.delivery.tryLock()) {
			this.heldUp = true;
			if (!this.delivery.tryLock()) {
				return false;
			}
		}
		this.heldUp = false;
		return true;
	}

	private void unlock() {
		this.delivery.unlock();
		if (this.heldUp) {
			this.free.run();
		}
	}

	/**
	 * Return the owner if it takes messages now.
	 */
	private @Nullable Owner<M> taking() {
		Owner<M> owner = this.owner;
		return (owner != null && owner.consumer != null && !owner.refused) ? owner : null;
	}

	private int deliverAll(List<? extends M> messages, int from, BooleanSupplier open) {
		int next = from;
		// Before the queue, to which another may have added until there was an owner
		Owner<M> owner = taking();
		if (owner != null) {
			deliverQueued();
			while (next < messages.size() && taking() == owner && open.getAsBoolean()) {
				deliver(owner, messages.get(next++));
			}
		}
		return next;
	}

	private void drain() {
		while (taking() != null && !this.queue.isEmpty() && this.delivery.tryLock()) {
			try {
				deliverQueued();
			}
			finally {
				unlock();
			}
		}
	}

	private void deliverQueued() {
		Owner<M> owner = taking();
		M message;
		while (owner != null && (message = this.queue.poll()) != null) {
			deliver(owner, message);
			owner = taking();
		}
	}

	private void deliver(Owner<M> owner, M message) {
		boolean outer = ConsumerThread.isCurrent();
		ConsumerThread.setCurrent(true);
		try {
			owner.accept(message);
		}
		catch (MessageSource.Refusal ex) {
			owner.refused = true;
			this.queue.putBack(message);
			return;
		}
		catch (Throwable ex) {
			// Reading continues after any failure of a handler
			this.undelivered.accept(message);
			this.logger.error("A message was lost: its consumer failed", ex);
		}
		finally {
			ConsumerThread.setCurrent(outer);
			Thread.interrupted();
		}
		this.finished.accept(message);
	}

	private static final class Owner<M> {

		private final String name;

		private final @Nullable Consumer<? super M> consumer;

		private volatile boolean refused;

		Owner(String name, @Nullable Consumer<? super M> consumer) {
			this.name = name;
			this.consumer = consumer;
		}

		void accept(M message) {
			if (this.consumer != null) {
				this.consumer.accept(message);
			}
		}

	}

}
