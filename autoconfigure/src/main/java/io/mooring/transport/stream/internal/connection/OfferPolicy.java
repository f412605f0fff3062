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

/**
 * Offer policy of a write queue: how long to wait for room.
 */
public enum OfferPolicy {

	/**
	 * Not at all.
	 */
	NONE(0),

	/**
	 * While the kernel takes what is there.
	 */
	WHILE_TAKEN(0),

	/**
	 * A while longer.
	 */
	SECONDS(5_000_000_000L),

	/**
	 * As long as the stream is open.
	 */
	ENDLESS(Long.MAX_VALUE);

	private final long nanos;

	OfferPolicy(long nanos) {
		this.nanos = nanos;
	}

	long nanos() {
		return this.nanos;
	}

}
