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

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.integration.core.MessagingTemplate;
import org.springframework.messaging.MessageChannel;

import io.mooring.ConnectionState;
import io.mooring.StreamConnection;
import io.mooring.test.MooringRunner;
import io.mooring.test.Ports;
import io.mooring.test.RequiresTools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests with a daemon that serves one protocol over TCP and over a Unix socket.
 */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
@RequiresTools("redis-server")
class RedisFlowTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	private final ApplicationContextRunner runner = MooringRunner.withChannels();

	@TempDir
	private Path directory;

	private Path file;

	private int port;

	private Process redis;

	@BeforeEach
	void startRedis() throws Exception {
		this.file = this.directory.resolve("redis.sock");
		this.port = Ports.free();
		restartRedis();
	}

	@AfterEach
	void endRedis() throws InterruptedException {
		this.redis.destroy();
		if (!this.redis.waitFor(10, TimeUnit.SECONDS)) {
			this.redis.destroyForcibly().waitFor();
		}
	}

	private void restartRedis() throws IOException {
		this.redis = new ProcessBuilder("redis-server", "--bind", "127.0.0.1", "--port", Integer.toString(this.port),
				"--unixsocket", this.file.toString(), "--unixsocketperm", "700", "--save", "", "--appendonly", "no",
				"--dir", this.directory.toString())
			.redirectErrorStream(true)
			.redirectOutput(this.directory.resolve("redis.log").toFile())
			.start();
	}

	private String url(String type) {
		return (type.equals("unix") ? "unix:" + this.file : "tcp://127.0.0.1:" + this.port) + "?framing.type=crlf";
	}

	private static void send(StreamConnection redis, String command) {
		redis.send(command.getBytes(StandardCharsets.UTF_8));
	}

	private static String receive(StreamConnection redis) {
		return new String(redis.receive(SOON), StandardCharsets.UTF_8);
	}

	@ParameterizedTest
	@ValueSource(strings = { "unix", "tcp" })
	void answersInlineCommands(String type) {
		this.runner.withPropertyValues("mooring.connections.redis.url=" + url(type)).run((context) -> {
			StreamConnection redis = context.getBean("redis", StreamConnection.class);
			assertThat(redis.awaitState(ConnectionState.CONNECTED, SOON)).isTrue();
			send(redis, "PING");
			assertThat(receive(redis)).isEqualTo("+PONG");
			for (int i = 1; i <= 10_000; i++) {
				send(redis, "INCR counter");
			}
			for (int i = 1; i <= 10_000; i++) {
				assertThat(receive(redis)).isEqualTo(":" + i);
			}
			send(redis, "SET text " + "x".repeat(60_000));
			assertThat(receive(redis)).isEqualTo("+OK");
			send(redis, "GET text");
			assertThat(receive(redis)).isEqualTo("$60000");
			assertThat(receive(redis)).hasSize(60_000);
			assertThat(redis.getStatistics().dropped()).isZero();
			assertThat(redis.getStatistics().received()).isEqualTo(10_004);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "unix", "tcp" })
	void answersThroughAGateway(String type) {
		this.runner
			.withPropertyValues("mooring.connections.redis.url=" + url(type), "mooring.connections.redis.startup=wait",
					"mooring.connections.redis.codec=string", "mooring.connections.redis.integration.mode=gateway")
			.run((context) -> {
				MessagingTemplate template = new MessagingTemplate();
				MessageChannel out = context.getBean("redis.out", MessageChannel.class);
				assertThat(template.convertSendAndReceive(out, "PING", String.class)).isEqualTo("+PONG");
				for (int i = 1; i <= 500; i++) {
					assertThat(template.convertSendAndReceive(out, "INCR asked", String.class)).isEqualTo(":" + i);
				}
			});
	}

	@Test
	void isFoundAgainAfterARestart() {
		this.runner.withPropertyValues("mooring.connections.redis.url=" + url("unix")).run((context) -> {
			StreamConnection redis = context.getBean("redis", StreamConnection.class);
			assertThat(redis.awaitState(ConnectionState.CONNECTED, SOON)).isTrue();
			assertThat(redis.getPeerCredentials().pid()).isEqualTo(this.redis.pid());
			this.redis.destroyForcibly().waitFor();
			await().atMost(SOON).until(() -> redis.getState() != ConnectionState.CONNECTED);
			restartRedis();
			assertThat(redis.awaitState(ConnectionState.CONNECTED, SOON)).isTrue();
			assertThat(redis.getPeerCredentials().pid()).isEqualTo(this.redis.pid());
			send(redis, "PING");
			assertThat(receive(redis)).isEqualTo("+PONG");
		});
	}

}
