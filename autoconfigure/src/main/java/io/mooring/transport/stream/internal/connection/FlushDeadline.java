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

package io.mooring.transport.stream.internal.connection;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * How long a closing waits for what is queued to be taken by the kernel: a while, unless
 * whoever closes says when to give up. All times are by {@link System#nanoTime()}.
 */
public final class FlushDeadline {

	private static final long FLUSH_NANOS = 2_000_000_000;

	/**
	 * The part of the time for the application's end that is left to those who are told
	 * of losses.
	 */
	private static final int REPORTING_PART = 4;

	// Those who close at the same time close the same: the first of them to be done
	// decides
	private final Queue<Long> set = new ConcurrentLinkedQueue<>();

	/**
	 * Return when to give up waiting.
	 */
	public long get() {
		return this.set.stream()
			.min((one, other) -> Long.compare(one - other, 0))
			.orElseGet(() -> System.nanoTime() + FLUSH_NANOS);
	}

	/**
	 * Close, and wait no longer than until a deadline.
	 * @param deadline when to give up
	 * @param closing what closes
	 */
	public void during(long deadline, Runnable closing) {
		this.set.add(deadline);
		try {
			closing.run();
		}
		finally {
			this.set.remove(deadline);
		}
	}

	/**
	 * Return when to give up as the application ends, so that there is time to tell who
	 * sent what is lost.
	 * @param deadline when all is to be over
	 * @param timeout the time for all of it
	 */
	public static long atShutdown(long deadline, Duration timeout) {
		return deadline - timeout.toNanos() / REPORTING_PART;
	}

}
