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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

import io.mooring.DropReason;
import io.mooring.OverflowPolicy;

/**
 * Bounded receive queue of one connection.
 *
 * @param <M> the type of a message
 */
public final class ReceiveQueue<M> {

	private final int capacity;

	private final OverflowPolicy overflow;

	private final BooleanSupplier accepting;

	private final BiConsumer<M, DropReason> lost;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition notEmpty = this.lock.newCondition();

	private final Condition notFull = this.lock.newCondition();

	private final Deque<M> messages = new ArrayDeque<>(0);

	private final Deque<CompletableFuture<M>> requests = new ArrayDeque<>(0);

	private volatile Runnable available = () -> {
	};

	private volatile Runnable room = () -> {
	};

	// Written under the lock
	private volatile int size;

	private boolean refused;

	private long wakeUps;

	private long evictions;

	/**
	 * Create a queue.
	 * @param capacity the maximum number of messages
	 * @param overflow the overflow policy
	 * @param accepting whether the connection is not closed on purpose; asked for each
	 * message, so that none comes in behind {@link #clear()}
	 * @param lost takes what is lost
	 */
	public ReceiveQueue(int capacity, OverflowPolicy overflow, BooleanSupplier accepting,
			BiConsumer<M, DropReason> lost) {
		this.capacity = capacity;
		this.overflow = overflow;
		this.accepting = accepting;
		this.lost = lost;
	}

	/**
	 * Set the callback for every added message.
	 * @param available the callback, which must not block
	 */
	void onAvailable(Runnable available) {
		this.available = available;
	}

	/**
	 * Set the callback for when there is room again after a message was refused.
	 * @param room the callback, which must not block
	 */
	public void onRoom(Runnable room) {
		this.room = room;
	}

	/**
	 * Add a message, or hand it to the oldest request, without waiting for room.
	 * @param message the message
	 * @return whether it was taken, if only to be dropped
	 */
	boolean tryOffer(M message) {
		while (true) {
			CompletableFuture<M> request;
			M lost = null;
			boolean accepting;
			this.lock.lock();
			try {
				// Under the lock, so that a message is lost or cleared
				accepting = this.accepting.getAsBoolean();
				request = this.requests.poll();
				if (request == null) {
					boolean full = this.messages.size() >= this.capacity;
					if (accepting && full && this.overflow == OverflowPolicy.BLOCK) {
						this.refused = true;
						return false;
					}
					lost = accepting ? victim(message, full) : message;
					if (lost != message) {
						this.messages.add(message);
						added();
					}
				}
			}
			finally {
				this.lock.unlock();
			}
			if (lost != null) {
				this.lost.accept(lost, accepting ? DropReason.QUEUE_FULL : DropReason.CLOSED);
			}
			// Outside the lock: its dependents are user code
			if (request == null || request.complete(message)) {
				this.available.run();
				return true;
			}
		}
	}

	private void added() {
		this.size = this.messages.size();
		this.notEmpty.signal();
	}

	/**
	 * Return the message that was taken last to its place in front of the others, or hand
	 * it to the oldest request.
	 * @param message the message
	 */
	void putBack(M message) {
		CompletableFuture<M> request;
		boolean accepting;
		do {
			this.lock.lock();
			try {
				accepting = this.accepting.getAsBoolean();
				request = this.requests.poll();
				if (request == null && accepting) {
					this.messages.addFirst(message);
					added();
				}
			}
			finally {
				this.lock.unlock();
			}
			// Outside the lock: its dependents are user code
		}
		while (request != null && !request.complete(message));
		if (request == null && !accepting) {
			this.lost.accept(message, DropReason.CLOSED);
		}
		this.available.run();
	}

	private @Nullable M victim(M message, boolean full) {
		if (!full) {
			return null;
		}
		return (this.overflow == OverflowPolicy.DROP_OLDEST) ? this.messages.poll() : message;
	}

	/**
	 * Add a message, or hand it to the oldest request.
	 * @param message the message
	 * @param open whether to go on waiting for room
	 * @throws InterruptedException if the thread was interrupted; the message is dropped
	 */
	void offer(M message, BooleanSupplier open) throws InterruptedException {
		CompletableFuture<M> request;
		while ((request = add(message, open)) != null) {
			// Outside the lock: its dependents are user code
			if (request.complete(message)) {
				return;
			}
		}
		this.available.run();
	}

	private @Nullable CompletableFuture<M> add(M message, BooleanSupplier open) throws InterruptedException {
		M lost = null;
		// What waits for room is lost only when the connection closes
		DropReason reason = (this.overflow == OverflowPolicy.BLOCK) ? DropReason.CLOSED : DropReason.QUEUE_FULL;
		this.lock.lock();
		try {
			CompletableFuture<M> request = this.requests.poll();
			if (request != null) {
				return request;
			}
			lost = this.accepting.getAsBoolean() ? makeRoom(message, open) : message;
			// The wait for room lets go of the lock, so that the queue may have been
			// cleared
			if ((lost == null || lost == message) && !this.accepting.getAsBoolean()) {
				lost = message;
				reason = DropReason.CLOSED;
			}
			if (lost != message) {
				this.messages.add(message);
				added();
			}
		}
		finally {
			this.lock.unlock();
		}
		if (lost != null) {
			this.lost.accept(lost, reason);
		}
		return null;
	}

