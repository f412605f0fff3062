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

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import io.mooring.ConnectionException;
import io.mooring.ConnectionState;
import io.mooring.ConnectionType;
import io.mooring.UnixDatagramConnection;
import io.mooring.UnixPath;
import io.mooring.test.RequiresTools;
import io.mooring.test.SpecBuilder;
import io.mooring.test.TestTransports;
import io.mooring.transport.unix.internal.jna.LibC;
import io.mooring.transport.unix.internal.jna.NativeSocket;
import io.mooring.transport.unix.internal.jna.Os;
import io.mooring.transport.unix.internal.jna.RawSocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

/**
 * Sockets that others opened.
 */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
@RequiresTools("python3")
class TakeOverTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private final TestTransports transports = new TestTransports();

	@TempDir
	private Path directory;

	private PythonPeer peer;

	@BeforeEach
	void startPeer() throws IOException {
		this.peer = new PythonPeer(this.directory.resolve("peer.sock").toString());
	}

	@AfterEach
	void close() throws IOException {
		this.transports.close();
		this.peer.close();
	}

	private UnixDatagramConnection takeOver(ConnectionType type, int fd) {
		List<Object> unix = SpecBuilder.unix(null, null, PosixFilePermissions.fromString("rw-------"),
				Integer.toString(fd), false, false, 8192);
		return this.transports.create(SpecBuilder.of("passed", type).unix(unix).build(), UnixDatagramConnection.class);
	}

	@Test
	void takesOverAConnectedNamedSocket() throws Exception {
		RawSocket socket = new RawSocket();
		socket.bindAnywhere();
		socket.connect(UnixPath.of(this.peer.address().toString()));
		UnixDatagramConnection connection = takeOver(ConnectionType.UNIX_DATAGRAM, socket.fd());
		connection.open();
		connection.send("hello".getBytes(StandardCharsets.UTF_8));
		PythonPeer.Received received = this.peer.receive(0);
		assertThat(received.payload()).asString().isEqualTo("hello");
		assertThat(received.sender()).isEqualTo(connection.getLocalAddress().toString());
		this.peer.to(connection.getLocalAddress()).send("back".getBytes(StandardCharsets.UTF_8));
		assertThat(connection.receive(SOON).payload()).asString().isEqualTo("back");
		UnixDatagramConnection second = takeOver(ConnectionType.UNIX_DATAGRAM, socket.fd());
		assertThatExceptionOfType(ConnectionException.class).isThrownBy(second::open)
			.withMessageContaining("belongs to another connection");
		second.close();
		connection.close();
		assertThat(Path.of("/proc/self/fd/" + socket.fd())).doesNotExist();
		assertThatExceptionOfType(ConnectionException.class).isThrownBy(connection::open)
			.withMessageContaining("was used before and is closed");
		connection.close();
	}

	@Test
	void refusesTheSocketOfAnotherConnection() throws Exception {
		Path path = this.directory.resolve("owner.sock");
		UnixDatagramConnection owner = this.transports.create(
				SpecBuilder.of("owner", ConnectionType.UNIX_DATAGRAM_LISTEN).unix(Specs.path(path.toString())).build(),
				UnixDatagramConnection.class);
		owner.open();
		int fd = descriptorOf(path);
		UnixDatagramConnection thief = takeOver(ConnectionType.UNIX_DATAGRAM_LISTEN, fd);
		assertThatExceptionOfType(ConnectionException.class).isThrownBy(thief::open)
			.withMessageContaining("belongs to another connection");
		thief.close();
		this.peer.to(owner.getLocalAddress()).send("hello".getBytes(StandardCharsets.UTF_8));
		assertThat(owner.receive(SOON).payload()).asString().isEqualTo("hello");
		owner.close();
	}

	/**
	 * Return the number of the descriptor whose socket has the path, by its inode.
	 */
	private static int descriptorOf(Path path) throws IOException {
		String inode = Files.readAllLines(Path.of("/proc/net/unix"))
			.stream()
			.filter((line) -> line.endsWith(" " + path))
			.map((line) -> line.trim().split("\\s+")[6])
			.findFirst()
			.orElseThrow();
		try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
			return descriptors.filter((descriptor) -> {
				try {
					return Files.readSymbolicLink(descriptor).toString().equals("socket:[" + inode + "]");
				}
				catch (IOException ex) {
					return false;
				}
			})
				.mapToInt((descriptor) -> Integer.parseInt(descriptor.getFileName().toString()))
				.findFirst()
				.orElseThrow();
		}
	}

	@Test
	void closingTwiceLeavesALaterDescriptorOpen() throws Exception {
		RawSocket raw = new RawSocket();
		raw.bindAnywhere();
		NativeSocket socket = new NativeSocket(raw.fd(), raw.localAddress(), null, null, () -> {
		});
		socket.close();
		List<RawSocket> later = new ArrayList<>();
		try {
			while (later.stream().noneMatch((open) -> open.fd() == raw.fd()) && later.size() < 100) {
				later.add(new RawSocket());
			}
			socket.close();
			for (RawSocket open : later) {
				open.bindAnywhere();
			}
		}
		finally {
			later.forEach(RawSocket::close);
		}
	}

	@Test
	void takesOverABoundSocket() throws Exception {
		RawSocket socket = new RawSocket();
		socket.bind(UnixPath.of(this.directory.resolve("bound.sock").toString()));
		UnixDatagramConnection connection = takeOver(ConnectionType.UNIX_DATAGRAM_LISTEN, socket.fd());
		connection.open();
		this.peer.to(connection.getLocalAddress()).send("hello".getBytes(StandardCharsets.UTF_8));
		assertThat(connection.receive(SOON).sender()).isEqualTo(this.peer.address());
		connection.close();
		assertThat(this.directory.resolve("bound.sock")).exists();
	}

	@Test
	void refusesOthersAndLeavesThemOpen() throws Exception {
		RawSocket unnamed = new RawSocket();
		RawSocket unconnected = new RawSocket();
		unconnected.bindAnywhere();
		RawSocket connected = new RawSocket();
		connected.bindAnywhere();
		connected.connect(UnixPath.of(this.peer.address().toString()));
		RawSocket stream = new RawSocket(LibC.socket(Os.AF_UNIX, 1, 0));
		RawSocket udp = new RawSocket(LibC.socket(2, Os.SOCK_DGRAM, 0));
		RawSocket none = new RawSocket(999_999);
		refuses(ConnectionType.UNIX_DATAGRAM, unnamed, "it is unnamed");
		refuses(ConnectionType.UNIX_DATAGRAM, unconnected, "it is not connected to a bound socket");
		refuses(ConnectionType.UNIX_DATAGRAM_LISTEN, connected, "it is connected to " + this.peer.address());
		refuses(ConnectionType.UNIX_DATAGRAM, stream, "it is not a datagram socket (SOCK_DGRAM)");
		refuses(ConnectionType.UNIX_DATAGRAM, udp, "it is not a Unix socket (AF_UNIX)");
		refuses(ConnectionType.UNIX_DATAGRAM, none, "not a socket: Bad file descriptor");
		for (RawSocket socket : List.of(unnamed, unconnected, connected, stream, udp)) {
			assertThat(Files.isSymbolicLink(Path.of("/proc/self/fd/" + socket.fd()))).isTrue();
			socket.close();
		}
	}

	private void refuses(ConnectionType type, RawSocket socket, String reason) {
		UnixDatagramConnection connection = takeOver(type, socket.fd());
		assertThatExceptionOfType(ConnectionException.class).isThrownBy(connection::open)
			.withMessageContaining("cannot take over file descriptor " + socket.fd() + ": " + reason);
		assertThat(connection.getState()).isNotEqualTo(ConnectionState.CONNECTED);
		connection.close();
	}

	@Test
	void findsNamedSocketsOfSystemd() throws Exception {
		Map<String, String> environment = Map.of("LISTEN_FDS", "2", "LISTEN_FDNAMES", "log:notify", "LISTEN_PID", "42");
		PassedSockets passed = new PassedSockets(environment, 42);
		int number = passed.take("notify");
		assertThat(number).isEqualTo(4);
		passed.closed(number);
		assertThatIOException().isThrownBy(() -> passed.take("other")).withMessageContaining("names [log, notify]");
		assertThatIOException().isThrownBy(() -> new PassedSockets(environment, 43).take("notify"))
			.withMessageContaining("passed to process 42 (LISTEN_PID), not 43");
		assertThatIOException().isThrownBy(() -> new PassedSockets(Map.of(), 42).take("notify"))
			.withMessageContaining("LISTEN_FDS is not set");
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	@RequiresTools({ "python3", "systemd-socket-activate" })
	void isActivatedBySystemd() throws Exception {
		Path socket = this.directory.resolve("activated.sock");
		Path output = this.directory.resolve("output.txt");
		Process process = new ProcessBuilder("systemd-socket-activate", "-d", "-l", socket.toString(),
				"--fdname=notify", Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), ActivatedMain.class.getName())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
		try {
			await().atMost(SOON).until(() -> Files.exists(socket));
			this.peer.to(UnixPath.of(socket.toString())).send("activate".getBytes(StandardCharsets.UTF_8));
			assertThat(process.waitFor(30, TimeUnit.SECONDS)).as(() -> read(output)).isTrue();
			assertThat(read(output)).contains("received activate on " + socket);
		}
		finally {
			process.destroyForcibly().onExit().join();
		}
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

}
