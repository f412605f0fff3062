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

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import io.mooring.ConnectionException;
import io.mooring.ConnectionState;
import io.mooring.ConnectionType;
import io.mooring.Direction;
import io.mooring.DropReason;
import io.mooring.StreamConnection;
import io.mooring.StreamListener;
import io.mooring.binding.SocketBinding;
import io.mooring.codec.FrameException;
import io.mooring.test.SpecBuilder;
import io.mooring.test.TestTransports;
import io.mooring.transport.stream.internal.channel.EventLoops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Files straight from disk.
 */
@Timeout(90)
class SendFileTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private static final FramingSettings LENGTH = FramingSettings.of("length", 300 << 20);

	private final TestTransports transports = new TestTransports();

	@TempDir
	private Path directory;

	@AfterEach
	void closeAll() {
		this.transports.close();
	}

	private StreamConnection connect(ServerSocket server, FramingSettings framing) {
		StreamConnection client = this.transports.create(SpecBuilder.of("client", ConnectionType.TCP)
			.remote("127.0.0.1", server.getLocalPort())
			.framing(framing)
			.build(), StreamConnection.class);
		client.open();
		return client;
	}

	private Path file(String name, byte[] content) throws IOException {
		return Files.write(this.directory.resolve(name), content);
	}

	private static byte[] random(int length) {
		byte[] bytes = new byte[length];
		new Random(7).nextBytes(bytes);
		return bytes;
	}

	private static CompletableFuture<Void> sending(StreamConnection connection, Path file) {
		return CompletableFuture.runAsync(() -> connection.sendFile(file), (task) -> new Thread(task).start());
	}

	@Test
	void rawBytesAreTheFileAndNothingElseInOrderWithFrames() throws Exception {
		byte[] content = random(1_000_000);
		Path file = file("file", content);
		try (ServerSocket server = StreamPeerSocket.server()) {
			StreamConnection client = connect(server, FramingSettings.of("raw", 65536));
			try (Socket peer = server.accept()) {
				CompletableFuture<byte[]> reading = CompletableFuture.supplyAsync(() -> readAll(peer));
				client.send("before".getBytes(StandardCharsets.UTF_8));
				client.sendFile(file);
				client.send("after".getBytes(StandardCharsets.UTF_8));
				assertThat(client.getStatistics().sentBytes()).isGreaterThanOrEqualTo(1_000_006);
				client.close();
				byte[] read = reading.get(30, TimeUnit.SECONDS);
				assertThat(read).hasSize(1_000_011).startsWith("before".getBytes(StandardCharsets.UTF_8));
				assertThat(Arrays.copyOfRange(read, 6, 1_000_006)).isEqualTo(content);
				assertThat(read).endsWith("after".getBytes(StandardCharsets.UTF_8));
				assertThat(client.getStatistics().sent()).isEqualTo(3);
				assertThat(client.getStatistics().sentBytes()).isEqualTo(1_000_011);
			}
		}
	}

	private static byte[] readAll(Socket peer) {
		try {
			return peer.getInputStream().readAllBytes();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void anAcceptedConnectionPutsTheLengthBeforeTheFile() throws Exception {
		byte[] content = random(300_000);
		Path file = file("file", content);
		StreamListener feed = this.transports.create(SpecBuilder.of("feed", ConnectionType.TCP_LISTEN)
			.local(new SocketBinding.Fixed("127.0.0.1"), 0)
			.framing(LENGTH)
			.build(), StreamListener.class);
		feed.open();
		try (StreamPeerSocket peer = StreamPeerSocket.connect(feed)) {
			StreamConnection client = feed.accept(SOON);
			CompletableFuture<Void> sending = sending(client, file);
			assertThat(peer.receive()).isEqualTo(content);
			sending.get(10, TimeUnit.SECONDS);
			client.sendFile(file("empty", new byte[0]));
			client.send(new byte[] { 1, 2 });
			assertThat(peer.receive()).isEmpty();
			assertThat(peer.receive()).containsExactly(1, 2);
			await().atMost(SOON).until(() -> feed.getStatistics().sent() == 3);
			assertThat(feed.getStatistics().sentBytes()).isEqualTo(300_002);
			assertThat(Files.size(file)).isEqualTo(300_000);
		}
	}

	@Test
	void theOldTransportSendsFilesToo() throws Exception {
		try (EventLoops nio = new EventLoops(false)) {
			this.transports.context().resources().get(EventLoops.class, () -> nio);
			anAcceptedConnectionPutsTheLengthBeforeTheFile();
		}
	}

	@Test
	void twoHundredMegabytesArriveAsTheyAre() throws Exception {
		Path file = this.directory.resolve("large");
		MessageDigest written = MessageDigest.getInstance("SHA-256");
		byte[] block = random(1 << 20);
		try (OutputStream output = new DigestOutputStream(Files.newOutputStream(file), written)) {
			for (int i = 0; i < 200; i++) {
				block[0] = (byte) i;
				output.write(block);
			}
		}
		try (ServerSocket server = StreamPeerSocket.server()) {
			StreamConnection client = connect(server, LENGTH);
			try (Socket peer = server.accept()) {
				CompletableFuture<Void> sending = sending(client, file);
				MessageDigest read = MessageDigest.getInstance("SHA-256");
				DataInputStream input = new DataInputStream(peer.getInputStream());
				assertThat(input.readInt()).isEqualTo(200 << 20);
				try (InputStream digest = new DigestInputStream(input, read)) {
					byte[] buffer = new byte[1 << 16];
					long left = 200 << 20;
					while (left > 0) {
						int count = digest.read(buffer, 0, (int) Math.min(buffer.length, left));
						assertThat(count).isPositive();
						left -= count;
					}
				}
				sending.get(30, TimeUnit.SECONDS);
				assertThat(HexFormat.of().formatHex(read.digest()))
					.isEqualTo(HexFormat.of().formatHex(written.digest()));
			}
		}
	}

	@Test
	void pausingHoldsBackTheRestOfAFile() throws Exception {
		int size = 30_000_000;
		Path file = file("file", new byte[size]);
		try (ServerSocket server = StreamPeerSocket.server()) {
			StreamConnection client = connect(server, LENGTH);
			try (Socket peer = server.accept()) {
				peer.setSoTimeout(500);
				CompletableFuture<Void> sending = sending(client, file);
				DataInputStream input = new DataInputStream(peer.getInputStream());
				assertThat(input.readInt()).isEqualTo(size);
				client.pauseSending();
				long count = 0;
				byte[] buffer = new byte[1 << 16];
				try {
					while (true) {
						count += input.read(buffer);
					}
				}
				catch (SocketTimeoutException ex) {
					assertThat(count).isLessThan(size);
					assertThat(sending).isNotDone();
				}
				client.resumeSending();
				peer.setSoTimeout(10_000);
				input.readFully(new byte[size - (int) count]);
				sending.get(10, TimeUnit.SECONDS);
			}
		}
	}

	@Test
	void closingInTheMiddleFailsTheSenderAndCutsThePeerOff() throws Exception {
		Path file = file("file", new byte[30_000_000]);
		try (ServerSocket server = StreamPeerSocket.server()) {
			StreamConnection client = connect(server, LENGTH);
			try (Socket peer = server.accept()) {
				CompletableFuture<Void> sending = sending(client, file);
				new DataInputStream(peer.getInputStream()).readInt();
				client.close();
				assertThatSendingFails(sending).withMessageMatching(
						"(?s).*Connection 'client' cannot send .*file: lost after \\d+ of 30000000 bytes: .*closed.*");
				assertThat(client.getStatistics().dropped(DropReason.NOT_SENT)).isEqualTo(1);
				assertThat(readAll(peer)).hasSizeLessThan(30_000_000);
			}
		}
	}

	@Test
	void aPeerThatLeavesInTheMiddleFailsTheSender() throws Exception {
		Path file = file("file", new byte[30_000_000]);
		try (ServerSocket server = StreamPeerSocket.server()) {
			StreamConnection client = connect(server, LENGTH);
			CompletableFuture<Void> sending;
			try (Socket peer = server.accept()) {
				sending = sending(client, file);
				new DataInputStream(peer.getInputStream()).readInt();
				peer.setSoLinger(true, 0);
			}
			assertThatSendingFails(sending).withMessageContaining("of 30000000 bytes: ");
			assertThat(client.getStatistics().dropped(DropReason.NOT_SENT)).isEqualTo(1);
		}
	}

	private static ThrowableAssertAlternative<?> assertThatSendingFails(CompletableFuture<Void> sending) {
		return assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> sending.get(10, TimeUnit.SECONDS))
			.withCauseInstanceOf(ConnectionException.class);
	}

	@Test
	void aFileThatBecomesShorterClosesTheConnection() throws Exception {
		Path file = file("file", new byte[30_000_000]);
		try (ServerSocket server = StreamPeerSocket.server()) {
			StreamConnection client = connect(server, LENGTH);
			try (Socket peer = server.accept()) {
				CompletableFuture<Void> sending = sending(client, file);
				DataInputStream input = new DataInputStream(peer.getInputStream());
				input.readInt();
				try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
					cut.setLength(1000);
				}
				int count = input.readAllBytes().length;
				assertThat(count).isLessThan(30_000_000);
				assertThatSendingFails(sending).withMessageContaining("became shorter while it was sent");
				await().atMost(SOON)
					.untilAsserted(() -> assertThat(client.getStatistics().lastError())
						.hasMessageContaining("became shorter while it was sent"));
			}
			// Opened again, and whole
			try (Socket peer = server.accept()) {
				assertThat(client.awaitState(ConnectionState.CONNECTED, SOON)).isTrue();
				client.sendFile(file);
				DataInputStream input = new DataInputStream(peer.getInputStream());
				assertThat(input.readInt()).isEqualTo(1000);
				input.readFully(new byte[1000]);
			}
		}
	}

	@Test
	void whatCannotBeSentIsRefusedAndHarmsNothing() throws Exception {
		Path file = file("file", new byte[2000]);
		try (ServerSocket server = StreamPeerSocket.server()) {
			StreamConnection client = connect(server, FramingSettings.of("length", 1000));
			try (StreamPeerSocket peer = StreamPeerSocket.accept(server)) {
				assertThatExceptionOfType(FrameException.class).isThrownBy(() -> client.sendFile(file))
					.withMessage("A frame of 2000 bytes is longer than 1000, the most that framing.max-size allows");
				assertThat(client.getStatistics().dropped(DropReason.OVERSIZE)).isEqualTo(1);
				Path missing = this.directory.resolve("missing");
				assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> client.sendFile(missing))
					.withMessage("Connection 'client' cannot send " + missing + ": there is no such file");
				assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> client.sendFile(this.directory))
					.withMessage("Connection 'client' cannot send " + this.directory + ": it is no regular file");
				client.send(new byte[] { 5 });
				assertThat(peer.receive()).containsExactly(5);
			}
			client.close();
			assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> client.sendFile(file))
				.withMessageContaining("is not open");
			StreamConnection lines = connect(server, FramingSettings.of("crlf", 100_000));
			assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> lines.sendFile(file))
				.withMessage("Connection 'client' cannot send a file with framing.type crlf, as its bytes may be such "
						+ "that end a frame; raw and length can");
		}
	}

	@Test
	void interceptorsAreNotPassedBy() throws Exception {
		Path file = file("file", new byte[1]);
		try (ServerSocket server = StreamPeerSocket.server()) {
			StreamConnection client = this.transports.create(SpecBuilder.of("client", ConnectionType.TCP)
				.remote("127.0.0.1", server.getLocalPort())
				.interceptors(List.of("audit"))
				.build(), StreamConnection.class);
			assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> client.sendFile(file))
				.withMessage("Connection 'client' cannot send a file past its interceptors [audit], which are to see "
						+ "all that is sent");
		}
	}

	@Test
	void aConnectionThatOnlyReceivesSendsNoFiles() throws Exception {
		Path file = file("file", new byte[1]);
		try (ServerSocket server = StreamPeerSocket.server()) {
			StreamConnection client = this.transports.create(SpecBuilder.of("client", ConnectionType.TCP)
				.remote("127.0.0.1", server.getLocalPort())
				.direction(Direction.RECEIVE)
				.build(), StreamConnection.class);
			client.open();
			assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> client.sendFile(file))
				.withMessageContaining("is receive-only");
		}
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void unixSocketsSendFilesToo() throws Exception {
		Path socket = this.directory.resolve("feed.sock");
		byte[] content = random(700_000);
		Path file = file("file", content);
		StreamListener feed = this.transports.create(UnixSpecs.listener("feed", socket).framing(LENGTH).build(),
				StreamListener.class);
		feed.open();
		try (UnixPeerSocket peer = UnixPeerSocket.connect(socket)) {
			StreamConnection client = feed.accept(SOON);
			CompletableFuture<Void> sending = sending(client, file);
			assertThat(peer.receive()).isEqualTo(content);
			sending.get(10, TimeUnit.SECONDS);
		}
	}

	@Test
	void leavesNoDescriptorOpen() throws Exception {
		Path file = file("file", random(3000));
		try (ServerSocket server = StreamPeerSocket.server()) {
			StreamConnection client = connect(server, LENGTH);
			try (StreamPeerSocket peer = StreamPeerSocket.accept(server)) {
				for (int i = 0; i < 20; i++) {
					client.sendFile(file);
					assertThat(peer.receive()).hasSize(3000);
				}
			}
		}
		assertThat(openFiles()).noneMatch((open) -> open.startsWith(this.directory.toString()));
	}

	private static List<String> openFiles() throws IOException {
		Path descriptors = Path.of("/proc/self/fd");
		if (!Files.isDirectory(descriptors)) {
			return List.of();
		}
		try (Stream<Path> links = Files.list(descriptors)) {
			return links.map((link) -> {
				try {
					return Files.readSymbolicLink(link).toString();
				}
				catch (IOException ex) {
					return "";
				}
			}).toList();
		}
	}

}
