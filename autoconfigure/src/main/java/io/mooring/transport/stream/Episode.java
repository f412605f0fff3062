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

package io.mooring.transport.stream;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;

/**
 * What may happen any number of times and is to be told once: the first is logged at
 * WARN, those that follow at DEBUG, until nothing of the kind happened for a minute.
 */
final class Episode {

	private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);

	private final Log logger;

	private final AtomicLong last = new AtomicLong(System.nanoTime() - QUIET_NANOS);

	Episode(Log logger) {
		this.logger = logger;
	}

	void warn(Supplier<String> text) {
		long now = System.nanoTime();
		if (now - this.last.getAndSet(now) >= QUIET_NANOS) {
			this.logger.warn(text.get() + "; further ones are counted, and logged at DEBUG");
		}
		else if (this.logger.isDebugEnabled()) {
			this.logger.debug(text.get());
		}
	}

}
