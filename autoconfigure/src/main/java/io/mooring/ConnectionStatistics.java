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

package io.mooring;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a connection counted since it was made, across reopening.
 *
 * @param received the messages that arrived
 * @param receivedBytes the bytes of those
 * @param receiveRate the bytes a second received over the last second, 0 when idle
 * @param sent the messages that the kernel took
 * @param sentBytes the bytes of those
 * @param sendRate the bytes a second sent over the last second, 0 when idle
 * @param drops what was lost and why; reasons that never occurred are absent
 * @param opens how often the connection was opened
 * @param failures the failed attempts to open it, and the times it was lost
 * @param lastError what failed last, {@code null} if nothing ever did
 * @param lastErrorAt when that was, {@code null} if nothing ever did
 */
public record ConnectionStatistics(long received, long receivedBytes, double receiveRate, long sent, long sentBytes,
		double sendRate, Map<DropReason, Long> drops, long opens, long failures, @Nullable Throwable lastError,
		@Nullable Instant lastErrorAt) {

	/**
	 * Return how much was lost for one reason.
	 * @param reason the reason
	 * @return the count
	 */
	public long dropped(DropReason reason) {
		return this.drops.getOrDefault(reason, 0L);
	}

	/**
	 * Return how much was lost for any reason.
	 * @return the count
	 */
	public long dropped() {
		return this.drops.values().stream().mapToLong(Long::longValue).sum();
	}

}
