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
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.mooring.ConnectionSpec;
import io.mooring.ConnectionSpecBuilder;
import io.mooring.ConnectionState;
import io.mooring.ConnectionType;
import io.mooring.DropReason;
import io.mooring.StreamConnection;
import io.mooring.StreamListener;
import io.mooring.binding.SocketBinding;
import io.mooring.codec.EscapedBytes;
import io.mooring.codec.Framing;
import io.mooring.test.RequiresTools;
import io.mooring.test.TestTransports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class StreamHeartbeatTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private static final ConnectionSpec.Reconnect NEVER = new ConnectionSpec.Reconnect(false, Duration.ofSeconds(1), 1,
			Duration.ofSeconds(1), 0, 0);

	private final TestTransports transports = new TestTransports();

	@AfterEach
	void closeAll() {
		this.transports.close();
	}

	private static ConnectionSpec.Heartbeat heartbeat(int interval, String payload, int timeout) {
		return new ConnectionSpec.Heartbeat((interval > 0) ? Duration.ofMillis(interval) : null,
				(interval > 0) ? EscapedBytes.parse(payload) : null, (timeout > 0) ? Duration.ofMillis(timeout) : null);
	}

	private static ConnectionSpecBuilder line(ConnectionType type) {
		return ConnectionSpec.builder("feed", type).framing(new Framing(Framing.Type.LINE, 4, 10_000));
	}

	private StreamConnection connect(ServerSocket server, ConnectionSpec.Heartbeat heartbeat) {
		return connect(server, line(ConnectionType.TCP).heartbeat(heartbeat).reconnect(NEVER));
	}

	private StreamConnection connect(ServerSocket server, ConnectionSpecBuilder spec) {
		StreamConnection client = create(server, spec);
		client.open();
		return client;
	}

	private StreamConnection connectPaused(ServerSocket server, ConnectionSpecBuilder spec) {
		StreamConnection client = create(server, spec);
		client.pauseReceiving();
		client.open();
		return client;
	}

	private StreamConnection create(ServerSocket server, ConnectionSpecBuilder spec) {
		return this.transports.create(
				spec.remote(server.getInetAddress().getHostAddress(), server.getLocalPort()).build(),
				StreamConnection.class);
	}

	private StreamListener listen(ConnectionSpec.Heartbeat heartbeat) {
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

	private static void pause(int millis) {
		await().pollDelay(Duration.ofMillis(millis)).until(() -> true);
	}

	@Test
	void aPeerThatSaysNothingIsNoticed(CapturedOutput output) throws Exception {
		try (ServerSocket server = StreamPeerSocket.server()) {
			StreamConnection client = connect(server, heartbeat(0, "", 500));
			try (StreamPeerSocket peer = StreamPeerSocket.accept(server)) {
				assertThat(client.awaitState(ConnectionState.DISCONNECTED, SOON)).isTrue();
				assertThat(client.getStatistics().lastError())
					.hasMessage("nothing was received for 500ms (heartbeat.timeout)");
				assertThat(peer.read()).isEqualTo(-1);
			}
		}
		assertThat(output.getOut().lines().filter((line) -> line.contains("heartbeat.timeout"))).singleElement()
			.asString()
			.contains("WARN");
	}

	@Test
	void itIsOpenedAgainUntilThePeerSpeaks() throws Exception {
		try (ServerSocket server = StreamPeerSocket.server()) {
			StreamConnection client = connect(server, line(ConnectionType.TCP).heartbeat(heartbeat(0, "", 1000))
				.reconnect(new ConnectionSpec.Reconnect(true, Duration.ofMillis(50), 1, Duration.ofMillis(50), 0, 0)));
			for (int i = 0; i < 3; i++) {
				try (StreamPeerSocket silent = StreamPeerSocket.accept(server)) {
					assertThat(silent.read()).isEqualTo(-1);
				}
			}
			await().atMost(Duration.ofSeconds(40)).until(() -> talks(server, client));
			assertThat(client.getStatistics().failures()).isGreaterThanOrEqualTo(3);
		}
	}

	/**
	 * Talk to the client for longer than its timeout, unless this machine is too slow.
	 */
	private static boolean talks(ServerSocket server, StreamConnection client) throws IOException {
		try (StreamPeerSocket peer = StreamPeerSocket.accept(server)) {
			long before = client.getStatistics().failures();
			for (int i = 0; i < 30; i++) {
				peer.write(i + "\n");
				if (client.receive(Duration.ofMillis(500)) == null) {
					return false;
				}
				pause(50);
			}
			return client.getStatistics().failures() == before;
		}
		catch (SocketException ex) {
			return false;
		}
	}

	@Test
	void aPeerStaysAsLongAsItAnswersAndItsHeartbeatsAreNotMessages() throws Exception {
		try (ServerSocket server = StreamPeerSocket.server()) {
			StreamConnection client = connect(server, heartbeat(100, "PING", 5000));
			try (StreamPeerSocket peer = StreamPeerSocket.accept(server)) {
				for (int i = 0; i < 60; i++) {
					assertThat(peer.readLine()).isEqualTo("PING");
					peer.write("PING\n");
				}
				assertThat(client.getState()).isEqualTo(ConnectionState.CONNECTED);
				peer.write("PING\nnews\nPING\n");
				assertThat(receive(client)).isEqualTo("news");
				assertThat(client.receive(Duration.ZERO)).isNull();
				await().atMost(SOON).until(() -> client.getStatistics().received() == 63);
				assertThat(client.getStatistics().receivedBytes()).isEqualTo(63 * 4);
				assertThat(client.getStatistics().drops()).isEmpty();
				assertThat(client.getStatistics().sent()).isGreaterThanOrEqualTo(60);
				// Now it goes on being sent to, and says nothing any more
				assertThat(client.awaitState(ConnectionState.DISCONNECTED, Duration.ofSeconds(20))).isTrue();
			}
		}
	}

	@Test
	void heartbeatsAreSentOnlyWhenNothingElseIs() throws Exception {
		try (ServerSocket server = StreamPeerSocket.server()) {
			StreamConnection client = connect(server, heartbeat(2000, "PING", 0));
			try (StreamPeerSocket peer = StreamPeerSocket.accept(server)) {
				long last = System.nanoTime();
				for (int i = 0; i < 30; i++) {
					long before = System.nanoTime();
					client.send(("m" + i).getBytes(StandardCharsets.UTF_8));
					String text = peer.readLine();
					while ("PING".equals(text)) {
						// This machine may have been too slow to send in time
						assertThat(System.nanoTime() - last).isGreaterThan(2_000_000_000L);
						text = peer.readLine();
					}
					assertThat(text).isEqualTo("m" + i);
					last = before;
					pause(100);
				}
				assertThat(peer.readLine()).isEqualTo("PING");
			}
		}
	}

	@Test
	void nothingIsSentWhileSendingIsPaused() throws Exception {
		try (ServerSocket server = StreamPeerSocket.server()) {
			StreamConnection client = connect(server, heartbeat(100, "PING", 0));
			try (StreamPeerSocket peer = StreamPeerSocket.accept(server)) {
				assertThat(peer.readLine()).isEqualTo("PING");
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
	}

	@Test
	void aPartOfAFrameIsASignOfLife() throws Exception {
		try (ServerSocket server = StreamPeerSocket.server()) {
			StreamConnection client = connect(server, heartbeat(0, "", 5000));
			try (StreamPeerSocket peer = StreamPeerSocket.accept(server)) {
				for (int i = 0; i < 60; i++) {
					peer.write("x");
					pause(100);
				}
				peer.write("\n");
				assertThat(receive(client)).hasSize(60);
			}
		}
	}

	@Test
	void rawBytesAreNeverTakenForAHeartbeat() throws Exception {
		try (ServerSocket server = StreamPeerSocket.server()) {
			StreamConnection client = connect(server,
					line(ConnectionType.TCP).framing(Framing.RAW).heartbeat(heartbeat(5000, "PING", 0)));
			try (StreamPeerSocket peer = StreamPeerSocket.accept(server)) {
				peer.write("PING");
				assertThat(receive(client)).isEqualTo("PING");
			}
		}
	}

	@Test
	void anEmptyHeartbeatIsAnEmptyLine() throws Exception {
		try (ServerSocket server = StreamPeerSocket.server()) {
			StreamConnection client = connect(server, heartbeat(100, "", 5000));
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
		try (ServerSocket server = StreamPeerSocket.server()) {
			StreamConnection client = connectPaused(server,
					line(ConnectionType.TCP).heartbeat(heartbeat(0, "", 800)).reconnect(NEVER));
			try (StreamPeerSocket peer = StreamPeerSocket.accept(server)) {
				await().during(Duration.ofMillis(2500))
					.atMost(SOON)
					.until(() -> client.getState() == ConnectionState.CONNECTED);
				peer.write("late\n");
				client.resumeReceiving();
				assertThat(receive(client)).isEqualTo("late");
				assertThat(client.awaitState(ConnectionState.DISCONNECTED, SOON)).isTrue();
			}
		}
	}

	@Test
	void aSlowConsumerMakesNoPeerSilent() throws Exception {
		try (ServerSocket server = StreamPeerSocket.server()) {
			StreamConnection client = connectPaused(server,
					line(ConnectionType.TCP).reconnect(NEVER)
						.heartbeat(heartbeat(0, "", 800))
						.receive(new ConnectionSpec.Receive(1, io.mooring.OverflowPolicy.BLOCK, 65507, true)));
			try (StreamPeerSocket peer = StreamPeerSocket.accept(server)) {
				String line = "x".repeat(9_999) + "\n";
				// More than is read ahead
				for (int i = 0; i < 40; i++) {
					peer.write(line);
				}
				client.resumeReceiving();
				await().during(Duration.ofMillis(2500))
					.atMost(SOON)
					.until(() -> client.getState() == ConnectionState.CONNECTED);
				for (int i = 0; i < 40; i++) {
					assertThat(receive(client)).hasSize(9_999);
				}
				assertThat(client.awaitState(ConnectionState.DISCONNECTED, SOON)).isTrue();
			}
		}
	}

	@Test
	void aListenerClosesSilentClientsAndServesTheOthers(CapturedOutput output) throws Exception {
		StreamListener feed = listen(heartbeat(100, "PING", 5000));
		try (StreamPeerSocket alive = StreamPeerSocket.connect(feed)) {
			StreamConnection living = feed.accept(SOON);
			try (StreamPeerSocket silent = StreamPeerSocket.connect(feed)) {
				StreamConnection dying = feed.accept(SOON);
				while (dying.getState() == ConnectionState.CONNECTED) {
					assertThat(alive.readLine()).isEqualTo("PING");
					alive.write("PING\n");
				}
				assertThat(dying.getStatistics().lastError())
					.hasMessage("nothing was received for 5s (heartbeat.timeout)");
				assertThat(silent.readLine()).isEqualTo("PING");
			}
			assertThat(feed.getClients()).containsExactly(living);
			alive.write("served\n");
			assertThat(receive(living)).isEqualTo("served");
		}
		assertThat(feed.getState()).isEqualTo(ConnectionState.CONNECTED);
		assertThat(feed.getStatistics().dropped(DropReason.CLIENT_SILENT)).isEqualTo(1);
		assertThat(output).doesNotContain("WARN");
	}

	@Test
	void aClientThatHasFinishedSendingIsNotSilent() throws Exception {
		StreamListener feed = listen(heartbeat(0, "", 2000));
		CountDownLatch answer = new CountDownLatch(1);
		((io.mooring.transport.PeerSource) feed).peerFrames().attach("the test", (frame) -> {
			try {
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
			await().during(Duration.ofMillis(3500)).atMost(SOON).until(() -> feed.getClients().size() == 1);
			answer.countDown();
			assertThat(peer.readLine()).isEqualTo("answer");
		}
	}

	@Test
	void bothSidesMayBeConnectionsOfOurs() throws Exception {
		StreamListener feed = listen(heartbeat(200, "PING", 5000));
		List<byte[]> taken = new CopyOnWriteArrayList<>();
		StreamConnection client = this.transports.create(line(ConnectionType.TCP)
			.remote("127.0.0.1", ((java.net.InetSocketAddress) feed.getLocalAddress()).getPort())
			.heartbeat(heartbeat(200, "PING", 5000))
			.build(), StreamConnection.class);
		client.open();
		((io.mooring.transport.PeerSource) feed).peerFrames().attach("the test", (frame) -> taken.add(frame.payload()));
		await().during(Duration.ofSeconds(6))
			.atMost(Duration.ofSeconds(20))
			.until(() -> client.getState() == ConnectionState.CONNECTED && feed.getClients().size() == 1);
		assertThat(client.getStatistics().received()).isGreaterThan(5);
		assertThat(client.getStatistics().failures()).isZero();
		assertThat(client.receive(Duration.ZERO)).isNull();
		assertThat(taken).isEmpty();
	}

	@Test
	@RequiresTools(linux = true)
	void aUnixListenerDoesSoToo(@TempDir Path directory) throws Exception {
		Path file = directory.resolve("feed.sock");
		StreamListener feed = this.transports.create(
				UnixSpecs.listener("feed", file).framing(Framing.RAW).heartbeat(heartbeat(100, "\\x1e", 700)).build(),
				StreamListener.class);
		feed.open();
		try (UnixPeerSocket peer = UnixPeerSocket.connect(file)) {
			assertThat(peer.read()).isEqualTo(0x1e);
			await().atMost(SOON).until(() -> feed.getStatistics().dropped(DropReason.CLIENT_SILENT) == 1);
		}
	}

	@Test
	void heartbeatsThatAreLostAreNoMessagesToTellOf() throws Exception {
		try (ServerSocket server = StreamPeerSocket.server()) {
			StreamConnection client = connect(server, heartbeat(100, "PING", 0));
			List<byte[]> lost = new CopyOnWriteArrayList<>();
			((io.mooring.transport.SendLossSource) client).setSendLossListener((frame, peer, cause) -> lost.add(frame));
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
			connect(server, ConnectionSpec.Heartbeat.NONE);
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
