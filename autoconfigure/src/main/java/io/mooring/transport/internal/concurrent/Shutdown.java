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
 * Knows whether the application is stopping, rather than a part of it, and how long each
 * phase of that may take. Is told by a lifecycle, and is none itself: what depends on a
 * lifecycle is stopped together with it.
 */
public final class Shutdown {

	private static final Duration MAX_MARGIN = Duration.ofSeconds(1);

	private final Duration timeout;

	private volatile boolean underWay;

	/**
	 * Create what knows of no stop yet.
	 * @param phaseTimeout how long the container waits for each phase, as in
	 * {@code spring.lifecycle.timeout-per-shutdown-phase}
	 */
	public Shutdown(Duration phaseTimeout) {
		Duration margin = phaseTimeout.dividedBy(10);
		this.timeout = phaseTimeout.minus((margin.compareTo(MAX_MARGIN) < 0) ? margin : MAX_MARGIN);
	}

	/**
	 * Return how long what stops in one phase may wait for others, so that it still has
	 * the time to say what is lost.
	 * @return the duration, somewhat less than the container waits for the phase
	 */
	public Duration timeout() {
		return this.timeout;
	}

	/**
	 * Return whether the application is stopping, rather than a part of it.
	 * @return whether it began to stop and was not started again
	 */
	public boolean isUnderWay() {
		return this.underWay;
	}

	/**
	 * Note that the application begins to stop, or starts again.
	 * @param underWay whether it is stopping
	 */
	public void setUnderWay(boolean underWay) {
		this.underWay = underWay;
	}

}
