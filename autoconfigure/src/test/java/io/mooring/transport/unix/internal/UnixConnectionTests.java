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
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import io.mooring.Ancillary;
import io.mooring.ConnectionException;
import io.mooring.ConnectionState;
import io.mooring.ConnectionTimeoutException;
import io.mooring.ConnectionType;
import io.mooring.UnixDatagram;
import io.mooring.UnixDatagramConnection;
import io.mooring.UnixPath;
import io.mooring.test.RequiresTools;
import io.mooring.test.SpecBuilder;
import io.mooring.transport.SupervisedConnection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What Unix datagrams have beside the contract: paths, files, remotes that go and come
 * back.
 */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
@RequiresTools("python3")
class UnixConnectionTests extends AbstractUnixConnectionTests {

	private UnixDatagramConnection listener(String path) {
		return listener(Specs.path(path));
	}

	private UnixDatagramConnection listener(List<Object> unix) {
		return this.transports.create(SpecBuilder.of("listen", ConnectionType.UNIX_DATAGRAM_LISTEN).unix(unix).build(),
				UnixDatagramConnection.class);
	}

	private UnixDatagramConnection client(List<Object> unix) {
		return this.transports.create(SpecBuilder.of("client", ConnectionType.UNIX_DATAGRAM).unix(unix).build(),
				UnixDatagramConnection.class);
	}

	private static String text(UnixDatagram datagram) {
		return new String(datagram.payload(), StandardCharsets.UTF_8);
	}

	@Test
	void talksOverAbstractNames() throws Exception {
		String name = "@mooring-test-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
		UnixDatagramConnection listener = listener(name);
		listener.open();
		assertThat(listener.getLocalAddress()).hasToString(name);
		UnixDatagramConnection client = client(Specs.path(name));
		client.open();
		assertThat(client.getRemoteAddress()).hasToString(name);
		assertThat(client.getLocalAddress().toString()).matches("@[0-9a-f]{5}");
		client.send(utf8("question"));
		UnixDatagram question = listener.receive(SOON);
		assertThat(text(question)).isEqualTo("question");
		assertThat(question.sender()).isEqualTo(client.getLocalAddress());
		listener.send(utf8("answer"), question.sender());
		assertThat(text(client.receive(SOON))).isEqualTo("answer");
		listener.close();
		listener.open();
	}

