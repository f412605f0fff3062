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

package io.mooring.transport.internal.concurrent;

import java.time.Duration;

/**
 * State of the shutdown of the application, with the timeout of its phases. Set by a
 * separate lifecycle, since beans that depend on a lifecycle are stopped with it.
 */
public final class Shutdown {

	private static final Duration MAX_MARGIN = Duration.ofSeconds(1);

	private final Duration timeout;

	private volatile boolean underWay;

	/**
	 * Create the state of a running application.
	 * @param phaseTimeout how long the container waits for each phase, as in
	 * {@code spring.lifecycle.timeout-per-shutdown-phase}
	 */
	public Shutdown(Duration phaseTimeout) {
		Duration margin = phaseTimeout.dividedBy(10);
		this.timeout = phaseTimeout.minus((margin.compareTo(MAX_MARGIN) < 0) ? margin : MAX_MARGIN);
	}

	/**
	 * Return the maximum time to wait while stopping in a phase, with a reserve for
	 * reporting losses.
	 * @return the duration, somewhat less than the container waits for the phase
	 */
	public Duration timeout() {
		return this.timeout;
	}

	/**
	 * Return whether the whole application is stopping, rather than a part of it.
	 * @return whether the shutdown is in progress
	 */
	public boolean isUnderWay() {
		return this.underWay;
	}

	/**
	 * Set whether the application is stopping.
	 * @param underWay whether it is stopping
	 */
	public void setUnderWay(boolean underWay) {
		this.underWay = underWay;
	}

}
