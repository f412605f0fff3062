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
import java.util.function.LongSupplier;

/**
 * Counts what failed since a connection was last open for long. A connection that is lost
 * soon after it was opened counts as one more failed attempt, so that a peer which
 * accepts and drops at once is tried less and less often. Used under the lock of the
 * connection.
 */
final class FailureStreak {

	/**
	 * How long a connection has to be open for its failures to be forgotten.
	 */
	static final Duration STABLE = Duration.ofSeconds(30);

	private final LongSupplier nanoTime;

	private long openedAt;

	private int count;

	/**
	 * Create a streak without failures.
	 * @param nanoTime the clock, as {@link System#nanoTime()}
	 */
	FailureStreak(LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
	}

	void opened() {
		this.openedAt = this.nanoTime.getAsLong();
	}

	void failed() {
		this.count++;
	}

	void lost() {
		this.count = (this.nanoTime.getAsLong() - this.openedAt < STABLE.toNanos()) ? this.count + 1 : 0;
	}

	void forget() {
		this.count = 0;
	}

	int count() {
		return this.count;
	}

}
