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

package io.mooring.transport.unix.internal;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import io.mooring.ConnectionState;
import io.mooring.ConnectionType;
import io.mooring.UnixDatagram;
import io.mooring.UnixDatagramConnection;
import io.mooring.UnixPath;
import io.mooring.test.Heartbeats;
import io.mooring.test.RequiresTools;
import io.mooring.test.SpecBuilder;
import io.mooring.transport.settings.HeartbeatSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(60)
@EnabledOnOs(OS.LINUX)
@RequiresTools("python3")
class UnixHeartbeatTests extends AbstractUnixConnectionTests {

	private UnixDatagramConnection open(ConnectionType type, String file, HeartbeatSettings heartbeat) {
		SpecBuilder spec = SpecBuilder.of("feed", type)
			.unix(Specs.path(path(file)))
			.heartbeat(heartbeat)
			.reconnect(SpecBuilder.reconnect(true, Duration.ofMillis(50), 1, Duration.ofMillis(50), 0, 0));
		UnixDatagramConnection connection = this.transports.create(spec.build(), UnixDatagramConnection.class);
		connection.open();
		return connection;
	}

	@Test
	void aSilentFeedIsDownUntilItGoesOn() throws Exception {
		UnixDatagramConnection feed = open(ConnectionType.UNIX_DATAGRAM_LISTEN, "feed", Heartbeats.of(0, "", 200));
		try (PythonPeer peer = new PythonPeer("-")) {
			// By now the feed may be silent, and have no address
			peer.to(UnixPath.of(path("feed")));
			for (int round = 0; round < 3; round++) {
				assertThat(feed.awaitState(ConnectionState.CONNECTING, SOON)).isTrue();
				assertThat(feed.getStatistics().lastError())
					.hasMessage("nothing was received for 200ms (heartbeat.timeout)");
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
		UnixDatagramConnection feed = open(ConnectionType.UNIX_DATAGRAM_LISTEN, "feed", Heartbeats.of(0, "", 100));
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
			client = open(ConnectionType.UNIX_DATAGRAM, "peer", Heartbeats.of(50, "PING", 0));
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
			UnixDatagramConnection full = open(ConnectionType.UNIX_DATAGRAM, "stuck", Heartbeats.of(20, "PING", 0));
			long[] last = new long[1];
			await().during(Duration.ofMillis(300)).atMost(SOON).until(() -> {
				long before = last[0];
				last[0] = full.getStatistics().sent();
				return before > 0 && last[0] == before;
			});
			UnixDatagramConnection client = open(ConnectionType.UNIX_DATAGRAM, "peer", Heartbeats.of(20, "PING", 0));
			for (int i = 0; i < 40; i++) {
				assertThat(peer.receive()).isEqualTo(utf8("PING"));
			}
			assertThat(client.getState()).isEqualTo(ConnectionState.CONNECTED);
			assertThat(full.getState()).isEqualTo(ConnectionState.CONNECTED);
			assertThat(full.getStatistics().drops()).isEmpty();
		}
	}

}
