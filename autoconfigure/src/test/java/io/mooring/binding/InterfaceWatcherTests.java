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

package io.mooring.binding;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ExtendWith(OutputCaptureExtension.class)
class InterfaceWatcherTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	private final AtomicInteger looks = new AtomicInteger();

	private final AtomicBoolean failing = new AtomicBoolean();

	private List<InterfaceSnapshot> list() {
		this.looks.incrementAndGet();
		if (this.failing.get()) {
			throw new UncheckedIOException("no descriptor", new IOException());
		}
		return List.of();
	}

	private void awaitLooks(int count) {
		int before = this.looks.get();
		await().atMost(SOON).until(() -> this.looks.get() >= before + count);
	}

	@Test
	void thatItCannotLookIsLoggedOnceUntilItCan(CapturedOutput output) {
		AtomicInteger changes = new AtomicInteger();
		try (InterfaceWatcher watcher = new InterfaceWatcher(this::list, Duration.ofMillis(5))) {
			watcher.start((change) -> changes.incrementAndGet(), () -> {
			});
			for (int i = 0; i < 2; i++) {
				this.failing.set(true);
				awaitLooks(10);
				this.failing.set(false);
				awaitLooks(10);
			}
		}
		assertThat(output.getOut()
			.lines()
			.filter((line) -> line.contains("Failed to list the network interfaces; retrying"))).hasSize(2);
		assertThat(changes).hasValue(0);
	}

}
