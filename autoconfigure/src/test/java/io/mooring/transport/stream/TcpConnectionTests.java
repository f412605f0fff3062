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

package io.mooring.transport.stream;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.mooring.ConnectionException;
import io.mooring.ConnectionState;
import io.mooring.ConnectionType;
import io.mooring.DropReason;
import io.mooring.StreamConnection;
import io.mooring.binding.SocketBinding;
import io.mooring.test.SpecBuilder;
import io.mooring.test.TestTransports;
import io.mooring.transport.settings.SendSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@Timeout(60)
class TcpConnectionTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private final TestTransports transports = new TestTransports();

	@AfterEach
	void closeAll() {
		this.transports.close();
	}

	private SpecBuilder to(String host, int port) {
		return SpecBuilder.of("client", ConnectionType.TCP)
			.remote(host, port)
			.framing(FramingSettings.of("length", 65536));
	}

	private StreamConnection create(SpecBuilder spec) {
		return this.transports.create(spec.build(), StreamConnection.class);
	}

	private StreamConnection open(SpecBuilder spec) {
		StreamConnection client = create(spec);
		client.open();
		return client;
	}

	@Test
	void saysWhyItCannotConnectAndGoesOnTrying() throws Exception {
		int port;
		try (ServerSocket server = StreamPeerSocket.server()) {
			port = server.getLocalPort();
		}
		StreamConnection client = create(to("127.0.0.1", port));
		assertThatExceptionOfType(ConnectionException.class).isThrownBy(client::open)
			.withMessageContaining("cannot connect to 127.0.0.1:" + port + ": ")
			.withMessageContaining("refused");
		try (ServerSocket server = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
			assertThat(client.awaitState(ConnectionState.CONNECTED, SOON)).isTrue();
			assertThat(client.getRemoteAddress()).isEqualTo(server.getLocalSocketAddress());
		}
	}

	@Test
	void triesAllAddressesOfAName() throws Exception {
		try (ServerSocket server = StreamPeerSocket.server()) {
			StreamConnection client = open(to("localhost", server.getLocalPort()));
			assertThat(((InetSocketAddress) client.getRemoteAddress()).getAddress()).isEqualTo(server.getInetAddress());
		}
	}

	@Test
	void connectTimeoutBoundsAnAttempt() throws Exception {
		try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			List<java.net.Socket> occupants = new ArrayList<>();
			// Linux drops SYNs while the backlog is full
			for (int i = 0; i < 3; i++) {
				java.net.Socket occupant = new java.net.Socket();
				occupants.add(occupant);
				new Thread(() -> connect(occupant, full)).start();
			}
			await().atMost(SOON).until(() -> occupants.stream().filter(java.net.Socket::isConnected).count() == 2);
			StreamConnection client = create(
					to("127.0.0.1", full.getLocalPort()).connectTimeout(Duration.ofMillis(300)));
			assertThatExceptionOfType(ConnectionException.class).isThrownBy(client::open)
				.withMessageContaining("no answer within 300ms (connect-timeout)");
			CompletableFuture<Void> opening = CompletableFuture.runAsync(client::open);
			client.close();
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> opening.get(10, TimeUnit.SECONDS));
			for (java.net.Socket occupant : occupants) {
				occupant.close();
			}
		}
	}

	private static void connect(java.net.Socket socket, ServerSocket server) {
		try {
			socket.connect(server.getLocalSocketAddress());
		}
		catch (IOException ex) {
			// The one too many
		}
	}

	@Test
	void doesNotConnectToItself() throws Exception {
		int port;
		try (ServerSocket server = StreamPeerSocket.server()) {
			port = server.getLocalPort();
		}
		StreamConnection client = create(to("127.0.0.1", port).local(new SocketBinding.Fixed("127.0.0.1"), port));
		assertThatExceptionOfType(ConnectionException.class).isThrownBy(client::open).withMessageContaining("refused");
	}

	@Test
	void keepsItsLocalPortAcrossReopening() throws Exception {
		int port;
		try (ServerSocket free = StreamPeerSocket.server()) {
			port = free.getLocalPort();
		}
		try (ServerSocket server = StreamPeerSocket.server()) {
			StreamConnection client = open(
					to("127.0.0.1", server.getLocalPort()).local(new SocketBinding.Interface("lo"), port));
			assertThat(client.getLocalAddress()).isEqualTo(new InetSocketAddress("127.0.0.1", port));
			assertThat(client.getStatus().interfaceName()).isEqualTo("lo");
			// Who closes first has the connection linger on its port
			StreamPeerSocket.accept(server).close();
			await().atMost(SOON).until(() -> client.getStatistics().opens() == 2);
			assertThat(client.getLocalAddress()).isEqualTo(new InetSocketAddress("127.0.0.1", port));
		}
	}

	@Test
	void noticesAPeerThatLeftWithoutTakingData() throws Exception {
		try (ServerSocket server = StreamPeerSocket.server()) {
			StreamConnection client = open(to("127.0.0.1", server.getLocalPort()));
			StreamPeerSocket peer = StreamPeerSocket.accept(server);
			peer.send("unread".getBytes(StandardCharsets.UTF_8));
			assertThat(client.isConnected()).isTrue();
			await().atMost(SOON).until(() -> client.getStatistics().received() == 1);
			peer.close();
			await().atMost(SOON).until(() -> !client.isConnected());
			assertThat(new String(client.receive(SOON), StandardCharsets.UTF_8)).isEqualTo("unread");
			assertThat(client.getStatistics().lastError()).hasMessage("the peer closed the connection");
		}
	}

	@Test
	void senderWaitsWhereTheQueueIsFullAndTheAsynchronousOneIsRefused() throws Exception {
		try (ServerSocket server = StreamPeerSocket.server()) {
			StreamConnection client = open(to("127.0.0.1", server.getLocalPort()).send(new SendSettings(2)));
			try (StreamPeerSocket peer = StreamPeerSocket.accept(server)) {
				client.pauseSending();
				CompletableFuture<Void> first = client.sendAsync(new byte[] { 1 });
				CompletableFuture<Void> second = client.sendAsync(new byte[] { 2 });
				CompletableFuture<Void> third = client.sendAsync(new byte[] { 3 });
				assertThatExceptionOfType(CompletionException.class).isThrownBy(third::join)
					.withMessageContaining("send.capacity");
				assertThat(first).isNotDone();
				CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> client.send(new byte[] { 4 }));
				await().during(Duration.ofMillis(200)).atMost(SOON).until(() -> !sender.isDone());
				client.resumeSending();
				CompletableFuture.allOf(first, second, sender).get(10, TimeUnit.SECONDS);
				assertThat(peer.receive()).containsExactly(1);
				assertThat(peer.receive()).containsExactly(2);
				assertThat(peer.receive()).containsExactly(4);
				assertThat(client.getStatistics().dropped(DropReason.NOT_SENT)).isEqualTo(1);
			}
		}
	}

	@Test
	void closingFlushesWhatWasSent() throws Exception {
		try (ServerSocket server = StreamPeerSocket.server()) {
			StreamConnection client = open(to("127.0.0.1", server.getLocalPort()));
			try (StreamPeerSocket peer = StreamPeerSocket.accept(server)) {
				for (int i = 0; i < 500; i++) {
					client.send(new byte[1000]);
				}
				client.close();
				for (int i = 0; i < 500; i++) {
					assertThat(peer.receive()).hasSize(1000);
				}
				assertThat(client.getStatistics().sent()).isEqualTo(500);
			}
		}
	}

	@Test
	void framesThatWaitWhenItIsLostFail() throws Exception {
		try (ServerSocket server = StreamPeerSocket.server()) {
			StreamConnection client = open(to("127.0.0.1", server.getLocalPort()));
			StreamPeerSocket peer = StreamPeerSocket.accept(server);
			client.pauseSending();
			CompletableFuture<Void> asked = client.sendAsync(new byte[] { 1 });
			peer.reset();
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> asked.get(10, TimeUnit.SECONDS))
				.withMessageContaining("lost a frame for 127.0.0.1:" + server.getLocalPort());
			await().atMost(SOON).until(() -> client.getStatistics().dropped(DropReason.NOT_SENT) == 1);
		}
	}

	@Test
	void anOversizeFrameIsAReasonToReconnect() throws Exception {
		try (ServerSocket server = StreamPeerSocket.server()) {
			StreamConnection client = open(to("127.0.0.1", server.getLocalPort()));
			try (StreamPeerSocket peer = StreamPeerSocket.accept(server)) {
				peer.write(new byte[] { 0x7f, 0, 0, 0 });
				await().atMost(SOON).until(() -> client.getStatistics().opens() == 2);
				assertThat(client.getStatistics().lastError())
					.hasMessage("a frame of 2130706432 bytes is longer than framing.max-size, 65536");
				assertThat(client.getStatistics().dropped(DropReason.OVERSIZE)).isEqualTo(1);
			}
		}
	}

	@Test
	void pausingAndResumingAfterTheEndOfTheApplicationIsHarmless() throws Exception {
		try (ServerSocket server = StreamPeerSocket.server()) {
			StreamConnection client = open(to("127.0.0.1", server.getLocalPort()));
			this.transports.close();
			client.pauseReceiving();
			client.resumeReceiving();
			client.pauseSending();
			client.resumeSending();
			assertThat(client.getState()).isEqualTo(ConnectionState.DISCONNECTED);
		}
	}

	@Test
	void optionsOfTheSocketAreSetAndReachable() throws Exception {
		try (ServerSocket server = StreamPeerSocket.server()) {
			StreamConnection client = open(to("127.0.0.1", server.getLocalPort())
				.socket(SpecBuilder.socket(20_000, 30_000, true, null, null, null)));
			assertThat(client.getOption(StandardSocketOptions.SO_RCVBUF)).isGreaterThanOrEqualTo(20_000)
				.isLessThan(100_000);
			assertThat(client.getOption(StandardSocketOptions.SO_SNDBUF)).isGreaterThanOrEqualTo(30_000)
				.isLessThan(100_000);
			client.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
			assertThat(client.getOption(StandardSocketOptions.SO_KEEPALIVE)).isTrue();
			assertThatExceptionOfType(UnsupportedOperationException.class)
				.isThrownBy(() -> client.getOption(StandardSocketOptions.IP_MULTICAST_TTL));
		}
	}

}
