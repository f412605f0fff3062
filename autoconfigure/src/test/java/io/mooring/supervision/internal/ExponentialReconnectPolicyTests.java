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

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.mooring.Connection;
import io.mooring.ConnectionType;
import io.mooring.binding.BindingException;
import io.mooring.supervision.ReconnectPolicy;
import io.mooring.supervision.ReconnectSettings;
import io.mooring.test.SpecBuilder;
import io.mooring.test.TestTransports;

import static org.assertj.core.api.Assertions.assertThat;

class ExponentialReconnectPolicyTests {

	private static final Exception CAUSE = new Exception();

	private final TestTransports transports = new TestTransports();

	@AfterEach
	void close() {
		this.transports.close();
	}

	private Connection connection(ReconnectSettings reconnect) {
		return this.transports
			.create(SpecBuilder.of("x", ConnectionType.TCP).remote("192.0.2.1", 4242).reconnect(reconnect).build());
	}

	private static ReconnectSettings reconnect(double jitter) {
		return SpecBuilder.reconnect(true, Duration.ofMillis(200), 2, Duration.ofSeconds(5), jitter, 0);
	}

	@Test
	void delaysDoubleUpToTheMaximum() {
		Connection connection = connection(reconnect(0));
		ReconnectPolicy policy = new ExponentialReconnectPolicy();
		long[] expected = { 200, 200, 400, 800, 1600, 3200, 5000, 5000 };
		for (int attempts = 0; attempts < expected.length; attempts++) {
			assertThat(policy.nextDelay(connection, attempts, CAUSE)).hasMillis(expected[attempts]);
		}
		assertThat(policy.nextDelay(connection, Integer.MAX_VALUE, CAUSE)).hasMillis(5000);
	}

	@Test
	void whatIsWrongOnThisMachineIsTriedAgainEverySecond() {
		Connection connection = connection(reconnect(0));
		ReconnectPolicy policy = new ExponentialReconnectPolicy();
		assertThat(policy.nextDelay(connection, 100, new BindingException("no interface"))).hasSeconds(1);
		assertThat(policy.nextDelay(connection, 100, new IOException(new BindException("taken")))).hasSeconds(1);
		assertThat(policy.nextDelay(connection, 2, new BindingException("no interface"))).hasMillis(400);
	}

	@ParameterizedTest
	@CsvSource({ "127.0.0.1, 1000", "::1, 1000", "localhost, 1000", "192.0.2.1, 5000", "peer.example, 5000" })
	void aPeerOnLoopbackIsTriedAgainEverySecond(String host, long millis) {
		Connection peer = this.transports
			.create(SpecBuilder.of("x", ConnectionType.TCP).remote(host, 4242).reconnect(reconnect(0)).build());
		ReconnectPolicy policy = new ExponentialReconnectPolicy();
		assertThat(policy.nextDelay(peer, 100, CAUSE)).hasMillis(millis);
		assertThat(policy.nextDelay(peer, 1, CAUSE)).hasMillis(200);
	}

	@Test
	void anInitialDelayThatIsLongerIsKept() {
		Connection connection = connection(
				SpecBuilder.reconnect(true, Duration.ofSeconds(3), 2, Duration.ofSeconds(30), 0, 0));
		ReconnectPolicy policy = new ExponentialReconnectPolicy();
		assertThat(policy.nextDelay(connection, 100, new BindException("taken"))).hasSeconds(3);
	}

	@Test
	void jitterVariesBothWays() {
		Connection connection = connection(reconnect(0.2));
		assertThat(new ExponentialReconnectPolicy(() -> 0).nextDelay(connection, 1, CAUSE)).hasMillis(160);
		assertThat(new ExponentialReconnectPolicy(() -> 1).nextDelay(connection, 1, CAUSE)).hasMillis(240);
	}

	@Test
	void jitterVariesTheLongestDelayBothWaysToo() {
		Connection connection = connection(reconnect(0.2));
		assertThat(new ExponentialReconnectPolicy(() -> 0).nextDelay(connection, 100, CAUSE)).hasSeconds(4);
		assertThat(new ExponentialReconnectPolicy(() -> 1).nextDelay(connection, 100, CAUSE)).hasSeconds(6);
	}

	@Test
	void jitterDoesNotExceedTheSecondOfLocalCauses() {
		Connection connection = connection(reconnect(0.2));
		ReconnectPolicy policy = new ExponentialReconnectPolicy(() -> 1);
		assertThat(policy.nextDelay(connection, 100, new BindException("taken"))).hasSeconds(1);
	}

	@Test
	void theFirstTwoOfTheLongestDelaysAreCutAtRandom() {
		Connection connection = connection(reconnect(0.2));
		ReconnectPolicy shortest = new ExponentialReconnectPolicy(() -> 0);
		assertThat(shortest.nextDelay(connection, 5, CAUSE)).hasMillis(2560);
		assertThat(shortest.nextDelay(connection, 6, CAUSE)).hasMillis(200);
		assertThat(shortest.nextDelay(connection, 7, CAUSE)).hasMillis(200);
		assertThat(shortest.nextDelay(connection, 8, CAUSE)).hasMillis(4000);
		ReconnectPolicy longest = new ExponentialReconnectPolicy(() -> 1);
		assertThat(longest.nextDelay(connection, 6, CAUSE)).hasMillis(6000);
	}

	@Test
	void aDelayThatDoesNotGrowIsNotCut() {
		Connection connection = connection(
				SpecBuilder.reconnect(true, Duration.ofSeconds(5), 2, Duration.ofSeconds(5), 0.2, 0));
		ReconnectPolicy shortest = new ExponentialReconnectPolicy(() -> 0);
		for (int attempts = 0; attempts < 5; attempts++) {
			assertThat(shortest.nextDelay(connection, attempts, CAUSE)).hasSeconds(4);
		}
	}

	@Test
	void whatNeedsNoPeerIsTriedAgainEverySecondUnlessItAsksForAName() {
		Connection listener = this.transports
			.create(SpecBuilder.of("x", ConnectionType.UDP_LISTEN).reconnect(reconnect(0)).build());
		ReconnectPolicy policy = new ExponentialReconnectPolicy();
		assertThat(policy.nextDelay(listener, 100, CAUSE)).hasSeconds(1);
		assertThat(policy.nextDelay(listener, 100, new UnknownHostException("nowhere.example"))).hasSeconds(5);
	}

	@Test
	void whereNoRouteLeadsIsTriedAgainEverySecond() {
		Connection connection = connection(reconnect(0));
		ReconnectPolicy policy = new ExponentialReconnectPolicy();
		assertThat(policy.nextDelay(connection, 100, new ConnectException("Network is unreachable"))).hasSeconds(1);
		assertThat(policy.nextDelay(connection, 100, new ConnectException("Connection refused"))).hasSeconds(5);
	}

}
