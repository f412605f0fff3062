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

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * The clients of a listener that nobody has asked for yet. Those that left meanwhile stay
 * only if they left frames, and only so many.
 */
final class AcceptQueue {

	private final int maxLeft;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private final Set<AcceptedStream> clients = new LinkedHashSet<>();

	private final Deque<AcceptedStream> left = new ArrayDeque<>();

	private long wakeUps;

	/**
	 * Create a queue.
	 * @param maxLeft how many to keep of those that left
	 */
	AcceptQueue(int maxLeft) {
		this.maxLeft = maxLeft;
	}

	void add(AcceptedStream client) {
		this.lock.lock();
		try {
			this.clients.add(client);
			this.changed.signal();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * A client that may be in the queue has left.
	 * @param client the client
	 * @return the client that is dropped for it with the frames that nobody received,
	 * {@code null} if none is
	 */
	@Nullable AcceptedStream left(AcceptedStream client) {
		boolean unread = client.isUnread();
		this.lock.lock();
		try {
			if (!this.clients.contains(client)) {
				return null;
			}
			if (!unread) {
				this.clients.remove(client);
				return null;
			}
			this.left.add(client);
			if (this.left.size() <= this.maxLeft) {
				return null;
			}
			AcceptedStream oldest = this.left.remove();
			this.clients.remove(oldest);
			return oldest;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Nullable AcceptedStream poll(Duration timeout) throws InterruptedException {
		long nanos = timeout.toNanos();
		this.lock.lockInterruptibly();
		try {
			long wakeUps = this.wakeUps;
			while (this.clients.isEmpty() && nanos > 0 && wakeUps == this.wakeUps) {
				nanos = this.changed.awaitNanos(nanos);
			}
			if (this.clients.isEmpty()) {
				return null;
			}
			AcceptedStream client = this.clients.iterator().next();
			this.clients.remove(client);
			this.left.remove(client);
			return client;
		}
		finally {
			this.lock.unlock();
		}
	}

	Collection<AcceptedStream> takeAll() {
		this.lock.lock();
		try {
			List<AcceptedStream> all = new ArrayList<>(this.clients);
			this.clients.clear();
			this.left.clear();
			return all;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * End the waiting.
	 */
	void wake() {
		this.lock.lock();
		try {
			this.wakeUps++;
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

}
