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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.mooring.Connection;
import io.mooring.ConnectionException;
import io.mooring.ConnectionState;
import io.mooring.autoconfigure.properties.TestDeclarations;
import io.mooring.binding.NetworkInterfaces;
import io.mooring.test.TestTransports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests what a peer that comes and goes does to the number of attempts.
 */
@Timeout(60)
class FlappingPeerTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private final List<Integer> attempts = new CopyOnWriteArrayList<>();

	private final TestTransports transports = new TestTransports(NetworkInterfaces.system(), this::nextDelay);

	private volatile int giveUpAfter = Integer.MAX_VALUE;

	private ServerSocket server;

	@BeforeEach
	void listen() throws Exception {
		this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
	}

	@AfterEach
	void close() throws Exception {
		this.transports.close();
		this.server.close();
	}

	private @Nullable Duration nextDelay(Connection connection, int attempts, Throwable cause) {
		this.attempts.add(attempts);
		return (attempts < this.giveUpAfter) ? Duration.ofMillis(5) : null;
	}

	private SupervisedConnection connection() {
		return this.transports
			.create(TestDeclarations.url("tcp://127.0.0.1:" + this.server.getLocalPort() + "?direction=receive"));
	}

	private void acceptAndDrop() {
		Thread peer = new Thread(() -> {
			try {
				while (true) {
					this.server.accept().close();
				}
			}
			catch (IOException ex) {
				// The test is over
			}
		});
		peer.setDaemon(true);
		peer.start();
	}

	private Socket accept() {
		try {
			return this.server.accept();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void awaitAttempts(SupervisedConnection connection, int attempts) {
		await().atMost(SOON).until(() -> connection.getStatus().attempts() >= attempts);
	}

	@Test
	void eachDropSoonAfterTheOpeningCountsAsAFailedAttempt() {
		acceptAndDrop();
		SupervisedConnection connection = connection();
		connection.open();
		// Often enough for ends that come just while the connection is opened
		await().atMost(SOON.multipliedBy(3)).until(() -> this.attempts.size() >= 100);
		assertThat(this.attempts).startsWith(1, 2, 3, 4, 5);
	}

	@Test
	void aPeerThatDropsIsGivenUpAfterTheLastAttempt() {
		this.giveUpAfter = 3;
		acceptAndDrop();
		SupervisedConnection connection = connection();
		connection.open();
		awaitAttempts(connection, 3);
		await().atMost(SOON).until(() -> connection.getState() == ConnectionState.DISCONNECTED);
		assertThat(connection.getStatus().enabled()).isTrue();
		assertThat(connection.getStatus().lastError()).isNotNull();
		assertThat(this.attempts).containsExactly(1, 2, 3);
		connection.open();
		await().atMost(SOON).until(() -> this.attempts.size() == 6);
		assertThat(this.attempts).containsExactly(1, 2, 3, 1, 2, 3);
	}

	@Test
	void dropsAndRefusalsAddUp() throws Exception {
		SupervisedConnection connection = connection();
		connection.open();
		Socket peer = accept();
		this.server.close();
		peer.close();
		awaitAttempts(connection, 4);
		assertThat(this.attempts).startsWith(1, 2, 3, 4);
	}

	@Test
	void attemptsBeginAnewOnceItHadBeenOpenForThirtySeconds() throws Exception {
		SupervisedConnection connection = connection();
		connection.open();
		accept().close();
		try (Socket peer = accept()) {
			assertThat(connection.awaitState(ConnectionState.CONNECTED, SOON)).isTrue();
			assertThat(connection.getStatus().attempts()).isZero();
			this.transports.pass(LifecycleState.STABLE);
		}
		accept().close();
		await().atMost(SOON).until(() -> this.attempts.size() >= 3);
		assertThat(this.attempts).startsWith(1, 0, 1);
	}

	@Test
	void attemptsBeginAnewWhenSomebodyAsks() throws Exception {
		this.server.close();
		SupervisedConnection connection = connection();
		assertThatExceptionOfType(ConnectionException.class).isThrownBy(connection::open);
		awaitAttempts(connection, 3);
		connection.close();
		int before = this.attempts.size();
		assertThatExceptionOfType(ConnectionException.class).isThrownBy(connection::open);
		assertThat(this.attempts.get(before)).isEqualTo(1);
	}

}
