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

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

import io.mooring.ConnectionStatistics;
import io.mooring.DropReason;

/**
 * Counters of a connection, which reopening does not reset.
 */
public final class Counters {

	private final LongAdder received = new LongAdder();

	private final LongAdder receivedBytes = new LongAdder();

	private final RateMeter receiveRate = new RateMeter(System::nanoTime);

	private final LongAdder sent = new LongAdder();

	private final LongAdder sentBytes = new LongAdder();

	private final RateMeter sendRate = new RateMeter(System::nanoTime);

	private final Map<DropReason, Long> drops = new ConcurrentHashMap<>(0);

	private final AtomicLong opens = new AtomicLong();

	private final AtomicLong failures = new AtomicLong();

	private volatile @Nullable LastError lastError;

	private final @Nullable Counters total;

	/**
	 * Create counters.
	 * @param total the counters of the listener, {@code null} for none
	 */
	Counters(@Nullable Counters total) {
		this.total = total;
	}

	/**
	 * Count a received message.
	 * @param bytes the length of the message
	 */
	public void received(int bytes) {
		received(1, bytes);
	}

	/**
	 * Count received messages.
	 * @param count the number of messages
	 * @param bytes the total length
	 */
	public void received(int count, long bytes) {
		this.received.add(count);
		this.receivedBytes.add(bytes);
		this.receiveRate.add(bytes);
		if (this.total != null) {
			this.total.received(count, bytes);
		}
	}

	/**
	 * Count a message accepted by the kernel.
	 * @param bytes the length of the message
	 */
	public void sent(long bytes) {
		sent(1, bytes);
	}

	/**
	 * Count messages accepted by the kernel.
	 * @param count the number of messages
	 * @param bytes the total length
	 */
	public void sent(int count, long bytes) {
		this.sent.add(count);
		this.sentBytes.add(bytes);
		this.sendRate.add(bytes);
		if (this.total != null) {
			this.total.sent(count, bytes);
		}
	}

	/**
	 * Count dropped messages.
	 * @param reason the reason
	 * @param count the number of messages
	 */
	public void dropped(DropReason reason, long count) {
		this.drops.merge(reason, count, Long::sum);
		if (this.total != null) {
			this.total.dropped(reason, count);
		}
	}

	void opened() {
		this.opens.incrementAndGet();
	}

	void failed(Throwable cause) {
		this.failures.incrementAndGet();
		error(cause);
	}

	void error(Throwable cause) {
		this.lastError = new LastError(cause, Instant.now());
	}

	ConnectionStatistics snapshot(Map<DropReason, Long> more) {
		Map<DropReason, Long> drops = new EnumMap<>(DropReason.class);
		for (DropReason reason : DropReason.values()) {
			long count = this.drops.getOrDefault(reason, 0L) + more.getOrDefault(reason, 0L);
			if (count > 0) {
				drops.put(reason, count);
			}
		}
		LastError error = this.lastError;
		return new ConnectionStatistics(this.received.sum(), this.receivedBytes.sum(), this.receiveRate.rate(),
				this.sent.sum(), this.sentBytes.sum(), this.sendRate.rate(), Map.copyOf(drops), this.opens.get(),
				this.failures.get(), (error != null) ? error.cause() : null, (error != null) ? error.at() : null);
	}

	private record LastError(Throwable cause, Instant at) {

	}

}
