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

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.actuate.endpoint.IndicatedHealthDescriptor;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.annotation.ServiceActivator;
import org.springframework.integration.ip.IpHeaders;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.support.GenericMessage;
import org.springframework.messaging.support.MessageBuilder;

import io.mooring.Connection;
import io.mooring.ConnectionState;
import io.mooring.Connections;
import io.mooring.PeerCredentials;
import io.mooring.StreamConnection;
import io.mooring.StreamListener;
import io.mooring.integration.MooringHeaders;
import io.mooring.test.MooringRunner;
import io.mooring.test.RequiresTools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for Unix stream sockets from properties to the flow, and back, with other
 * programs as peers.
 */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
class UnixStreamFlowTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	private final ApplicationContextRunner runner = MooringRunner.withHealth();

	private final List<Process> processes = new ArrayList<>();

	@TempDir
	private Path directory;

	private Path file;

	@BeforeEach
	void setUp() {
		this.file = this.directory.resolve("feed.sock");
	}

	@AfterEach
	void endPrograms() throws InterruptedException {
		for (Process process : this.processes) {
			process.destroy();
			if (!process.waitFor(10, TimeUnit.SECONDS)) {
				process.destroyForcibly();
			}
		}
	}

	private Process start(String... command) throws IOException {
		Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		this.processes.add(process);
		return process;
	}

	private static void write(Process process, String text) throws IOException {
		process.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
		process.getOutputStream().flush();
	}

	private ApplicationContextRunner feed(String path, String... keys) {
		return this.runner.withUserConfiguration(Echo.class)
			.withPropertyValues("mooring.connections.feed.url=unix-listen:" + path + "?framing.type=line")
			.withPropertyValues(keys);
	}

	private static IndicatedHealthDescriptor health(ApplicationContext context, String name) {
		return (IndicatedHealthDescriptor) context.getBean(HealthEndpoint.class).healthForPath("connections", name);
	}

	@Test
	@RequiresTools("socat")
	void socatConversesWithAFlowAndTheOthersHearTheNews() {
		feed(this.file.toString(), "mooring.connections.feed.mode=660").run((context) -> {
			StreamListener feed = context.getBean("feed", StreamListener.class);
			assertThat(Files.getAttribute(this.file, "unix:mode")).isEqualTo(0140660);
			Process one = start("socat", "-", "UNIX-CONNECT:" + this.file);
			Process two = start("socat", "-", "UNIX-CONNECT:" + this.file);
			BufferedReader first = one.inputReader(StandardCharsets.UTF_8);
			write(one, "hello\n");
			assertThat(first.readLine()).isEqualTo("echo hello");
			await().atMost(SOON).until(() -> feed.getClients().size() == 2);
			context.getBean("feed.out", MessageChannel.class).send(new GenericMessage<>("news"));
			assertThat(first.readLine()).isEqualTo("news");
			assertThat(two.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("news");
			Message<?> message = context.getBean(Echo.class).messages.get(0);
			assertThat(message.getHeaders().get(MooringHeaders.CREDENTIALS)).isEqualTo(new PeerCredentials(one.pid(),
					(int) Files.getAttribute(this.file, "unix:uid"), (int) Files.getAttribute(this.file, "unix:gid")));
			assertThat(message.getHeaders().get(IpHeaders.CONNECTION_ID)).asString().startsWith(this.file + ":");
			assertThat(message.getHeaders()).containsEntry(MooringHeaders.CONNECTION, "feed")
				.doesNotContainKeys(IpHeaders.HOSTNAME, IpHeaders.REMOTE_PORT);
			assertThat(health(context, "feed").getStatus()).isEqualTo(Status.UP);
			assertThat(health(context, "feed").getDetails()).containsEntry("type", "unix-listen")
				.containsEntry("localAddress", this.file.toString())
				.containsEntry("clients", 2)
				.doesNotContainKeys("binding", "interface", "remoteAddress");
		});
		assertThat(this.file).doesNotExist();
	}

	@Test
	@RequiresTools("python3")
	void pythonConnectsToAnAbstractName() {
		String name = "mooring-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
		feed("@" + name).run((context) -> {
			Process python = start("python3", "-c", """
					import socket, sys
					peer = socket.socket(socket.AF_UNIX)
					peer.connect('\\0%s')
					peer.sendall(b'one\\ntwo\\n')
					peer.shutdown(socket.SHUT_WR)
					print(b''.join(iter(lambda: peer.recv(100), b'')))
					""".formatted(name));
			assertThat(python.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("b'echo one\\necho two\\n'");
			assertThat(health(context, "feed").getDetails()).containsEntry("localAddress", "@" + name);
		});
	}

	@Test
	@RequiresTools("python3")
	void aClientFindsItsPeerLaterAndAgainAndKnowsWhoItIs() {
		String[] server = { "python3", "-c", """
				import os, socket, sys
				path = sys.argv[1]
				listener = socket.socket(socket.AF_UNIX)
				if os.path.exists(path): os.unlink(path)
				listener.bind(path)
				listener.listen()
				peer, _ = listener.accept()
				for line in peer.makefile('rb'):
				    peer.sendall(b'%d ' % os.getpid() + line)
				""", this.file.toString() };
		this.runner.withUserConfiguration(Collect.class)
			.withPropertyValues("mooring.connections.client.url=unix:" + this.file + "?framing.type=line")
			.run((context) -> {
				StreamConnection client = context.getBean("client", StreamConnection.class);
				await().atMost(SOON).until(() -> client.getStatus().attempts() > 1);
				assertThat(health(context, "client").getStatus()).isEqualTo(Status.DOWN);
				assertThat(health(context, "client").getDetails()).containsEntry("remoteAddress", this.file.toString())
					.containsEntry("lastError", "cannot connect to " + this.file + ": No such file or directory")
					.doesNotContainKey("binding");
				for (int i = 0; i < 2; i++) {
					Process python = start(server);
					assertThat(client.awaitState(ConnectionState.CONNECTED, SOON)).isTrue();
					assertThat(client.getPeerCredentials().pid()).isEqualTo(python.pid());
					context.getBean("client.out", MessageChannel.class).send(new GenericMessage<>("line " + i));
					List<Message<?>> messages = context.getBean(Collect.class).messages;
					int count = i + 1;
					await().atMost(SOON).until(() -> messages.size() == count);
					assertThat((byte[]) messages.get(i).getPayload()).asString(StandardCharsets.UTF_8)
						.isEqualTo(python.pid() + " line " + i);
					assertThat(messages.get(i).getHeaders().get(MooringHeaders.CREDENTIALS))
						.isEqualTo(client.getPeerCredentials());
					python.destroy();
					assertThat(python.waitFor(10, TimeUnit.SECONDS)).isTrue();
					await().atMost(SOON).until(() -> client.getState() != ConnectionState.CONNECTED);
				}
			});
	}

	@Test
	void aPathInUseEndsTheStart() {
		feed(this.file.toString()).run((holder) -> {
			feed(this.file.toString()).run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.hasStackTraceContaining("cannot bind to " + this.file + ": Address already in use by another socket"));
			feed(this.file.toString(), "mooring.connections.feed.startup=background").run((context) -> {
				Connection feed = context.getBean("feed", Connection.class);
				assertThat(feed.getState()).isNotEqualTo(ConnectionState.CONNECTED);
				holder.getBean("feed", Connection.class).close();
				assertThat(feed.awaitState(ConnectionState.CONNECTED, SOON)).isTrue();
			});
		});
	}

	@Test
	void theOtherTypeOfTheSameApplicationIsReached() {
		feed(this.file.toString())
			.withPropertyValues("mooring.connections.client.type=unix", "mooring.connections.client.path=" + this.file,
					"mooring.connections.client.framing.type=line", "mooring.connections.client.startup=wait",
					"mooring.connections.client.phase=1")
			.run((context) -> {
				StreamConnection client = context.getBean("client", StreamConnection.class);
				client.send("hello".getBytes(StandardCharsets.UTF_8));
				assertThat(client.receive(SOON)).asString().isEqualTo("echo hello");
				assertThat(client.getStatistics().sent()).isEqualTo(1);
				assertThat(client.getStatistics().received()).isEqualTo(1);
				assertThat(client.getStatistics().receivedBytes()).isEqualTo(10);
				assertThat(health(context, "client").getDetails()).containsEntry("localAddress", "unnamed");
				StreamConnection another = context.getBean(Connections.class)
					.connect("unix:" + this.file + "?framing.type=line", Duration.ofSeconds(5), 0);
				another.send("hi".getBytes(StandardCharsets.UTF_8));
				assertThat(another.receive(SOON)).asString().isEqualTo("echo hi");
			});
	}

	@Configuration(proxyBeanMethods = false)
	static class Echo {

		private final List<Message<?>> messages = new CopyOnWriteArrayList<>();

		@ServiceActivator(inputChannel = "feed.in", outputChannel = "feed.out")
		Message<String> echo(Message<byte[]> message) {
			this.messages.add(message);
			return MessageBuilder.withPayload("echo " + new String(message.getPayload(), StandardCharsets.UTF_8))
				.copyHeaders(message.getHeaders())
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Collect {

		private final List<Message<?>> messages = new CopyOnWriteArrayList<>();

		@ServiceActivator(inputChannel = "client.in")
		void collect(Message<byte[]> message) {
			this.messages.add(message);
		}

	}

}