	@Test
	void repliesToNamedSendersAndKnowsUnnamedOnes() throws Exception {
		UnixDatagramConnection listener = listener(path("listen.sock"));
		listener.open();
		try (PythonPeer named = new PythonPeer(path("peer.sock")).to(listener.getLocalAddress());
				PythonPeer unnamed = new PythonPeer("-").to(listener.getLocalAddress())) {
			named.send(utf8("hello"));
			UnixDatagram datagram = listener.receive(SOON);
			assertThat(datagram.sender()).isEqualTo(UnixPath.of(path("peer.sock")));
			listener.send(utf8("hello back"), UnixDomainSocketAddress.of(path("peer.sock")));
			PythonPeer.Received reply = named.receive(0);
			assertThat(reply.payload()).asString().isEqualTo("hello back");
			assertThat(reply.sender()).isEqualTo(path("listen.sock"));
			unnamed.send(utf8("hello"));
			assertThat(listener.receive(SOON).sender()).isNull();
		}
		assertThatExceptionOfType(ConnectionException.class)
			.isThrownBy(() -> listener.send(utf8("gone"), UnixPath.of(path("peer.sock"))))
			.withMessageContaining("cannot send to " + path("peer.sock") + ": Connection refused");
		assertThatExceptionOfType(ConnectionException.class)
			.isThrownBy(() -> listener.send(utf8("gone"), UnixPath.of(path("nobody.sock"))))
			.withMessageContaining("No such file or directory");
		assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> listener.send(utf8("nobody")))
			.withMessageContaining("has no default recipient");
		assertThat(listener.getState()).isEqualTo(ConnectionState.CONNECTED);
	}

	@Test
	void opensAgainWhenItsRemoteWasRestarted() throws Exception {
		UnixDatagramConnection client = client(Specs.path(path("daemon.sock")));
		assertThatExceptionOfType(ConnectionException.class).isThrownBy(client::open)
			.withMessageContaining("cannot connect to " + path("daemon.sock") + ": No such file or directory");
		try (PythonPeer daemon = new PythonPeer(path("daemon.sock"))) {
			assertThat(client.awaitState(ConnectionState.CONNECTED, SOON)).isTrue();
			client.send(utf8("one"));
			assertThat(daemon.receive()).asString().isEqualTo("one");
		}
		assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> client.send(utf8("lost")))
			.withMessageContaining("Connection refused");
		// The mailbox processes the loss
		await().atMost(SOON).until(() -> client.getState() != ConnectionState.CONNECTED);
		assertThat(client.getStatistics().lastError()).hasMessageContaining(path("daemon.sock"));
		Files.delete(this.directory.resolve("daemon.sock"));
		try (PythonPeer daemon = new PythonPeer(path("daemon.sock"))) {
			assertThat(client.awaitState(ConnectionState.CONNECTED, SOON)).isTrue();
			client.send(utf8("two"));
			assertThat(daemon.receive()).asString().isEqualTo("two");
		}
	}

	@Test
	void senderDoesNotWaitForeverForAFullQueue() throws Exception {
		try (PythonPeer stuck = new PythonPeer(path("stuck.sock"))) {
			UnixDatagramConnection client = client(Specs.path(path("stuck.sock")));
			client.open();
			UnixDatagramConnection listener = listener(path("listen.sock"));
			listener.open();
			assertThatExceptionOfType(ConnectionTimeoutException.class).isThrownBy(() -> {
				while (true) {
					client.send(utf8("more"), Ancillary.NONE, Duration.ofMillis(100));
				}
			}).withMessageContaining("its queue was full for 100ms");
			assertThatExceptionOfType(ConnectionTimeoutException.class).isThrownBy(() -> {
				while (true) {
					listener.send(utf8("more"), stuck.address(), Ancillary.NONE, Duration.ofMillis(100));
				}
			});
			assertThat(client.getState()).isEqualTo(ConnectionState.CONNECTED);
			CompletableFuture<Void> waiting = CompletableFuture
				.runAsync(() -> client.send(utf8("waits"), Ancillary.NONE, Duration.ofMinutes(5)));
			assertThat(stuck.receive()).asString().isEqualTo("more");
			waiting.get(10, TimeUnit.SECONDS);
			CompletableFuture<Void> closed = CompletableFuture
				.runAsync(() -> client.send(utf8("never"), Ancillary.NONE, Duration.ofMinutes(5)));
			await().during(Duration.ofMillis(100)).atMost(SOON).until(() -> !closed.isDone());
			client.close();
			assertThat(closed.handle((done, ex) -> String.valueOf(ex)).get(10, TimeUnit.SECONDS))
				.contains("was closed");
			client.open();
			client.pauseSending();
			assertThatExceptionOfType(ConnectionTimeoutException.class)
				.isThrownBy(() -> client.send(utf8("paused"), Ancillary.NONE, Duration.ofMillis(50)))
				.withMessageContaining("paused for 50ms");
		}
	}

	@Test
	void setsTheModeAndRemovesItsOwnFileOnly() throws Exception {
		Path file = this.directory.resolve("listen.sock");
		List<Object> unix = SpecBuilder.unix(UnixPath.of(file.toString()), null,
				PosixFilePermissions.fromString("rw-rw-rw-"), null, false, false, 8192);
		UnixDatagramConnection listener = listener(unix);
		listener.open();
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-rw-rw-");
		listener.close();
		assertThat(file).doesNotExist();
		listener.open();
		Path other = Files.writeString(this.directory.resolve("other"), "another's");
		Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
		listener.close();
		assertThat(file).hasContent("another's");
	}

	@Test
	void aFileThatSomebodyRemovedIsMadeAgain() throws Exception {
		Path file = this.directory.resolve("listen.sock");
		UnixDatagramConnection listener = listener(file.toString());
		listener.open();
		Files.delete(file);
		await().atMost(SOON).until(() -> Files.exists(file));
		UnixDatagramConnection client = client(Specs.path(file.toString()));
		assertThat(listener.awaitState(ConnectionState.CONNECTED, SOON)).isTrue();
		client.open();
		client.send(utf8("hello"));
		try (UnixDatagram datagram = listener.receive(SOON)) {
			assertThat(datagram).isNotNull();
			assertThat(text(datagram)).isEqualTo("hello");
		}
	}

	@Test
	void replacesStaleSocketsAndNothingElse() throws Exception {
		Path file = this.directory.resolve("listen.sock");
		try (PythonPeer crashed = new PythonPeer(file.toString())) {
			UnixDatagramConnection other = listener(file.toString());
			assertThatExceptionOfType(ConnectionException.class).isThrownBy(other::open)
				.withMessageContaining("cannot bind to " + file + ": Address already in use");
			other.close();
		}
		assertThat(file).exists();
		UnixDatagramConnection listener = listener(file.toString());
		listener.open();
		listener.close();
		Files.writeString(file, "precious");
		assertThatExceptionOfType(ConnectionException.class).isThrownBy(listener::open)
			.withMessageContaining("it exists and is not a socket, so it is not replaced");
		listener.close();
		assertThat(file).hasContent("precious");
		UnixDatagramConnection nowhere = listener(path("missing/listen.sock"));
		assertThatExceptionOfType(ConnectionException.class).isThrownBy(nowhere::open)
			.withMessageContaining("there is no directory " + path("missing"));
	}

	@Test
	void clientHasAPathOfItsOwnWhereAskedTo() throws Exception {
		try (PythonPeer daemon = new PythonPeer(path("daemon.sock"))) {
			List<Object> unix = SpecBuilder.unix(UnixPath.of(path("daemon.sock")), UnixPath.of(path("client.sock")),
					PosixFilePermissions.fromString("rw-------"), null, false, false, 8192);
			UnixDatagramConnection client = client(unix);
			client.open();
			client.send(utf8("hello"));
			assertThat(daemon.receive(0).sender()).isEqualTo(path("client.sock"));
			daemon.to(client.getLocalAddress()).send(utf8("back"));
			assertThat(text(client.receive(SOON))).isEqualTo("back");
			client.close();
			assertThat(this.directory.resolve("client.sock")).doesNotExist();
		}
	}

	@Test
	void hasSocketOptions() throws Exception {
		UnixDatagramConnection listener = listener(path("listen.sock"));
		listener.open();
		listener.setOption(StandardSocketOptions.SO_SNDBUF, 100_000);
		assertThat(listener.getOption(StandardSocketOptions.SO_SNDBUF)).isEqualTo(200_000);
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> listener.getOption(StandardSocketOptions.IP_TOS))
			.withMessageContaining("IP_TOS");
	}

	@Test
	void whatIsClosedWhileItIsBeingOpenedCanBeOpenedAtOnce() {
		UnixDatagramConnection listener = listener(path("socket"));
		for (int i = 0; i < 200; i++) {
			((SupervisedConnection) listener).startOpen();
			// At another moment each time
			LockSupport.parkNanos(i * 5_000);
			listener.close();
			listener.open();
			assertThat(listener.getState()).isEqualTo(ConnectionState.CONNECTED);
			assertThat(this.directory.resolve("socket")).exists();
			listener.close();
		}
	}

	@Test
	void closingWakesTheReaderAtOnce() throws Exception {
		UnixDatagramConnection listener = listener(path("listen.sock"));
		for (int i = 0; i < 100; i++) {
			listener.open();
			listener.close();
		}
		assertThat(listener.getStatistics().received()).isZero();
		assertThat(listener.getStatistics().opens()).isEqualTo(100);
	}

	@Test
	void pathsAsLongAsTheSystemTakesWork() throws IOException {
		String name = "x".repeat(UnixPath.MAX_BYTES - path("").length() - 1);
		UnixDatagramConnection listener = listener(path(name));
		listener.open();
		assertThat(listener.getLocalAddress()).hasToString(path(name));
	}

}
