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

package io.mooring.autoconfigure.properties;

import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

import io.mooring.ClientAuth;
import io.mooring.ConnectionSpec;
import io.mooring.ConnectionType;
import io.mooring.OverflowPolicy;
import io.mooring.StartupMode;
import io.mooring.UnixPath;
import io.mooring.binding.IpSubnet;
import io.mooring.binding.SocketBinding;
import io.mooring.codec.Delimiter;
import io.mooring.supervision.ReconnectSettings;
import io.mooring.test.SpecBuilder;
import io.mooring.transport.settings.ConnectSettings;
import io.mooring.transport.settings.ReceiveSettings;
import io.mooring.transport.settings.SendSettings;
import io.mooring.transport.settings.SocketSettings;
import io.mooring.transport.settings.SslSettings;
import io.mooring.transport.settings.StartupSettings;
import io.mooring.transport.settings.UnixSettings;
import io.mooring.transport.stream.ClientsSettings;
import io.mooring.transport.stream.FramingSettings;
import io.mooring.transport.stream.TcpSettings;
import io.mooring.transport.stream.internal.StreamTransportFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The keys of streams.
 */
class StreamDeclarationsTests {

	private static Declared ground(String... lines) {
		return Declared.ground(lines).transport(new StreamTransportFactory());
	}

	@Test
	void keysOfStreamsAreChecked() {
		assertThat(ground("url: tcp://10.0.0.7:5760", "framing: {type: length, length-bytes: 3}").faults())
			.containsExactly(
					"mooring.connections.ground.framing.length-bytes: \"3\" is not a length that is known; accepted are 1, 2 "
							+ "and 4 (application.yml:5:45)");
		assertThat(ground("url: tcp://10.0.0.7:5760", "framing: {type: line, length-bytes: 2}").faults())
			.containsExactly(
					"mooring.connections.ground.framing.length-bytes: \"2\" has no meaning but with framing.type length "
							+ "(application.yml:5:43)");
		assertThat(ground("type: tcp-listen", "framing: {max-size: 0}").faults()).singleElement()
			.asString()
			.contains(".framing.max-size: \"0\" is out of range; accepted is 1B to 2047MB");
		assertThat(ground("type: tcp-listen", "send: {capacity: 0}").faults()).singleElement()
			.asString()
			.contains(".send.capacity: \"0\" is out of range; accepted is 1 or more");
		assertThat(ground("url: tcp://10.0.0.7:5760", "connect-timeout: 0s").faults()).singleElement()
			.asString()
			.contains(".connect-timeout: \"0s\" is not positive");
	}

	@Test
	void keysOfFramingsGoWithTheirTypeOnly() {
		String url = "url: tcp://10.0.0.7:5760";
		assertThat(ground(url, "framing: {type: line, delimiter: ';', size: 4}").faults()).containsExactly(
				"mooring.connections.ground.framing.delimiter: \";\" has no meaning but with framing.type delimiter "
						+ "(application.yml:5:40)",
				"mooring.connections.ground.framing.size: \"4\" has no meaning but with framing.type fixed "
						+ "(application.yml:5:51)");
		assertThat(ground(url, "framing: {delimiter: ';'}").faults()).singleElement()
			.asString()
			.contains("has no meaning but with framing.type delimiter");
		assertThat(ground(url, "framing: {type: delimiter}").faults()).singleElement()
			.asString()
			.contains(".framing.delimiter: missing; framing.type delimiter needs what stands behind a frame");
		assertThat(ground(url, "framing: {type: delimiter, delimiter: '\\e'}").faults()).singleElement()
			.asString()
			.contains(".framing.delimiter: \"\\e\" has the unknown escape \"\\e\"; accepted are \\0, \\t");
		assertThat(ground(url, "framing: {type: fixed}").faults()).singleElement()
			.asString()
			.contains(".framing.size: missing; framing.type fixed needs the length of a frame in bytes");
		assertThat(ground(url, "framing: {type: fixed, size: 0}").faults()).singleElement()
			.asString()
			.contains(".framing.size: \"0\" is out of range; accepted is 1B to 2047MB");
		assertThat(ground(url, "framing: {type: fixed, size: 65KB}").faults()).singleElement()
			.asString()
			.contains(".framing.size: \"65KB\" is more than framing.max-size, 65536B; accepted is that or less");
	}

