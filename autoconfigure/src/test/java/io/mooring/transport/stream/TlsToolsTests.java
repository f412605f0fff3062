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
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
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
import io.mooring.test.RequiresTools;
import io.mooring.test.SpecBuilder;
import io.mooring.test.TestTransports;
import io.mooring.transport.SupervisedConnection;
import io.mooring.transport.internal.receive.MessageSource;
import io.mooring.transport.internal.receive.PeerFrame;
import io.mooring.transport.settings.SslSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * OpenSSL as the other side.
 */
@Timeout(60)
@RequiresTools("openssl")
@ExtendWith(OutputCaptureExtension.class)
class TlsToolsTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private static final Pki PKI = new Pki();

	@TempDir
	Path directory;

	private final TestTransports transports = new TestTransports(
			(name) -> PKI.bundle(name.equals("server") ? PKI.server() : PKI.client("drone-7")));

	private final Map<Process, Path> outputs = new LinkedHashMap<>();

	@BeforeEach
	void writeCertificates() {
		Pki.write(this.directory.resolve("ca.crt"), PKI.caPem());
		Pki.write(PKI.server(), this.directory, "server");
		Pki.write(PKI.client("probe-1"), this.directory, "probe");
		Pki.write(new Pki("Other CA").client("stranger"), this.directory, "stranger");
	}

	@AfterEach
	void end() throws InterruptedException {
		this.transports.close();
		for (Process process : this.outputs.keySet()) {
			process.destroyForcibly().waitFor();
		}
	}

	private Process openssl(String... arguments) throws IOException {
		List<String> command = new ArrayList<>(List.of("openssl"));
		command.addAll(Arrays.asList(arguments));
		Path output = this.directory.resolve("output-" + this.outputs.size());
		Process process = new ProcessBuilder(command).directory(this.directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
		this.outputs.put(process, output);
		return process;
	}

	private Process client(StreamListener feed, String... arguments) throws IOException {
		int port = ((InetSocketAddress) feed.getLocalAddress()).getPort();
		List<String> all = new ArrayList<>(List.of("s_client", "-connect", "127.0.0.1:" + port, "-CAfile", "ca.crt",
				"-verify_return_error", "-verify_hostname", "localhost", "-ign_eof"));
		all.addAll(Arrays.asList(arguments));
		return openssl(all.toArray(String[]::new));
	}

	private StreamListener open(ClientAuth clientAuth) {
		StreamListener feed = this.transports.create(SpecBuilder.of("feed", ConnectionType.TCP_LISTEN)
			.local(new SocketBinding.Fixed("127.0.0.1"), 0)
			.framing(FramingSettings.of("line", 1000))
			.ssl(new SslSettings("server", clientAuth, null, true, SOON))
			.build(), StreamListener.class);
		feed.open();
		return feed;
	}

	@SuppressWarnings("unchecked")
	private static void echo(StreamListener feed) {
		((MessageSource<PeerFrame>) feed).attach("the test",
				(frame) -> feed
					.send((frame.peer().getSubject() + " said " + new String(frame.payload(), StandardCharsets.UTF_8))
						.getBytes(StandardCharsets.UTF_8), frame.peer().getId()));
	}

	private static void type(Process process, String line) throws IOException {
		OutputStream output = process.getOutputStream();
		output.write((line + "\n").getBytes(StandardCharsets.UTF_8));
		output.flush();
	}

	private void prints(Process process, String text) {
		await().atMost(SOON)
			.untilAsserted(() -> assertThat(Files.readString(this.outputs.get(process))).contains(text));
	}

	private void isServed(StreamListener feed, String... arguments) throws IOException {
		Process client = client(feed, arguments);
		type(client, "hello");
		prints(client, " said hello");
		client.destroy();
	}

	@ParameterizedTest
	@ValueSource(strings = { "-tls1_2", "-tls1_3" })
	void servesItsClient(String version) throws Exception {
		StreamListener feed = open(ClientAuth.WANT);
		echo(feed);
		Process client = client(feed, version, "-cert", "probe.crt", "-key", "probe.key");
		type(client, "hello");
		prints(client, "CN=probe-1,O=Example said hello");
		assertThat(feed.getClients()).hasSize(1);
		client.destroy();
		await().atMost(SOON).until(() -> feed.getClients().isEmpty());
	}

	@ParameterizedTest
	@ValueSource(strings = { "-tls1", "-tls1_1" })
	void refusesOlderVersions(String version, CapturedOutput output) throws Exception {
		StreamListener feed = open(ClientAuth.NONE);
		echo(feed);
		Process client = client(feed, version, "-cipher", "DEFAULT:@SECLEVEL=0");
		prints(client, "alert protocol version");
		await().atMost(SOON).until(() -> feed.getStatistics().dropped(DropReason.HANDSHAKE) == 1);
		assertThat(output).contains("the TLS handshake failed: ");
		isServed(feed);
	}

	@Test
	void refusesCertificatesOfAnotherAuthority(CapturedOutput output) throws Exception {
		StreamListener feed = open(ClientAuth.NEED);
		echo(feed);
		Process client = client(feed, "-cert", "stranger.crt", "-key", "stranger.key");
		type(client, "hello");
		prints(client, "alert");
		await().atMost(SOON).until(() -> feed.getStatistics().dropped(DropReason.HANDSHAKE) == 1);
		assertThat(output).contains("the certificate of the peer comes from an unknown CA: ");
		isServed(feed, "-cert", "probe.crt", "-key", "probe.key");
	}

	@ParameterizedTest
	@ValueSource(strings = { "-tls1_2", "-tls1_3" })
	void talksToItsServer(String version) throws Exception {
		int port;
		try (ServerSocket free = StreamPeerSocket.server()) {
			port = free.getLocalPort();
		}
		Process server = openssl("s_server", "-accept", "127.0.0.1:" + port, version, "-cert", "server.crt", "-key",
				"server.key", "-CAfile", "ca.crt", "-Verify", "1", "-verify_return_error", "-naccept", "1");
		StreamConnection client = this.transports.create(SpecBuilder.of("client", ConnectionType.TCP)
			.remote("localhost", port)
			.framing(FramingSettings.of("line", 1000))
			.ssl(SslSettings.of("drone"))
			.build(), StreamConnection.class);
		((SupervisedConnection) client).startOpen();
		assertThat(client.awaitState(ConnectionState.CONNECTED, SOON)).isTrue();
		client.send("hello from here".getBytes(StandardCharsets.UTF_8));
		prints(server, "hello from here");
		type(server, "hello from there");
		assertThat(client.receive(SOON)).isEqualTo("hello from there".getBytes(StandardCharsets.UTF_8));
		client.close();
		// It saw the close_notify
		assertThat(server.waitFor(10, TimeUnit.SECONDS)).isTrue();
		prints(server, "DONE");
	}

}
