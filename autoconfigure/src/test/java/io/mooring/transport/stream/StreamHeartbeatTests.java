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
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.mooring.Connection;
import io.mooring.ConnectionState;
import io.mooring.ConnectionType;
import io.mooring.DropReason;
import io.mooring.StreamConnection;
import io.mooring.StreamListener;
import io.mooring.binding.SocketBinding;
import io.mooring.supervision.ReconnectSettings;
import io.mooring.test.Heartbeats;
import io.mooring.test.Ports;
import io.mooring.test.SpecBuilder;
import io.mooring.test.TestTransports;
import io.mooring.transport.settings.HeartbeatSettings;
import io.mooring.transport.stream.internal.channel.EventLoops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class StreamHeartbeatTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private static final ReconnectSettings NEVER = SpecBuilder.reconnect(false, Duration.ofSeconds(1), 1,
			Duration.ofSeconds(1), 0, 0);

	private final TestTransports transports = new TestTransports();

	@AfterEach
	void closeAll() {
		this.transports.close();
	}

	private static SpecBuilder line(ConnectionType type) {
		return SpecBuilder.of("feed", type).framing(FramingSettings.of("line", 10_000));
	}

	private StreamConnection connect(ServerSocket server, HeartbeatSettings heartbeat) {
		return connect(server, line(ConnectionType.TCP).heartbeat(heartbeat).reconnect(NEVER));
	}

	private StreamConnection connect(ServerSocket server, SpecBuilder spec) {
		StreamConnection client = create(server, spec);
		client.open();
		settle();
		return client;
	}

	private StreamConnection connectPaused(ServerSocket server, SpecBuilder spec) {
		StreamConnection client = create(server, spec);
		client.pauseReceiving();
		client.open();
		return client;
	}

	private StreamConnection create(ServerSocket server, SpecBuilder spec) {
		return this.transports.create(
				spec.remote(server.getInetAddress().getHostAddress(), server.getLocalPort()).build(),
				StreamConnection.class);
	}

	private StreamListener listen(HeartbeatSettings heartbeat) {
		StreamListener listener = this.transports
			.create(line(ConnectionType.TCP_LISTEN).local(new SocketBinding.Fixed("127.0.0.1"), 0)
				.heartbeat(heartbeat)
				.build(), StreamListener.class);
		listener.open();
		return listener;
	}

	private static String receive(StreamConnection connection) {
		byte[] frame = connection.receive(SOON);
		assertThat(frame).isNotNull();
		return new String(frame, StandardCharsets.UTF_8);
	}

	private static void awaitReceived(StreamConnection connection, long count) {
		Heartbeats.awaitSoon(() -> connection.getStatistics().received() == count);
	}

	/**
	 * Wait until all event loops have ended what they are about.
	 */
	private void settle() {
		EventLoops loops = this.transports.context().resources().get(EventLoops.class, EventLoops::new);
		loops.client().config().group().forEach((loop) -> loop.submit(() -> {
		}).syncUninterruptibly());
	}

	@Test
	void aPeerThatSaysNothingIsNoticed(CapturedOutput output) throws Exception {
		try (ServerSocket server = StreamPeerSocket.server()) {
			StreamConnection client = connect(server, Heartbeats.of(0, "", 200));
			try (StreamPeerSocket peer = StreamPeerSocket.accept(server)) {
				assertThat(client.awaitState(ConnectionState.DISCONNECTED, SOON)).isTrue();
				assertThat(client.getStatistics().lastError())
					.hasMessage("nothing was received for 200ms (heartbeat.timeout)");
				assertThat(peer.read()).isEqualTo(-1);
			}
		}
		// The state is visible before its line is logged
		await().atMost(SOON)
			.untilAsserted(
					() -> assertThat(output.getOut().lines().filter((line) -> line.contains("heartbeat.timeout")))
						.singleElement()
						.asString()
						.contains("WARN"));
	}

	@Test
	void itIsOpenedAgainUntilThePeerSpeaks() throws Exception {
		Heartbeats time = Heartbeats.held(this.transports);
		try (ServerSocket server = StreamPeerSocket.server()) {
			StreamConnection client = connect(server, line(ConnectionType.TCP).heartbeat(Heartbeats.of(0, "", 50))
				.reconnect(SpecBuilder.reconnect(true, Duration.ofMillis(50), 1, Duration.ofMillis(50), 0, 0)));
			for (int i = 1; i <= 3; i++) {
				int opens = i;
				Heartbeats.awaitSoon(() -> client.getStatistics().opens() == opens);
				// The timer of this opening runs
				time.passAndLook(0);
				time.pass(50);
				try (StreamPeerSocket silent = StreamPeerSocket.accept(server)) {
					assertThat(silent.read()).isEqualTo(-1);
				}
			}
			try (StreamPeerSocket peer = StreamPeerSocket.accept(server)) {
				for (int i = 0; i < 30; i++) {
					peer.write(i + "\n");
					assertThat(receive(client)).isEqualTo(Integer.toString(i));
					time.passAndLook(10);
				}
				assertThat(client.getStatistics().failures()).isEqualTo(3);
			}
		}
	}

	@Test
	void aPeerStaysAsLongAsItAnswersAndItsHeartbeatsAreNotMessages() throws Exception {
		Heartbeats time = Heartbeats.held(this.transports);
		try (ServerSocket server = StreamPeerSocket.server()) {
			StreamConnection client = connect(server, Heartbeats.of(10, "PING", 60));
			try (StreamPeerSocket peer = StreamPeerSocket.accept(server)) {
				for (int i = 1; i <= 60; i++) {
					time.pass(10);
					assertThat(peer.readLine()).isEqualTo("PING");
					peer.write("PING\n");
					awaitReceived(client, i);
				}
				assertThat(client.getState()).isEqualTo(ConnectionState.CONNECTED);
				peer.write("PING\nnews\nPING\n");
				assertThat(receive(client)).isEqualTo("news");
				assertThat(client.receive(Duration.ZERO)).isNull();
				awaitReceived(client, 63);
				assertThat(client.getStatistics().receivedBytes()).isEqualTo(63 * 4);
				assertThat(client.getStatistics().drops()).isEmpty();
				assertThat(client.getStatistics().sent()).isGreaterThanOrEqualTo(60);
				// Now it goes on being sent to, and says nothing any more
				time.passUntil(10, () -> client.getState() == ConnectionState.DISCONNECTED);
				assertThat(peer.readLine()).isEqualTo("PING");
			}
		}
	}

	@Test
	void heartbeatsAreSentOnlyWhenNothingElseIs() throws Exception {
		Heartbeats time = Heartbeats.held(this.transports);
		try (ServerSocket server = StreamPeerSocket.server()) {
			StreamConnection client = connect(server, Heartbeats.of(10, "PING", 0));
			try (StreamPeerSocket peer = StreamPeerSocket.accept(server)) {
				for (int i = 0; i < 30; i++) {
					client.send(("m" + i).getBytes(StandardCharsets.UTF_8));
					assertThat(peer.readLine()).isEqualTo("m" + i);
					settle();
					time.passAndLook(9);
				}
				time.pass(1);
				assertThat(peer.readLine()).isEqualTo("PING");
			}
		}
	}

	@Test
	void nothingIsSentWhileSendingIsPaused() throws Exception {
		try (ServerSocket server = StreamPeerSocket.server()) {
			StreamConnection client = connect(server, Heartbeats.of(20, "PING", 0));
			try (StreamPeerSocket peer = StreamPeerSocket.accept(server)) {
				assertThat(peer.readLine()).isEqualTo("PING");
				Heartbeats.awaitPausing(client);
			}
		}
	}

	@Test
	void aPartOfAFrameIsASignOfLife() throws Exception {
		Heartbeats time = Heartbeats.held(this.transports);
		try (ServerSocket server = StreamPeerSocket.server()) {
			StreamConnection client = connect(server, Heartbeats.of(0, "", 50));
			try (StreamPeerSocket peer = StreamPeerSocket.accept(server)) {
				for (int i = 0; i < 60; i++) {
					peer.write("x");
					// An event loop reads what there is before it looks at the time
					settle();
					time.passAndLook(5);
				}
				peer.write("\n");
				assertThat(receive(client)).hasSize(60);
			}
		}
	}

	@Test
	void rawBytesAreNeverTakenForAHeartbeat() throws Exception {
		try (ServerSocket server = StreamPeerSocket.server()) {
			StreamConnection client = connect(server, line(ConnectionType.TCP).framing(FramingSettings.of("raw", 65536))
				.heartbeat(Heartbeats.of(5000, "PING", 0)));
			try (StreamPeerSocket peer = StreamPeerSocket.accept(server)) {
				peer.write("PING");
				assertThat(receive(client)).isEqualTo("PING");
			}
		}
	}

	@Test
	void anEmptyHeartbeatIsAnEmptyLine() throws Exception {
		try (ServerSocket server = StreamPeerSocket.server()) {
			StreamConnection client = connect(server, Heartbeats.of(100, "", 5000));
			try (StreamPeerSocket peer = StreamPeerSocket.accept(server)) {
				assertThat(peer.readLine()).isEmpty();
				assertThat(peer.readLine()).isEmpty();
				peer.write("\n\r\nnews\n");
				assertThat(receive(client)).isEqualTo("news");
			}
		}
	}

	@Test
	void whoIsNotReadFromIsNotSilent() throws Exception {
		Heartbeats time = Heartbeats.held(this.transports);
		try (ServerSocket server = StreamPeerSocket.server()) {
			StreamConnection client = connectPaused(server,
					line(ConnectionType.TCP).heartbeat(Heartbeats.of(0, "", 50)).reconnect(NEVER));
			try (StreamPeerSocket peer = StreamPeerSocket.accept(server)) {
				time.passWhile(50, () -> client.getState() == ConnectionState.CONNECTED);
				peer.write("late\n");
				client.resumeReceiving();
				assertThat(receive(client)).isEqualTo("late");
				time.passUntil(50, () -> client.getState() == ConnectionState.DISCONNECTED);
			}
		}
	}

	@Test
	void aSlowConsumerMakesNoPeerSilent() throws Exception {
		Heartbeats time = Heartbeats.held(this.transports);
		try (ServerSocket server = StreamPeerSocket.server()) {
			StreamConnection client = connectPaused(server,
					line(ConnectionType.TCP).reconnect(NEVER)
						.heartbeat(Heartbeats.of(0, "", 50))
						.receive(SpecBuilder.receive(1, io.mooring.OverflowPolicy.BLOCK, 65507, true)));
			try (StreamPeerSocket peer = StreamPeerSocket.accept(server)) {
				String line = "x".repeat(9_999) + "\n";
				// More than is read ahead
				for (int i = 0; i < 40; i++) {
					peer.write(line);
				}
				client.resumeReceiving();
				Heartbeats.awaitSoon(() -> client.getStatistics().received() > 0);
				settle();
				time.passAndLook(0);
				time.passWhile(50, () -> client.getState() == ConnectionState.CONNECTED);
				for (int i = 0; i < 40; i++) {
					assertThat(receive(client)).hasSize(9_999);
				}
				time.passUntil(50, () -> client.getState() == ConnectionState.DISCONNECTED);
			}
		}
	}

	@Test
	void aListenerClosesSilentClientsAndServesTheOthers(CapturedOutput output) throws Exception {
		Heartbeats time = Heartbeats.held(this.transports);
		StreamListener feed = listen(Heartbeats.of(10, "PING", 60));
		String opened = "Open: tcp-listen on 127.0.0.1:" + Ports.of(feed);
		try (StreamPeerSocket alive = StreamPeerSocket.connect(feed)) {
			StreamConnection living = feed.accept(SOON);
			alive.write("hello\n");
			assertThat(receive(living)).isEqualTo("hello");
			try (StreamPeerSocket silent = StreamPeerSocket.connect(feed)) {
				StreamConnection dying = feed.accept(SOON);
				while (dying.getState() == ConnectionState.CONNECTED) {
					time.pass(10);
					assertThat(alive.readLine()).isEqualTo("PING");
					long before = living.getStatistics().received();
					alive.write("PING\n");
					awaitReceived(living, before + 1);
				}
				assertThat(dying.getStatistics().lastError())
					.hasMessage("nothing was received for 60ms (heartbeat.timeout)");
				assertThat(silent.readLine()).isEqualTo("PING");
			}
			assertThat(feed.getClients()).containsExactly(living);
			alive.write("served\n");
			assertThat(receive(living)).isEqualTo("served");
		}
		assertThat(feed.getState()).isEqualTo(ConnectionState.CONNECTED);
		assertThat(feed.getStatistics().dropped(DropReason.CLIENT_SILENT)).isEqualTo(1);
		// The connections of the test before may still log
		assertThat(output.getOut().lines().dropWhile((line) -> !line.contains(opened)))
			.noneMatch((line) -> line.contains("WARN"));
	}

	@Test
	void aClientThatHasFinishedSendingIsNotSilent() throws Exception {
		Heartbeats time = Heartbeats.held(this.transports);
		StreamListener feed = listen(Heartbeats.of(0, "", 50));
		CountDownLatch asked = new CountDownLatch(1);
		CountDownLatch answer = new CountDownLatch(1);
		((io.mooring.transport.internal.receive.PeerSource) feed).peerFrames().attach("the test", (frame) -> {
			try {
				asked.countDown();
				answer.await(20, TimeUnit.SECONDS);
				feed.send("answer".getBytes(StandardCharsets.UTF_8), frame.peer().getId());
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		});
		try (StreamPeerSocket peer = StreamPeerSocket.connect(feed)) {
			peer.write("question\n");
			peer.socket().shutdownOutput();
			assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
			// That it has finished is read like what it sent
			settle();
			time.passWhile(50, () -> feed.getClients().size() == 1);
			answer.countDown();
			assertThat(peer.readLine()).isEqualTo("answer");
		}
	}

	@Test
	void bothSidesMayBeConnectionsOfOurs() throws Exception {
		Heartbeats time = Heartbeats.held(this.transports);
		StreamListener feed = listen(Heartbeats.of(10, "PING", 60));
		List<byte[]> taken = new CopyOnWriteArrayList<>();
		StreamConnection client = this.transports.create(line(ConnectionType.TCP)
			.remote("127.0.0.1", ((java.net.InetSocketAddress) feed.getLocalAddress()).getPort())
			.heartbeat(Heartbeats.of(10, "PING", 60))
			.build(), StreamConnection.class);
		((io.mooring.transport.internal.receive.PeerSource) feed).peerFrames()
			.attach("the test", (frame) -> taken.add(frame.payload()));
		client.open();
		client.send("begun".getBytes(StandardCharsets.UTF_8));
		Heartbeats.awaitSoon(() -> !taken.isEmpty());
		for (int i = 1; i <= 20; i++) {
			settle();
			time.pass(10);
			// The client has sent one frame more
			awaitExchanged(client, i + 1, i);
			awaitExchanged(feed, i, i + 1);
			assertThat(client.getState()).isEqualTo(ConnectionState.CONNECTED);
			assertThat(feed.getClients()).hasSize(1);
		}
		assertThat(client.getStatistics().failures()).isZero();
		assertThat(client.receive(Duration.ZERO)).isNull();
		assertThat(taken).containsExactly("begun".getBytes(StandardCharsets.UTF_8));
	}

	private static void awaitExchanged(Connection connection, long sent, long received) {
		Heartbeats.awaitSoon(
				() -> connection.getStatistics().sent() == sent && connection.getStatistics().received() == received);
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void aUnixListenerDoesSoToo(@TempDir Path directory) throws Exception {
		Path file = directory.resolve("feed.sock");
		StreamListener feed = this.transports.create(UnixSpecs.listener("feed", file)
			.framing(FramingSettings.of("raw", 65536))
			.heartbeat(Heartbeats.of(50, "\\x1e", 350))
			.build(), StreamListener.class);
		feed.open();
		try (UnixPeerSocket peer = UnixPeerSocket.connect(file)) {
			assertThat(peer.read()).isEqualTo(0x1e);
			await().atMost(SOON).until(() -> feed.getStatistics().dropped(DropReason.CLIENT_SILENT) == 1);
		}
	}

	@Test
	void heartbeatsThatAreLostAreNoMessagesToTellOf() throws Exception {
		try (ServerSocket server = StreamPeerSocket.server()) {
			StreamConnection client = connect(server, Heartbeats.of(100, "PING", 0));
			List<byte[]> lost = new CopyOnWriteArrayList<>();
			((io.mooring.transport.internal.receive.SendLossSource) client)
				.setSendLossListener((frame, peer, cause) -> lost.add(frame));
			try (StreamPeerSocket peer = StreamPeerSocket.accept(server)) {
				assertThat(peer.readLine()).isEqualTo("PING");
				peer.reset();
			}
			assertThat(client.awaitState(ConnectionState.DISCONNECTED, SOON)).isTrue();
			assertThat(lost).isEmpty();
		}
	}

	@Test
	void withoutHeartbeatsNobodyIsSilent() throws Exception {
		try (ServerSocket server = StreamPeerSocket.server()) {
			connect(server, HeartbeatSettings.NONE);
			try (StreamPeerSocket peer = StreamPeerSocket.accept(server)) {
				peer.socket().setSoTimeout(500);
				assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(peer::read);
			}
			catch (IOException ex) {
				throw new AssertionError(ex);
			}
		}
	}

}