	@Test
	void delimitersAreReadAsTheyAreWritten() {
		assertThat(delimiter("'\\r\\n\\x1e'")).isEqualTo(Delimiter.of((byte) '\r', (byte) '\n', (byte) 0x1e));
		assertThat(delimiter("\"\\n\"")).isEqualTo(Delimiter.of((byte) '\n'));
		assertThat(delimiter("' '")).isEqualTo(Delimiter.of((byte) ' '));
		assertThat(delimiter("'; '")).isEqualTo(Delimiter.parse("; "));
		assertThat(ground("url: tcp://10.0.0.7:5760?framing.type=delimiter&framing.delimiter=%00").spec()
			.get(FramingSettings.class)
			.delimiter()).isEqualTo(Delimiter.of((byte) 0));
		assertThat(ground("url: tcp://10.0.0.7:5760?framing.type=delimiter&framing.delimiter=\\0").spec()
			.get(FramingSettings.class)
			.delimiter()).isEqualTo(Delimiter.of((byte) 0));
	}

	private static Delimiter delimiter(String value) {
		return ground("url: tcp://10.0.0.7:5760", "framing: {type: delimiter, delimiter: " + value + "}").spec()
			.get(FramingSettings.class)
			.delimiter();
	}

	@Test
	void aFramingIsFoundInAnySpelling() {
		for (String type : List.of("stx-etx", "STX_ETX", "stxEtx", "stx_etx")) {
			FramingSettings framing = ground("url: tcp://10.0.0.7:5760", "framing.type: " + type).spec()
				.get(FramingSettings.class);
			assertThat(framing.isBean()).as(type).isFalse();
		}
	}

	@Test
	void aFramingThatIsADefaultNeedNotFitEveryConnection() {
		ConnectionSpec spec = ground("url: tcp://10.0.0.7:5760", "framing: {type: line}")
			.yml("defaults.yml", "mooring.defaults.framing: {type: length, length-bytes: 2, delimiter: ';', size: 4}")
			.spec();
		assertThat(spec.get(FramingSettings.class).type()).isEqualTo("line");
		assertThat(Declared.ground("type: udp-listen")
			.yml("defaults.yml", "mooring.defaults.framing: {type: fixed}")
			.faults()).isEmpty();
	}

	@Test
	void keysThatAStreamDoesNotReadAreRefused() {
		assertThat(ground("url: tcp://10.0.0.7:5760?socket.backlog=5").faults()).singleElement()
			.asString()
			.contains("does not apply to the type tcp");
		assertThat(ground("type: tcp-listen", "connect-timeout: 1s").faults()).singleElement()
			.asString()
			.contains("does not apply to the type tcp-listen");
		assertThat(ground("type: tcp-listen", "receive: {max-size: 1KB}").faults()).singleElement()
			.asString()
			.contains("does not apply to the type tcp-listen");
	}

