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

package io.mooring.benchmarks.peer;

import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Thread of a peer that repeats a step until it is stopped, and records its failure.
 */
public final class Worker {

	private final Thread thread;

	private volatile boolean stopped;

	private volatile @Nullable Exception failure;

	/**
	 * Create a worker that has not been started.
	 * @param step the step to repeat until stopped
	 */
	public Worker(Step step) {
		this.thread = new Thread(() -> run(step), "worker");
		this.thread.setDaemon(true);
	}

	/**
	 * Start. Separate from construction, since a step may use the field of its worker.
	 */
	public void start() {
		this.thread.start();
	}

	private void run(Step step) {
		try {
			while (!this.stopped) {
				step.run();
			}
		}
		catch (ClosedChannelException ex) {
			// The task was closed
		}
		catch (Exception ex) {
			this.failure = ex;
		}
	}

	/**
	 * Return whether the worker is to continue.
	 * @return false after it was stopped
	 */
	public boolean isRunning() {
		return !this.stopped;
	}

	/**
	 * Stop, and wait for the last step.
	 * @throws Exception if a step failed, or does not end
	 */
	public void stop() throws Exception {
		this.stopped = true;
		this.thread.join(TimeUnit.SECONDS.toMillis(10));
		Exception failed = this.failure;
		if (failed != null) {
			throw failed;
		}
		if (this.thread.isAlive()) {
			throw new IllegalStateException("A peer does not stop: its last message is not taken");
		}
	}

	/**
	 * One step of the work.
	 */
	@FunctionalInterface
	public interface Step {

		/**
		 * Do one step.
		 * @throws Exception if it fails
		 */
		void run() throws Exception;

	}

}
