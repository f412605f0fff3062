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

package io.mooring.test;

import java.time.Duration;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

import io.mooring.MessageConnection;
import io.mooring.codec.EscapedBytes;
import io.mooring.transport.settings.HeartbeatSettings;

import static org.awaitility.Awaitility.await;

/**
 * Heartbeats with a clock controlled by the test, so that delayed threads cause no
 * timeout, and tests wait only for the timers.
 */
public final class Heartbeats {

	private static final Duration SOON = Duration.ofSeconds(10);

	private static final Duration LOOK = Duration.ofMillis(10);

	private final TestTransports transports;

	private Heartbeats(TestTransports transports) {
		this.transports = transports;
	}

	/**
	 * Stop the clock of all connections.
	 */
	public static Heartbeats held(TestTransports transports) {
		transports.holdTime();
		return new Heartbeats(transports);
	}

	/**
	 * Create heartbeat settings, in milliseconds.
	 * @param interval zero for none
	 * @param payload unused without interval
	 * @param timeout zero for none
	 */
	public static HeartbeatSettings of(int interval, String payload, int timeout) {
		return new HeartbeatSettings(millis(interval), (interval > 0) ? EscapedBytes.parse(payload) : null,
				millis(timeout));
	}

	private static @Nullable Duration millis(int count) {
		return (count > 0) ? Duration.ofMillis(count) : null;
	}

	/**
	 * Advance the clock, which the timers observe within the same real time.
	 */
	public void pass(int millis) {
		this.transports.pass(Duration.ofMillis(millis));
	}

	/**
	 * Advance the clock, and wait until the timers have read it twice.
	 */
	public void passAndLook(int millis) {
		pass(millis);
		long looks = this.transports.looks();
		awaitSoon(() -> this.transports.looks() >= looks + 2);
	}

	/**
	 * Advance the clock as often as needed.
	 */
	public void passUntil(int millis, Callable<Boolean> condition) {
		await().pollInterval(LOOK).atMost(SOON).until(() -> {
			pass(millis);
			return condition.call();
		});
	}

	/**
	 * Advance the clock by five times the time of the timers, and check that a condition
	 * holds throughout.
	 */
	public void passWhile(int millis, Callable<Boolean> condition) {
		for (int i = 0; i < 5; i++) {
			pass(millis);
			await().pollInterval(LOOK).during(Duration.ofMillis(millis).plus(LOOK)).atMost(SOON).until(condition);
		}
	}

	/**
	 * Wait for a condition without advancing the clock.
	 */
	public static void awaitSoon(Callable<Boolean> condition) {
		await().pollInterval(Duration.ofMillis(1)).atMost(SOON).until(condition);
	}

	/**
	 * Check that no heartbeat is sent while sending is paused, and one is afterwards.
	 * @param connection a connection that sends one every 20 ms, and has sent the first
	 */
	public static void awaitPausing(MessageConnection<?> connection) {
		connection.pauseSending();
		long[] last = new long[1];
		await().pollInterval(LOOK).during(Duration.ofMillis(240)).atMost(SOON).until(() -> {
			long before = last[0];
			last[0] = connection.getStatistics().sent();
			return last[0] == before;
		});
		connection.resumeSending();
		awaitSoon(() -> connection.getStatistics().sent() > last[0]);
	}

}
