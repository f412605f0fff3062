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
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.mooring.ConnectionException;
import io.mooring.ConnectionState;
import io.mooring.ConnectionType;
import io.mooring.DropReason;
import io.mooring.OverflowPolicy;
import io.mooring.StreamConnection;
import io.mooring.StreamListener;
import io.mooring.binding.SocketBinding;
import io.mooring.codec.FrameException;
import io.mooring.test.SpecBuilder;
import io.mooring.test.TestTransports;
import io.mooring.transport.internal.receive.MessageSource;
import io.mooring.transport.internal.receive.PeerFrame;
import io.mooring.transport.internal.receive.SendLossSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class TcpListenTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private static final FramingSettings LINES = FramingSettings.of("line", 1000);

	private final TestTransports transports = new TestTransports();

	@AfterEach
	void closeAll() {
		this.transports.close();
	}

	private SpecBuilder spec() {
		return SpecBuilder.of("feed", ConnectionType.TCP_LISTEN)
			.local(new SocketBinding.Fixed("127.0.0.1"), 0)
			.framing(LINES);
	}

	private StreamListener open(SpecBuilder spec) {
		StreamListener listener = this.transports.create(spec.build(), StreamListener.class);
		listener.open();
		return listener;
	}

	@SuppressWarnings("unchecked")
	private static MessageSource<PeerFrame> source(StreamListener listener) {
		return (MessageSource<PeerFrame>) listener;
	}

	private static String text(byte[] frame) {
		return (frame != null) ? new String(frame, StandardCharsets.UTF_8) : null;
	}

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	@Test
	void whoAcceptsAClientReadsAndAnswersIt() throws Exception {
		StreamListener feed = open(spec());
		try (StreamPeerSocket peer = StreamPeerSocket.connect(feed)) {
			StreamConnection client = feed.accept(SOON);
			assertThat(client.getState()).isEqualTo(ConnectionState.CONNECTED);
			assertThat(client.getRemoteAddress()).isEqualTo(peer.address());
			assertThat(feed.getClients()).containsExactly(client);
			peer.write("one\r\ntwo\n");
			assertThat(text(client.receive(SOON))).isEqualTo("one");
			assertThat(text(client.receive(SOON))).isEqualTo("two");
			client.send(utf8("three"));
			assertThat(peer.readLine()).isEqualTo("three");
			client.sendAsync(utf8("four")).get(10, TimeUnit.SECONDS);
			assertThat(peer.readLine()).isEqualTo("four");
			assertThat(client.isConnected()).isTrue();
			await().atMost(SOON).until(() -> feed.getStatistics().sent() == 2);
			assertThat(feed.getStatistics().received()).isEqualTo(2);
			assertThat(feed.accept(Duration.ZERO)).isNull();
		}
	}

	@Test
	void slowFlowsOfManyClientsTakeSoManyThreadsAndLoseNothing() throws Exception {
		StreamListener feed = open(spec());
		AtomicInteger started = new AtomicInteger();
		AtomicInteger done = new AtomicInteger();
		CountDownLatch goOn = new CountDownLatch(1);
		source(feed).attach("the test", (frame) -> {
			started.incrementAndGet();
			try {
				goOn.await(20, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			done.incrementAndGet();
		});
		List<StreamPeerSocket> peers = new ArrayList<>();
		try {
			for (int i = 0; i < TestTransports.HANDLER_THREADS + 10; i++) {
				StreamPeerSocket peer = StreamPeerSocket.connect(feed);
				peers.add(peer);
				peer.write("one\ntwo\n");
			}
			await().atMost(SOON).untilAtomic(started, is(TestTransports.HANDLER_THREADS));
			await().atMost(SOON).until(() -> feed.getClients().size() == peers.size());
			assertThat(started).hasValue(TestTransports.HANDLER_THREADS);
			goOn.countDown();
			await().atMost(SOON).untilAtomic(done, is(2 * peers.size()));
			assertThat(feed.getStatistics().drops()).isEmpty();
		}
		finally {
			goOn.countDown();
			for (StreamPeerSocket peer : peers) {
				peer.close();
			}
		}
	}

	@Test
	void anAcceptedConnectionOpensOnce() throws Exception {
		StreamListener feed = open(spec());
		try (StreamPeerSocket peer = StreamPeerSocket.connect(feed)) {
			StreamConnection client = feed.accept(SOON);
			client.open();
			client.close();
			assertThat(peer.read()).isEqualTo(-1);
			assertThatExceptionOfType(ConnectionException.class).isThrownBy(client::open)
				.withMessageContaining("opens once");
			assertThat(client.getState()).isEqualTo(ConnectionState.DISCONNECTED);
			assertThat(feed.getClients()).isEmpty();
			assertThat(this.transports.events()).hasSize(2);
		}
	}

	@Test
	void whatAClientSentBeforeItLeftCanStillBeReceived() throws Exception {
		StreamListener feed = open(spec());
		try (StreamPeerSocket peer = StreamPeerSocket.connect(feed)) {
			peer.write("last words\nhalf");
		}
		await().atMost(SOON).until(() -> feed.getStatistics().dropped(DropReason.INCOMPLETE) == 1);
		StreamConnection client = feed.accept(SOON);
		assertThat(text(client.receive(SOON))).isEqualTo("last words");
		assertThat(client.receive(SOON)).isNull();
		assertThat(client.awaitState(ConnectionState.DISCONNECTED, SOON)).isTrue();
	}

	@Test
	void aPeerThatHasFinishedSendingStillGetsItsAnswer() throws Exception {
		StreamListener feed = open(spec());
		source(feed).attach("the test", (frame) -> feed.send(frame.payload(), frame.peer().getId()));
		try (StreamPeerSocket peer = StreamPeerSocket.connect(feed)) {
			peer.write("echo\n");
			peer.socket().shutdownOutput();
			assertThat(peer.readLine()).isEqualTo("echo");
			assertThat(peer.read()).isEqualTo(-1);
		}
	}

	@Test
	void framesOfAllClientsGoToWhatIsAttached() throws Exception {
		StreamListener feed = open(spec());
		List<String> taken = new CopyOnWriteArrayList<>();
		try (StreamPeerSocket first = StreamPeerSocket.connect(feed)) {
			first.write("before\n");
			await().atMost(SOON).until(() -> feed.getStatistics().received() == 1);
			MessageSource.Attachment attachment = source(feed).attach("the test",
					(frame) -> taken.add(text(frame.payload())));
			assertThatIllegalStateException().isThrownBy(() -> feed.accept(Duration.ZERO))
				.withMessage("Connection 'feed': the messages of all clients go to the test");
			try (StreamPeerSocket second = StreamPeerSocket.connect(feed)) {
				first.write("one\n");
				second.write("two\n");
				await().atMost(SOON)
					.untilAsserted(() -> assertThat(taken).containsExactlyInAnyOrder("before", "one", "two"));
				attachment.detach();
				first.write("after\n");
				StreamConnection client = feed.accept(SOON);
				StreamConnection other = feed.accept(SOON);
				StreamConnection mine = client.getRemoteAddress().equals(first.address()) ? client : other;
				assertThat(text(mine.receive(SOON))).isEqualTo("after");
			}
		}
	}

	@Test
	void sendsToOneClientAndToAll() throws Exception {
		StreamListener feed = open(spec());
		List<PeerFrame> taken = new CopyOnWriteArrayList<>();
		source(feed).attach("the test", taken::add);
		try (StreamPeerSocket first = StreamPeerSocket.connect(feed);
				StreamPeerSocket second = StreamPeerSocket.connect(feed)) {
			first.write("me\n");
			await().atMost(SOON).until(() -> taken.size() == 1 && feed.getClients().size() == 2);
			feed.send(utf8("for you"), taken.get(0).peer().getId());
			feed.send(utf8("for all"));
			assertThat(first.readLine()).isEqualTo("for you");
			assertThat(first.readLine()).isEqualTo("for all");
			assertThat(second.readLine()).isEqualTo("for all");
		}
		assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> feed.send(utf8("x"), "nobody"))
			.withMessage("Connection 'feed' has no client 'nobody', or has it no more");
	}

	@Test
	void aClientThatDoesNotReadIsClosedAndHoldsUpNobody(CapturedOutput output) throws Exception {
		StreamListener feed = open(spec().framing(FramingSettings.of("length", 65536)));
		ConcurrentLinkedQueue<String> lost = new ConcurrentLinkedQueue<>();
		((SendLossSource) feed).setSendLossListener((payload, peer, cause) -> lost.add(cause.getMessage()));
		try (StreamPeerSocket deaf = StreamPeerSocket.connect(feed);
				StreamPeerSocket reader = StreamPeerSocket.connect(feed)) {
			await().atMost(SOON).until(() -> feed.getClients().size() == 2);
			int count = 3000;
			AtomicInteger read = new AtomicInteger();
			CompletableFuture<Integer> reading = CompletableFuture.supplyAsync(() -> {
				try {
					for (int i = 0; i < count; i++) {
						reader.receive();
						read.incrementAndGet();
					}
					return count;
				}
				catch (IOException ex) {
					throw new IllegalStateException(ex);
				}
			});
			byte[] frame = new byte[32_000];
			for (int i = 0; i < count; i++) {
				feed.send(frame);
				int sent = i + 1;
				// The pace of the one that reads, within its capacity
				if (read.get() < sent - 50) {
					await().pollInterval(Duration.ofMillis(1)).atMost(SOON).until(() -> read.get() == sent);
				}
			}
			assertThat(reading.get(30, TimeUnit.SECONDS)).isEqualTo(count);
			await().atMost(SOON).until(() -> feed.getClients().size() == 1);
			await().atMost(SOON).until(() -> !lost.isEmpty());
			assertThat(lost.peek()).contains("it does not read", "send.capacity");
			assertThat(feed.getStatistics().dropped(DropReason.NOT_SENT)).isEqualTo(lost.size());
			assertThat(output.getOut().lines().filter((line) -> line.contains("it does not read"))).singleElement()
				.asString()
				.contains("WARN", "Closing 127.0.0.1:");
		}
	}

	@Test
	void anOversizeFrameClosesThatPeerAlone(CapturedOutput output) throws Exception {
		StreamListener feed = open(spec());
		List<String> taken = new CopyOnWriteArrayList<>();
		source(feed).attach("the test", (frame) -> taken.add(text(frame.payload())));
		try (StreamPeerSocket good = StreamPeerSocket.connect(feed);
				StreamPeerSocket bad = StreamPeerSocket.connect(feed)) {
			bad.write("fine\n" + "x".repeat(1002));
			assertThat(bad.read()).isEqualTo(-1);
			good.write("still here\n");
			await().atMost(SOON).untilAsserted(() -> assertThat(taken).containsExactlyInAnyOrder("fine", "still here"));
			assertThat(feed.getStatistics().dropped(DropReason.OVERSIZE)).isEqualTo(1);
			assertThat(output.getOut().lines().filter((line) -> line.contains("framing.max-size"))).singleElement()
				.asString()
				.contains("WARN", "Closing " + bad.address().toString().substring(1));
			assertThatExceptionOfType(FrameException.class).isThrownBy(() -> feed.send(new byte[1001]));
		}
	}

	@Test
	void manyOversizeFramesAreCountedAndFloodNoLog(CapturedOutput output) throws Exception {
		StreamListener feed = open(spec());
		for (int i = 0; i < 20; i++) {
			try (StreamPeerSocket bad = StreamPeerSocket.connect(feed)) {
				bad.write("x".repeat(1002));
				assertThat(bad.read()).isEqualTo(-1);
			}
		}
		assertThat(feed.getStatistics().dropped(DropReason.OVERSIZE)).isEqualTo(20);
		assertThat(output.getOut().lines().filter((line) -> line.contains("WARN"))).singleElement()
			.asString()
			.contains("Closing 127.0.0.1:");
	}

	@Test
	void aHandlerBlockedByOneClientDelaysNoOther() throws Exception {
		StreamListener feed = open(spec());
		CountDownLatch release = new CountDownLatch(1);
		List<String> taken = new CopyOnWriteArrayList<>();
		source(feed).attach("the test", (frame) -> {
			if (text(frame.payload()).equals("block")) {
				try {
					release.await(30, TimeUnit.SECONDS);
				}
				catch (InterruptedException ex) {
					throw new IllegalStateException(ex);
				}
			}
			taken.add(text(frame.payload()));
		});
		try (StreamPeerSocket blocking = StreamPeerSocket.connect(feed);
				StreamPeerSocket other = StreamPeerSocket.connect(feed)) {
			blocking.write("block\n");
			await().atMost(SOON).until(() -> feed.getStatistics().received() == 1);
			other.write("free\n");
			await().atMost(SOON).untilAsserted(() -> assertThat(taken).containsExactly("free"));
			release.countDown();
			await().atMost(SOON).untilAsserted(() -> assertThat(taken).containsExactly("free", "block"));
		}
	}

	@Test
	void survivesRandomBytes() throws Exception {
		StreamListener feed = open(spec().framing(FramingSettings.of("length", 1000)));
		List<String> taken = new CopyOnWriteArrayList<>();
		try (StreamPeerSocket good = StreamPeerSocket.connect(feed)) {
			StreamConnection client = feed.accept(SOON);
			Random random = new Random(42);
			for (int i = 0; i < 200; i++) {
				byte[] noise = new byte[random.nextInt(2000)];
				random.nextBytes(noise);
				try (StreamPeerSocket bad = StreamPeerSocket.connect(feed)) {
					bad.write(noise);
					if (i % 2 == 0) {
						bad.reset();
					}
				}
				catch (IOException ex) {
					// Closed while it was still sending
				}
				good.send(utf8("good " + i));
				taken.add(text(client.receive(SOON)));
			}
		}
		assertThat(taken).hasSize(200).startsWith("good 0").endsWith("good 199");
		assertThat(feed.getState()).isEqualTo(ConnectionState.CONNECTED);
		await().atMost(SOON).until(() -> feed.getClients().isEmpty());
	}

	@Test
	void survivesManyConnectsAndDrops() throws Exception {
		StreamListener feed = open(spec());
		int port = ((InetSocketAddress) feed.getLocalAddress()).getPort();
		List<String> taken = new CopyOnWriteArrayList<>();
		source(feed).attach("the test", (frame) -> taken.add(text(frame.payload())));
		for (int i = 0; i < 10_000; i++) {
			try (Socket socket = new Socket("127.0.0.1", port)) {
				if (i % 2 == 0) {
					// No TIME_WAIT, and a reset for the listener
					socket.setSoLinger(true, 0);
				}
				if (i % 1000 == 0) {
					socket.getOutputStream().write(utf8("half of a fra"));
				}
			}
		}
		try (StreamPeerSocket good = StreamPeerSocket.connect(feed)) {
			good.write("served\n");
			await().atMost(SOON).untilAsserted(() -> assertThat(taken).containsExactly("served"));
			await().atMost(SOON).until(() -> feed.getClients().size() == 1);
		}
	}

	@Test
	void aClientThatSendsAByteAtATimeIsServedAndHoldsUpNobody() throws Exception {
		StreamListener feed = open(spec());
		List<String> taken = new CopyOnWriteArrayList<>();
		source(feed).attach("the test", (frame) -> taken.add(text(frame.payload())));
		try (StreamPeerSocket slow = StreamPeerSocket.connect(feed);
				StreamPeerSocket quick = StreamPeerSocket.connect(feed)) {
			String line = "slow\r\n";
			for (int i = 0; i < line.length(); i++) {
				slow.write(line.substring(i, i + 1));
				int round = i;
				quick.write("quick " + i + "\n");
				await().pollDelay(Duration.ofMillis(50)).atMost(SOON).until(() -> taken.contains("quick " + round));
			}
			await().atMost(SOON).until(() -> taken.contains("slow"));
		}
	}

	@Test
	void closingEndsAcceptingAndClosesTheClients() throws Exception {
		StreamListener feed = open(spec());
		try (StreamPeerSocket peer = StreamPeerSocket.connect(feed)) {
			StreamConnection client = feed.accept(SOON);
			client.send(utf8("flushed"));
			CompletableFuture<StreamConnection> accepting = CompletableFuture
				.supplyAsync(() -> feed.accept(Duration.ofMinutes(5)));
			await().during(Duration.ofMillis(100)).atMost(SOON).until(() -> !accepting.isDone());
			int port = ((InetSocketAddress) feed.getLocalAddress()).getPort();
			feed.close();
			assertThat(accepting.get(10, TimeUnit.SECONDS)).isNull();
			assertThat(peer.readLine()).isEqualTo("flushed");
			assertThat(peer.read()).isEqualTo(-1);
			assertThat(client.getState()).isEqualTo(ConnectionState.DISCONNECTED);
			assertThat(feed.getClients()).isEmpty();
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> new Socket("127.0.0.1", port).close());
		}
		feed.open();
		try (StreamPeerSocket peer = StreamPeerSocket.connect(feed)) {
			assertThat(feed.accept(SOON)).isNotNull();
		}
	}

	@Test
	void pausesAndResumesBothWays() throws Exception {
		StreamListener feed = open(spec());
		List<String> taken = new CopyOnWriteArrayList<>();
		source(feed).attach("the test", (frame) -> taken.add(text(frame.payload())));
		try (StreamPeerSocket peer = StreamPeerSocket.connect(feed)) {
			await().atMost(SOON).until(() -> feed.getClients().size() == 1);
			feed.pauseReceiving();
			peer.write("held back\n");
			await().during(Duration.ofMillis(200)).atMost(SOON).until(taken::isEmpty);
			feed.resumeReceiving();
			await().atMost(SOON).untilAsserted(() -> assertThat(taken).containsExactly("held back"));
			feed.pauseSending();
			CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> feed.send(utf8("out")));
			await().during(Duration.ofMillis(200)).atMost(SOON).until(() -> !sender.isDone());
			feed.resumeSending();
			assertThat(peer.readLine()).isEqualTo("out");
		}
	}

	@Test
	void nobodysFramesWaitWithoutHoldingAThread() throws Exception {
		StreamListener feed = open(spec().receive(SpecBuilder.receive(2, OverflowPolicy.BLOCK, 1, true)));
		List<StreamPeerSocket> peers = new ArrayList<>();
		for (int i = 0; i < 50; i++) {
			StreamPeerSocket peer = StreamPeerSocket.connect(feed);
			peer.write("1\n2\n3\n4\n5\n");
			peers.add(peer);
		}
		await().atMost(SOON).until(() -> feed.getStatistics().received() == 250);
		await().atMost(SOON)
			.untilAsserted(() -> assertThat(Thread.getAllStackTraces().entrySet())
				.filteredOn((entry) -> entry.getKey().getName().startsWith("mooring-worker"))
				.allSatisfy((entry) -> assertThat(entry.getValue())
					.noneMatch((frame) -> frame.getClassName().startsWith("io.mooring.transport"))));
		for (int i = 0; i < 50; i++) {
			StreamConnection client = feed.accept(SOON);
			for (int j = 1; j <= 5; j++) {
				assertThat(text(client.receive(SOON))).isEqualTo(String.valueOf(j));
			}
		}
		for (StreamPeerSocket peer : peers) {
			peer.close();
		}
	}

}
