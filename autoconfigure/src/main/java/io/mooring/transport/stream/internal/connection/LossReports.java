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

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;

/**
 * Tells those who sent frames that they were lost, on workers, and waits for that at the
 * end.
 */
public final class LossReports {

	private final Executor executor;

	private final Log logger;

	private int pending;

	public LossReports(Executor executor, Log logger) {
		this.executor = executor;
		this.logger = logger;
	}

	/**
	 * Report frames, each although the report of another failed.
	 */
	void run(List<Frame> frames, Consumer<Frame> report) {
		add(1);
		try {
			this.executor.execute(() -> {
				try {
					frames.forEach((frame) -> run(frame, report));
				}
				finally {
					add(-1);
				}
			});
		}
		catch (RejectedExecutionException ex) {
			add(-1);
			this.logger.debug("The application has ended: nobody is told of what was lost");
		}
	}

	private void run(Frame frame, Consumer<Frame> report) {
		try {
			report.accept(frame);
		}
		catch (Throwable ex) {
			this.logger.error("Failed to report a frame that was lost", ex);
		}
	}

	private synchronized void add(int reports) {
		this.pending += reports;
		notifyAll();
	}

	/**
	 * Wait until everybody was told.
	 * @param deadline when to give up, by {@link System#nanoTime()}
	 */
	public synchronized void await(long deadline) {
		try {
			long millis;
			while (this.pending > 0 && (millis = (deadline - System.nanoTime()) / 1_000_000) > 0) {
				wait(millis);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
