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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts what a connection has let go of and may still hold its port or path: sockets
 * that are being closed, and attempts that were cancelled.
 */
final class Departures {

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition gone = this.lock.newCondition();

	private int count;

	/**
	 * Something was let go of.
	 */
	void begin() {
		this.lock.lock();
		try {
			this.count++;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * It holds nothing any more.
	 */
	void end() {
		this.lock.lock();
		try {
			this.count--;
			this.gone.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Wait until all are gone.
	 * @param timeout how long; who resolves a name, say, takes no notice of an interrupt
	 * @throws InterruptedException if the thread was interrupted
	 */
	void await(Duration timeout) throws InterruptedException {
		long nanos = TimeUnit.NANOSECONDS.convert(timeout);
		this.lock.lockInterruptibly();
		try {
			while (this.count > 0 && nanos > 0) {
				nanos = this.gone.awaitNanos(nanos);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

}
