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

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FlushDeadlineTests {

	private final FlushDeadline deadline = new FlushDeadline();

	private final long later = System.nanoTime() + 3_600_000_000_000L;

	@Test
	void theEndOfOneCloserIsNotThatOfAnother() {
		this.deadline.during(this.later, () -> {
			this.deadline.during(this.later - 1, () -> assertThat(this.deadline.get()).isEqualTo(this.later - 1));
			assertThat(this.deadline.get()).isEqualTo(this.later);
		});
		assertThat(this.deadline.get()).isLessThan(this.later);
	}

	@Test
	void aCloserWithMoreTimeGivesNoneToAnother() {
		this.deadline.during(this.later - 1, () -> this.deadline.during(this.later,
				() -> assertThat(this.deadline.get()).isEqualTo(this.later - 1)));
	}

}