	@Test
	void unixStreamsAreDeclaredByKeysOrUrl() {
		ConnectionSpec listener = ground("url: unix-listen:/tmp/x.sock?mode=660&socket.backlog=5&framing.type=line")
			.spec();
		assertThat(listener.get(UnixSettings.class).path()).isEqualTo(UnixPath.of("/tmp/x.sock"));
		assertThat(listener.get(UnixSettings.class).permissions())
			.isEqualTo(PosixFilePermissions.fromString("rw-rw----"));
		assertThat(listener.get(SocketSettings.class).backlog()).isEqualTo(5);
		assertThat(listener.get(StartupSettings.class).mode()).isEqualTo(StartupMode.FAIL_FAST);
		assertThat(ground("type: unix-listen", "path: /tmp/x.sock", "mode: rw-rw----", "framing.type: line",
				"socket.backlog: 5")
			.spec()).isEqualTo(listener);
		ConnectionSpec client = ground("url: unix:/run/x.sock?connect-timeout=1s&send.capacity=9").spec();
		assertThat(client.get(UnixSettings.class).path()).isEqualTo(UnixPath.of("/run/x.sock"));
		assertThat(client.get(ConnectSettings.class).connectTimeout()).isEqualTo(Duration.ofSeconds(1));
		assertThat(client.get(SendSettings.class).capacity()).isEqualTo(9);
		assertThat(client.get(ReceiveSettings.class).overflow()).isEqualTo(OverflowPolicy.BLOCK);
		assertThat(client.get(StartupSettings.class).mode()).isEqualTo(StartupMode.BACKGROUND);
		assertThat(client.get(ReconnectSettings.class).maxDelay()).isEqualTo(Duration.ofSeconds(1));
		assertThat(ground("url: unix:@name").spec().get(UnixSettings.class).path()).isEqualTo(UnixPath.of("@name"));
	}

	@Test
	void unixStreamsNeedAPathAndNothingOfIp() {
		assertThat(ground("type: unix").faults()).singleElement()
			.asString()
			.contains("ground.path: missing; the type unix needs the path or @name to connect to");
		assertThat(ground("type: unix-listen").faults()).singleElement()
			.asString()
			.contains("ground.path: missing; the type unix-listen needs its own path or @name");
		assertThat(ground("url: unix:/" + "x".repeat(107)).faults()).first()
			.asString()
			.contains("has 108 bytes; the address of a Unix socket has at most 107");
		for (String key : List.of("host: 10.0.0.1", "port: 1", "local-port: 1", "mode: '660'", "local-path: /tmp/y",
				"fd: 3", "receive.credentials: true")) {
			assertThat(ground("type: unix", "path: /tmp/x", key).faults()).singleElement()
				.asString()
				.contains("does not apply to the type unix, which takes connect-timeout, framing, heartbeat");
		}
		for (String key : List.of("host: 10.0.0.1", "interface: lo", "connect-timeout: 1s",
				"socket.reuse-address: true")) {
			assertThat(ground("type: unix-listen", "path: /tmp/x", key).faults()).singleElement()
				.asString()
				.contains(
						"does not apply to the type unix-listen, which takes clients.idle-timeout, clients.max, framing");
		}
		assertThat(ground("url: tcp://10.0.0.1:1/run/x").faults()).singleElement()
			.asString()
			.contains("has the path \"/run/x\", which the type tcp does not take");
	}

	@Test
	void everyKeyOfAStreamEndsInTheSpec() {
		assertThat(ground("type: tcp", "host: ground.example", "port: 5760", "local-host: 10.0.0.1", "local-port: 4243",
				"connect-timeout: 2s", "framing: {type: length, length-bytes: 2, max-size: 1KB}", "send: {capacity: 9}")
			.spec())
			.isEqualTo(SpecBuilder.of("ground", ConnectionType.TCP)
				.remote("ground.example", 5760)
				.local(new SocketBinding.Fixed("10.0.0.1"), 4243)
				.connectTimeout(Duration.ofSeconds(2))
				.framing(new FramingSettings("length", 2, null, null, DataSize.ofKilobytes(1)))
				.send(new SendSettings(9))
				.checked());
		assertThat(
				ground("type: tcp-listen", "framing: {type: fixed, size: 16}").spec().get(FramingSettings.class).size())
			.isEqualTo(DataSize.ofBytes(16));
		assertThat(
				ground("type: tcp-listen", "framing: {type: stx-etx, max-size: 10}").spec().get(FramingSettings.class))
			.isEqualTo(FramingSettings.of("stx-etx", 10));
		ConnectionSpec listener = ground("url: tcp-listen://:0?socket.backlog=7").spec();
		assertThat(listener.get(SocketSettings.class).backlog()).isEqualTo(7);
		assertThat(listener.get(ReceiveSettings.class).overflow()).isEqualTo(OverflowPolicy.BLOCK);
		assertThat(listener.get(FramingSettings.class).type()).isEqualTo("raw");
	}

