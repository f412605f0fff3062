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

package io.mooring.transport.unix;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.mooring.ConnectionSpec;
import io.mooring.ConnectionSpecBuilder;
import io.mooring.ConnectionState;
import io.mooring.ConnectionType;
import io.mooring.UnixDatagram;
import io.mooring.UnixDatagramConnection;
import io.mooring.UnixPath;
import io.mooring.codec.EscapedBytes;
import io.mooring.test.RequiresTools;
import io.mooring.test.TestTransports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(60)
@RequiresTools(value = "python3", linux = true)
class UnixHeartbeatTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private final TestTransports transports = new TestTransports();

	@TempDir
	private Path directory;

	@AfterEach
	void close() {
		this.transports.close();
	}

	private UnixDatagramConnection open(ConnectionType type, String file, ConnectionSpec.Heartbeat heartbeat) {
		ConnectionSpecBuilder spec = ConnectionSpec.builder("feed", type)
			.unix(Specs.path(path(file)))
			.heartbeat(heartbeat)
			.reconnect(new ConnectionSpec.Reconnect(true, Duration.ofMillis(50), 1, Duration.ofMillis(50), 0, 0));
		UnixDatagramConnection connection = this.transports.create(spec.build(), UnixDatagramConnection.class);
		connection.open();
		return connection;
	}

	private static ConnectionSpec.Heartbeat heartbeat(int interval, int timeout) {
		return new ConnectionSpec.Heartbeat((interval > 0) ? Duration.ofMillis(interval) : null,
				(interval > 0) ? EscapedBytes.parse("PING") : null, (timeout > 0) ? Duration.ofMillis(timeout) : null);
	}

	private String path(String name) {
		return this.directory.resolve(name).toString();
	}

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	@Test
	void aSilentFeedIsDownUntilItGoesOn() throws Exception {
		UnixDatagramConnection feed = open(ConnectionType.UNIX_DATAGRAM_LISTEN, "feed", heartbeat(0, 400));
		try (PythonPeer peer = new PythonPeer("-")) {
			// By now the feed may be silent, and have no address
			peer.to(UnixPath.of(path("feed")));
			for (int round = 0; round < 3; round++) {
				assertThat(feed.awaitState(ConnectionState.CONNECTING, SOON)).isTrue();
				assertThat(feed.getStatistics().lastError())
					.hasMessage("nothing was received for 400ms (heartbeat.timeout)");
				await().atMost(SOON).ignoreExceptions().until(() -> {
					peer.send(utf8("again"));
					return feed.getState() == ConnectionState.CONNECTED;
				});
				UnixDatagram datagram = feed.receive(SOON);
				assertThat(datagram.payload()).isEqualTo(utf8("again"));
			}
		}
	}

	@Test
	void closingDoesNotWaitForAPeerAndOpeningAgainTakesNone() throws Exception {
		UnixDatagramConnection feed = open(ConnectionType.UNIX_DATAGRAM_LISTEN, "feed", heartbeat(0, 300));
		for (int times = 1; times <= 10; times++) {
			assertThat(feed.awaitState(ConnectionState.CONNECTING, SOON)).isTrue();
			feed.close();
			assertThat(feed.getState()).isEqualTo(ConnectionState.DISCONNECTED);
			feed.open();
			assertThat(feed.getStatistics().opens()).isEqualTo(times + 1);
		}
	}

	@Test
	void aRemoteThatIsGoneIsNoticedBySending() throws Exception {
		UnixDatagramConnection client;
		try (PythonPeer peer = new PythonPeer(path("peer"))) {
			client = open(ConnectionType.UNIX_DATAGRAM, "peer", heartbeat(100, 0));
			for (int i = 0; i < 5; i++) {
				assertThat(peer.receive()).isEqualTo(utf8("PING"));
			}
			// The peer may be quicker than the counter
			await().atMost(SOON).until(() -> client.getStatistics().sent() >= 5);
		}
		assertThat(client.awaitState(ConnectionState.CONNECTING, SOON)).isTrue();
	}

	@Test
	void aRemoteWhoseQueueIsFullHoldsUpNoOtherHeartbeat() throws Exception {
		try (PythonPeer stuck = new PythonPeer(path("stuck")); PythonPeer peer = new PythonPeer(path("peer"))) {
			UnixDatagramConnection full = open(ConnectionType.UNIX_DATAGRAM, "stuck", heartbeat(20, 0));
			await().atMost(SOON).until(() -> {
				long sent = full.getStatistics().sent();
				await().pollDelay(Duration.ofMillis(300)).until(() -> true);
				return sent > 0 && full.getStatistics().sent() == sent;
			});
			UnixDatagramConnection client = open(ConnectionType.UNIX_DATAGRAM, "peer", heartbeat(50, 0));
			for (int i = 0; i < 40; i++) {
				assertThat(peer.receive()).isEqualTo(utf8("PING"));
			}
			assertThat(client.getState()).isEqualTo(ConnectionState.CONNECTED);
			assertThat(full.getState()).isEqualTo(ConnectionState.CONNECTED);
			assertThat(full.getStatistics().drops()).isEmpty();
		}
	}

}
