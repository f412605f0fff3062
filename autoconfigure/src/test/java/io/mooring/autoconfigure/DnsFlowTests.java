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

package io.mooring.autoconfigure;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.integration.core.MessagingTemplate;
import org.springframework.messaging.MessageChannel;

import io.mooring.ConnectionState;
import io.mooring.StreamConnection;
import io.mooring.test.MooringRunner;
import io.mooring.test.Ports;
import io.mooring.test.RequiresTools;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for length-prefixed frames with a daemon: DNS over TCP has a length field of two
 * bytes (RFC 1035, section 4.2.2).
 */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
@RequiresTools("dnsmasq")
class DnsFlowTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	private static final String NAME = "device.mooring.test";

	private final int port = Ports.free();

	private final ApplicationContextRunner runner = MooringRunner.withChannels()
		.withPropertyValues("mooring.connections.dns.url=tcp://127.0.0.1:" + this.port,
				"mooring.connections.dns.framing.type=length", "mooring.connections.dns.framing.length-bytes=2",
				"mooring.connections.dns.startup=wait");

	private Process dnsmasq;

	@BeforeEach
	void startDaemon(@TempDir Path directory) throws Exception {
		this.dnsmasq = new ProcessBuilder("dnsmasq", "--keep-in-foreground", "--conf-file=/dev/null", "--no-resolv",
				"--no-hosts", "--port=" + this.port, "--listen-address=127.0.0.1", "--bind-interfaces", "--pid-file",
				"--address=/" + NAME + "/192.0.2.7")
			.redirectErrorStream(true)
			.redirectOutput(directory.resolve("dnsmasq.log").toFile())
			.start();
	}

	@AfterEach
	void endDaemon() throws InterruptedException {
		this.dnsmasq.destroy();
		if (!this.dnsmasq.waitFor(10, TimeUnit.SECONDS)) {
			this.dnsmasq.destroyForcibly().waitFor();
		}
	}

	private static byte[] query(int id) {
		ByteBuffer query = ByteBuffer.allocate(512);
		query.putShort((short) id).putShort((short) 0x0100).putShort((short) 1).putShort((short) 0).putInt(0);
		for (String label : NAME.split("\\.")) {
			query.put((byte) label.length()).put(label.getBytes(StandardCharsets.US_ASCII));
		}
		query.put((byte) 0).putShort((short) 1).putShort((short) 1);
		return Arrays.copyOf(query.array(), query.position());
	}

	private static void check(byte[] answer, int id) {
		assertThat(ByteBuffer.wrap(answer).getShort() & 0xffff).isEqualTo(id);
		assertThat(Arrays.copyOfRange(answer, answer.length - 4, answer.length)).containsExactly(192, 0, 2, 7);
	}

	@Test
	void answersManyQueriesOnOneConnection() {
		this.runner.run((context) -> {
			StreamConnection dns = context.getBean("dns", StreamConnection.class);
			assertThat(dns.awaitState(ConnectionState.CONNECTED, SOON)).isTrue();
			for (int id = 1; id <= 50; id++) {
				dns.send(query(id));
				check(dns.receive(SOON), id);
			}
			assertThat(dns.getStatistics().dropped()).isZero();
		});
	}

	@Test
	void aGatewayAsksAndGetsTheAnswer() {
		this.runner.withPropertyValues("mooring.connections.dns.integration.mode=gateway").run((context) -> {
			MessagingTemplate template = new MessagingTemplate();
			MessageChannel channel = context.getBean("dns.out", MessageChannel.class);
			for (int id = 1; id <= 20; id++) {
				byte[] answer = template.convertSendAndReceive(channel, query(id), byte[].class);
				check(answer, id);
			}
		});
	}

}
