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

import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import io.mooring.ConnectionException;
import io.mooring.ConnectionSpec;
import io.mooring.ConnectionState;
import io.mooring.ConnectionType;
import io.mooring.StreamConnection;
import io.mooring.UnixPath;
import io.mooring.supervision.ReconnectSettings;
import io.mooring.test.SpecBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@Timeout(60)
@EnabledOnOs(OS.LINUX)
class UnixConnectionTests extends AbstractUnixStreamTests {

	private StreamConnection client() {
		return this.transports.create(UnixSpecs.client("client", this.file).build(), StreamConnection.class);
	}

	private void assertConverses(StreamConnection client, ServerSocketChannel server) throws Exception {
		assertThat(client.awaitState(ConnectionState.CONNECTED, SOON)).isTrue();
		try (UnixPeerSocket peer = UnixPeerSocket.accept(server)) {
			client.send(utf8("question"));
			assertThat(peer.receive()).asString().isEqualTo("question");
			peer.send(utf8("answer"));
			assertThat(client.receive(SOON)).asString().isEqualTo("answer");
			assertThat(client.isConnected()).isTrue();
		}
	}

	@Test
	void connectsToAPathThatAppearsLater() throws Exception {
		StreamConnection client = client();
		assertThatExceptionOfType(ConnectionException.class).isThrownBy(client::open)
			.withMessageContaining("cannot connect to " + this.file + ": No such file or directory");
		await().atMost(SOON).until(() -> client.getStatus().attempts() > 4);
		try (ServerSocketChannel server = UnixPeerSocket.server(this.file)) {
			assertThat(client.awaitState(ConnectionState.CONNECTED, SOON)).isTrue();
			assertThat(client.getLocalAddress()).isEqualTo(UnixPath.UNNAMED);
			assertThat(client.getRemoteAddress()).isEqualTo(UnixPath.of(this.file.toString()));
			assertConverses(client, server);
		}
	}

	@Test
	void looksEverySecondAtTheLatest() {
		ConnectionSpec spec = UnixSpecs.client("client", this.file).build();
		assertThat(spec.get(ReconnectSettings.class).maxDelay()).isEqualTo(Duration.ofSeconds(1));
		assertThat(SpecBuilder.of("other", ConnectionType.TCP).build().get(ReconnectSettings.class).maxDelay())
			.isEqualTo(Duration.ofSeconds(5));
	}

	@Test
	void isBackWhenItsPeerIs() throws Exception {
		StreamConnection client = client();
		try (ServerSocketChannel server = UnixPeerSocket.server(this.file)) {
			client.open();
			assertConverses(client, server);
		}
		// Its file is still there
		await().atMost(SOON)
			.untilAsserted(() -> assertThat(client.getStatus().lastError())
				.hasMessageContaining("cannot connect to " + this.file + ": Connection refused"));
		try (ServerSocketChannel server = UnixPeerSocket.server(this.file)) {
			assertConverses(client, server);
		}
		Files.delete(this.file);
		await().atMost(SOON)
			.untilAsserted(
					() -> assertThat(client.getStatus().lastError()).hasMessageContaining("No such file or directory"));
		try (ServerSocketChannel server = UnixPeerSocket.server(this.file)) {
			assertConverses(client, server);
		}
	}

	@Test
	void waitsForAListenerThatHasNoRoom() throws Exception {
		try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
			server.bind(UnixDomainSocketAddress.of(this.file), 1);
			UnixPeerSocket.connect(this.file).close();
			UnixPeerSocket.connect(this.file).close();
			StreamConnection client = client();
			assertThatExceptionOfType(ConnectionException.class).isThrownBy(client::open)
				.withMessageContaining("cannot connect to " + this.file + ": Resource temporarily unavailable");
			UnixPeerSocket.accept(server).close();
			UnixPeerSocket.accept(server).close();
			assertConverses(client, server);
		}
	}

	@Test
	void whatIsNoSocketRefuses() throws Exception {
		Files.writeString(this.file, "no socket");
		assertThatExceptionOfType(ConnectionException.class).isThrownBy(client()::open)
			.withMessageContaining("cannot connect to " + this.file + ": Connection refused");
	}

	@Test
	void hasTheOptionsOfItsSocket() throws Exception {
		try (ServerSocketChannel server = UnixPeerSocket.server(this.file)) {
			StreamConnection client = this.transports.create(UnixSpecs.client("client", this.file)
				.socket(SpecBuilder.socket(20_000, 30_000, null, null, null, null))
				.build(), StreamConnection.class);
			client.open();
			// The kernel doubles what it is told (socket(7))
			assertThat(client.getOption(StandardSocketOptions.SO_SNDBUF)).isEqualTo(60_000);
			assertThat(client.getOption(StandardSocketOptions.SO_RCVBUF)).isEqualTo(40_000);
			assertThat(server.isOpen()).isTrue();
		}
	}

	@Test
	void knowsThatItsPeerHasLeftWhileNothingIsRead() throws Exception {
		try (ServerSocketChannel server = UnixPeerSocket.server(this.file)) {
			StreamConnection client = client();
			client.open();
			client.pauseReceiving();
			UnixPeerSocket peer = UnixPeerSocket.accept(server);
			peer.send(utf8("unread"));
			assertThat(client.isConnected()).isTrue();
			peer.close();
			server.close();
			await().atMost(SOON).until(() -> !client.isConnected());
		}
	}

}
