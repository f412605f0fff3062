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
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import io.mooring.ConnectionException;
import io.mooring.ConnectionState;
import io.mooring.ConnectionType;
import io.mooring.PeerCredentials;
import io.mooring.StreamConnection;
import io.mooring.StreamListener;
import io.mooring.UnixPath;
import io.mooring.test.SpecBuilder;
import io.mooring.transport.internal.receive.MessageSource;
import io.mooring.transport.internal.receive.PeerFrame;
import io.mooring.transport.stream.internal.channel.EventLoops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

@Timeout(60)
@EnabledOnOs(OS.LINUX)
class UnixListenTests extends AbstractUnixStreamTests {

	private StreamListener listener(SpecBuilder spec) {
		return this.transports.create(spec.build(), StreamListener.class);
	}

	private StreamListener open() {
		StreamListener listener = listener(UnixSpecs.listener("feed", this.file));
		listener.open();
		return listener;
	}

	@SuppressWarnings("unchecked")
	private static MessageSource<PeerFrame> source(StreamListener listener) {
		return (MessageSource<PeerFrame>) listener;
	}

	private void assertServes() throws IOException {
		try (SocketChannel peer = SocketChannel.open(UnixDomainSocketAddress.of(this.file))) {
			assertThat(peer.isConnected()).isTrue();
		}
	}

