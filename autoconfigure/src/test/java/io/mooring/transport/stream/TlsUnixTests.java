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

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.mooring.ClientAuth;
import io.mooring.ConnectionException;
import io.mooring.DropReason;
import io.mooring.StreamConnection;
import io.mooring.StreamListener;
import io.mooring.test.Pki;
import io.mooring.test.TestTransports;
import io.mooring.transport.internal.receive.MessageSource;
import io.mooring.transport.internal.receive.PeerFrame;
import io.mooring.transport.settings.SslSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * TLS over Unix sockets.
 */
@Timeout(60)
class TlsUnixTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private static final Pki PKI = new Pki();

	private static final X509Bundle SERVER = PKI.server("vault.example");

	private final TestTransports transports = new TestTransports(
			(name) -> PKI.bundle(name.equals("server") ? SERVER : PKI.client("drone-7")));

	@TempDir
	Path directory;

	@AfterEach
	void closeAll() {
		this.transports.close();
	}

	private StreamListener open(List<PeerFrame> taken) {
		StreamListener feed = this.transports.create(UnixSpecs.listener("feed", path())
			.ssl(new SslSettings("server", ClientAuth.NEED, null, true, SOON))
			.build(), StreamListener.class);
		feed.open();
		source(feed).attach("the test", (frame) -> {
			taken.add(frame);
			feed.send(frame.payload(), frame.peer().getId());
		});
		return feed;
	}

	private Path path() {
		return this.directory.resolve("s");
	}

	@SuppressWarnings("unchecked")
	private static MessageSource<PeerFrame> source(StreamListener listener) {
		return (MessageSource<PeerFrame>) listener;
	}

	private StreamConnection client(String serverName) {
		return this.transports.create(UnixSpecs.client("client", path())
			.ssl(new SslSettings("drone", ClientAuth.NONE, serverName, true, SOON))
			.build(), StreamConnection.class);
	}

	private void isServed() {
		StreamConnection client = client("vault.example");
		client.open();
		client.send("hello".getBytes(StandardCharsets.UTF_8));
		assertThat(client.receive(SOON)).isEqualTo("hello".getBytes(StandardCharsets.UTF_8));
		assertThat(client.isConnected()).isTrue();
		client.close();
	}

	@Test
	void bothSidesShowTheirCertificates() {
		List<PeerFrame> taken = new CopyOnWriteArrayList<>();
		open(taken);
		isServed();
		assertThat(taken).singleElement()
			.satisfies((frame) -> assertThat(frame.peer().getSubject()).isEqualTo("CN=drone-7,O=Example"));
	}

	@Test
	void theNameIsVerified() {
		open(new CopyOnWriteArrayList<>());
		StreamConnection client = client("other.example");
		assertThatExceptionOfType(ConnectionException.class).isThrownBy(client::open)
			.withMessageContaining("cannot connect to " + path() + ": the TLS handshake failed: the certificate of the "
					+ "peer is for another host");
		client.close();
		isServed();
	}

	@Test
	void plainTextIsRefused() throws Exception {
		StreamListener feed = open(new CopyOnWriteArrayList<>());
		try (UnixPeerSocket peer = UnixPeerSocket.connect(path())) {
			peer.write("hello, is anybody there?");
			await().atMost(SOON).until(() -> feed.getStatistics().dropped(DropReason.HANDSHAKE) == 1);
		}
		isServed();
	}

}
