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

package io.mooring.transport.internal.heartbeat;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Timer that is due whenever a period has passed since the last {@link #reset()}, which
 * any thread may call without touching the scheduler.
 */
final class HeartbeatClock implements Runnable {

	private final long period;

	private final ScheduledExecutorService timer;

	private final LongSupplier nanoTime;

	private final Runnable due;

	private volatile long last;

	private volatile boolean stopped;

	private @Nullable Future<?> next;

	/**
	 * Create a clock that is not running.
	 * @param period the time after which it is due
	 * @param timer calls the task
	 * @param nanoTime the clock, as {@link System#nanoTime()}
	 * @param due called when the period has passed, which then begins again
	 */
	HeartbeatClock(Duration period, ScheduledExecutorService timer, LongSupplier nanoTime, Runnable due) {
		this.period = TimeUnit.NANOSECONDS.convert(period);
		this.timer = timer;
		this.nanoTime = nanoTime;
		this.due = due;
	}

	void start() {
		reset();
		schedule(this.period);
	}

	void reset() {
		this.last = this.nanoTime.getAsLong();
	}

	@Override
	public void run() {
		long left = this.period - (this.nanoTime.getAsLong() - this.last);
		try {
			if (left <= 0) {
				reset();
				left = this.period;
				this.due.run();
			}
		}
		finally {
			schedule(left);
		}
	}

	private synchronized void schedule(long nanos) {
		if (this.stopped) {
			return;
		}
		try {
			this.next = this.timer.schedule(this, nanos, TimeUnit.NANOSECONDS);
		}
		catch (RejectedExecutionException ex) {
			// The application has ended
			this.stopped = true;
		}
	}

	/**
	 * End for good.
	 */
	synchronized void stop() {
		this.stopped = true;
		if (this.next != null) {
			this.next.cancel(false);
		}
	}

}
