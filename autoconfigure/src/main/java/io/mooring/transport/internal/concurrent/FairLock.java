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

package io.mooring.transport.internal.concurrent;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

import io.mooring.Lease;

/**
 * Fair lock that grants leases, one at a time and in the order of the requests.
 */
public final class FairLock {

	private final Semaphore semaphore = new Semaphore(1, true);

	/**
	 * Acquire a lease.
	 * @param timeout how long to wait
	 * @return the lease, {@code null} if the timeout elapsed
	 * @throws InterruptedException if the thread was interrupted
	 */
	public @Nullable Lease acquire(Duration timeout) throws InterruptedException {
		if (!this.semaphore.tryAcquire(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS)) {
			return null;
		}
		AtomicBoolean held = new AtomicBoolean(true);
		return () -> {
			if (held.getAndSet(false)) {
				this.semaphore.release();
			}
		};
	}

}
