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
 * Statistics of a connection since it was created. Reopening does not reset them.
 *
 * @param received the number of messages received
 * @param receivedBytes the number of bytes in received messages
 * @param receiveRate the bytes received per second, over the last second
 * @param sent the number of messages accepted by the kernel
 * @param sentBytes the number of bytes in sent messages
 * @param sendRate the bytes sent per second, over the last second
 * @param drops the number of drops by reason; reasons that never occurred are absent
 * @param opens the number of times the connection was opened
 * @param failures the number of failed attempts to open it plus the number of losses
 * @param lastError the last error, {@code null} if there was none
 * @param lastErrorAt the time of the last error, {@code null} if there was none
 */
public record ConnectionStatistics(long received, long receivedBytes, double receiveRate, long sent, long sentBytes,
		double sendRate, Map<DropReason, Long> drops, long opens, long failures, @Nullable Throwable lastError,
		@Nullable Instant lastErrorAt) {

	/**
	 * Return the number of drops for one reason.
	 * @param reason the reason
	 * @return the number of drops
	 */
	public long dropped(DropReason reason) {
		return this.drops.getOrDefault(reason, 0L);
	}

	/**
	 * Return the number of drops for all reasons.
	 * @return the number of drops
	 */
	public long dropped() {
		return this.drops.values().stream().mapToLong(Long::longValue).sum();
	}

}
