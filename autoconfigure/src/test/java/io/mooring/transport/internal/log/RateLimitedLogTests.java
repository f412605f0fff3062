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

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class RateLimitedLogTests {

	private final AtomicLong time = new AtomicLong(Long.MAX_VALUE - 1);

	private final RateLimitedLog episode = new RateLimitedLog(LogFactory.getLog(RateLimitedLogTests.class),
			this.time::get);

	@Test
	void warnsOnceAMinuteWithTheNumberOfThoseBetween(CapturedOutput output) {
		assertThat(this.episode.warn(() -> "first")).isTrue();
		for (int i = 0; i < 59; i++) {
			this.time.addAndGet(Duration.ofSeconds(1).toNanos());
			assertThat(this.episode.warn(() -> "another")).isFalse();
		}
		this.time.addAndGet(Duration.ofSeconds(1).toNanos());
		assertThat(this.episode.warn(() -> "later")).isTrue();
		this.time.addAndGet(Duration.ofHours(1).toNanos());
		assertThat(this.episode.warn(() -> "much later")).isTrue();
		assertThat(output.getOut().lines().filter((line) -> line.contains("WARN")).map(RateLimitedLogTests::text))
			.containsExactly("first; more of the kind within a minute are logged at DEBUG",
					"later; 59 more since the last warning",
					"much later; more of the kind within a minute are logged at DEBUG");
	}

	private static String text(String line) {
		// Other tests in the JVM may have set another format
		return line.replaceFirst(".*RateLimitedLogTests( --| +:) ", "");
	}

}
