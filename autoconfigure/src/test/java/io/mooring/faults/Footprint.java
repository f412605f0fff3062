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

package io.mooring.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Resources of a JVM.
 *
 * @param threadNames the names of the threads, except transient ones of the JDK
 * @param descriptorNames the targets of the file descriptors
 * @param heap the bytes of heap in use after a garbage collection
 */
record Footprint(List<String> threadNames, List<String> descriptorNames, long heap) {

	private static final Duration SOON = Duration.ofSeconds(60);

	private static final double MEBI = 1 << 20;

	private static final long HEAP_TOLERANCE = 8 << 20;

	static Footprint take() {
		for (int i = 0; i < 3; i++) {
			System.gc();
		}
		long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
		List<String> threads = Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.filter((name) -> !name.startsWith("process reaper") && !name.startsWith("awaitility")
					&& !name.startsWith("ForkJoinPool"))
			.sorted()
			.toList();
		return new Footprint(threads, openDescriptors(), heap);
	}

	private static List<String> openDescriptors() {
		try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
			return descriptors.flatMap(Footprint::target).sorted().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Stream<String> target(Path descriptor) {
		try {
			return Stream.of(Files.readSymbolicLink(descriptor).toString().replaceAll("\\[\\d+]", ""));
		}
		catch (IOException ex) {
			// The descriptor of the listing itself
			return Stream.empty();
		}
	}

	/**
	 * Check that no resources were leaked since another footprint.
	 * @return the figures
	 */
	static String assertNoneIsLeft(Footprint before) {
		Footprint[] after = new Footprint[1];
		Awaitility.await().atMost(SOON).pollInterval(Duration.ofSeconds(2)).untilAsserted(() -> {
			after[0] = take();
			assertThat(after[0].threads()).as("new threads: %s", more(after[0].threadNames, before.threadNames))
				.isLessThanOrEqualTo(before.threads());
			assertThat(after[0].descriptors())
				.as("new descriptors: %s", more(after[0].descriptorNames, before.descriptorNames))
				.isLessThanOrEqualTo(before.descriptors());
			assertThat(after[0].heap()).as("heap").isLessThan(before.heap() + HEAP_TOLERANCE);
		});
		return "threads %d → %d, fds %d → %d, heap %.1f → %.1f MiB".formatted(before.threads(), after[0].threads(),
				before.descriptors(), after[0].descriptors(), before.heap() / MEBI, after[0].heap() / MEBI);
	}

	private int threads() {
		return this.threadNames.size();
	}

	private int descriptors() {
		return this.descriptorNames.size();
	}

	private static List<String> more(List<String> now, List<String> before) {
		List<String> more = new ArrayList<>(now);
		before.forEach(more::remove);
		return more;
	}

}
