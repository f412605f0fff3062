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
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.mooring.ConnectionState;
import io.mooring.ConnectionType;
import io.mooring.DropReason;
import io.mooring.StreamConnection;
import io.mooring.StreamListener;
import io.mooring.binding.IpSubnet;
import io.mooring.binding.SocketBinding;
import io.mooring.test.SpecBuilder;
import io.mooring.test.TestTransports;
import io.mooring.transport.internal.receive.MessageSource;
import io.mooring.transport.internal.receive.PeerFrame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Which clients a listener has, and how many.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class ClientLimitsTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private final TestTransports transports = new TestTransports();

	@AfterEach
	void closeAll() {
		this.transports.close();
	}

	private StreamListener open(String host, int max, Duration idleTimeout, String... allow) {
		SpecBuilder spec = SpecBuilder.of("feed", ConnectionType.TCP_LISTEN)
			.local(new SocketBinding.Fixed(host), 0)
			.framing(FramingSettings.of("line", 1000))
			.clients(SpecBuilder.clients(max, idleTimeout, Stream.of(allow).map(IpSubnet::parse).toList()));
		StreamListener listener = this.transports.create(spec.build(), StreamListener.class);
		listener.open();
		return listener;
	}

	private static StreamPeerSocket connect(StreamListener listener, String from, String to) throws IOException {
		int port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
		return new StreamPeerSocket(new Socket(to, port, InetAddress.getByName(from), 0));
	}

	@SuppressWarnings("unchecked")
	private static MessageSource<PeerFrame> source(StreamListener listener) {
		return (MessageSource<PeerFrame>) listener;
	}

	private static void assertClosed(StreamPeerSocket peer) throws IOException {
		try {
			assertThat(peer.read()).isEqualTo(-1);
		}
		catch (SocketException ex) {
			assertThat(ex).hasMessageContaining("reset");
		}
	}

	@Test
	void clientsBeyondTheMostAreClosedAtOnceAndCounted(CapturedOutput output) throws Exception {
		StreamListener feed = open("127.0.0.1", 2, null);
		try (StreamPeerSocket first = StreamPeerSocket.connect(feed)) {
			try (StreamPeerSocket second = StreamPeerSocket.connect(feed)) {
				await().atMost(SOON).until(() -> feed.getClients().size() == 2);
				for (int i = 0; i < 5; i++) {
					try (StreamPeerSocket further = StreamPeerSocket.connect(feed)) {
						assertClosed(further);
					}
				}
				assertThat(feed.getStatistics().dropped(DropReason.CLIENT_LIMIT)).isEqualTo(5);
				assertThat(feed.getClients()).hasSize(2);
			}
			await().atMost(SOON).until(() -> feed.getClients().size() == 1);
			try (StreamPeerSocket next = StreamPeerSocket.connect(feed)) {
				next.write("served\n");
				await().atMost(SOON).until(() -> feed.getStatistics().received() == 1);
			}
		}
		assertThat(output.getOut().lines().filter((line) -> line.contains("clients.max"))).singleElement()
			.asString()
			.contains("WARN", "Refusing 127.0.0.1:", ": 2 clients are connected (clients.max)");
	}

	@Test
	void neverHasMoreClientsThanTheMost() throws Exception {
		StreamListener feed = open("127.0.0.1", 10, null);
		List<StreamPeerSocket> peers = new CopyOnWriteArrayList<>();
		CountDownLatch start = new CountDownLatch(1);
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			Thread thread = new Thread(() -> {
				try {
					start.await();
					peers.add(StreamPeerSocket.connect(feed));
				}
				catch (IOException | InterruptedException ex) {
					throw new IllegalStateException(ex);
				}
			});
			thread.start();
			threads.add(thread);
		}
		start.countDown();
		for (Thread thread : threads) {
			thread.join(TimeUnit.SECONDS.toMillis(20));
		}
		await().atMost(SOON).until(() -> feed.getStatistics().dropped(DropReason.CLIENT_LIMIT) == 90);
		assertThat(feed.getClients()).hasSize(10);
		for (StreamPeerSocket peer : peers) {
			peer.close();
		}
		await().atMost(SOON).until(() -> feed.getClients().isEmpty());
		try (StreamPeerSocket peer = StreamPeerSocket.connect(feed)) {
			peer.write("room again\n");
			await().atMost(SOON).until(() -> feed.getStatistics().received() == 1);
		}
	}

	@Test
	void clientsOfOtherNetworksAreClosedAtOnceAndCounted(CapturedOutput output) throws Exception {
		StreamListener feed = open("0.0.0.0", 1, null, "127.0.0.4/30", "10.0.0.0/8");
		for (int i = 0; i < 3; i++) {
			try (StreamPeerSocket stranger = connect(feed, "127.0.0.8", "127.0.0.1")) {
				assertClosed(stranger);
			}
		}
		try (StreamPeerSocket allowed = connect(feed, "127.0.0.7", "127.0.0.1")) {
			allowed.write("served\n");
			await().atMost(SOON).until(() -> feed.getStatistics().received() == 1);
		}
		assertThat(feed.getStatistics().dropped(DropReason.CLIENT_NOT_ALLOWED)).isEqualTo(3);
		assertThat(output.getOut().lines().filter((line) -> line.contains("clients.allow"))).singleElement()
			.asString()
			.contains("WARN", "Refusing 127.0.0.8:", ", which is in none of the networks of clients.allow");
	}

	@Test
	void anIpv4ClientOfADualStackSocketIsFoundInItsNetwork() throws Exception {
		StreamListener feed = open("::", 0, null, "127.0.0.5/32");
		try (StreamPeerSocket stranger = connect(feed, "127.0.0.1", "127.0.0.1");
				StreamPeerSocket alsoStranger = connect(feed, "::1", "::1")) {
			assertClosed(stranger);
			assertClosed(alsoStranger);
		}
		try (StreamPeerSocket allowed = connect(feed, "127.0.0.5", "127.0.0.1")) {
			allowed.write("served\n");
			await().atMost(SOON).until(() -> feed.getStatistics().received() == 1);
		}
		StreamListener six = open("::", 0, null, "::1/128");
		try (StreamPeerSocket allowed = connect(six, "::1", "::1")) {
			allowed.write("served\n");
			await().atMost(SOON).until(() -> six.getStatistics().received() == 1);
		}
	}

	@Test
	void anIdleClientIsClosedWithAReason() throws Exception {
		StreamListener feed = open("127.0.0.1", 0, Duration.ofMillis(500));
		try (StreamPeerSocket idle = StreamPeerSocket.connect(feed)) {
			StreamConnection client = feed.accept(SOON);
			idle.write("hello\n");
			assertThat(idle.read()).isEqualTo(-1);
			assertThat(client.awaitState(ConnectionState.DISCONNECTED, SOON)).isTrue();
			assertThat(client.getStatistics().lastError())
				.hasMessage("nothing came and nothing went for 500ms (clients.idle-timeout)");
			assertThat(client.receive(Duration.ZERO)).asString(StandardCharsets.UTF_8).isEqualTo("hello");
			assertThat(feed.getStatistics().dropped(DropReason.CLIENT_IDLE)).isEqualTo(1);
		}
	}

	@Test
	void whoSendsOrIsSentSomethingIsNotIdle() throws Exception {
		StreamListener feed = open("127.0.0.1", 0, Duration.ofSeconds(1));
		try (StreamPeerSocket sender = StreamPeerSocket.connect(feed)) {
			StreamConnection toSender = feed.accept(SOON);
			try (StreamPeerSocket reader = StreamPeerSocket.connect(feed);
					StreamPeerSocket idle = StreamPeerSocket.connect(feed)) {
				StreamConnection toReader = feed.accept(SOON);
				CompletableFuture<Integer> end = CompletableFuture.supplyAsync(() -> read(idle));
				await().pollInterval(Duration.ofMillis(100)).atMost(SOON).until(() -> {
					sender.write("x\n");
					toReader.send(new byte[] { 'y' });
					assertThat(toSender.receive(SOON)).isNotNull();
					assertThat(reader.readLine()).isEqualTo("y");
					return end.isDone();
				});
				assertThat(end).isCompletedWithValue(-1);
				assertThat(feed.getClients()).containsExactly(toSender, toReader);
			}
		}
	}

	private static int read(StreamPeerSocket peer) {
		try {
			return peer.read();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Test
	void aClientThatWaitsForUsIsNotIdle() throws Exception {
		StreamListener feed = open("127.0.0.1", 0, Duration.ofMillis(300));
		CountDownLatch release = new CountDownLatch(1);
		List<String> taken = new CopyOnWriteArrayList<>();
		source(feed).attach("the test", (frame) -> {
			try {
				release.await(30, TimeUnit.SECONDS);
				taken.add(new String(frame.payload(), StandardCharsets.UTF_8));
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		});
		try (StreamPeerSocket waiting = StreamPeerSocket.connect(feed)) {
			waiting.write("question\n");
			await().during(Duration.ofSeconds(1)).atMost(SOON).until(() -> feed.getClients().size() == 1);
			feed.pauseReceiving();
			release.countDown();
			waiting.write("another\n");
			await().during(Duration.ofSeconds(1)).atMost(SOON).until(() -> feed.getClients().size() == 1);
			feed.resumeReceiving();
			await().atMost(SOON).untilAsserted(() -> assertThat(taken).containsExactly("question", "another"));
			assertThat(waiting.read()).isEqualTo(-1);
		}
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void aUnixListenerHasLimitsToo(@TempDir Path directory, CapturedOutput output) throws Exception {
		Path file = directory.resolve("feed.sock");
		StreamListener feed = this.transports.create(UnixSpecs.listener("feed", file)
			.clients(SpecBuilder.clients(1, Duration.ofMillis(500), List.of()))
			.build(), StreamListener.class);
		feed.open();
		try (UnixPeerSocket first = UnixPeerSocket.connect(file)) {
			await().atMost(SOON).until(() -> feed.getClients().size() == 1);
			try (UnixPeerSocket second = UnixPeerSocket.connect(file)) {
				assertThat(second.read()).isEqualTo(-1);
			}
			assertThat(first.read()).isEqualTo(-1);
		}
		assertThat(feed.getStatistics().dropped(DropReason.CLIENT_LIMIT)).isEqualTo(1);
		assertThat(feed.getStatistics().dropped(DropReason.CLIENT_IDLE)).isEqualTo(1);
		assertThat(output).contains(": 1 clients are connected (clients.max)");
	}

}
