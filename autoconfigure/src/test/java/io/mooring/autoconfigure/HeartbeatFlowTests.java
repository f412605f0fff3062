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
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.actuate.endpoint.IndicatedHealthDescriptor;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.integration.core.MessagingTemplate;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.support.GenericMessage;

import io.mooring.Connection;
import io.mooring.ConnectionState;
import io.mooring.test.MooringRunner;
import io.mooring.test.Ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for heartbeats, from properties to flows and health.
 */
@Timeout(120)
class HeartbeatFlowTests {

	private static final Duration SOON = Duration.ofSeconds(20);

	private final ApplicationContextRunner runner = MooringRunner.withHealth();

	private static IndicatedHealthDescriptor health(ApplicationContext context, String name) {
		return (IndicatedHealthDescriptor) context.getBean(HealthEndpoint.class).healthForPath("connections", name);
	}

	private static Connection connection(ApplicationContext context, String name) {
		return context.getBean(name, Connection.class);
	}

	private static String text(Object payload) {
		return new String((byte[]) payload, StandardCharsets.UTF_8);
	}

	/**
	 * Serve one client: echo heartbeats, and send some while a request is processed.
	 */
	private static void serve(ServerSocket server) {
		try (Socket socket = server.accept();
				BufferedReader reader = new BufferedReader(
						new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
			OutputStream output = socket.getOutputStream();
			String line;
			while ((line = reader.readLine()) != null) {
				String answer = line.equals("PING") ? "PING\n" : "PING\nPING\nanswer to " + line + "\n";
				output.write(answer.getBytes(StandardCharsets.UTF_8));
			}
		}
		catch (IOException ex) {
			// The client has disconnected
		}
	}

	@Test
	void aGatewayTakesNoHeartbeatForAReply() throws Exception {
		try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			Thread thread = new Thread(() -> serve(server));
			thread.setDaemon(true);
			thread.start();
			this.runner
				.withPropertyValues(
						"mooring.connections.asker.url=tcp://127.0.0.1:" + server.getLocalPort()
								+ "?framing.type=line&heartbeat.interval=50ms&heartbeat.payload=PING",
						"mooring.connections.asker.heartbeat.timeout=5s",
						"mooring.connections.asker.integration.mode=gateway",
						"mooring.connections.asker.integration.reply-timeout=20s")
				.run((context) -> {
					for (int i = 0; i < 20; i++) {
						Message<?> reply = new MessagingTemplate().sendAndReceive(
								context.getBean("asker.out", MessageChannel.class), new GenericMessage<>("q" + i));
						assertThat(text(reply.getPayload())).isEqualTo("answer to q" + i);
						long received = connection(context, "asker").getStatistics().received();
						await().atMost(SOON)
							.until(() -> connection(context, "asker").getStatistics().received() > received);
					}
					assertThat(connection(context, "asker").getStatistics().failures()).isZero();
					assertThat(connection(context, "asker").getStatistics().drops()).isEmpty();
				});
		}
	}

	@Test
	void aListenerHandsNoHeartbeatToItsFlow() {
		List<String> taken = new CopyOnWriteArrayList<>();
		this.runner
			.withPropertyValues("mooring.connections.feed.url=tcp-listen://127.0.0.1:0?framing.type=line",
					"mooring.defaults.heartbeat.interval=100ms", "mooring.defaults.heartbeat.payload=PING",
					"mooring.defaults.heartbeat.timeout=10s")
			.withBean("flow", IntegrationFlow.class,
					() -> IntegrationFlow.from("feed.in")
						.handle((message) -> taken.add(text(message.getPayload())))
						.get())
			.run((context) -> {
				int port = ((InetSocketAddress) connection(context, "feed").getLocalAddress()).getPort();
				try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
					socket.setSoTimeout(10_000);
					BufferedReader reader = new BufferedReader(
							new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
					for (int i = 0; i < 5; i++) {
						assertThat(reader.readLine()).isEqualTo("PING");
						socket.getOutputStream().write("PING\n".getBytes(StandardCharsets.UTF_8));
					}
					socket.getOutputStream().write("news\n".getBytes(StandardCharsets.UTF_8));
					await().atMost(SOON).until(() -> !taken.isEmpty());
					assertThat(taken).containsExactly("news");
				}
			});
	}

	@Test
	void aSilentPeerIsDown() throws Exception {
		try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			this.runner
				.withPropertyValues("mooring.connections.autopilot.url=tcp://127.0.0.1:" + server.getLocalPort(),
						"mooring.connections.autopilot.heartbeat.timeout=1s",
						"mooring.connections.autopilot.reconnect.initial-delay=60s",
						"mooring.connections.autopilot.reconnect.max-delay=60s")
				.run((context) -> {
					await().atMost(SOON).until(() -> connection(context, "autopilot").getStatistics().opens() == 1);
					// After a loss it is DISCONNECTED until the next attempt is scheduled
					await().atMost(SOON)
						.until(() -> connection(context, "autopilot").getStatistics().failures() == 1
								&& connection(context, "autopilot").getState() == ConnectionState.CONNECTING);
					assertThat(health(context, "autopilot").getStatus()).isEqualTo(Status.DOWN);
					assertThat(health(context, "autopilot").getDetails()).containsEntry("state", "CONNECTING")
						.containsEntry("lastError", "nothing was received for 1s (heartbeat.timeout)");
				});
		}
	}

	@Test
	void aSilentFeedIsDownUntilItGoesOn() throws Exception {
		List<String> taken = new CopyOnWriteArrayList<>();
		int port = Ports.free();
		this.runner
			.withPropertyValues(
					"mooring.connections.feed.url=udp-listen://127.0.0.1:" + port + "?heartbeat.timeout=500ms",
					"mooring.connections.feed.reconnect.initial-delay=50ms",
					"mooring.connections.feed.reconnect.max-delay=50ms")
			.withBean("flow", IntegrationFlow.class,
					() -> IntegrationFlow.from("feed.in")
						.handle((message) -> taken.add(text(message.getPayload())))
						.get())
			.run((context) -> {
				await().atMost(SOON).until(() -> health(context, "feed").getStatus().equals(Status.DOWN));
				await().atMost(SOON).until(() -> connection(context, "feed").getStatistics().failures() > 2);
				assertThat(connection(context, "feed").getStatistics().opens()).isOne();
				try (DatagramSocket peer = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
					byte[] bytes = "telemetry".getBytes(StandardCharsets.UTF_8);
					await().atMost(SOON).until(() -> {
						peer.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
						return health(context, "feed").getStatus().equals(Status.UP);
					});
					await().atMost(SOON).until(() -> taken.contains("telemetry"));
				}
			});
	}

}
