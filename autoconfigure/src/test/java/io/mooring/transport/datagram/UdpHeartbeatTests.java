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

package io.mooring.transport.datagram;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.mooring.ConnectionSpec;
import io.mooring.ConnectionSpec.Group;
import io.mooring.ConnectionSpec.Multicast;
import io.mooring.ConnectionSpecBuilder;
import io.mooring.ConnectionState;
import io.mooring.ConnectionType;
import io.mooring.Datagram;
import io.mooring.DatagramConnection;
import io.mooring.DropReason;
import io.mooring.MulticastBind;
import io.mooring.MulticastConnection;
import io.mooring.binding.SocketBinding;
import io.mooring.codec.EscapedBytes;
import io.mooring.test.TestTransports;
import io.mooring.transport.MessageSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class UdpHeartbeatTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private static final SocketBinding LOOPBACK = new SocketBinding.Fixed("127.0.0.1");

	private final TestTransports transports = new TestTransports();

	@AfterEach
	void closeAll() {
		this.transports.close();
	}

	private static ConnectionSpec.Heartbeat heartbeat(int interval, String payload, int timeout) {
		return new ConnectionSpec.Heartbeat((interval > 0) ? Duration.ofMillis(interval) : null,
				(interval > 0) ? EscapedBytes.parse(payload) : null, (timeout > 0) ? Duration.ofMillis(timeout) : null);
	}

	private static ConnectionSpecBuilder spec(ConnectionType type) {
		return ConnectionSpec.builder("feed", type)
			.reconnect(new ConnectionSpec.Reconnect(true, Duration.ofMillis(50), 1, Duration.ofMillis(50), 0, 0));
	}

	private DatagramConnection open(ConnectionSpecBuilder spec) {
		DatagramConnection connection = this.transports.create(spec.build(), DatagramConnection.class);
		connection.open();
		return connection;
	}

	private DatagramConnection to(DatagramPeer peer, ConnectionSpec.Heartbeat heartbeat) {
		return open(spec(ConnectionType.UDP).remote("127.0.0.1", peer.port()).heartbeat(heartbeat));
	}

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

	private static String receive(DatagramConnection connection) {
		Datagram datagram = connection.receive(SOON);
		assertThat(datagram).isNotNull();
		return text(datagram.payload());
	}

	private long timesConnected() {
		return this.transports.states().stream().filter((state) -> state == ConnectionState.CONNECTED).count();
	}

	@Test
	void aSilentRemoteIsNoticedOnceAndUpAgainWithItsFirstDatagram(CapturedOutput output) throws Exception {
		try (DatagramPeer peer = new DatagramPeer()) {
			DatagramConnection client = to(peer, heartbeat(100, "PING", 500));
			assertThat(client.getState()).isEqualTo(ConnectionState.CONNECTED);
			assertThat(client.awaitState(ConnectionState.CONNECTING, SOON)).isTrue();
			assertThat(client.getStatistics().lastError())
				.hasMessage("nothing was received for 500ms (heartbeat.timeout)");
			await().atMost(SOON).until(() -> client.getStatistics().failures() >= 4);
			assertThat(timesConnected()).isEqualTo(1);
			// Who only answers is asked all the time
			CompletableFuture<Void> answered = CompletableFuture.runAsync(() -> {
				while (client.getState() != ConnectionState.CONNECTED) {
					answer(peer, client);
				}
			});
			assertThat(receive(client)).isEqualTo("first");
			answered.get(10, TimeUnit.SECONDS);
			assertThat(client.getState()).isEqualTo(ConnectionState.CONNECTED);
		}
		assertThat(output.getOut().lines().filter((line) -> line.contains("WARN"))).singleElement()
			.asString()
			.contains("nothing was received for 500ms (heartbeat.timeout)");
	}

	private static void answer(DatagramPeer peer, DatagramConnection client) {
		try {
			DatagramPeer.Received asked = peer.receiveFrom();
			assertThat(text(asked.bytes())).isEqualTo("PING");
			peer.send(utf8("first"), asked.sender());
		}
		catch (java.io.IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
	}

	@Test
	void aRemoteThatAnswersStaysAndItsHeartbeatsAreNotMessages() throws Exception {
		try (DatagramPeer peer = new DatagramPeer()) {
			DatagramConnection client = to(peer, heartbeat(100, "\\0\\xff", 2000));
			peer.to(client);
			for (int i = 0; i < 25; i++) {
				assertThat(peer.receive()).containsExactly(0, 0xff);
				peer.send(new byte[] { 0, (byte) 0xff });
			}
			peer.send(utf8("news"));
			assertThat(receive(client)).isEqualTo("news");
			assertThat(client.receive(Duration.ZERO)).isNull();
			assertThat(client.getStatistics().received()).isEqualTo(26);
			assertThat(client.getStatistics().sent()).isGreaterThanOrEqualTo(25);
			assertThat(client.getStatistics().failures()).isZero();
		}
	}

	@Test
	void heartbeatsAreSentOnlyWhenNothingElseIs() throws Exception {
		try (DatagramPeer peer = new DatagramPeer()) {
			DatagramConnection client = to(peer, heartbeat(2000, "PING", 0));
			for (int i = 0; i < 30; i++) {
				client.send(utf8("m" + i));
				assertThat(text(peer.receive())).isEqualTo("m" + i);
				await().pollDelay(Duration.ofMillis(100)).until(() -> true);
			}
			assertThat(text(peer.receive())).isEqualTo("PING");
		}
	}

	@Test
	void aRemoteWhoseProcessIsGoneIsNoticed() throws Exception {
		DatagramConnection client;
		try (DatagramPeer peer = new DatagramPeer()) {
			client = to(peer, heartbeat(100, "PING", 700));
			assertThat(text(peer.receive())).isEqualTo("PING");
		}
		assertThat(client.awaitState(ConnectionState.CONNECTING, SOON)).isTrue();
		assertThat(client.getStatistics().dropped(DropReason.SEND_FAILED)).isPositive();
	}

	@Test
	void aFeedThatIsSilentIsDownUntilItGoesOn() throws Exception {
		DatagramConnection feed = open(
				spec(ConnectionType.UDP_LISTEN).local(LOOPBACK, freePort()).heartbeat(heartbeat(0, "", 400)));
		try (DatagramPeer peer = new DatagramPeer()) {
			peer.to(feed);
			for (int round = 1; round <= 3; round++) {
				assertThat(feed.awaitState(ConnectionState.CONNECTING, SOON)).isTrue();
				// The socket is closed for a moment between two attempts
				await().atMost(SOON).until(() -> {
					peer.send(utf8("again"));
					return feed.getState() == ConnectionState.CONNECTED;
				});
				assertThat(receive(feed)).isEqualTo("again");
				int times = round + 1;
				await().atMost(SOON).until(() -> timesConnected() == times);
			}
		}
	}

	private static int freePort() throws Exception {
		try (DatagramPeer peer = new DatagramPeer()) {
			return peer.port();
		}
	}

	@Test
	void whatAGroupGetsFromItselfIsNoSignOfLife() throws Exception {
		ConnectionSpecBuilder spec = spec(ConnectionType.UDP_MULTICAST)
			.local(new SocketBinding.Interface("127.0.0.1"), freePort())
			.multicast(new Multicast(List.of(Group.of("239.255.14.51", null, List.of())), null, 1, true, null, true,
					false, MulticastBind.ANY))
			.heartbeat(heartbeat(50, "alive", 1000));
		MulticastConnection group = (MulticastConnection) open(spec);
		await().atMost(SOON).until(() -> group.getStatistics().received() > 3);
		assertThat(group.awaitState(ConnectionState.CONNECTING, SOON)).isTrue();
		await().atMost(SOON).until(() -> group.getStatistics().failures() >= 2);
		try (DatagramPeer peer = new DatagramPeer()) {
			InetSocketAddress there = new InetSocketAddress("127.0.0.1", spec.build().localPort());
			await().atMost(SOON).until(() -> {
				peer.send(utf8("telemetry"), there);
				return group.getState() == ConnectionState.CONNECTED;
			});
			assertThat(receive(group)).isEqualTo("telemetry");
			assertThat(group.getMemberships()).hasSize(1);
			await().during(Duration.ofSeconds(2)).atMost(SOON).until(() -> {
				peer.send(utf8("alive"), there);
				return group.getState() == ConnectionState.CONNECTED;
			});
		}
	}

	@Test
	void aSlowConsumerMakesNobodySilent() throws Exception {
		DatagramConnection feed = open(
				spec(ConnectionType.UDP_LISTEN).local(LOOPBACK, 0).heartbeat(heartbeat(0, "", 500)));
		CountDownLatch release = new CountDownLatch(1);
		source(feed).attach("the test", (datagram) -> {
			try {
				release.await(30, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		});
		try (DatagramPeer peer = new DatagramPeer().to(feed)) {
			peer.send(utf8("work"));
			await().atMost(SOON).until(() -> feed.getStatistics().received() == 1);
			await().during(Duration.ofSeconds(2))
				.atMost(SOON)
				.until(() -> feed.getState() == ConnectionState.CONNECTED);
			release.countDown();
			assertThat(feed.awaitState(ConnectionState.CONNECTING, SOON)).isTrue();
		}
	}

	@SuppressWarnings("unchecked")
	private static MessageSource<Datagram> source(DatagramConnection connection) {
		return (MessageSource<Datagram>) connection;
	}

	@Test
	void whoIsNotReadFromIsNotSilent() throws Exception {
		DatagramConnection feed = open(
				spec(ConnectionType.UDP_LISTEN).local(LOOPBACK, 0).heartbeat(heartbeat(0, "", 600)));
		feed.pauseReceiving();
		await().during(Duration.ofSeconds(2)).atMost(SOON).until(() -> feed.getState() == ConnectionState.CONNECTED);
		feed.resumeReceiving();
		assertThat(feed.awaitState(ConnectionState.CONNECTING, SOON)).isTrue();
	}

	@Test
	void closingDoesNotWaitForAPeerAndOpeningAgainTakesNone() throws Exception {
		try (DatagramPeer peer = new DatagramPeer()) {
			DatagramConnection client = to(peer, heartbeat(0, "", 2000));
			assertThat(client.awaitState(ConnectionState.CONNECTING, SOON)).isTrue();
			for (int i = 0; i < 10; i++) {
				client.close();
				assertThat(client.getState()).isEqualTo(ConnectionState.DISCONNECTED);
				client.open();
				assertThat(client.getState()).isEqualTo(ConnectionState.CONNECTED);
			}
			assertThat(client.awaitState(ConnectionState.CONNECTING, SOON)).isTrue();
			await().atMost(SOON)
				.until(() -> Thread.getAllStackTraces()
					.keySet()
					.stream()
					.noneMatch((thread) -> thread.getName().equals("mooring-feed")));
		}
	}

	@Test
	void itIsGivenUpAfterSoManyAttempts() throws Exception {
		DatagramConnection feed = open(spec(ConnectionType.UDP_LISTEN).local(LOOPBACK, 0)
			.heartbeat(heartbeat(0, "", 200))
			.reconnect(new ConnectionSpec.Reconnect(true, Duration.ofMillis(50), 1, Duration.ofMillis(50), 0, 3)));
		assertThat(feed.awaitState(ConnectionState.DISCONNECTED, SOON)).isTrue();
		await().atMost(SOON).until(() -> !feed.getStatus().wanted() || feed.getStatistics().failures() >= 3);
		assertThat(feed.getStatistics().lastError()).hasMessage("nothing was received for 200ms (heartbeat.timeout)");
	}

	@Test
	void nothingIsSentWhileSendingIsPaused() throws Exception {
		try (DatagramPeer peer = new DatagramPeer()) {
			DatagramConnection client = to(peer, heartbeat(50, "PING", 0));
			assertThat(text(peer.receive())).isEqualTo("PING");
			client.pauseSending();
			await().pollDelay(Duration.ofMillis(200)).until(() -> true);
			long sent = client.getStatistics().sent();
			await().pollDelay(Duration.ofMillis(500)).until(() -> true);
			assertThat(client.getStatistics().sent()).isEqualTo(sent);
			client.resumeSending();
			await().atMost(SOON).until(() -> client.getStatistics().sent() > sent);
		}
	}

	@Test
	void manyConnectionsShareOneThread() throws Exception {
		try (DatagramPeer peer = new DatagramPeer()) {
			for (int i = 0; i < 20; i++) {
				open(ConnectionSpec.builder("feed" + i, ConnectionType.UDP)
					.remote("127.0.0.1", peer.port())
					.direction(io.mooring.Direction.SEND)
					.heartbeat(heartbeat(50, "PING", 0)));
			}
			for (int i = 0; i < 100; i++) {
				assertThat(text(peer.receive())).isEqualTo("PING");
			}
		}
		assertThat(Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("mooring-heartbeat"))).hasSize(1);
	}

}
