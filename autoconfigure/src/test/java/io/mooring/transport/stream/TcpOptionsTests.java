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
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.time.Duration;

import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.mooring.Connection;
import io.mooring.ConnectionSpec;
import io.mooring.ConnectionType;
import io.mooring.StreamConnection;
import io.mooring.StreamListener;
import io.mooring.binding.SocketBinding;
import io.mooring.test.Requirements;
import io.mooring.test.SpecBuilder;
import io.mooring.test.TestTransports;
import io.mooring.transport.stream.internal.channel.EventLoops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Options of sockets, read back from the kernel.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class TcpOptionsTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private static final SocketOption<Integer> USER_TIMEOUT = new SocketOption<>() {

		@Override
		public String name() {
			return "TCP_USER_TIMEOUT";
		}

		@Override
		public Class<Integer> type() {
			return Integer.class;
		}

	};

	private static final TcpSettings ALL = new TcpSettings(false, true, Duration.ofSeconds(61), Duration.ofSeconds(7),
			5, Duration.ofMillis(12_345), Duration.ofSeconds(3));

	private final TestTransports transports = new TestTransports();

	@AfterEach
	void closeAll() {
		this.transports.close();
	}

	private StreamListener listener(TcpSettings tcp) {
		StreamListener listener = this.transports.create(SpecBuilder.of("feed", ConnectionType.TCP_LISTEN)
			.local(new SocketBinding.Fixed("127.0.0.1"), 0)
			.socket(SpecBuilder.socket(null, null, null, null, null, null, tcp))
			.build(), StreamListener.class);
		listener.open();
		return listener;
	}

	private static ConnectionSpec client(int port, TcpSettings tcp) {
		return SpecBuilder.of("client", ConnectionType.TCP)
			.remote("127.0.0.1", port)
			.socket(SpecBuilder.socket(null, null, null, null, null, null, tcp))
			.build();
	}

	private StreamConnection connect(ServerSocket server, TcpSettings tcp) {
		StreamConnection client = this.transports.create(client(server.getLocalPort(), tcp), StreamConnection.class);
		client.open();
		return client;
	}

	private static void assertAll(Connection connection) {
		assertThat(connection.getOption(StandardSocketOptions.TCP_NODELAY)).isFalse();
		assertThat(connection.getOption(StandardSocketOptions.SO_KEEPALIVE)).isTrue();
		assertThat(connection.getOption(ExtendedSocketOptions.TCP_KEEPIDLE)).isEqualTo(61);
		assertThat(connection.getOption(ExtendedSocketOptions.TCP_KEEPINTERVAL)).isEqualTo(7);
		assertThat(connection.getOption(ExtendedSocketOptions.TCP_KEEPCOUNT)).isEqualTo(5);
		assertThat(connection.getOption(StandardSocketOptions.SO_LINGER)).isEqualTo(3);
	}

	private static void requireNativeTransport() {
		if (!EventLoops.isEpollAvailable()) {
			throw Requirements.unmet("Needs Netty's native transport: not all options are there without", null);
		}
	}

	@Test
	void aClientHasWhatIsDeclared() throws Exception {
		requireNativeTransport();
		try (ServerSocket server = StreamPeerSocket.server()) {
			StreamConnection client = connect(server, ALL);
			assertAll(client);
			assertThat(client.getOption(USER_TIMEOUT)).isEqualTo(12_345);
		}
	}

	@Test
	void anAcceptedConnectionHasWhatIsDeclaredForItsListener() throws Exception {
		requireNativeTransport();
		StreamListener feed = listener(ALL);
		try (StreamPeerSocket peer = StreamPeerSocket.connect(feed)) {
			StreamConnection client = feed.accept(SOON);
			assertAll(client);
			assertThat(client.getOption(USER_TIMEOUT)).isEqualTo(12_345);
		}
	}

	@Test
	void withoutTheNativeTransportAllButTheUserTimeoutIsSet(CapturedOutput output) throws Exception {
		try (EventLoops nio = new EventLoops(false)) {
			this.transports.context().resources().get(EventLoops.class, () -> nio);
			StreamListener feed = listener(ALL);
			try (StreamPeerSocket peer = StreamPeerSocket.connect(feed)) {
				assertAll(feed.accept(SOON));
			}
			try (ServerSocket server = StreamPeerSocket.server()) {
				StreamConnection client = connect(server, ALL);
				assertAll(client);
				client.close();
				client.open();
			}
			assertThat(output.getOut().lines().filter((line) -> line.contains("WARN"))).hasSize(2)
				.allSatisfy((line) -> assertThat(line).contains("socket.user-timeout is not set"));
		}
	}

	@Test
	void whatIsNotDeclaredIsTheSystems() throws Exception {
		try (ServerSocket server = StreamPeerSocket.server()) {
			StreamConnection client = connect(server, TcpSettings.DEFAULT);
			assertThat(client.getOption(StandardSocketOptions.TCP_NODELAY)).isTrue();
			assertThat(client.getOption(StandardSocketOptions.SO_KEEPALIVE)).isFalse();
			assertThat(client.getOption(StandardSocketOptions.SO_LINGER)).isNegative();
		}
	}

	@Test
	void aLingerOfZeroResetsAfterTheQueueIsFlushed() throws Exception {
		StreamListener feed = listener(new TcpSettings(true, null, null, null, null, null, Duration.ZERO));
		try (StreamPeerSocket peer = StreamPeerSocket.connect(feed)) {
			StreamConnection client = feed.accept(SOON);
			client.send(new byte[] { 42 });
			assertThat(peer.read()).isEqualTo(42);
			client.close();
			assertThatExceptionOfType(IOException.class).isThrownBy(peer::read).withMessageContaining("reset");
		}
		await().atMost(SOON).until(() -> feed.getClients().isEmpty());
	}

}