	@Test
	void limitsOfClientsEndInTheSpec() {
		assertThat(ground("type: tcp-listen",
				"clients: {max: 100, idle-timeout: 5m, allow: [10.0.0.0/8, 192.168.1.7, 'fe80::/10', '::1']}")
			.spec()
			.get(ClientsSettings.class))
			.isEqualTo(SpecBuilder.clients(100, Duration.ofMinutes(5),
					Stream.of("10.0.0.0/8", "192.168.1.7/32", "fe80::/10", "::1/128").map(IpSubnet::parse).toList()));
		assertThat(ground("url: tcp-listen://:0?clients.max=3&clients.allow=10.0.0.0/8,127.0.0.1").spec()
			.get(ClientsSettings.class))
			.isEqualTo(SpecBuilder.clients(3, null,
					List.of(IpSubnet.parse("10.0.0.0/8"), IpSubnet.parse("127.0.0.1/32"))));
		assertThat(ground("type: tcp-listen").spec().get(ClientsSettings.class))
			.isEqualTo(SpecBuilder.clients(0, null, List.of()));
		assertThat(ground("type: tcp-listen", "clients: {allow: [10.0.0.0/8]}")
			.yml("defaults.yml", "mooring: {defaults: {clients: {max: 5, allow: [127.0.0.1, 127.0.0.2]}}}")
			.spec()
			.get(ClientsSettings.class)).isEqualTo(SpecBuilder.clients(5, null, List.of(IpSubnet.parse("10.0.0.0/8"))));
	}

	@Test
	void limitsOfClientsAreChecked() {
		assertThat(ground("type: tcp-listen", "clients:", "  max: -1", "  idle-timeout: 0s", "  allow:",
				"  - 192.168.1.5/24", "  - example.org")
			.faults())
			.containsExactly(
					"mooring.connections.ground.clients.max: \"-1\" is out of range; accepted is a number of clients, or 0 "
							+ "for any (application.yml:6:14)",
					"mooring.connections.ground.clients.idle-timeout: \"0s\" is not positive; accepted are durations such "
							+ "as 30s or 5m (application.yml:7:23)",
					"mooring.connections.ground.clients.allow[0]: \"192.168.1.5/24\" has host bits set; did you mean "
							+ "192.168.1.0/24? (application.yml:9:11)",
					"mooring.connections.ground.clients.allow[1]: \"example.org\" is not a subnet in CIDR notation such as "
							+ "192.168.1.0/24, nor an address (application.yml:10:11)");
		assertThat(ground("url: tcp-listen://:0?clients.allow=10.0.0.0/8,10.0.0.1/8").faults()).singleElement()
			.asString()
			.contains(
					"has a wrong clients.allow: \"10.0.0.0/8,10.0.0.1/8\" has \"10.0.0.1/8\", which has host bits set; "
							+ "did you mean 10.0.0.0/8?");
		assertThat(ground("type: tcp-listen", "clients: {allow: []}").faults()).singleElement()
			.asString()
			.contains(
					".clients.allow: \"\" has no network, so that nobody could connect; leave it out to accept everybody");
		assertThat(ground("url: tcp://10.0.0.7:5760", "clients: {max: 4}").faults()).singleElement()
			.asString()
			.contains("does not apply to the type tcp");
		assertThat(ground("url: unix-listen:/tmp/x.sock?clients.allow=10.0.0.0/8").faults()).singleElement()
			.asString()
			.contains("does not apply to the type unix-listen");
	}

