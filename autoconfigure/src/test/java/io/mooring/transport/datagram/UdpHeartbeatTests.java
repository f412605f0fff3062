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
import java.util.concurrent.atomic.AtomicLong;

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
import io.mooring.test.Ports;
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
		DatagramConnection connection = create(spec);
		connection.open();
		return connection;
	}

	private DatagramConnection create(ConnectionSpecBuilder spec) {
		return this.transports.create(spec.build(), DatagramConnection.class);
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
			assertThat(client.awaitState(ConnectionState.CONNECTING, SOON)).isTrue();
			assertThat(client.getStatistics().lastError())
				.hasMessage("nothing was received for 500ms (heartbeat.timeout)");
			await().atMost(SOON).until(() -> client.getStatistics().failures() >= 4);
			assertThat(timesConnected()).isEqualTo(1);
			assertThat(output.getOut().lines().filter((line) -> line.contains("WARN"))).singleElement()
				.asString()
				.contains("nothing was received for 500ms (heartbeat.timeout)");
			// Who only answers is asked all the time
			CompletableFuture<Void> answered = CompletableFuture.runAsync(() -> {
				while (timesConnected() == 1) {
					answer(peer);
				}
			});
			assertThat(receive(client)).isEqualTo("first");
			answered.get(10, TimeUnit.SECONDS);
		}
	}

	private static void answer(DatagramPeer peer) {
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
			DatagramConnection client = to(peer, heartbeat(100, "\\0\\xff", 5000));
			peer.to(client);
			for (int i = 0; i < 60; i++) {
				assertThat(peer.receive()).containsExactly(0, 0xff);
				peer.send(new byte[] { 0, (byte) 0xff });
			}
			peer.send(utf8("news"));
			assertThat(receive(client)).isEqualTo("news");
			assertThat(client.receive(Duration.ZERO)).isNull();
			assertThat(client.getStatistics().received()).isEqualTo(61);
			await().atMost(SOON).until(() -> client.getStatistics().sent() >= 60);
			assertThat(client.getStatistics().failures()).isZero();
		}
	}

	@Test
	void heartbeatsAreSentOnlyWhenNothingElseIs() throws Exception {
		try (DatagramPeer peer = new DatagramPeer()) {
			DatagramConnection client = to(peer, heartbeat(2000, "PING", 0));
			long last = System.nanoTime();
			for (int i = 0; i < 30; i++) {
				long before = System.nanoTime();
				client.send(utf8("m" + i));
				String text = text(peer.receive());
				while (text.equals("PING")) {
					// This machine may have been too slow to send in time
					assertThat(System.nanoTime() - last).isGreaterThan(2_000_000_000L);
					text = text(peer.receive());
				}
				assertThat(text).isEqualTo("m" + i);
				last = before;
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
		await().atMost(SOON).until(() -> client.getStatistics().dropped(DropReason.SEND_FAILED) > 0);
	}

	@Test
	void aFeedThatIsSilentIsDownUntilItGoesOn() throws Exception {
		DatagramConnection feed = open(
				spec(ConnectionType.UDP_LISTEN).local(LOOPBACK, Ports.free()).heartbeat(heartbeat(0, "", 400)));
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
				await().atMost(SOON).until(() -> timesConnected() >= times);
			}
		}
	}

	@Test
	void whatAGroupGetsFromItselfIsNoSignOfLife() throws Exception {
		ConnectionSpecBuilder spec = spec(ConnectionType.UDP_MULTICAST)
			.local(new SocketBinding.Interface("127.0.0.1"), Ports.free())
			.multicast(new Multicast(List.of(Group.of("239.255.14.51", null, List.of())), null, 1, true, null, true,
					false, MulticastBind.ANY))
			.heartbeat(heartbeat(50, "alive", 2500));
		MulticastConnection group = (MulticastConnection) open(spec);
		await().atMost(SOON).until(() -> group.getStatistics().received() > 1);
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
			await().during(Duration.ofSeconds(4)).atMost(Duration.ofSeconds(30)).until(() -> {
				peer.send(utf8("alive"), there);
				return group.getState() == ConnectionState.CONNECTED;
			});
		}
	}

	@Test
	void aSlowConsumerMakesNobodySilent() throws Exception {
		DatagramConnection feed = create(
				spec(ConnectionType.UDP_LISTEN).local(LOOPBACK, Ports.free()).heartbeat(heartbeat(0, "", 500)));
		CountDownLatch called = new CountDownLatch(1);
		CountDownLatch release = new CountDownLatch(1);
		source(feed).attach("the test", (datagram) -> {
			called.countDown();
			try {
				release.await(50, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		});
		feed.open();
		InetSocketAddress there = new InetSocketAddress("127.0.0.1", feed.getSpec().localPort());
		try (DatagramPeer peer = new DatagramPeer()) {
			await().atMost(SOON).until(() -> {
				peer.send(utf8("work"), there);
				return called.getCount() == 0;
			});
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
		DatagramConnection feed = create(
				spec(ConnectionType.UDP_LISTEN).local(LOOPBACK, 0).heartbeat(heartbeat(0, "", 600)));
		feed.pauseReceiving();
		feed.open();
		await().during(Duration.ofSeconds(2)).atMost(SOON).until(() -> feed.getState() == ConnectionState.CONNECTED);
		feed.resumeReceiving();
		assertThat(feed.awaitState(ConnectionState.CONNECTING, SOON)).isTrue();
	}

	@Test
	void closingDoesNotWaitForAPeerAndOpeningAgainTakesNone() throws Exception {
		DatagramConnection feed = open(
				spec(ConnectionType.UDP_LISTEN).local(LOOPBACK, Ports.free()).heartbeat(heartbeat(0, "", 300)));
		for (int times = 1; times <= 10; times++) {
			assertThat(feed.awaitState(ConnectionState.CONNECTING, SOON)).isTrue();
			feed.close();
			assertThat(feed.getState()).isEqualTo(ConnectionState.DISCONNECTED);
			feed.open();
			assertThat(feed.getStatistics().opens()).isEqualTo(times + 1);
		}
		assertThat(feed.awaitState(ConnectionState.CONNECTING, SOON)).isTrue();
		await().atMost(SOON)
			.until(() -> Thread.getAllStackTraces()
				.keySet()
				.stream()
				.noneMatch((thread) -> thread.getName().equals("mooring-feed")));
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
			AtomicLong last = new AtomicLong();
			await().during(Duration.ofMillis(600)).atMost(SOON).until(() -> {
				long now = client.getStatistics().sent();
				return last.getAndSet(now) == now;
			});
			long sent = last.get();
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
		// Those of other tests end soon
		await().atMost(SOON)
			.until(() -> Thread.getAllStackTraces()
				.keySet()
				.stream()
				.filter((thread) -> thread.getName().equals("mooring-heartbeat"))
				.count() == 1);
	}

}
