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

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import io.mooring.test.RequiresTools;
import io.mooring.test.netns.NetworkNamespaceTest;
import io.mooring.test.netns.NetworkNamespaces;

/**
 * Tests with a random fault every 2 seconds, for connections of all types with traffic.
 * The environment variable {@code MOORING_FAULT_SOAK} sets the duration in seconds, by
 * default 60 in CI and 20 elsewhere; {@code MOORING_FAULT_SEED} repeats a run.
 */
@Tag("soak")
@ExtendWith(FaultTable.class)
@NetworkNamespaceTest(timeout = 3600)
@RequiresTools("python3")
@Timeout(3500)
class FaultSoakTests {

	private static final Duration SOON = Duration.ofSeconds(60);

	private final long seed = Long
		.parseLong(System.getenv().getOrDefault("MOORING_FAULT_SEED", String.valueOf(System.nanoTime() & 0xffff)));

	private final Random random = new Random(this.seed);

	private final Map<String, Integer> struck = new TreeMap<>();

	private static Duration duration() {
		String seconds = System.getenv("MOORING_FAULT_SOAK");
		boolean ci = "true".equals(System.getenv("CI"));
		return Duration.ofSeconds((seconds != null) ? Long.parseLong(seconds) : (ci ? 60 : 20));
	}

	private void strike(SoakWorld.Fault fault, Duration length) {
		this.struck.merge(fault.name(), 1, Integer::sum);
		fault.strike().run();
		FaultRow.after(length, fault.repair());
	}

	@Test
	void faultsLeaveNothingBehind(@TempDir Path directory, NetworkNamespaces namespaces) throws Exception {
		System.out.println("Soak of " + duration() + " with the seed " + this.seed);
		try (SoakWorld world = new SoakWorld(directory, namespaces);
				FaultRow row = FaultRow.of("a fault every 2 s for " + duration().toSeconds() + " s", "all types")) {
			List<SoakWorld.Fault> faults = world.faults();
			// Resources created once, at the first fault of a kind, are not leaks
			faults.forEach((fault) -> strike(fault, Duration.ofMillis(1100)));
			world.awaitWorking(SOON);
			Footprint before = Footprint.take();
			long end = System.nanoTime() + duration().toNanos();
			int count = 0;
			while (System.nanoTime() < end) {
				long next = System.nanoTime() + Duration.ofSeconds(2).toNanos();
				strike(faults.get(this.random.nextInt(faults.size())),
						Duration.ofMillis(this.random.nextInt(100, 1800)));
				count++;
				Awaitility.await().pollDelay(Duration.ZERO).atMost(SOON).until(() -> System.nanoTime() >= next);
			}
			try {
				row.repair(() -> {
				}, world::isWorking);
			}
			catch (AssertionError ex) {
				throw new AssertionError(ex.getMessage() + "; not working: " + world.notWorking(), ex);
			}
			String footprint = Footprint.assertNoneIsLeft(before);
			row.note("%d faults, seed %d; %s; %s".formatted(count, this.seed, world.endTraffic(), footprint));
		}
		finally {
			System.out.println("Soaked: " + this.struck);
		}
	}

}
