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

package io.mooring.demo;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the packaged demo, with and without ahead-of-time processing, by the commands
 * in the README. All tests use one process.
 */
@ParameterizedClass(name = "spring.aot.enabled={0}")
@ValueSource(booleans = { false, true })
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DemoIntegrationTests {

	@TempDir
	static Path parent;

	@Parameter
	private boolean aot;

	private Path directory;

	private DatagramSocket beacon;

	private DemoProcess demo;

	@BeforeParameterizedClassInvocation
	void startDemo() throws IOException {
		this.directory = Files.createDirectory(parent.resolve("aot-" + this.aot));
		this.beacon = new DatagramSocket(0, InetAddress.getLoopbackAddress());
		this.beacon.setSoTimeout(60_000);
		this.demo = DemoProcess.start(this.directory, this.beacon.getLocalPort(), "-Dspring.aot.enabled=" + this.aot);
		this.demo.awaitUp();
	}

	@AfterParameterizedClassInvocation
	void endDemo() {
		this.demo.close();
		this.beacon.close();
	}

	@BeforeEach
	void forgetWhatOtherTestsDid() {
		this.demo.forgetLines();
	}

	@Test
	void doesWhatTheReadmeSays() throws Exception {
		Commands.require("logger");
		Commands.require("socat");
		Commands.require("curl");
		assertThat(run("logger --udp --server 127.0.0.1 --port 5514 hello")).isEmpty();
		this.demo.awaitLine("SyslogFlow +user\\.notice \\S+ \\S+: hello");
		assertThat(run("echo ping | socat -t1 - UDP:127.0.0.1:5515")).isEqualToIgnoringNewLines("5 bytes received");
		this.demo.awaitLine("ProbeReader +5 bytes from /127\\.0\\.0\\.1:\\d+");
		assertThat(run("curl -s http://127.0.0.1:8080/actuator/health"))
			.contains("\"connections\":{", "\"beacon\":{", "\"client\":{", "\"control\":{", "\"feed\":{",
					"\"notify\":{", "\"probe\":{", "\"syslog\":{", "\"status\":\"UP\"")
			.doesNotContain("\"status\":\"DOWN\"", "\"status\":\"UNKNOWN\"");
	}

	// The connection is closed afterwards
	@Test
	@Order(Integer.MAX_VALUE - 1)
	void answersWhatItHearsUntilItHearsTheStopWord() throws Exception {
		Commands.require("socat");
		String hello = "echo hello | socat -t1 - UDP4-DATAGRAM:239.255.14.50:5516,ip-multicast-if=127.0.0.1";
		assertThat(run(hello)).matches("HEAR \\[ HELLO SAID \\(127\\.0\\.0\\.1, \\d+\\) ] from me");
		this.demo.awaitLine("HearFlow +/127\\.0\\.0\\.1:\\d+ said hello");
		String port = this.demo.awaitHint("239\\.255\\.14\\.50:(\\d+),");
		for (String text : new String[] { "NONENOUGH", "enough" }) {
			Commands.run(this.directory, hello.replace("hello", text).replace("5516", port));
			this.demo.awaitLine("HearFlow .* said " + text);
		}
		assertThat(run(hello)).isEmpty();
	}

	@Test
	void saysHowAConnectionIs() throws Exception {
		Commands.require("socat");
		assertThat(run("echo beacon | socat -t1 - UNIX-CONNECT:/tmp/mooring-control.sock"))
			.isEqualToIgnoringNewLines("beacon is CONNECTED");
		this.demo.awaitLine("ControlFlow +pid \\d+ of uid \\d+ asks for beacon");
	}

	@Test
	void printsWhatDaemonsTellSystemd() throws Exception {
		Commands.require("systemd-notify");
		Commands.require("logger");
		assertThat(run("NOTIFY_SOCKET=/tmp/mooring-notify.sock systemd-notify --ready")).isEmpty();
		this.demo.awaitLine("NotifyFlow +READY=1 \\(pid \\d+, uid \\d+\\)");
		this.demo.awaitLine("NotifyFlow +BARRIER=1 \\(pid \\d+, uid \\d+\\) with 1 descriptor");
		assertThat(run("logger -d -u /tmp/mooring-notify.sock hello")).isEmpty();
		this.demo.awaitLine("NotifyFlow +<13>.* hello \\(pid \\d+, uid \\d+\\)");
	}

	@Test
	void answersNetcat() throws Exception {
		Commands.require("nc");
		assertThat(run("echo ping | nc -u -w1 127.0.0.1 5515")).isEqualToIgnoringNewLines("5 bytes received");
	}

	@Test
	void tellsTheTime() throws Exception {
		Commands.require("nc");
		assertThat(run("echo time | nc -w1 127.0.0.1 5518")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ\\s*");
	}

	@Test
	void printsTheOldFormatOfSyslogToo() throws Exception {
		Commands.require("logger");
		run("logger --udp --server 127.0.0.1 --port 5514 --rfc3164 -p auth.err -t door hello");
		this.demo.awaitLine("SyslogFlow +auth\\.err \\S+ door: hello");
	}

	@Test
	void servesItsBillOfMaterials() throws Exception {
		Commands.require("curl");
		assertThat(run("curl -s http://127.0.0.1:8080/actuator/sbom/application"))
			.contains("\"bomFormat\" : \"CycloneDX\"", "pkg:maven/io.mooring/mooring-spring-boot-autoconfigure@");
	}

	@Test
	void sendsABeacon() throws IOException {
		DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
		this.beacon.receive(packet);
		assertThat(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8))
			.matches("<14>1 \\S+ localhost beacon \\d+ - - running for \\d+ s");
	}

	@Test
	@Order(Integer.MAX_VALUE)
	void endsOnRequest() throws InterruptedException {
		// 128 and the number of the signal
		assertThat(this.demo.terminate()).isEqualTo(143);
		assertThat(this.demo.console()).doesNotContain("ERROR", "WARN", "Exception");
	}

	/**
	 * Run a command of the README, on the ports and the path that the demo printed.
	 */
	private String run(String command) throws Exception {
		assertThat(Files.readString(Path.of(System.getProperty("demo.readme")))).contains(command);
		String syslog = this.demo.awaitHint("--server 127.0.0.1 --port (\\d+)");
		String probe = this.demo.awaitHint("UDP:127.0.0.1:(\\d+)");
		String feed = this.demo.awaitHint("echo hello \\| nc -w1 127.0.0.1 (\\d+)");
		String clock = this.demo.awaitHint("echo time \\| nc -w1 127.0.0.1 (\\d+)");
		String hear = this.demo.awaitHint("239\\.255\\.14\\.50:(\\d+),");
		String http = this.demo.awaitHint("http://127.0.0.1:(\\d+)/");
		String control = this.demo.awaitHint("UNIX-CONNECT:(\\S+)");
		String notify = this.demo.awaitHint("NOTIFY_SOCKET=(\\S+) ");
		Map<String, String> actual = Map.of("5514", syslog, "5515", probe, "5516", hear, "5517", feed, "5518", clock,
				"8080", http, "/tmp/mooring-control.sock", control, "/tmp/mooring-notify.sock", notify);
		// In one pass, since a port may contain another one
		return Commands.run(this.directory,
				Pattern.compile(String.join("|", actual.keySet()))
					.matcher(command)
					.replaceAll((match) -> Matcher.quoteReplacement(actual.get(match.group()))));
	}

}
