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

import java.io.EOFException;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.mooring.ClientAuth;
import io.mooring.ConnectionException;
import io.mooring.ConnectionState;
import io.mooring.ConnectionType;
import io.mooring.StreamConnection;
import io.mooring.supervision.ReconnectSettings;
import io.mooring.test.Heartbeats;
import io.mooring.test.Pki;
import io.mooring.test.SpecBuilder;
import io.mooring.test.TestTransports;
import io.mooring.transport.SupervisedConnection;
import io.mooring.transport.TlsBundle;
import io.mooring.transport.internal.receive.MessageSource;
import io.mooring.transport.internal.receive.PeerFrame;
import io.mooring.transport.internal.receive.PeerFrameSource;
import io.mooring.transport.settings.SslSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * A client of TLS servers, good and bad ones.
 */
@Timeout(60)
class TlsConnectionTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private static final ReconnectSettings AT_ONCE = SpecBuilder.reconnect(true, Duration.ofMillis(20), 1,
			Duration.ofMillis(20), 0, 0);

	private static final Pki PKI = new Pki();

	private static final X509Bundle SERVER = PKI.server();

	private final AtomicReference<TlsBundle> bundle = new AtomicReference<>(PKI.bundle(null));

	private final TestTransports transports = new TestTransports((name) -> this.bundle.get());

	@AfterEach
	void closeAll() {
		this.transports.close();
	}

	private SpecBuilder to(String host, int port) {
		return SpecBuilder.of("client", ConnectionType.TCP)
			.remote(host, port)
			.framing(FramingSettings.of("line", 65536))
			.ssl(SslSettings.of("test"));
	}

	private static SslSettings named(String name) {
		return new SslSettings("test", ClientAuth.NONE, name, true, SOON);
	}

	private StreamConnection create(SpecBuilder spec) {
		return this.transports.create(spec.build(), StreamConnection.class);
	}

	private StreamConnection open(SpecBuilder spec) {
		StreamConnection client = create(spec);
		client.open();
		return client;
	}

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static Throwable error(StreamConnection client) {
		return ((SupervisedConnection) client).getStatus().lastError();
	}

	/**
	 * Assert that a client does not connect, and says why.
	 */
	private void fails(SpecBuilder spec, String host, int port, String... reason) {
		StreamConnection client = create(spec);
		assertThatExceptionOfType(ConnectionException.class).isThrownBy(client::open)
			.withMessageContaining("cannot connect to " + host + ":" + port + ": the TLS handshake failed: ")
			.withMessageContainingAll(reason);
		assertThat(client.getState()).isNotEqualTo(ConnectionState.CONNECTED);
		assertThat(error(client)).hasMessageContainingAll(reason);
		assertThat(client.getStatistics().opens()).isZero();
		client.close();
	}

	@Test
	void heartbeatsGoThroughTls() throws Exception {
		Heartbeats time = Heartbeats.held(this.transports);
		try (TlsPeerServer server = new TlsPeerServer(PKI.context(SERVER))) {
			StreamConnection client = open(to("localhost", server.port()).heartbeat(Heartbeats.of(10, "PING", 60)));
			try (StreamPeerSocket peer = server.accept()) {
				peer.write("begun\n");
				assertThat(client.receive(SOON)).isEqualTo(utf8("begun"));
				for (int i = 1; i <= 30; i++) {
					time.pass(10);
					assertThat(peer.readLine()).isEqualTo("PING");
					peer.write("PING\n");
					int heard = i + 1;
					Heartbeats.awaitSoon(() -> client.getStatistics().received() == heard);
				}
				assertThat(client.getStatistics().failures()).isZero();
				time.passUntil(10, () -> client.getStatistics().failures() > 0);
				assertThat(client.getStatistics().lastError())
					.hasMessage("nothing was received for 60ms (heartbeat.timeout)");
				assertThat(client.receive(Duration.ZERO)).isNull();
			}
		}
	}

	@Test
	void isConnectedOnceTheHandshakeIsDone() throws Exception {
		try (ServerSocket server = StreamPeerSocket.server()) {
			StreamConnection client = create(to("localhost", server.getLocalPort()));
			CompletableFuture<Void> opening = CompletableFuture.runAsync(client::open);
			Socket raw = server.accept();
			await().during(Duration.ofMillis(200)).atMost(SOON).until(() -> !opening.isDone());
			assertThat(client.getState()).isEqualTo(ConnectionState.CONNECTING);
			SSLSocket tls = (SSLSocket) PKI.context(SERVER).getSocketFactory().createSocket(raw, null, true);
			try (StreamPeerSocket peer = new StreamPeerSocket(tls)) {
				tls.startHandshake();
				opening.get(10, TimeUnit.SECONDS);
				assertThat(client.getState()).isEqualTo(ConnectionState.CONNECTED);
				assertThat(client.isConnected()).isTrue();
				client.send(utf8("hello"));
				assertThat(peer.readLine()).isEqualTo("hello");
				peer.write("welcome\n");
				assertThat(client.receive(SOON)).isEqualTo(utf8("welcome"));
				client.close();
				assertThat(peer.read()).isEqualTo(-1);
			}
		}
	}

	@Test
	void aGreetingRightBehindTheHandshakeCanBeAnswered() throws Exception {
		try (TlsPeerServer server = new TlsPeerServer(PKI.context(SERVER))) {
			for (int i = 0; i < 50; i++) {
				List<PeerFrame> taken = new CopyOnWriteArrayList<>();
				List<Throwable> failures = new CopyOnWriteArrayList<>();
				StreamConnection client = create(to("127.0.0.1", server.port()));
				((PeerFrameSource) client).peerFrames().attach("the test", (frame) -> {
					taken.add(frame);
					answer(client, failures);
				});
				CompletableFuture<Void> opening = CompletableFuture.runAsync(client::open);
				try (StreamPeerSocket peer = server.accept()) {
					peer.write("220 ready\n");
					assertThat(peer.readLine()).isEqualTo("EHLO");
					opening.get(10, TimeUnit.SECONDS);
					assertThat(failures).isEmpty();
					assertThat(taken).hasSize(1);
					assertThat(taken.get(0).peer().getSubject()).isEqualTo("CN=localhost");
				}
				client.close();
			}
		}
	}

	private static void answer(StreamConnection client, List<Throwable> failures) {
		try {
			client.send(utf8("EHLO"));
		}
		catch (ConnectionException ex) {
			failures.add(ex);
		}
	}

	@Test
	void asksForTheNameOfTheServerAndVerifiesIt() throws Exception {
		try (TlsPeerServer server = new TlsPeerServer(PKI.context(PKI.server("feed.example")))) {
			fails(to("localhost", server.port()), "localhost", server.port(),
					"the certificate of the peer is for another host: No ", "localhost");
			open(to("localhost", server.port()).ssl(named("feed.example")));
			try (StreamPeerSocket peer = server.accept()) {
				ExtendedSSLSession session = (ExtendedSSLSession) ((SSLSocket) peer.socket()).getSession();
				assertThat(session.getRequestedServerNames()).containsExactly(new SNIHostName("feed.example"));
			}
			fails(to("127.0.0.1", server.port()).ssl(named("other.example")), "127.0.0.1", server.port(),
					"the certificate of the peer is for another host: No ", "other.example");
			open(to("localhost", server.port()).ssl(new SslSettings("test", ClientAuth.NONE, null, false, SOON)));
			try (StreamPeerSocket peer = server.accept()) {
				ExtendedSSLSession session = (ExtendedSSLSession) ((SSLSocket) peer.socket()).getSession();
				assertThat(session.getRequestedServerNames()).containsExactly(new SNIHostName("localhost"));
			}
		}
	}

	@Test
	void anAddressIsVerifiedAndIsNoServerName() throws Exception {
		try (TlsPeerServer server = new TlsPeerServer(PKI.context(SERVER))) {
			open(to("127.0.0.1", server.port()));
			try (StreamPeerSocket peer = server.accept()) {
				ExtendedSSLSession session = (ExtendedSSLSession) ((SSLSocket) peer.socket()).getSession();
				assertThat(session.getRequestedServerNames()).isEmpty();
			}
			fails(to("127.0.0.1", server.port()).ssl(named("127.0.0.2")), "127.0.0.1", server.port(),
					"the certificate of the peer is for another host: No ", "127.0.0.2");
		}
	}

	@Test
	void anExpiredCertificateIsRefused() throws Exception {
		try (TlsPeerServer server = new TlsPeerServer(PKI.context(PKI.expired()))) {
			fails(to("localhost", server.port()), "localhost", server.port(),
					"the certificate of the peer has expired (NotAfter: ");
		}
	}

	@Test
	void anUnknownAuthorityIsRefused() throws Exception {
		Pki other = new Pki("Other CA");
		try (TlsPeerServer server = new TlsPeerServer(other.context(other.server()))) {
			fails(to("localhost", server.port()), "localhost", server.port(),
					"the certificate of the peer comes from an unknown CA: ");
		}
	}

	@Test
	void olderVersionsAreRefused() throws Exception {
		try (ServerSocket server = StreamPeerSocket.server()) {
			StreamConnection client = create(to("localhost", server.getLocalPort()));
			CompletableFuture<Void> opening = CompletableFuture.runAsync(client::open);
			try (Socket peer = server.accept()) {
				// An alert: fatal, protocol_version
				peer.getOutputStream().write(new byte[] { 21, 3, 1, 0, 2, 2, 70 });
				assertThatExceptionOfType(Exception.class).isThrownBy(() -> opening.get(10, TimeUnit.SECONDS))
					.withMessageContaining("the peer refused it with the alert protocol_version");
			}
			client.close();
		}
	}

	@Test
	void aServerThatDoesNotSpeakTlsIsRefused() throws Exception {
		try (ServerSocket server = StreamPeerSocket.server()) {
			StreamConnection client = create(to("localhost", server.getLocalPort()));
			CompletableFuture<Void> opening = CompletableFuture.runAsync(client::open);
			try (Socket peer = server.accept()) {
				peer.getOutputStream().write(utf8("220 ready\n"));
				assertThatExceptionOfType(Exception.class).isThrownBy(() -> opening.get(10, TimeUnit.SECONDS))
					.withMessageContaining("what the peer sends is not TLS");
			}
			client.close();
		}
	}

	@Test
	void aServerThatClosesOrStallsIsGivenUp() throws Exception {
		try (ServerSocket server = StreamPeerSocket.server()) {
			StreamConnection client = create(to("localhost", server.getLocalPort())
				.ssl(new SslSettings("test", ClientAuth.NONE, null, true, Duration.ofMillis(300)))
				.reconnect(AT_ONCE));
			CompletableFuture<Void> opening = CompletableFuture.runAsync(client::open);
			server.accept().close();
			assertThatExceptionOfType(Exception.class).isThrownBy(() -> opening.get(10, TimeUnit.SECONDS))
				.withMessageContaining("the TLS handshake failed: ");
			try (Socket stalling = server.accept()) {
				assertThat(stalling.isConnected()).isTrue();
				await().atMost(SOON)
					.until(() -> error(client) != null
							&& error(client).getMessage().contains("300ms (ssl.handshake-timeout)"));
			}
			client.close();
		}
	}

	@Test
	void closingEndsAHandshake() throws Exception {
		try (ServerSocket server = StreamPeerSocket.server()) {
			StreamConnection client = create(to("localhost", server.getLocalPort()));
			CompletableFuture<Void> opening = CompletableFuture.runAsync(client::open);
			try (Socket peer = server.accept()) {
				peer.setSoTimeout(10_000);
				client.close();
				assertThatExceptionOfType(Exception.class).isThrownBy(() -> opening.get(10, TimeUnit.SECONDS));
				peer.getInputStream().readAllBytes();
			}
		}
	}

	@Test
	void showsItsOwnCertificate() throws Exception {
		SSLContext context = PKI.context(SERVER);
		try (TlsPeerServer server = new TlsPeerServer(context, TlsConnectionTests::needClientAuth)) {
			this.bundle.set(PKI.bundle(PKI.client("drone-7")));
			open(to("localhost", server.port()));
			try (StreamPeerSocket peer = server.accept()) {
				assertThat(((SSLSocket) peer.socket()).getSession().getPeerPrincipal().getName())
					.isEqualTo("CN=drone-7,O=Example");
			}
		}
	}

	@Test
	void aServerThatRefusesTheCertificateIsTheReason() throws Exception {
		try (TlsPeerServer server = new TlsPeerServer(PKI.context(SERVER), TlsConnectionTests::needClientAuth)) {
			StreamConnection client = create(to("localhost", server.port()));
			// TLS 1.3: the client is done before the server has looked
			CompletableFuture.runAsync(client::open).exceptionally((ex) -> null).get(10, TimeUnit.SECONDS);
			await().atMost(SOON)
				.until(() -> error(client) != null
						&& error(client).getMessage().contains("the peer refused it with the alert"));
			client.close();
		}
	}

	private static SSLParameters needClientAuth(SSLParameters parameters) {
		parameters.setNeedClientAuth(true);
		return parameters;
	}

	@Test
	void anUpdatedBundleIsForTheNextHandshakeAndClosesNothing() throws Exception {
		Pki next = new Pki("Next CA");
		try (TlsPeerServer server = new TlsPeerServer(PKI.context(SERVER));
				TlsPeerServer nextServer = new TlsPeerServer(next.context(next.server()))) {
			StreamConnection client = open(to("localhost", server.port()));
			StreamPeerSocket peer = server.accept();
			this.bundle.set(next.bundle(null));
			client.send(utf8("still here"));
			assertThat(peer.readLine()).isEqualTo("still here");
			open(to("localhost", nextServer.port()));
			peer.close();
			await().atMost(SOON)
				.until(() -> error(client) != null && error(client).getMessage().contains("unknown CA"));
			client.close();
		}
	}

	@Test
	void saysHowTheServerLeft() throws Exception {
		try (TlsPeerServer server = new TlsPeerServer(PKI.context(SERVER))) {
			StreamConnection client = open(to("localhost", server.port()));
			server.accept().close();
			await().atMost(SOON).until(() -> error(client) != null);
			assertThat(error(client)).isInstanceOf(EOFException.class).hasMessage("the peer closed the connection");
		}
		try (ServerSocket server = StreamPeerSocket.server()) {
			StreamConnection client = create(to("localhost", server.getLocalPort()));
			CompletableFuture<Void> opening = CompletableFuture.runAsync(client::open);
			Socket raw = server.accept();
			SSLSocket tls = (SSLSocket) PKI.context(SERVER).getSocketFactory().createSocket(raw, null, false);
			tls.startHandshake();
			opening.get(10, TimeUnit.SECONDS);
			raw.close();
			await().atMost(SOON).until(() -> error(client) instanceof IOException);
			assertThat(error(client)).hasMessage("the peer closed the connection without the close_notify of TLS");
		}
	}

	@Test
	void framesOfAFormerConnectionAreNotOfTheNext() throws Exception {
		List<PeerFrame> taken = new CopyOnWriteArrayList<>();
		try (TlsPeerServer server = new TlsPeerServer(PKI.context(SERVER))) {
			StreamConnection client = create(to("localhost", server.port()).reconnect(AT_ONCE));
			MessageSource<PeerFrame> source = ((PeerFrameSource) client).peerFrames();
			source.attach("the test", taken::add);
			CompletableFuture.runAsync(client::open);
			for (int i = 0; i < 20; i++) {
				try (StreamPeerSocket peer = server.accept()) {
					peer.write("line " + i + "\n");
					int size = i + 1;
					await().atMost(SOON).until(() -> taken.size() == size);
				}
				assertThat(taken.get(i).payload()).isEqualTo(utf8("line " + i));
			}
			assertThat(taken).extracting((frame) -> frame.peer().getId()).doesNotHaveDuplicates();
			client.close();
		}
	}

}
