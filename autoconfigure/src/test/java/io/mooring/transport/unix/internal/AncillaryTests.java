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

package io.mooring.transport.unix.internal;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.NonWritableChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import io.mooring.Ancillary;
import io.mooring.ConnectionException;
import io.mooring.ConnectionType;
import io.mooring.DropReason;
import io.mooring.OverflowPolicy;
import io.mooring.PeerCredentials;
import io.mooring.ReceivedDescriptor;
import io.mooring.UnixDatagram;
import io.mooring.UnixDatagramConnection;
import io.mooring.test.Requirements;
import io.mooring.test.RequiresTools;
import io.mooring.test.SpecBuilder;
import io.mooring.test.TestTransports;
import io.mooring.transport.unix.internal.jna.LibC;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Descriptors and credentials, to and from Python's sendmsg and recvmsg.
 */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
@RequiresTools("python3")
class AncillaryTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private final TestTransports transports = new TestTransports();

	@TempDir
	private Path directory;

	private PythonPeer peer;

	@AfterEach
	void closeAll() throws IOException {
		this.transports.close();
		if (this.peer != null) {
			this.peer.close();
		}
	}

	private UnixDatagramConnection listen(boolean credentials, boolean descriptors, int ancillarySize)
			throws IOException {
		String path = this.directory.resolve("listen.sock").toString();
		UnixDatagramConnection connection = this.transports
			.create(SpecBuilder.of("listen", ConnectionType.UNIX_DATAGRAM_LISTEN)
				.unix(Specs.path(path, credentials, descriptors, ancillarySize))
				.receive(SpecBuilder.receive(1024, OverflowPolicy.DROP_OLDEST, 300_000, false))
				.build(), UnixDatagramConnection.class);
		connection.open();
		this.peer = new PythonPeer("auto").to(connection.getLocalAddress());
		return connection;
	}

	private UnixDatagramConnection connect(String options) throws IOException {
		this.peer = new PythonPeer(this.directory.resolve("peer.sock") + options);
		UnixDatagramConnection connection = this.transports
			.create(SpecBuilder.of("client", ConnectionType.UNIX_DATAGRAM)
				.unix(Specs.path(this.directory.resolve("peer.sock").toString()))
				.socket(SpecBuilder.socket(null, 1 << 20, null, null, null, null))
				.build(), UnixDatagramConnection.class);
		connection.open();
		return connection;
	}

	private Path file(String content) throws IOException {
		return Files.writeString(this.directory.resolve("file.txt"), content);
	}

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	@Test
	void receivesDescriptors() throws Exception {
		UnixDatagramConnection connection = listen(false, true, 8192);
		this.peer.send(utf8("two"), "pipe:hello,file:" + file("content"), "-");
		try (UnixDatagram datagram = connection.receive(SOON)) {
			assertThat(datagram.payload()).asString().isEqualTo("two");
			assertThat(datagram.sender()).isEqualTo(this.peer.address());
			assertThat(datagram.credentials()).isNull();
			assertThat(datagram.controlTruncated()).isFalse();
			List<ReceivedDescriptor> descriptors = datagram.descriptors();
			assertThat(descriptors).hasSize(2);
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> descriptors.get(0).asFileChannel())
				.withMessageContaining("not a file: Illegal seek");
			try (InputStream stream = descriptors.get(0).asInputStream()) {
				assertThat(stream.readAllBytes()).asString().isEqualTo("hello");
			}
			try (FileChannel channel = descriptors.get(1).asFileChannel()) {
				ByteBuffer buffer = ByteBuffer.allocate(100);
				channel.read(buffer);
				assertThat(new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8))
					.isEqualTo("content");
				channel.write(ByteBuffer.wrap(utf8("!")));
			}
			assertThat(this.directory.resolve("file.txt")).hasContent("content!");
			assertThat(descriptors).noneMatch(ReceivedDescriptor::isOpen);
			assertThatIllegalStateException().isThrownBy(() -> descriptors.get(0).asInputStream());
		}
	}

	@Test
	void fileThatWasOpenedForReadingCannotBeWritten() throws Exception {
		UnixDatagramConnection connection = listen(false, true, 8192);
		this.peer.send(utf8("one"), "read:" + file("content"), "-");
		try (UnixDatagram datagram = connection.receive(SOON);
				FileChannel channel = datagram.descriptors().get(0).asFileChannel()) {
			assertThat(channel.size()).isEqualTo(7);
			assertThatExceptionOfType(NonWritableChannelException.class)
				.isThrownBy(() -> channel.write(ByteBuffer.wrap(utf8("!"))));
		}
	}

	@Test
	void receivedDescriptorsAreCloseOnExecAndClosedWithTheDatagram() throws Exception {
		UnixDatagramConnection connection = listen(false, true, 8192);
		this.peer.send(utf8("two"), "null*2", "-");
		UnixDatagram datagram = connection.receive(SOON);
		int kept = datagram.descriptors().get(0).detach();
		int number = datagram.descriptors().get(1).number();
		String flags = Files.readAllLines(Path.of("/proc/self/fdinfo/" + number))
			.stream()
			.filter((line) -> line.startsWith("flags:"))
			.findFirst()
			.orElseThrow();
		assertThat(Integer.parseInt(flags.replaceAll("\\D", ""), 8) & 02000000).isNotZero();
		datagram.close();
		datagram.close();
		assertThat(Path.of("/proc/self/fd/" + number)).doesNotExist();
		assertThat(Files.isSymbolicLink(Path.of("/proc/self/fd/" + kept))).isTrue();
		assertThatIllegalStateException().isThrownBy(() -> datagram.descriptors().get(1).number());
		LibC.close(kept);
	}

	@Test
	void receivesCredentials() throws Exception {
		UnixDatagramConnection connection = listen(true, false, 8192);
		this.peer.send(utf8("who"));
		UnixDatagram datagram = connection.receive(SOON);
		int uid = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
		int gid = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:gid");
		assertThat(datagram.credentials()).isEqualTo(new PeerCredentials(this.peer.pid(), uid, gid));
		this.peer.send(utf8("not asked for"), "null*3", "-");
		datagram = connection.receive(SOON);
		assertThat(datagram.credentials()).isNotNull();
		assertThat(datagram.descriptors()).isEmpty();
		assertThat(datagram.controlTruncated()).isTrue();
	}

	@Test
	void receivesDescriptorsAndCredentialsAtOnce() throws Exception {
		UnixDatagramConnection connection = listen(true, true, 8192);
		this.peer.send(utf8("both"), "pipe:hello,null*249", "-");
		try (UnixDatagram datagram = connection.receive(SOON)) {
			assertThat(datagram.credentials().pid()).isEqualTo(this.peer.pid());
			assertThat(datagram.descriptors()).hasSize(250);
			assertThat(datagram.controlTruncated()).isFalse();
			try (InputStream stream = datagram.descriptors().get(0).asInputStream()) {
				assertThat(stream.readAllBytes()).asString().isEqualTo("hello");
			}
		}
	}

	@Test
	void withoutAskingThereAreNone() throws Exception {
		UnixDatagramConnection connection = listen(false, false, 8192);
		this.peer.send(utf8("plain"), "null*3", "-");
		UnixDatagram datagram = connection.receive(SOON);
		assertThat(datagram.descriptors()).isEmpty();
		assertThat(datagram.credentials()).isNull();
		assertThat(datagram.controlTruncated()).isTrue();
	}

	@Test
	void reportsTruncatedControlDataAndDeliversWhatFits() throws Exception {
		UnixDatagramConnection connection = listen(false, true, 64);
		this.peer.send(utf8("many"), "null*100", "-");
		try (UnixDatagram datagram = connection.receive(SOON)) {
			assertThat(datagram.controlTruncated()).isTrue();
			assertThat(datagram.descriptors()).hasSizeBetween(1, 12);
			assertThat(datagram.truncated()).isFalse();
		}
		this.peer.send(utf8("few"), "null*1", "-");
		try (UnixDatagram datagram = connection.receive(SOON)) {
			assertThat(datagram.controlTruncated()).isFalse();
			assertThat(datagram.descriptors()).hasSize(1);
		}
	}

	@Test
	void emptyAndLongDatagramsArrive() throws Exception {
		UnixDatagramConnection connection = listen(true, true, 8192);
		byte[] payload = new byte[200 * 1024];
		new Random(1).nextBytes(payload);
		this.peer.send(new byte[0], "null*1", "-");
		this.peer.send(payload);
		this.peer.send(new byte[300_001]);
		try (UnixDatagram datagram = connection.receive(SOON)) {
			assertThat(datagram.payload()).isEmpty();
			assertThat(datagram.descriptors()).hasSize(1);
		}
		assertThat(connection.receive(SOON).payload()).isEqualTo(payload);
		UnixDatagram cut = connection.receive(SOON);
		assertThat(cut.truncated()).isTrue();
		assertThat(cut.payload()).hasSize(300_000);
		assertThat(connection.getStatistics().dropped(DropReason.TRUNCATED)).isEqualTo(1);
	}

	@Test
	void sendsDescriptorsAndCredentials() throws Exception {
		UnixDatagramConnection connection = connect(" passcred");
		long pid = ProcessHandle.current().pid();
		long uid = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
		long gid = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:gid");
		String ids = pid + ":" + uid + ":" + gid;
		try (FileInputStream stream = new FileInputStream(file("content").toFile())) {
			connection.send(utf8("fd"), Ancillary.ofDescriptors(stream.getFD()));
			PythonPeer.Received received = this.peer.receive(4096);
			assertThat(received.payload()).asString().isEqualTo("fd");
			assertThat(received.contents()).containsExactly("content");
			assertThat(received.sender()).isEqualTo(connection.getLocalAddress().toString());
			assertThat(received.credentials()).isEqualTo(ids);
		}
		try (RandomAccessFile other = new RandomAccessFile(file("content").toFile(), "r")) {
			connection.send(utf8("both"), Ancillary.ofDescriptors(other.getFD()).withCredentials(pid, uid, gid));
			PythonPeer.Received received = this.peer.receive(4096);
			assertThat(received.contents()).containsExactly("content");
			assertThat(received.credentials()).isEqualTo(ids);
		}
		connection.send(utf8("who"), Ancillary.NONE.withCredentials(pid, uid, gid));
		assertThat(this.peer.receive(4096).credentials()).isEqualTo(ids);
	}

	@Test
	void sendsManyDescriptorsAndLongAndEmptyDatagrams() throws Exception {
		UnixDatagramConnection connection = connect("");
		int before = this.peer.descriptorCount();
		try (FileInputStream stream = new FileInputStream("/dev/null")) {
			connection.send(utf8("250"), Ancillary.ofDescriptors(Collections.nCopies(250, stream.getFD())));
			assertThat(this.peer.receive(4096).payload()).asString().isEqualTo("250");
		}
		assertThat(this.peer.descriptorCount()).isEqualTo(before);
		byte[] payload = new byte[200 * 1024];
		new Random(2).nextBytes(payload);
		connection.send(payload);
		assertThat(this.peer.receive()).isEqualTo(payload);
		connection.send(new byte[0]);
		assertThat(this.peer.receive()).isEmpty();
	}

	@Test
	void passesReceivedDescriptorsOn() throws Exception {
		UnixDatagramConnection connection = listen(false, true, 8192);
		this.peer.send(utf8("in"), "pipe:hello", "-");
		try (UnixDatagram datagram = connection.receive(SOON)) {
			connection.send(utf8("back"), datagram.sender(),
					Ancillary.ofDescriptors(datagram.descriptors().toArray(new ReceivedDescriptor[0])), SOON);
		}
		assertThat(this.peer.receive(4096).contents()).containsExactly("hello");
	}

	@Test
	void refusesWhatCannotBeSent() throws Exception {
		UnixDatagramConnection connection = connect("");
		FileInputStream stream = new FileInputStream("/dev/null");
		stream.close();
		assertThatExceptionOfType(ConnectionException.class)
			.isThrownBy(() -> connection.send(utf8("no"), Ancillary.ofDescriptors(stream.getFD())))
			.withMessageContaining("descriptor 1 of 1 is closed");
		assertThatExceptionOfType(ConnectionException.class)
			.isThrownBy(() -> connection.send(utf8("no"), Ancillary.ofDescriptors(999_999)))
			.withMessageContaining("Bad file descriptor");
		assertThatExceptionOfType(ConnectionException.class)
			.isThrownBy(() -> connection.send(utf8("no"), Ancillary.NONE.withCredentials(99_999_999, 0, 0)))
			.withMessageContaining(Requirements.isRoot() ? "No such process" : "Operation not permitted");
		assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> connection.send(new byte[4 << 20]))
			.withMessageContaining("Message too long")
			.withMessageContaining("raise socket.send-buffer");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Ancillary.ofDescriptors(new ArrayList<>(Arrays.asList("x"))))
			.withMessageContaining("Unsupported descriptor x");
		assertThatIllegalArgumentException().isThrownBy(() -> Ancillary.ofDescriptors(new int[254]))
			.withMessageContaining("253");
		connection.send(utf8("yes"));
		assertThat(this.peer.receive()).asString().isEqualTo("yes");
	}

}
