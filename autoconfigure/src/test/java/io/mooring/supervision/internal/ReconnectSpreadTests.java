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

package io.mooring.supervision.internal;

import java.net.ConnectException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.mooring.Connection;
import io.mooring.ConnectionType;
import io.mooring.supervision.ReconnectSettings;
import io.mooring.test.SpecBuilder;
import io.mooring.test.TestTransports;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that connections that lose a peer at the same time do not retry at the same
 * times. The policy is real; time and random numbers are simulated.
 */
class ReconnectSpreadTests {

	private static final int CONNECTIONS = 500;

	private static final int CYCLES = 5;

	private static final Duration WATCHED = Duration.ofMinutes(1);

	private static final Exception REFUSED = new ConnectException("Connection refused");

	private final TestTransports transports = new TestTransports();

	@AfterEach
	void close() {
		this.transports.close();
	}

	private Connection connection(ReconnectSettings reconnect) {
		return this.transports
			.create(SpecBuilder.of("x", ConnectionType.TCP).remote("192.0.2.1", 4242).reconnect(reconnect).build());
	}

	private Connection connection() {
		return this.transports.create(SpecBuilder.of("x", ConnectionType.TCP).remote("192.0.2.1", 4242).build());
	}

	/**
	 * Return the number of attempts in each second, beginning with the second in which
	 * the last connection made its attempt after the fifth cycle.
	 */
	private static int[] attemptsASecond(Connection connection, Duration attempt, long seed) {
		Random random = new Random(seed);
		ExponentialReconnectPolicy policy = new ExponentialReconnectPolicy(random::nextDouble);
		long[][] starts = new long[CONNECTIONS][];
		for (int i = 0; i < CONNECTIONS; i++) {
			long[] time = { 0 };
			starts[i] = IntStream.rangeClosed(1, 200).mapToLong((attempts) -> {
				Duration delay = policy.nextDelay(connection, attempts, REFUSED);
				time[0] += attempt.plus(delay).toMillis();
				return time[0];
			}).toArray();
		}
		long from = 1 + Arrays.stream(starts).mapToLong((times) -> times[CYCLES - 1]).max().orElseThrow() / 1000;
		int[] counts = new int[(int) WATCHED.toSeconds()];
		Arrays.stream(starts).flatMapToLong(Arrays::stream).map((time) -> time / 1000 - from).forEach((second) -> {
			if (second >= 0 && second < counts.length) {
				counts[(int) second]++;
			}
		});
		return counts;
	}

	private static void assertSpread(int[] counts) {
		double mean = Arrays.stream(counts).average().orElseThrow();
		assertThat(mean).isPositive();
		assertThat(Arrays.stream(counts).max().orElseThrow()).as(Arrays.toString(counts)).isLessThan((int) (2 * mean));
	}

	@Test
	void afterFiveCyclesNoSecondSeesOverTwiceTheMeanRate() {
		Connection connection = connection();
		for (long seed = 1; seed <= 4; seed++) {
			assertSpread(attemptsASecond(connection, Duration.ZERO, seed));
		}
	}

	@ParameterizedTest
	@CsvSource({ "200, 2, 5, 0.5", "1000, 2, 5, 0.1", "1000, 3, 30, 0.2", "5000, 1, 5, 0.2" })
	void soItIsWithOtherDelays(long initial, double multiplier, long max, double jitter) {
		Connection connection = connection(SpecBuilder.reconnect(true, Duration.ofMillis(initial), multiplier,
				Duration.ofSeconds(max), jitter, 0));
		for (long seed = 1; seed <= 4; seed++) {
			assertSpread(attemptsASecond(connection, Duration.ZERO, seed));
		}
	}

	@Test
	void soItIsWhereAnAttemptTakesTime() {
		Connection connection = connection();
		for (long seed = 1; seed <= 4; seed++) {
			assertSpread(attemptsASecond(connection, Duration.ofSeconds(3), seed));
		}
	}

	@Test
	void withoutJitterAllStayTogether() {
		Connection connection = connection(
				SpecBuilder.reconnect(true, Duration.ofMillis(200), 2, Duration.ofSeconds(5), 0, 0));
		assertThat(attemptsASecond(connection, Duration.ZERO, 1)).contains(0, CONNECTIONS);
	}

}
