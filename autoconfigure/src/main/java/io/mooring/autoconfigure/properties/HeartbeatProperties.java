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

package io.mooring.autoconfigure.properties;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How a peer is noticed that is there no more.
 */
class HeartbeatProperties {

	/**
	 * Time without anything sent after which the payload is sent, 0 to send none. If a
	 * duration suffix is not specified, milliseconds are used.
	 */
	private @Nullable Duration interval;

	/**
	 * Message that is sent as heartbeat, in a frame like any other: text, with the
	 * escapes \0, \t, \n, \r, \\ and, for any other byte, \x and two hexadecimal digits.
	 */
	private @Nullable String payload;

	/**
	 * Time without anything received after which the connection is lost, 0 for never. If
	 * a duration suffix is not specified, milliseconds are used.
	 */
	private @Nullable Duration timeout;

	public @Nullable Duration getInterval() {
		return this.interval;
	}

	public void setInterval(@Nullable Duration interval) {
		this.interval = interval;
	}

	public @Nullable String getPayload() {
		return this.payload;
	}

	public void setPayload(@Nullable String payload) {
		this.payload = payload;
	}

	public @Nullable Duration getTimeout() {
		return this.timeout;
	}

	public void setTimeout(@Nullable Duration timeout) {
		this.timeout = timeout;
	}

}
