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

package io.mooring.transport;

import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RateMeterTests {

	private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 7);

	private final RateMeter meter = new RateMeter(this.clock::get);

	private void pass(long millis) {
		this.clock.addAndGet(millis * 1_000_000);
	}

	@Test
	void isZeroAtFirst() {
		assertThat(this.meter.rate()).isZero();
	}

	@Test
	void countsTheLastSecond() {
		for (int i = 0; i < 50; i++) {
			this.meter.add(100);
			pass(50);
		}
		assertThat(this.meter.rate()).isBetween(1900.0, 2000.0);
	}

	@Test
	void decaysToZeroWhenIdle() {
		this.meter.add(1000);
		pass(500);
		assertThat(this.meter.rate()).isEqualTo(1000);
		pass(600);
		assertThat(this.meter.rate()).isZero();
		pass(100_000_000);
		assertThat(this.meter.rate()).isZero();
	}

	@Test
	void losesNothingAmongManyThreads() {
		IntStream.range(0, 100_000).parallel().forEach((i) -> this.meter.add(3));
		assertThat(this.meter.rate()).isEqualTo(300_000);
	}

}
