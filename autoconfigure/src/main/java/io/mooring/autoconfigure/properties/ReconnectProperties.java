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
 * How a lost connection is opened again.
 */
class ReconnectProperties {

	/**
	 * Whether to open the connection again after it failed or was lost.
	 */
	private @Nullable Boolean enabled;

	/**
	 * Delay before the first attempt; the delays begin anew after 30 seconds of being
	 * open. If a duration suffix is not specified, milliseconds are used.
	 */
	private @Nullable Duration initialDelay;

	/**
	 * Factor by which the delay grows from one attempt to the next, 1 or more.
	 */
	private @Nullable Double multiplier;

	/**
	 * Longest delay between two attempts, to which the jitter comes on top; for clients
	 * on Unix sockets shorter by default. If a duration suffix is not specified,
	 * milliseconds are used.
	 */
	private @Nullable Duration maxDelay;

	/**
	 * Part of each delay, from 0 to 1, by which it is longer or shorter at random.
	 */
	private @Nullable Double jitter;

	/**
	 * Number of failed attempts after which to give up, 0 to never give up. To be lost
	 * within 30 seconds counts as one.
	 */
	private @Nullable Integer maxAttempts;

	/**
	 * Name of the ReconnectPolicy bean that decides on the delays in place of these
	 * properties.
	 */
	private @Nullable String policy;

	public @Nullable Boolean getEnabled() {
		return this.enabled;
	}

	public void setEnabled(@Nullable Boolean enabled) {
		this.enabled = enabled;
	}

	public @Nullable Duration getInitialDelay() {
		return this.initialDelay;
	}

	public void setInitialDelay(@Nullable Duration initialDelay) {
		this.initialDelay = initialDelay;
	}

	public @Nullable Double getMultiplier() {
		return this.multiplier;
	}

	public void setMultiplier(@Nullable Double multiplier) {
		this.multiplier = multiplier;
	}

	public @Nullable Duration getMaxDelay() {
		return this.maxDelay;
	}

	public void setMaxDelay(@Nullable Duration maxDelay) {
		this.maxDelay = maxDelay;
	}

	public @Nullable Double getJitter() {
		return this.jitter;
	}

	public void setJitter(@Nullable Double jitter) {
		this.jitter = jitter;
	}

	public @Nullable Integer getMaxAttempts() {
		return this.maxAttempts;
	}

	public void setMaxAttempts(@Nullable Integer maxAttempts) {
		this.maxAttempts = maxAttempts;
	}

	public @Nullable String getPolicy() {
		return this.policy;
	}

	public void setPolicy(@Nullable String policy) {
		this.policy = policy;
	}

}
