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

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Meter of bytes per second over a sliding window of one second. A slot holds the bytes
 * of 50 ms and, in its upper bits, the index of that interval, so that adding and
 * expiring are one atomic operation.
 */
final class RateMeter {

	private static final long SLOT_NANOS = 50_000_000;

	private static final int SLOTS = 20;

	private static final int BYTES_BITS = 40;

	private static final long BYTES_MASK = (1L << BYTES_BITS) - 1;

	private static final long TICK_MASK = (1L << (Long.SIZE - BYTES_BITS)) - 1;

	// Created with the first byte, since a listener may have thousands of idle clients
	private volatile @Nullable AtomicLongArray slots;

	private final LongSupplier clock;

	private final long start;

	RateMeter(LongSupplier nanoClock) {
		this.clock = nanoClock;
		this.start = nanoClock.getAsLong();
	}

	void add(long bytes) {
		long tick = tick();
		long tag = (tick & TICK_MASK) << BYTES_BITS;
		AtomicLongArray slots = slots();
		slots.accumulateAndGet((int) (tick % slots.length()), bytes,
				(slot, more) -> ((slot & ~BYTES_MASK) == tag) ? slot + more : tag | more);
	}

	private AtomicLongArray slots() {
		AtomicLongArray slots = this.slots;
		if (slots == null) {
			synchronized (this) {
				slots = this.slots;
				if (slots == null) {
					// One more than the window, so that the slot being filled is not the
					// one expiring
					slots = new AtomicLongArray(SLOTS + 1);
					this.slots = slots;
				}
			}
		}
		return slots;
	}

	double rate() {
		AtomicLongArray slots = this.slots;
		if (slots == null) {
			return 0;
		}
		long tick = tick();
		long sum = 0;
		for (int i = 0; i < slots.length(); i++) {
			long slot = slots.get(i);
			long age = (tick - (slot >>> BYTES_BITS)) & TICK_MASK;
			if (age < SLOTS) {
				sum += slot & BYTES_MASK;
			}
		}
		return sum;
	}

	private long tick() {
		return (this.clock.getAsLong() - this.start) / SLOT_NANOS + 1;
	}

}