	private @Nullable M makeRoom(M message, BooleanSupplier open) throws InterruptedException {
		while (this.messages.size() >= this.capacity) {
			switch (this.overflow) {
				case DROP_OLDEST -> {
					return this.messages.poll();
				}
				case DROP_NEWEST -> {
					return message;
				}
				case BLOCK -> {
					if (!open.getAsBoolean()) {
						return message;
					}
					this.notFull.await();
				}
			}
		}
		return null;
	}

	/**
	 * Take a queued message.
	 * @return the message, {@code null} if there is none
	 */
	public @Nullable M poll() {
		if (this.size == 0) {
			return null;
		}
		M message;
		boolean room;
		this.lock.lock();
		try {
			message = take();
			room = takeRefused();
		}
		finally {
			this.lock.unlock();
		}
		if (room) {
			this.room.run();
		}
		return message;
	}

	private boolean takeRefused() {
		// Only when half empty, so that the reader is not woken for each message
		boolean room = this.refused && this.messages.size() <= this.capacity / 2;
		this.refused &= !room;
		return room;
	}

	private @Nullable M take() {
		M message = this.messages.poll();
		if (message != null) {
			this.size = this.messages.size();
			this.notFull.signal();
		}
		return message;
	}

	/**
	 * Wait for a message.
	 * @param timeout the maximum time to wait, including for the lock
	 * @return the message, {@code null} if there was none in time
	 * @throws InterruptedException if the thread was interrupted
	 */
	public @Nullable M poll(Duration timeout) throws InterruptedException {
		long nanos = Math.max(TimeUnit.NANOSECONDS.convert(timeout), 0);
		long deadline = System.nanoTime() + nanos;
		if (!this.lock.tryLock(nanos, TimeUnit.NANOSECONDS)) {
			return null;
		}
		M message;
		boolean room;
		try {
			message = await(deadline);
			room = takeRefused();
		}
		finally {
			this.lock.unlock();
		}
		if (room) {
			this.room.run();
		}
		return message;
	}

	private @Nullable M await(long deadline) throws InterruptedException {
		long wakeUps = this.wakeUps;
		long evictions = this.evictions;
		while (true) {
			if (evictions != this.evictions) {
				return null;
			}
			M message = take();
			long left = deadline - System.nanoTime();
			if (message != null || left <= 0 || wakeUps != this.wakeUps) {
				return message;
			}
			this.notEmpty.awaitNanos(left);
		}
	}

	/**
	 * Request a message.
	 * @return a future of the message
	 * @throws IllegalStateException if there are too many requests
	 */
	public CompletableFuture<M> request() {
		M message = poll();
		if (message != null) {
			return CompletableFuture.completedFuture(message);
		}
		this.lock.lock();
		try {
			message = take();
			if (message != null) {
				return CompletableFuture.completedFuture(message);
			}
			this.requests.removeIf(CompletableFuture::isDone);
			if (this.requests.size() >= this.capacity) {
				throw new IllegalStateException(this.capacity + " requests are pending; the limit is receive.capacity");
			}
			CompletableFuture<M> request = new CompletableFuture<>();
			this.requests.add(request);
			return request;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Wake the reader to evaluate its condition again.
	 */
	public void release() {
		this.lock.lock();
		try {
			this.notFull.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * End all waits: receivers find nothing, requests fail.
	 * @param cause why
	 */
	public void wake(Throwable cause) {
		wake(cause, false);
	}

	/**
	 * End all waits for a new owner of the messages: receivers find nothing, requests
	 * fail.
	 * @param cause why
	 */
	void evict(Throwable cause) {
		wake(cause, true);
	}

	private void wake(Throwable cause, boolean evict) {
		List<CompletableFuture<M>> failed;
		this.lock.lock();
		try {
			this.wakeUps++;
			this.evictions += evict ? 1 : 0;
			this.notEmpty.signalAll();
			failed = new ArrayList<>(this.requests);
			this.requests.clear();
		}
		finally {
			this.lock.unlock();
		}
		failed.forEach((request) -> request.completeExceptionally(cause));
		this.available.run();
	}

	/**
	 * Drop all messages after the connection was closed by the application.
	 */
	public void clear() {
		List<M> left;
		boolean room;
		this.lock.lock();
		try {
			left = new ArrayList<>(this.messages);
			this.messages.clear();
			this.size = 0;
			this.notFull.signalAll();
			room = takeRefused();
		}
		finally {
			this.lock.unlock();
		}
		left.forEach((message) -> this.lost.accept(message, DropReason.CLOSED));
		if (room) {
			// What was refused is lost as well, and counted on its way
			this.room.run();
		}
	}

	public boolean isEmpty() {
		return this.size == 0;
	}

}
