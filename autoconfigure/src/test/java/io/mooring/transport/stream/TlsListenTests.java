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
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.mooring.ClientAuth;
import io.mooring.ConnectionState;
import io.mooring.ConnectionType;
import io.mooring.DropReason;
import io.mooring.StreamConnection;
import io.mooring.StreamListener;
import io.mooring.binding.SocketBinding;
import io.mooring.test.Pki;
import io.mooring.test.SpecBuilder;
import io.mooring.test.TestTransports;
import io.mooring.transport.internal.receive.MessageSource;
import io.mooring.transport.internal.receive.PeerFrame;
import io.mooring.transport.settings.SslSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Clients of all kinds at a TLS port. After each of them another one is served.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class TlsListenTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private static final FramingSettings LINES = FramingSettings.of("line", 1000);

	private static final Pki PKI = new Pki();

	private static final X509Bundle SERVER = PKI.server();

	private final TestTransports transports = new TestTransports((name) -> PKI.bundle(SERVER));

	@AfterEach
	void closeAll() {
		this.transports.close();
	}

	private StreamListener open() {
		return open(SslSettings.of("test"));
	}

	private StreamListener open(ClientAuth clientAuth) {
		return open(new SslSettings("test", clientAuth, null, true, SOON));
	}

	private StreamListener open(SslSettings ssl) {
		StreamListener listener = this.transports.create(SpecBuilder.of("feed", ConnectionType.TCP_LISTEN)
			.local(new SocketBinding.Fixed("127.0.0.1"), 0)
			.framing(LINES)
			.ssl(ssl)
			.build(), StreamListener.class);
		listener.open();
		return listener;
	}

	private static int port(StreamListener listener) {
		return ((InetSocketAddress) listener.getLocalAddress()).getPort();
	}

	private static Socket plain(StreamListener listener) throws IOException {
		Socket socket = new Socket(InetAddress.getLoopbackAddress(), port(listener));
		socket.setSoTimeout(10_000);
		return socket;
	}

	@SuppressWarnings("unchecked")
	private static MessageSource<PeerFrame> source(StreamListener listener) {
		return (MessageSource<PeerFrame>) listener;
	}

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private void echo(StreamListener feed) {
		source(feed).attach("the test", (frame) -> feed.send(frame.payload(), frame.peer().getId()));
	}

	private void isServed(StreamListener feed) throws IOException {
		isServed(feed, PKI.context(null));
	}

	private void isServed(StreamListener feed, SSLContext context) throws IOException {
		try (StreamPeerSocket peer = StreamPeerSocket.connect(feed, context)) {
			peer.write("hello\n");
			assertThat(peer.readLine()).isEqualTo("hello");
		}
	}

	private static void isClosed(Socket socket) throws IOException {
		InputStream input = socket.getInputStream();
		try {
			// Perhaps an alert, then the end
			assertThat(input.readAllBytes().length).isLessThan(100);
		}
		catch (IOException ex) {
			assertThat(ex).hasMessageContaining("reset");
		}
	}

	private static List<String> warnings(CapturedOutput output) {
		return output.getOut().lines().filter((line) -> line.contains("WARN")).toList();
	}

	private static void failed(StreamListener feed, long times) {
		await().atMost(SOON).until(() -> feed.getStatistics().dropped(DropReason.HANDSHAKE) == times);
		assertThat(feed.getClients()).isEmpty();
		assertThat(feed.getState()).isEqualTo(ConnectionState.CONNECTED);
	}

	@Test
	void aClientIsServedOnceItsHandshakeIsDone() throws Exception {
		StreamListener feed = open();
		try (Socket slow = plain(feed)) {
			assertThat(feed.accept(Duration.ofMillis(200))).isNull();
			assertThat(feed.getClients()).isEmpty();
			SSLSocket tls = (SSLSocket) PKI.context(null).getSocketFactory().createSocket(slow, "localhost", 1, true);
			try (StreamPeerSocket peer = new StreamPeerSocket(tls)) {
				tls.startHandshake();
				StreamConnection client = feed.accept(SOON);
				assertThat(feed.getClients()).containsExactly(client);
				assertThat(client.isConnected()).isTrue();
				peer.write("one\ntwo\n");
				assertThat(client.receive(SOON)).isEqualTo(utf8("one"));
				assertThat(client.receive(SOON)).isEqualTo(utf8("two"));
				client.sendAsync(utf8("three")).get(10, TimeUnit.SECONDS);
				assertThat(peer.readLine()).isEqualTo("three");
				assertThat(feed.getStatistics().sentBytes()).isEqualTo(5);
			}
		}
	}

	@Test
	void whatComesWithTheLastWordsOfTheHandshakeIsRead() throws Exception {
		StreamListener feed = open();
		echo(feed);
		for (int i = 0; i < 50; i++) {
			// The JDK writes the first line right behind its Finished
			try (Socket raw = plain(feed);
					SSLSocket tls = (SSLSocket) PKI.context(null)
						.getSocketFactory()
						.createSocket(raw, "localhost", 1, true);
					StreamPeerSocket peer = new StreamPeerSocket(tls)) {
				peer.write("line " + i + "\n");
				assertThat(peer.readLine()).isEqualTo("line " + i);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "TLSv1.2", "TLSv1.3" })
	void bothVersionsAreSpokenAndEndedInOrder(String version) throws Exception {
		StreamListener feed = open();
		echo(feed);
		try (StreamPeerSocket peer = StreamPeerSocket.connect(feed, PKI.context(null), version)) {
			assertThat(((SSLSocket) peer.socket()).getSession().getProtocol()).isEqualTo(version);
			peer.write("hello\n");
			assertThat(peer.readLine()).isEqualTo("hello");
			feed.getClients().forEach(StreamConnection::close);
			// With a close_notify: without one this throws
			assertThat(peer.read()).isEqualTo(-1);
		}
		await().atMost(SOON).until(() -> feed.getClients().isEmpty());
	}

	@Test
	void aPeerThatHasFinishedSendingStillGetsItsAnswer() throws Exception {
		StreamListener feed = open();
		echo(feed);
		try (StreamPeerSocket peer = StreamPeerSocket.connect(feed, PKI.context(null))) {
			peer.write("echo\n");
			peer.socket().shutdownOutput();
			assertThat(peer.readLine()).isEqualTo("echo");
			assertThat(peer.read()).isEqualTo(-1);
		}
	}

	@Test
	void whoEndsTls12GetsNoMoreAndHoldsUpNobody() throws Exception {
		StreamListener feed = open();
		StreamPeerSocket peer = StreamPeerSocket.connect(feed, PKI.context(null), "TLSv1.2");
		StreamConnection client = feed.accept(SOON);
		CountDownLatch ended = new CountDownLatch(1);
		List<Throwable> failures = new CopyOnWriteArrayList<>();
		MessageSource.Attachment attachment = source(feed).attach("the test", (frame) -> {
			hold(ended);
			try {
				client.sendAsync(utf8("too late")).get(10, TimeUnit.SECONDS);
			}
			catch (Exception ex) {
				failures.add(ex);
			}
		});
		peer.write("hello\n");
		peer.socket().shutdownOutput();
		assertThat(peer.read()).isEqualTo(-1);
		ended.countDown();
		await().atMost(SOON).until(() -> client.getState() == ConnectionState.DISCONNECTED);
		assertThat(failures).singleElement()
			.asString()
			.contains("lost a frame for 127.0.0.1", "the peer ended the TLS connection");
		assertThat(feed.getStatistics().dropped(DropReason.NOT_SENT)).isEqualTo(1);
		peer.close();
		attachment.detach();
		echo(feed);
		isServed(feed);
	}

	private static void hold(CountDownLatch latch) {
		try {
			latch.await(30, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void sendAsyncCompletesWhenTheKernelTookIt() throws Exception {
		StreamListener feed = open();
		try (StreamPeerSocket peer = StreamPeerSocket.connect(feed, PKI.context(null))) {
			StreamConnection client = feed.accept(SOON);
			// Nobody reads: once the kernel's buffers are full, nothing completes
			CompletableFuture<Void> filling = fill(client);
			while (completes(filling)) {
				filling = fill(client);
			}
			CompletableFuture<Void> last = filling;
			long sent = feed.getStatistics().sent();
			CompletableFuture<Long> reading = CompletableFuture.supplyAsync(() -> lines(peer));
			last.get(10, TimeUnit.SECONDS);
			client.close();
			assertThat(reading.get(10, TimeUnit.SECONDS)).isEqualTo(feed.getStatistics().sent()).isGreaterThan(sent);
		}
	}

	private static CompletableFuture<Void> fill(StreamConnection client) {
		CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
		CompletableFuture<Void> next = last;
		while (!next.isCompletedExceptionally()) {
			last = next;
			next = client.sendAsync(new byte[1000]);
		}
		return last;
	}

	private static boolean completes(CompletableFuture<Void> future) throws Exception {
		try {
			future.get(500, TimeUnit.MILLISECONDS);
			return true;
		}
		catch (TimeoutException ex) {
			return false;
		}
	}

	private static long lines(StreamPeerSocket peer) {
		long lines = 0;
		try {
			for (int next = peer.read(); next >= 0; next = peer.read()) {
				lines += (next == '\n') ? 1 : 0;
			}
			return lines;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Test
	void plainTextIsRefused(CapturedOutput output) throws Exception {
		StreamListener feed = open();
		echo(feed);
		try (Socket socket = plain(feed)) {
			socket.getOutputStream().write(utf8("GET /secret-path HTTP/1.1\r\nHost: localhost\r\n\r\n"));
			isClosed(socket);
			failed(feed, 1);
			assertThat(warnings(output)).singleElement()
				.asString()
				.contains("Closing 127.0.0.1:" + socket.getLocalPort())
				.contains("the TLS handshake failed: what the peer sends is not TLS;");
			assertThat(output.getOut()).doesNotContain("secret-path");
		}
		isServed(feed);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2 })
	void olderVersionsAreRefused(int minor) throws Exception {
		StreamListener feed = open();
		echo(feed);
		try (Socket socket = plain(feed)) {
			socket.getOutputStream().write(clientHello(minor));
			// An alert: fatal, protocol_version (RFC 5246, section 7.2)
			byte[] alert = socket.getInputStream().readNBytes(7);
			assertThat(alert[0]).isEqualTo((byte) 21);
			assertThat(alert[5]).isEqualTo((byte) 2);
			assertThat(alert[6]).isEqualTo((byte) 70);
			isClosed(socket);
			failed(feed, 1);
		}
		isServed(feed);
	}

	/**
	 * Make a ClientHello (RFC 2246, section 7.4.1.2).
	 * @param minor 1 for TLS 1.0, 2 for TLS 1.1
	 */
	private static byte[] clientHello(int minor) {
		byte[] hello = new byte[5 + 4 + 2 + 32 + 1 + 2 + 4 + 2];
		int length = hello.length - 5;
		int at = 0;
		for (int value : new int[] { 22, 3, minor, 0, length, 1, 0, 0, length - 4, 3, minor }) {
			hello[at++] = (byte) value;
		}
		at += 32;
		for (int value : new int[] { 0, 0, 4, 0xC0, 0x13, 0, 0x2F, 1, 0 }) {
			hello[at++] = (byte) value;
		}
		return hello;
	}

	@Test
	void aHandshakeThatStallsIsClosedAlone(CapturedOutput output) throws Exception {
		StreamListener feed = open(new SslSettings("test", ClientAuth.NONE, null, true, Duration.ofMillis(700)));
		echo(feed);
		try (Socket silent = plain(feed); Socket half = plain(feed)) {
			half.getOutputStream().write(clientHello(3), 0, 20);
			isServed(feed);
			isClosed(silent);
			isClosed(half);
			failed(feed, 2);
			assertThat(warnings(output)).singleElement()
				.asString()
				.contains("handshake timed out after 700ms (ssl.handshake-timeout);");
		}
		isServed(feed);
	}

	@Test
	void randomBytesAreRefusedAndFloodNoLog(CapturedOutput output) throws Exception {
		StreamListener feed = open();
		echo(feed);
		Random random = new Random(42);
		try (StreamPeerSocket good = StreamPeerSocket.connect(feed, PKI.context(null))) {
			for (int i = 0; i < 200; i++) {
				byte[] noise = new byte[1 + random.nextInt(2000)];
				random.nextBytes(noise);
				if (i % 4 == 0) {
					// So that it looks like a record of a handshake
					byte[] record = { 22, 3, 1, (byte) (noise.length >> 8), (byte) noise.length };
					System.arraycopy(record, 0, noise, 0, Math.min(record.length, noise.length));
				}
				try (Socket bad = plain(feed)) {
					bad.getOutputStream().write(noise);
					if (i % 2 == 0) {
						bad.setSoLinger(true, 0);
					}
				}
				catch (IOException ex) {
					// Closed while it was still sending
				}
				good.write("good " + i + "\n");
				assertThat(good.readLine()).isEqualTo("good " + i);
			}
		}
		await().atMost(SOON).until(() -> feed.getClients().isEmpty());
		await().atMost(SOON).until(() -> feed.getStatistics().dropped(DropReason.HANDSHAKE) > 10);
		assertThat(warnings(output)).singleElement().asString().contains("Closing 127.0.0.1:");
		isServed(feed);
	}

	@Test
	void garbageAfterTheHandshakeClosesThatPeerAlone() throws Exception {
		StreamListener feed = open();
		echo(feed);
		try (Socket raw = plain(feed)) {
			SSLSocket tls = (SSLSocket) PKI.context(null).getSocketFactory().createSocket(raw, "localhost", 1, false);
			StreamPeerSocket peer = new StreamPeerSocket(tls);
			peer.write("hello\n");
			assertThat(peer.readLine()).isEqualTo("hello");
			raw.getOutputStream().write(new byte[] { 23, 3, 3, 0, 30 });
			raw.getOutputStream().write(new byte[30]);
			assertThatExceptionOfType(SSLException.class).isThrownBy(peer::read);
			await().atMost(SOON).until(() -> feed.getClients().isEmpty());
		}
		isServed(feed);
	}

	@Test
	void aLookAtThePortIsNoFailure(CapturedOutput output) throws Exception {
		StreamListener feed = open();
		echo(feed);
		for (int i = 0; i < 20; i++) {
			Socket socket = plain(feed);
			socket.setSoLinger(i % 2 == 0, 0);
			socket.close();
		}
		isServed(feed);
		assertThat(feed.getStatistics().dropped(DropReason.HANDSHAKE)).isZero();
		assertThat(warnings(output)).isEmpty();
	}

	@Test
	void clientsHaveToShowACertificateWhereOneIsNeeded(CapturedOutput output) throws Exception {
		StreamListener feed = open(ClientAuth.NEED);
		echo(feed);
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> isServed(feed));
		failed(feed, 1);
		assertThat(warnings(output)).singleElement()
			.asString()
			.contains("the TLS handshake failed: the peer showed no certificate (ssl.client-auth);");
		this.transports.pass(Duration.ofMinutes(1));
		X509Bundle expired = PKI.issue((builder) -> builder.subject("CN=old").notAfter(Instant.now().minusSeconds(60)));
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> isServed(feed, PKI.context(expired)));
		failed(feed, 2);
		assertThat(warnings(output).get(1)).contains("the certificate of the peer has expired (NotAfter");
		isServed(feed, PKI.context(PKI.client("drone-7")));
	}

	@Test
	void theSubjectOfACertificateIsThatOfThePeer() throws Exception {
		StreamListener feed = open(ClientAuth.WANT);
		List<PeerFrame> taken = new CopyOnWriteArrayList<>();
		source(feed).attach("the test", taken::add);
		try (StreamPeerSocket known = StreamPeerSocket.connect(feed, PKI.context(PKI.client("drone-7")));
				StreamPeerSocket unknown = StreamPeerSocket.connect(feed, PKI.context(null))) {
			known.write("known\n");
			await().atMost(SOON).until(() -> taken.size() == 1);
			unknown.write("unknown\n");
			await().atMost(SOON).until(() -> taken.size() == 2);
			assertThat(taken.get(0).peer().getSubject()).isEqualTo("CN=drone-7,O=Example");
			assertThat(taken.get(1).peer().getSubject()).isNull();
			assertThat(feed.getClients()).extracting(StreamConnection::getPeerSubject)
				.containsExactly("CN=drone-7,O=Example", null);
		}
	}

	@Test
	void closingTheListenerEndsHandshakesToo() throws Exception {
		StreamListener feed = open();
		try (Socket silent = plain(feed)) {
			isServedBy(feed);
			feed.close();
			isClosed(silent);
			assertThat(feed.getStatistics().dropped(DropReason.HANDSHAKE)).isZero();
		}
	}

	private void isServedBy(StreamListener feed) throws IOException {
		MessageSource.Attachment attachment = source(feed).attach("the test",
				(frame) -> feed.send(frame.payload(), frame.peer().getId()));
		isServed(feed);
		attachment.detach();
	}

	@Test
	void filesAreEncryptedAndInOrder(@TempDir Path directory) throws Exception {
		byte[] content = new byte[3_000_000];
		new Random(3).nextBytes(content);
		Path file = Files.write(directory.resolve("file"), content);
		StreamListener feed = this.transports.create(SpecBuilder.of("feed", ConnectionType.TCP_LISTEN)
			.local(new SocketBinding.Fixed("127.0.0.1"), 0)
			.framing(FramingSettings.of("length", 1 << 23))
			.ssl(SslSettings.of("test"))
			.build(), StreamListener.class);
		feed.open();
		try (StreamPeerSocket peer = new StreamPeerSocket(
				PKI.context(null).getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port(feed)))) {
			((SSLSocket) peer.socket()).startHandshake();
			StreamConnection client = feed.accept(SOON);
			CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> {
				client.send(utf8("before"));
				client.sendFile(file);
				client.send(utf8("after"));
			}, (task) -> new Thread(task).start());
			assertThat(peer.receive()).asString(StandardCharsets.UTF_8).isEqualTo("before");
			assertThat(peer.receive()).isEqualTo(content);
			assertThat(peer.receive()).asString(StandardCharsets.UTF_8).isEqualTo("after");
			sending.get(10, TimeUnit.SECONDS);
		}
	}

}
