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
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.annotation.ServiceActivator;
import org.springframework.integration.ip.IpHeaders;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.support.GenericMessage;

import io.mooring.ConnectionState;
import io.mooring.StreamConnection;
import io.mooring.StreamListener;
import io.mooring.test.MooringRunner;
import io.mooring.test.Ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for TCP from properties to the flow, and back.
 */
@Timeout(120)
class TcpFlowTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	private final ApplicationContextRunner runner = MooringRunner.withHealth()
		.withPropertyValues("mooring.connections.feed.url=tcp-listen://127.0.0.1:0?framing.type=line")
		.withUserConfiguration(Flow.class);

	@Test
	void aFlowAnswersItsClientsAndReachesAll() {
		this.runner.run((context) -> {
			StreamListener feed = context.getBean("feed", StreamListener.class);
			try (Socket one = connect(feed); Socket two = connect(feed)) {
				write(one, "hello\n");
				assertThat(reader(one).readLine()).isEqualTo("echo hello");
				await().atMost(SOON).until(() -> feed.getClients().size() == 2);
				context.getBean("feed.out", MessageChannel.class).send(new GenericMessage<>("news"));
				assertThat(reader(one).readLine()).isEqualTo("news");
				assertThat(reader(two).readLine()).isEqualTo("news");
			}
			assertThat(status(context, "feed")).isEqualTo(Status.UP);
		});
	}

	@Test
	void manyLinesArriveCompleteAndInOrder() {
		int count = 200_000;
		this.runner.run((context) -> {
			StreamListener feed = context.getBean("feed", StreamListener.class);
			Handler handler = context.getBean(Handler.class);
			handler.counting = true;
			try (Socket peer = connect(feed)) {
				StringBuilder lines = new StringBuilder();
				for (int i = 0; i < count; i++) {
					lines.append(i).append('\n');
				}
				write(peer, lines.toString());
				await().atMost(SOON).until(() -> handler.next.get() == count);
			}
			assertThat(handler.outOfOrder.get()).isZero();
			assertThat(feed.getStatistics().dropped()).isZero();
		});
	}

	@Test
	void aClientIsDownWithItsServerAndBackWithIt() {
		this.runner.run((context) -> {
			StreamListener feed = context.getBean("feed", StreamListener.class);
			int port = ((InetSocketAddress) feed.getLocalAddress()).getPort();
			this.runner
				.withPropertyValues("mooring.connections.feed.url=tcp-listen://127.0.0.1:0?framing.type=line",
						"mooring.connections.client.url=tcp://127.0.0.1:" + port + "?framing.type=line",
						"mooring.connections.client.reconnect.max-delay=300ms")
				.run((other) -> {
					StreamConnection client = other.getBean("client", StreamConnection.class);
					assertThat(client.awaitState(ConnectionState.CONNECTED, SOON)).isTrue();
					client.send("over tcp".getBytes(StandardCharsets.UTF_8));
					assertThat(client.receive(SOON)).asString().isEqualTo("echo over tcp");
					feed.close();
					await().atMost(SOON).until(() -> status(other, "client").equals(Status.DOWN));
					try (ServerSocket server = new ServerSocket()) {
						server.setReuseAddress(true);
						server.bind(new InetSocketAddress("127.0.0.1", port));
						await().atMost(SOON).until(() -> status(other, "client").equals(Status.UP));
					}
				});
		});
	}

	private static Status status(ApplicationContext context, String name) {
		return context.getBean(HealthEndpoint.class).healthForPath("connections", name).getStatus();
	}

	private static Socket connect(StreamListener listener) throws IOException {
		return Ports.connect(listener);
	}

	private static void write(Socket socket, String text) throws IOException {
		socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
	}

	private static BufferedReader reader(Socket socket) throws IOException {
		return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
	}

	static final class Handler {

		private final AtomicInteger next = new AtomicInteger();

		private final AtomicInteger outOfOrder = new AtomicInteger();

		private final List<Object> clients = new CopyOnWriteArrayList<>();

		private volatile boolean counting;

		@ServiceActivator(inputChannel = "feed.in", outputChannel = "feed.out", requiresReply = "false")
		String on(Message<byte[]> message) {
			String text = new String(message.getPayload(), StandardCharsets.UTF_8);
			if (!this.counting) {
				this.clients.add(message.getHeaders().get(IpHeaders.CONNECTION_ID));
				return "echo " + text;
			}
			if (Integer.parseInt(text) != this.next.get()) {
				this.outOfOrder.incrementAndGet();
			}
			this.next.incrementAndGet();
			return null;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Flow {

		@Bean
		Handler handler() {
			return new Handler();
		}

	}

}