	@Test
	void theFileHasItsModeAndNothingElseIsLeft() throws Exception {
		StreamListener listener = listener(
				UnixSpecs.spec("feed", ConnectionType.UNIX_LISTEN, this.file.toString(), "rw-rw-r--"));
		listener.open();
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(this.file))).isEqualTo("rw-rw-r--");
		assertThat(Files.getOwner(this.file)).isEqualTo(Files.getOwner(this.directory));
		try (Stream<Path> files = Files.list(this.directory)) {
			assertThat(files).containsExactly(this.file);
		}
		assertThat(listener.getLocalAddress()).isEqualTo(UnixPath.of(this.file.toString()));
		listener.close();
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void nothingIsLeftOfListenersThatAreClosedWhileTheyBind() throws Exception {
		StreamListener listener = listener(UnixSpecs.listener("feed", this.file));
		for (int i = 0; i < 500; i++) {
			CompletableFuture<Void> opening = CompletableFuture.runAsync(listener::open);
			long wait = System.nanoTime() + i % 50 * 20_000L;
			while (System.nanoTime() < wait) {
				Thread.onSpinWait();
			}
			listener.close();
			opening.exceptionally((ex) -> null).get(10, TimeUnit.SECONDS);
			// It may have been opened after that
			listener.close();
		}
		await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(this.directory).isEmptyDirectory());
	}

	@Test
	void aStaleFileIsReplacedAndThePathNeverMissing() throws Exception {
		UnixPeerSocket.server(this.file).close();
		assertThat(this.file).exists();
		AtomicBoolean missing = new AtomicBoolean();
		AtomicBoolean done = new AtomicBoolean();
		CompletableFuture<Void> watching = CompletableFuture.runAsync(() -> {
			while (!done.get()) {
				missing.compareAndSet(false, !Files.exists(this.file));
			}
		});
		open();
		done.set(true);
		watching.get(10, TimeUnit.SECONDS);
		assertThat(missing).isFalse();
		assertServes();
	}

	@Test
	void aPathInUseIsNotTaken() throws Exception {
		try (ServerSocketChannel other = UnixPeerSocket.server(this.file)) {
			assertThatExceptionOfType(ConnectionException.class).isThrownBy(this::open)
				.withMessageContaining("cannot bind to " + this.file + ": Address already in use by another socket");
			assertServes();
			// Not even while nobody is accepted there
			other.configureBlocking(false);
			while (other.accept() == null) {
				Thread.onSpinWait();
			}
		}
	}

	@Test
	void whatIsNoSocketIsNotReplaced() throws Exception {
		Files.writeString(this.directory.resolve("precious"), "precious");
		Files.createSymbolicLink(this.file, this.directory.resolve("precious"));
		assertThatExceptionOfType(ConnectionException.class).isThrownBy(this::open)
			.withMessageContaining("cannot bind to " + this.file + ": it exists and is not a socket");
		assertThat(this.file).isSymbolicLink().hasContent("precious");
	}

	@Test
	void theFileOfWhoTookThePathOverIsLeftAlone() throws Exception {
		StreamListener listener = open();
		Path aside = this.directory.resolve("aside");
		try (UnixPeerSocket client = UnixPeerSocket.connect(this.file);
				ServerSocketChannel successor = UnixPeerSocket.server(aside)) {
			StreamConnection accepted = listener.accept(SOON);
			Files.move(aside, this.file, StandardCopyOption.ATOMIC_MOVE);
			client.send(utf8("still served"));
			assertThat(accepted.receive(SOON)).asString().isEqualTo("still served");
			await().atMost(SOON)
				.untilAsserted(() -> assertThat(listener.getStatus().lastError())
					.hasMessageContaining("Address already in use by another socket"));
			assertThat(listener.getState()).isEqualTo(ConnectionState.CONNECTING);
			listener.close();
			assertThat(this.file).exists();
			UnixPeerSocket.connect(this.file).close();
			UnixPeerSocket.accept(successor).close();
		}
	}

	@Test
	void aFileThatSomebodyRemovedIsMadeAgain() throws Exception {
		StreamListener listener = open();
		try (UnixPeerSocket client = UnixPeerSocket.connect(this.file)) {
			StreamConnection accepted = listener.accept(SOON);
			Files.delete(this.file);
			await().atMost(SOON).until(() -> Files.exists(this.file));
			assertThat(listener.awaitState(ConnectionState.CONNECTED, SOON)).isTrue();
			assertThat(listener.getStatistics().lastError()).hasMessage(this.file + " was removed by somebody else");
			client.send(utf8("still served"));
			assertThat(accepted.receive(SOON)).asString().isEqualTo("still served");
			assertThat(listener.getClients()).containsExactly(accepted);
			assertServes();
		}
	}

	@Test
	void saysWhatIsWrongWithAPath() {
		assertThatExceptionOfType(ConnectionException.class)
			.isThrownBy(() -> listener(UnixSpecs.listener("feed", this.directory.resolve("none/x.sock"))).open())
			.withMessageContaining("there is no directory " + this.directory.resolve("none"));
		String room = "x".repeat(UnixPath.MAX_BYTES - this.directory.toString().length() - 3);
		Path nested = this.directory.resolve(room);
		assertThat(nested.toFile().mkdir()).isTrue();
		assertThatExceptionOfType(ConnectionException.class)
			.isThrownBy(() -> listener(UnixSpecs.listener("feed", nested.resolve("s"))).open())
			.withMessageContaining("where it is made, has 115 bytes; the address of a Unix socket has at most 107");
		Path longest = this.directory.resolve("x" + room + "x");
		listener(UnixSpecs.listener("longest", longest)).open();
		assertThat(longest).exists();
	}

	@Test
	void abstractNamesHaveNoFile() throws Exception {
		String name = "@mooring-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
		SpecBuilder spec = UnixSpecs.spec("feed", ConnectionType.UNIX_LISTEN, name, "rw-------");
		StreamListener listener = listener(spec);
		listener.open();
		assertThat(listener.getLocalAddress()).isEqualTo(UnixPath.of(name));
		assertThatExceptionOfType(ConnectionException.class).isThrownBy(listener(spec)::open)
			.withMessageContaining("cannot bind to " + name + ": Address already in use");
		StreamConnection client = this.transports
			.create(UnixSpecs.spec("client", ConnectionType.UNIX, name, "rw-------").build(), StreamConnection.class);
		client.open();
		assertThat(client.getRemoteAddress()).isEqualTo(UnixPath.of(name));
		client.send(utf8("hello"));
		StreamConnection accepted = listener.accept(SOON);
		assertThat(accepted.receive(SOON)).asString().isEqualTo("hello");
		assertThat(accepted.getLocalAddress()).isEqualTo(UnixPath.of(name));
		listener.close();
		listener.open();
		assertThat(client.awaitState(ConnectionState.CONNECTED, SOON)).isTrue();
	}

	@Test
	void withoutTheNativeTransportAnAbstractNameIsRefused() {
		this.transports.context().resources().get(EventLoops.class, () -> new EventLoops(false));
		assertThatExceptionOfType(ConnectionException.class)
			.isThrownBy(listener(UnixSpecs.spec("feed", ConnectionType.UNIX_LISTEN, "@feed", "rw-------"))::open)
			.withMessageContaining("@feed is an abstract name, which the JDK does not support; it takes Linux and "
					+ "io.netty:netty-transport-native-epoll");
	}

	@Test
	void bothSidesKnowWhoTheOtherIs() throws Exception {
		StreamListener listener = open();
		StreamConnection client = this.transports.create(UnixSpecs.client("client", this.file).build(),
				StreamConnection.class);
		assertThat(client.getPeerCredentials()).isNull();
		client.open();
		PeerCredentials expected = new PeerCredentials(ProcessHandle.current().pid(),
				(int) Files.getAttribute(this.file, "unix:uid"), (int) Files.getAttribute(this.file, "unix:gid"));
		assertThat(client.getPeerCredentials()).isEqualTo(expected);
		StreamConnection accepted = listener.accept(SOON);
		assertThat(accepted.getPeerCredentials()).isEqualTo(expected);
		assertThat(accepted.getRemoteAddress()).isEqualTo(UnixPath.UNNAMED);
		assertThat(accepted.getLocalAddress()).isEqualTo(client.getRemoteAddress())
			.isEqualTo(UnixPath.of(this.file.toString()));
	}

	@Test
	void aClientThatBoundItsSocketHasAnAddress() throws Exception {
		StreamListener listener = open();
		Path own = this.directory.resolve("own.sock");
		try (SocketChannel peer = SocketChannel.open(StandardProtocolFamily.UNIX)) {
			peer.bind(UnixDomainSocketAddress.of(own));
			peer.connect(UnixDomainSocketAddress.of(this.file));
			assertThat(listener.accept(SOON).getRemoteAddress()).isEqualTo(UnixPath.of(own.toString()));
		}
	}

	@Test
	void aPeerThatHasFinishedSendingStillGetsItsAnswer() throws Exception {
		StreamListener listener = open();
		source(listener).attach("the test", (frame) -> listener.send(frame.payload(), frame.peer().getId()));
		try (UnixPeerSocket peer = UnixPeerSocket.connect(this.file)) {
			peer.send(utf8("echo"));
			peer.channel().shutdownOutput();
			assertThat(peer.receive()).asString().isEqualTo("echo");
			assertThat(peer.read()).isEqualTo(-1);
		}
	}

	@Test
	void knowsThatAPeerHasLeftWhileNothingIsRead() throws Exception {
		StreamListener listener = open();
		listener.pauseReceiving();
		listener.resumeReceiving();
		try (UnixPeerSocket peer = UnixPeerSocket.connect(this.file)) {
			StreamConnection accepted = listener.accept(SOON);
			accepted.pauseReceiving();
			peer.send(utf8("unread"));
			assertThat(accepted.isConnected()).isTrue();
			peer.close();
			await().atMost(SOON).until(() -> !accepted.isConnected());
			accepted.resumeReceiving();
			assertThat(accepted.receive(SOON)).asString().isEqualTo("unread");
		}
	}

	@Test
	void theBacklogIsThatOfTheSpec() throws Exception {
		StreamListener listener = listener(
				UnixSpecs.listener("feed", this.file).socket(SpecBuilder.socket(null, null, null, null, null, 2)));
		listener.open();
		listener.pauseReceiving();
		List<SocketChannel> waiting = new ArrayList<>();
		try {
			assertThatIOException().isThrownBy(() -> {
				while (waiting.size() < 20) {
					SocketChannel peer = SocketChannel.open(StandardProtocolFamily.UNIX);
					waiting.add(peer);
					peer.configureBlocking(false);
					peer.connect(UnixDomainSocketAddress.of(this.file));
				}
			}).withMessage("Resource temporarily unavailable");
			// The kernel lets one more than the backlog wait, and one may be accepted
			// before
			// the pause
			assertThat(waiting).hasSizeBetween(4, 5);
		}
		finally {
			for (SocketChannel peer : waiting) {
				peer.close();
			}
		}
	}

	@Test
	void aSlowConsumerStopsTheReadingAndLosesNothing() throws Exception {
		StreamListener listener = open();
		CountDownLatch release = new CountDownLatch(1);
		AtomicInteger taken = new AtomicInteger();
		source(listener).attach("the test", (frame) -> {
			try {
				release.await(30, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			taken.incrementAndGet();
		});
		int count = 2000;
		try (UnixPeerSocket peer = UnixPeerSocket.connect(this.file)) {
			CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> {
				for (int i = 0; i < count; i++) {
					send(peer, new byte[32_000]);
				}
			});
			await().during(Duration.ofMillis(500)).atMost(SOON).until(() -> !sending.isDone());
			release.countDown();
			sending.get(30, TimeUnit.SECONDS);
			await().atMost(SOON).until(() -> taken.get() == count);
		}
		assertThat(listener.getStatistics().dropped()).isZero();
	}

	@Test
	void framesOfManyClientsArriveCompleteAndInOrder() throws Exception {
		int clients = 100;
		int frames = 1000;
		StreamListener listener = open();
		Map<String, Integer> next = new HashMap<>();
		AtomicInteger disorder = new AtomicInteger();
		AtomicInteger taken = new AtomicInteger();
		source(listener).attach("the test", (frame) -> {
			int number = Integer.parseInt(new String(frame.payload(), StandardCharsets.US_ASCII));
			synchronized (next) {
				if (next.merge(frame.peer().getId(), 1, Integer::sum) != number) {
					disorder.incrementAndGet();
				}
			}
			taken.incrementAndGet();
		});
		List<CompletableFuture<Void>> senders = new ArrayList<>();
		for (int i = 0; i < clients; i++) {
			senders.add(CompletableFuture.runAsync(() -> {
				try (UnixPeerSocket peer = UnixPeerSocket.connect(this.file)) {
					for (int j = 1; j <= frames; j++) {
						send(peer, utf8(Integer.toString(j)));
					}
				}
				catch (IOException ex) {
					throw new IllegalStateException(ex);
				}
			}, (task) -> new Thread(task).start()));
		}
		for (CompletableFuture<Void> sender : senders) {
			sender.get(30, TimeUnit.SECONDS);
		}
		await().atMost(SOON).until(() -> taken.get() == clients * frames);
		assertThat(disorder).hasValue(0);
		assertThat(next).hasSize(clients);
		await().atMost(SOON).until(() -> listener.getClients().isEmpty());
		assertThat(listener.getStatistics().received()).isEqualTo(clients * frames);
		assertThat(listener.getStatistics().dropped()).isZero();
	}

	private static void send(UnixPeerSocket peer, byte[] frame) {
		try {
			peer.send(frame);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