	@Test
	void optionsOfTcpEndInTheSpec() {
		assertThat(ground("url: tcp://10.0.0.7:5760", "socket:", "  no-delay: false", "  keep-alive: true",
				"  keep-alive-idle: 60", "  keep-alive-interval: 10s", "  keep-alive-count: 3", "  user-timeout: 1500",
				"  linger: 0")
			.spec()
			.get(TcpSettings.class))
			.isEqualTo(new TcpSettings(false, true, Duration.ofMinutes(1), Duration.ofSeconds(10), 3,
					Duration.ofMillis(1500), Duration.ZERO));
		assertThat(ground("type: tcp-listen").spec().get(TcpSettings.class)).isEqualTo(TcpSettings.DEFAULT);
		assertThat(ground("url: tcp-listen://:0?socket.keep-alive-idle=30").spec().get(TcpSettings.class).keepAlive())
			.isTrue();
		assertThat(ground("type: tcp-listen", "socket: {keep-alive: false}")
			.yml("defaults.yml", "mooring: {defaults: {socket: {keep-alive-idle: 30}}}")
			.spec()
			.get(TcpSettings.class)
			.keepAlive()).isFalse();
		assertThat(ground("type: tcp-listen", "socket: {keep-alive-count: 3}")
			.yml("defaults.yml", "mooring: {defaults: {socket: {keep-alive: false}}}")
			.spec()
			.get(TcpSettings.class)
			.keepAlive()).isTrue();
	}

	@Test
	void optionsOfTcpAreChecked() {
		assertThat(ground("url: tcp://10.0.0.7:5760", "socket:", "  keep-alive-idle: 500ms",
				"  keep-alive-interval: 40000", "  keep-alive-count: 128", "  user-timeout: 0", "  linger: -1")
			.faults())
			.containsExactly(
					"mooring.connections.ground.socket.keep-alive-idle: \"500ms\" is out of range; accepted are whole seconds "
							+ "from 1s to 32767s (application.yml:6:26)",
					"mooring.connections.ground.socket.keep-alive-interval: \"40000\" is out of range; accepted are whole "
							+ "seconds from 1s to 32767s (application.yml:7:30)",
					"mooring.connections.ground.socket.linger: \"-1\" is out of range; accepted are whole seconds from 0s to "
							+ "32767s (application.yml:10:17)",
					"mooring.connections.ground.socket.keep-alive-count: \"128\" is out of range; accepted is 1 to 127 "
							+ "(application.yml:8:27)",
					"mooring.connections.ground.socket.user-timeout: \"0\" is out of range; accepted is 1ms to 24d "
							+ "(application.yml:9:23)");
		assertThat(ground("type: tcp-listen", "socket: {keep-alive: false, keep-alive-idle: 30}").faults())
			.containsExactly("mooring.connections.ground.socket.keep-alive-idle: \"30\" has no meaning with "
					+ "socket.keep-alive: false; drop one of them (application.yml:5:52)");
	}

	@Test
	void keysOfTlsEndInTheSpec() {
		assertThat(ground("url: tcp://10.0.0.7:5760", "ssl: {bundle: feed}").spec().get(SslSettings.class))
			.isEqualTo(new SslSettings("feed", ClientAuth.NONE, null, true, Duration.ofSeconds(10)));
		assertThat(ground("url: tcp://10.0.0.7:5760?ssl.bundle=feed",
				"ssl: {server-name: bücher.example, verify-hostname: false, handshake-timeout: 3s}")
			.spec()
			.get(SslSettings.class))
			.isEqualTo(new SslSettings("feed", ClientAuth.NONE, "xn--bcher-kva.example", false, Duration.ofSeconds(3)));
		assertThat(ground("type: tcp-listen", "ssl: {bundle: feed, client-auth: need}").spec().get(SslSettings.class))
			.isEqualTo(new SslSettings("feed", ClientAuth.NEED, null, true, Duration.ofSeconds(10)));
		assertThat(ground("url: tcp://10.0.0.7:5760", "ssl: {bundle: feed, server-name: 10.0.0.8}").spec()
			.get(SslSettings.class))
			.isEqualTo(new SslSettings("feed", ClientAuth.NONE, "10.0.0.8", true, Duration.ofSeconds(10)));
		assertThat(ground("url: tcp://10.0.0.7:5760").spec().get(SslSettings.class).isEnabled()).isFalse();
	}

