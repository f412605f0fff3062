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
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Gate that blocks threads while one direction of a connection is paused.
 */
public final class PauseGate {

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private volatile boolean paused;

	/**
	 * Return whether the direction is paused.
	 * @return whether threads would wait
	 */
	public boolean isPaused() {
		return this.paused;
	}

	/**
	 * Wait while paused.
	 * @param open the condition for waiting, evaluated again after {@link #wake()}
	 * @throws InterruptedException if the thread was interrupted
	 */
	public void await(BooleanSupplier open) throws InterruptedException {
		if (!this.paused) {
			return;
		}
		this.lock.lockInterruptibly();
		try {
			while (this.paused && open.getAsBoolean()) {
				this.changed.await();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Wait while paused.
	 * @param open the condition for waiting, evaluated again after {@link #wake()}
	 * @param timeout the maximum time to wait
	 * @return whether the wait ended in time
	 * @throws InterruptedException if the thread was interrupted
	 */
	public boolean await(BooleanSupplier open, Duration timeout) throws InterruptedException {
		long nanos = timeout.toNanos();
		this.lock.lockInterruptibly();
		try {
			while (this.paused && open.getAsBoolean()) {
				if (nanos <= 0) {
					return false;
				}
				nanos = this.changed.awaitNanos(nanos);
			}
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Make waiting threads evaluate their condition again.
	 */
	public void wake() {
		this.lock.lock();
		try {
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	void pause() {
		this.paused = true;
	}

	void resume() {
		this.paused = false;
		wake();
	}

}
