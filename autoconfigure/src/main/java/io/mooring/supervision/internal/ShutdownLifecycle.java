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

package io.mooring.supervision.internal;

import org.springframework.context.SmartLifecycle;

import io.mooring.transport.internal.concurrent.Shutdown;

/**
 * {@link SmartLifecycle} that notifies a {@link Shutdown} before the inbound endpoints
 * stop. No bean may depend on it.
 */
public final class ShutdownLifecycle implements SmartLifecycle {

	/**
	 * Phase of Spring Integration's inbound endpoints.
	 */
	private static final int INBOUND_PHASE = Integer.MAX_VALUE / 2;

	private final Shutdown shutdown;

	private volatile boolean running;

	/**
	 * Create a lifecycle.
	 * @param shutdown the shutdown to notify
	 */
	public ShutdownLifecycle(Shutdown shutdown) {
		this.shutdown = shutdown;
	}

	@Override
	public void start() {
		this.shutdown.setUnderWay(false);
		this.running = true;
	}

	@Override
	public void stop() {
		this.shutdown.setUnderWay(true);
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return INBOUND_PHASE + 1;
	}

}