	@Test
	void keysOfTlsAreChecked() {
		assertThat(ground("type: tcp-listen", "ssl: {client-auth: need, handshake-timeout: 3s}").faults())
			.containsExactly(
					"mooring.connections.ground.ssl.client-auth: \"need\" has no meaning without ssl.bundle, the name of an "
							+ "SSL bundle, which turns TLS on (application.yml:5:26)",
					"mooring.connections.ground.ssl.handshake-timeout: \"3s\" has no meaning without ssl.bundle, the name "
							+ "of an SSL bundle, which turns TLS on (application.yml:5:51)");
		assertThat(ground("url: tcp://10.0.0.7:5760?ssl.verify-hostname=false").faults()).singleElement()
			.asString()
			.contains("has a wrong ssl.verify-hostname: \"false\" has no meaning without ssl.bundle");
		assertThat(ground("type: tcp-listen", "ssl: {bundle: ''}").faults()).singleElement()
			.asString()
			.contains(".ssl.bundle: is empty; accepted is the name of an SSL bundle, as below spring.ssl.bundle.pem");
		assertThat(ground("type: tcp-listen", "ssl: {bundle: feed, client-auth: always}").faults()).singleElement()
			.asString()
			.contains(".ssl.client-auth: \"always\" is not accepted; one of none, want, need is");
		assertThat(ground("type: tcp-listen", "ssl: {bundle: feed, handshake-timeout: 0s}").faults()).singleElement()
			.asString()
			.contains(".ssl.handshake-timeout: \"0s\" is not positive; accepted are durations such as 500ms or 5s");
		assertThat(ground("url: tcp://10.0.0.7:5760", "ssl: {bundle: feed, server-name: 'not a name'}").faults())
			.singleElement()
			.asString()
			.contains(".ssl.server-name: \"not a name\" is not a host name or address; accepted are names such as "
					+ "feed.example.org");
		assertThat(ground("type: tcp-listen", "ssl: {bundle: feed, server-name: here}").faults()).singleElement()
			.asString()
			.contains(".ssl.server-name: \"here\" does not apply to the type tcp-listen");
		assertThat(ground("url: tcp://10.0.0.7:5760", "ssl: {bundle: feed, client-auth: need}").faults())
			.singleElement()
			.asString()
			.contains(".ssl.client-auth: \"need\" does not apply to the type tcp");
	}

	@Test
	void whoVerifiesWithoutAHostNeedsAName() {
		assertThat(ground("url: unix:/tmp/x.sock?ssl.bundle=feed").faults()).singleElement()
			.asString()
			.contains(
					".ssl.server-name: is missing, and the remote has no host to look for in its certificate: give the "
							+ "name that is there, or ssl.verify-hostname: false");
		assertThat(ground("url: unix:/tmp/x.sock?ssl.bundle=feed&ssl.verify-hostname=false").spec()
			.get(SslSettings.class)
			.isEnabled()).isTrue();
		assertThat(ground("url: unix:/tmp/x.sock?ssl.bundle=feed&ssl.server-name=here").spec()
			.get(SslSettings.class)
			.isEnabled()).isTrue();
		assertThat(ground("url: unix-listen:/tmp/x.sock?ssl.bundle=feed").spec().get(SslSettings.class).isEnabled())
			.isTrue();
	}

}
