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

package io.mooring.transport.datagram.internal;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.mooring.ConnectionState;
import io.mooring.ConnectionType;
import io.mooring.Datagram;
import io.mooring.DatagramConnection;
import io.mooring.DropReason;
import io.mooring.MulticastBind;
import io.mooring.MulticastConnection;
import io.mooring.binding.SocketBinding;
import io.mooring.test.Heartbeats;
import io.mooring.test.Ports;
import io.mooring.test.SpecBuilder;
import io.mooring.transport.datagram.Group;
import io.mooring.transport.internal.receive.MessageSource;
import io.mooring.transport.settings.AddressSettings;
import io.mooring.transport.settings.HeartbeatSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class UdpHeartbeatTests extends AbstractUdpConnectionTests {

	private static SpecBuilder spec(ConnectionType type) {
		return SpecBuilder.of("feed", type)
			.reconnect(SpecBuilder.reconnect(true, Duration.ofMillis(50), 1, Duration.ofMillis(50), 0, 0));
	}

	private DatagramConnection to(DatagramPeer peer, HeartbeatSettings heartbeat) {
		return open(spec(ConnectionType.UDP).remote("127.0.0.1", peer.port()).heartbeat(heartbeat));
	}

	private static String receive(DatagramConnection connection) {
		Datagram datagram = connection.receive(SOON);
		assertThat(datagram).isNotNull();
		return text(datagram);
	}

	private static void awaitReceived(DatagramConnection connection, long count) {
		Heartbeats.awaitSoon(() -> connection.getStatistics().received() == count);
	}

	private long timesConnected() {
		return this.transports.states().stream().filter((state) -> state == ConnectionState.CONNECTED).count();
	}

	@Test
	void aSilentRemoteIsNoticedOnceAndUpAgainWithItsFirstDatagram(CapturedOutput output) throws Exception {
		try (DatagramPeer peer = new DatagramPeer()) {
			DatagramConnection client = to(peer, Heartbeats.of(20, "PING", 150));
			assertThat(client.awaitState(ConnectionState.CONNECTING, SOON)).isTrue();
			assertThat(client.getStatistics().lastError())
				.hasMessage("nothing was received for 150ms (heartbeat.timeout)");
			await().atMost(SOON).until(() -> client.getStatistics().failures() >= 4);
			assertThat(timesConnected()).isEqualTo(1);
			assertThat(output.getOut().lines().filter((line) -> line.contains("WARN"))).singleElement()
				.asString()
				.contains("nothing was received for 150ms (heartbeat.timeout)");
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
			peer.send(bytes("first"), asked.sender());
		}
		catch (java.io.IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
	}

	@Test
	void aRemoteThatAnswersStaysAndItsHeartbeatsAreNotMessages() throws Exception {
		Heartbeats time = Heartbeats.held(this.transports);
		try (DatagramPeer peer = new DatagramPeer()) {
			DatagramConnection client = to(peer, Heartbeats.of(10, "\\0\\xff", 60));
			peer.to(client);
			for (int i = 1; i <= 60; i++) {
				time.pass(10);
				assertThat(peer.receive()).containsExactly(0, 0xff);
				peer.send(new byte[] { 0, (byte) 0xff });
				awaitReceived(client, i);
			}
			peer.send(bytes("news"));
			assertThat(receive(client)).isEqualTo("news");
			assertThat(client.receive(Duration.ZERO)).isNull();
			assertThat(client.getStatistics().received()).isEqualTo(61);
			await().atMost(SOON).until(() -> client.getStatistics().sent() >= 60);
			assertThat(client.getStatistics().failures()).isZero();
		}
	}

	@Test
	void heartbeatsAreSentOnlyWhenNothingElseIs() throws Exception {
		Heartbeats time = Heartbeats.held(this.transports);
		try (DatagramPeer peer = new DatagramPeer()) {
			DatagramConnection client = to(peer, Heartbeats.of(10, "PING", 0));
			for (int i = 0; i < 30; i++) {
				client.send(bytes("m" + i));
				assertThat(text(peer.receive())).isEqualTo("m" + i);
				time.passAndLook(9);
			}
			time.pass(1);
			assertThat(text(peer.receive())).isEqualTo("PING");
		}
	}

	@Test
	void aRemoteWhoseProcessIsGoneIsNoticed() throws Exception {
		DatagramConnection client;
		try (DatagramPeer peer = new DatagramPeer()) {
			client = to(peer, Heartbeats.of(50, "PING", 350));
			assertThat(text(peer.receive())).isEqualTo("PING");
		}
		assertThat(client.awaitState(ConnectionState.CONNECTING, SOON)).isTrue();
		await().atMost(SOON).until(() -> client.getStatistics().dropped(DropReason.SEND_FAILED) > 0);
	}

	@Test
	void aFeedThatIsSilentIsDownUntilItGoesOn() throws Exception {
		DatagramConnection feed = open(
				spec(ConnectionType.UDP_LISTEN).local(LOOPBACK, Ports.free()).heartbeat(Heartbeats.of(0, "", 200)));
		try (DatagramPeer peer = new DatagramPeer()) {
			peer.to(feed);
			for (int round = 1; round <= 3; round++) {
				assertThat(feed.awaitState(ConnectionState.CONNECTING, SOON)).isTrue();
				// The socket is closed for a moment between two attempts
				await().atMost(SOON).until(() -> {
					peer.send(bytes("again"));
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
		Heartbeats time = Heartbeats.held(this.transports);
		SpecBuilder spec = spec(ConnectionType.UDP_MULTICAST)
			.local(new SocketBinding.Interface("127.0.0.1"), Ports.free())
			.multicast(SpecBuilder.multicast(List.of(Group.of("239.255.14.51", null, List.of())), null, 1, true, null,
					true, false, MulticastBind.ANY))
			.heartbeat(Heartbeats.of(10, "alive", 60));
		MulticastConnection group = (MulticastConnection) open(spec);
		for (int i = 1; i <= 2; i++) {
			time.pass(10);
			awaitReceived(group, i);
		}
		assertThat(group.getState()).isEqualTo(ConnectionState.CONNECTED);
		time.passUntil(10, () -> group.getState() == ConnectionState.CONNECTING);
		time.passUntil(10, () -> group.getStatistics().failures() >= 2);
		try (DatagramPeer peer = new DatagramPeer()) {
			InetSocketAddress there = new InetSocketAddress("127.0.0.1", AddressSettings.localPort(spec.build()));
			await().atMost(SOON).until(() -> {
				peer.send(bytes("telemetry"), there);
				return group.getState() == ConnectionState.CONNECTED;
			});
			assertThat(receive(group)).isEqualTo("telemetry");
			assertThat(group.getMemberships()).hasSize(1);
			peer.send(bytes("last"), there);
			Heartbeats.awaitSoon(() -> receive(group).equals("last"));
			long before = group.getStatistics().received();
			for (int i = 1; i <= 20; i++) {
				time.pass(10);
				peer.send(bytes("alive"), there);
				// Its own comes back as well
				int count = 2 * i;
				Heartbeats.awaitSoon(() -> group.getStatistics().received() >= before + count);
				assertThat(group.getState()).isEqualTo(ConnectionState.CONNECTED);
			}
		}
	}

	@Test
	void aSlowConsumerMakesNobodySilent() throws Exception {
		Heartbeats time = Heartbeats.held(this.transports);
		DatagramConnection feed = create(
				spec(ConnectionType.UDP_LISTEN).local(LOOPBACK, Ports.free()).heartbeat(Heartbeats.of(0, "", 50)));
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
		InetSocketAddress there = new InetSocketAddress("127.0.0.1", AddressSettings.localPort(feed.getSpec()));
		try (DatagramPeer peer = new DatagramPeer()) {
			await().atMost(SOON).until(() -> {
				peer.send(bytes("work"), there);
				return called.getCount() == 0;
			});
			time.passWhile(50, () -> feed.getState() == ConnectionState.CONNECTED);
			release.countDown();
			time.passUntil(50, () -> feed.getState() == ConnectionState.CONNECTING);
		}
	}

	@SuppressWarnings("unchecked")
	private static MessageSource<Datagram> source(DatagramConnection connection) {
		return (MessageSource<Datagram>) connection;
	}

	@Test
	void whoIsNotReadFromIsNotSilent() throws Exception {
		Heartbeats time = Heartbeats.held(this.transports);
		DatagramConnection feed = create(
				spec(ConnectionType.UDP_LISTEN).local(LOOPBACK, 0).heartbeat(Heartbeats.of(0, "", 50)));
		feed.pauseReceiving();
		feed.open();
		time.passWhile(50, () -> feed.getState() == ConnectionState.CONNECTED);
		feed.resumeReceiving();
		time.passUntil(50, () -> feed.getState() == ConnectionState.CONNECTING);
	}

	@Test
	void closingDoesNotWaitForAPeerAndOpeningAgainTakesNone() throws Exception {
		DatagramConnection feed = open(
				spec(ConnectionType.UDP_LISTEN).local(LOOPBACK, Ports.free()).heartbeat(Heartbeats.of(0, "", 100)));
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
			.heartbeat(Heartbeats.of(0, "", 100))
			.reconnect(SpecBuilder.reconnect(true, Duration.ofMillis(50), 1, Duration.ofMillis(50), 0, 3)));
		assertThat(feed.awaitState(ConnectionState.DISCONNECTED, SOON)).isTrue();
		await().atMost(SOON).until(() -> !feed.getStatus().enabled() || feed.getStatistics().failures() >= 3);
		assertThat(feed.getStatistics().lastError()).hasMessage("nothing was received for 100ms (heartbeat.timeout)");
	}

	@Test
	void nothingIsSentWhileSendingIsPaused() throws Exception {
		try (DatagramPeer peer = new DatagramPeer()) {
			DatagramConnection client = to(peer, Heartbeats.of(20, "PING", 0));
			assertThat(text(peer.receive())).isEqualTo("PING");
			Heartbeats.awaitPausing(client);
		}
	}

	@Test
	void manyConnectionsShareOneThread() throws Exception {
		try (DatagramPeer peer = new DatagramPeer()) {
			for (int i = 0; i < 20; i++) {
				open(SpecBuilder.of("feed" + i, ConnectionType.UDP)
					.remote("127.0.0.1", peer.port())
					.direction(io.mooring.Direction.SEND)
					.heartbeat(Heartbeats.of(50, "PING", 0)));
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
