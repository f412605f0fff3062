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

package io.mooring.transport.internal.log;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;

/**
 * Rate-limited log of one kind of event: the first event is logged at WARN, those of the
 * minute after it at DEBUG, and the next at WARN again, with the number of events in
 * between.
 */
public final class RateLimitedLog {

	private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);

	private final Log logger;

	private final LongSupplier nanoTime;

	private final AtomicLong warned;

	private final AtomicLong others = new AtomicLong();

	/**
	 * Create a log.
	 * @param logger the logger
	 * @param nanoTime the clock, as {@link System#nanoTime()}
	 */
	public RateLimitedLog(Log logger, LongSupplier nanoTime) {
		this.logger = logger;
		this.nanoTime = nanoTime;
		this.warned = new AtomicLong(nanoTime.getAsLong() - QUIET_NANOS);
	}

	/**
	 * Log an event.
	 * @param text describes the event
	 * @return whether it was logged at WARN
	 */
	public boolean warn(Supplier<String> text) {
		long now = this.nanoTime.getAsLong();
		long last = this.warned.get();
		if (now - last >= QUIET_NANOS && this.warned.compareAndSet(last, now)) {
			long others = this.others.getAndSet(0);
			this.logger.warn(text.get() + ((others > 0) ? "; " + others + " more since the last warning"
					: "; more of the kind within a minute are logged at DEBUG"));
			return true;
		}
		this.others.incrementAndGet();
		if (this.logger.isDebugEnabled()) {
			this.logger.debug(text.get());
		}
		return false;
	}

}
