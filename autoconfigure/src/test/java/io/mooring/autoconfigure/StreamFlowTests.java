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

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.actuate.endpoint.IndicatedHealthDescriptor;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.integration.channel.QueueChannel;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.integration.ip.IpHeaders;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.MessageDeliveryException;
import org.springframework.messaging.MessageHandler;
import org.springframework.messaging.PollableChannel;
import org.springframework.messaging.support.ErrorMessage;
import org.springframework.messaging.support.GenericMessage;
import org.springframework.messaging.support.MessageBuilder;

import io.mooring.Connection;
import io.mooring.ConnectionState;
import io.mooring.DropReason;
import io.mooring.StreamConnection;
import io.mooring.StreamListener;
import io.mooring.test.MooringRunner;
import io.mooring.test.Ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests from properties to the flow, over TCP.
 */
@Timeout(120)
class StreamFlowTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	private final ApplicationContextRunner runner = MooringRunner.withHealth();

	private final ApplicationContextRunner feed = this.runner
		.withPropertyValues("mooring.connections.feed.url=tcp-listen://127.0.0.1:0?framing.type=line");

	private static int port(ApplicationContext context) {
		return Ports.of(context.getBean("feed", Connection.class));
	}

	/**
	 * Write lines of 64 bytes, numbered.
	 */
	private static void writeLines(int port, int from, int count) {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
				OutputStream output = new BufferedOutputStream(socket.getOutputStream(), 64 * 1024)) {
			byte[] line = ("0".repeat(63) + "\n").getBytes(StandardCharsets.US_ASCII);
			for (int i = from; i < from + count; i++) {
				for (int digit = 9, rest = i; digit >= 0; digit--, rest /= 10) {
					line[digit] = (byte) ('0' + rest % 10);
				}
				output.write(line);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static int number(Object payload) {
		byte[] line = (byte[]) payload;
		assertThat(line.length).isEqualTo(63);
		int number = 0;
		for (int digit = 0; digit < 10; digit++) {
			number = 10 * number + line[digit] - '0';
		}
		return number;
	}

	private static Status status(ApplicationContext context, String name) {
		return context.getBean(HealthEndpoint.class).healthForPath("connections", name).getStatus();
	}

	@Test
	void aMillionLinesOfOneClientArriveCompleteAndInOrder() {
		Sequence sequence = new Sequence();
		this.feed.withBean("flow", IntegrationFlow.class, () -> flow("feed.in", sequence::take)).run((context) -> {
			writeLines(port(context), 0, 1_000_000);
			await().atMost(SOON).untilAsserted(() -> assertThat(sequence.next.get()).isEqualTo(1_000_000));
			assertThat(sequence.outOfOrder.get()).isZero();
			assertThat(context.getBean("feed", Connection.class).getStatistics().dropped()).isZero();
		});
	}

	@Test
	void linesOfManyClientsArriveCompleteAndInOrderForEach() {
		int clients = 200;
		int lines = 10_000;
		Map<Object, Sequence> sequences = new ConcurrentHashMap<>();
		this.feed
			.withBean("flow", IntegrationFlow.class,
					() -> flow("feed.in",
							(message) -> sequences.computeIfAbsent(message.getHeaders().get(IpHeaders.CONNECTION_ID),
									(id) -> new Sequence())
								.take(message)))
			.run((context) -> {
				List<CompletableFuture<Void>> senders = new ArrayList<>();
				for (int i = 0; i < clients; i++) {
					senders.add(CompletableFuture.runAsync(() -> writeLines(port(context), 0, lines),
							(task) -> new Thread(task).start()));
				}
				senders.forEach(CompletableFuture::join);
				await().atMost(SOON)
					.untilAsserted(() -> assertThat(sequences.values()).hasSize(clients)
						.allMatch((sequence) -> sequence.next.get() == lines));
				assertThat(sequences.values()).allMatch((sequence) -> sequence.outOfOrder.get() == 0);
			});
	}

	@Test
	void aSleepingHandlerStopsTheReadingAndLosesNothing() {
		Sequence sequence = new Sequence();
		CountDownLatch awake = new CountDownLatch(1);
		this.feed.withBean("flow", IntegrationFlow.class, () -> flow("feed.in", (message) -> {
			hold(awake);
			sequence.take(message);
		})).run((context) -> {
			int count = 1_000_000;
			CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> writeLines(port(context), 0, count));
			// 64 MB exceed the kernel's buffers: the rest remains with the sender
			await().during(Duration.ofMillis(500)).atMost(SOON).until(() -> !sender.isDone());
			awake.countDown();
			await().atMost(SOON).until(() -> sequence.next.get() == count);
			sender.get(10, TimeUnit.SECONDS);
			assertThat(sequence.outOfOrder.get()).isZero();
			assertThat(context.getBean("feed", Connection.class).getStatistics().dropped()).isZero();
		});
	}

	@Test
	void whatWasReadIsDeliveredBeforeTheApplicationEnds() {
		Sequence sequence = new Sequence();
		CountDownLatch awake = new CountDownLatch(1);
		this.feed.withBean("flow", IntegrationFlow.class, () -> flow("feed.in", (message) -> {
			hold(awake);
			sequence.take(message);
		})).run((context) -> {
			writeLines(port(context), 0, 100);
			Connection feed = context.getBean("feed", Connection.class);
			await().atMost(SOON).until(() -> feed.getStatistics().received() > 0);
			CompletableFuture<Void> stopping = CompletableFuture
				.runAsync(() -> context.getSourceApplicationContext().stop());
			await().during(Duration.ofMillis(200)).atMost(SOON).until(() -> !stopping.isDone());
			awake.countDown();
			stopping.get(20, TimeUnit.SECONDS);
			assertThat(sequence.next.get()).isEqualTo(100);
			assertThat(sequence.outOfOrder.get()).isZero();
		});
	}

	private static void hold(CountDownLatch latch) {
		try {
			latch.await(30, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void messagesHaveTheHeadersOfTheirPeerAndAnswersGoThere() {
		BlockingQueue<Message<?>> received = new LinkedBlockingQueue<>();
		this.feed
			.withBean("flow", IntegrationFlow.class,
					() -> IntegrationFlow.from("feed.in")
						.wireTap((tap) -> tap.handle(received::add))
						.channel("feed.out")
						.get())
			.run((context) -> {
				try (Socket first = new Socket(InetAddress.getLoopbackAddress(), port(context));
						Socket second = new Socket(InetAddress.getLoopbackAddress(), port(context))) {
					first.getOutputStream().write("hello\n".getBytes(StandardCharsets.UTF_8));
					assertThat(reader(first).readLine()).isEqualTo("hello");
					Message<?> message = received.poll(10, TimeUnit.SECONDS);
					assertThat(message.getHeaders()).containsEntry(IpHeaders.HOSTNAME, "127.0.0.1")
						.containsEntry(IpHeaders.IP_ADDRESS, "127.0.0.1")
						.containsEntry(IpHeaders.REMOTE_PORT, first.getLocalPort())
						.containsEntry(IpHeaders.LOCAL_ADDRESS, first.getInetAddress())
						.containsEntry("mooring_connection", "feed")
						.containsKey(IpHeaders.CONNECTION_ID);
					StreamListener feed = context.getBean("feed", StreamListener.class);
					await().atMost(SOON).until(() -> feed.getClients().size() == 2);
					context.getBean("feed.out", MessageChannel.class).send(new GenericMessage<>("all"));
					assertThat(reader(first).readLine()).isEqualTo("all");
					assertThat(reader(second).readLine()).isEqualTo("all");
					IndicatedHealthDescriptor health = (IndicatedHealthDescriptor) context.getBean(HealthEndpoint.class)
						.healthForPath("connections", "feed");
					assertThat(health.getDetails()).containsEntry("clients", 2);
				}
			});
	}

	private static BufferedReader reader(Socket socket) throws IOException {
		socket.setSoTimeout(10_000);
		return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
	}

	@Test
	void healthFollowsThePeerOfAClient() throws Exception {
		try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			int port = server.getLocalPort();
			this.runner
				.withPropertyValues("mooring.connections.client.url=tcp://localhost:" + port + "?framing.type=line")
				.run((context) -> {
					StreamConnection client = context.getBean("client", StreamConnection.class);
					Socket peer = server.accept();
					assertThat(client.awaitState(ConnectionState.CONNECTED, SOON)).isTrue();
					assertThat(status(context, "client")).isEqualTo(Status.UP);
					assertThat(client.isConnected()).isTrue();
					server.close();
					peer.close();
					await().atMost(Duration.ofSeconds(2)).until(() -> status(context, "client").equals(Status.DOWN));
					assertThat(((IndicatedHealthDescriptor) context.getBean(HealthEndpoint.class)
						.healthForPath("connections", "client")).getDetails().get("lastError")).asString()
						.containsAnyOf("the peer closed the connection", "refused");
					try (ServerSocket again = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
						await().atMost(Duration.ofSeconds(2)).until(() -> status(context, "client").equals(Status.UP));
						again.accept().close();
					}
				});
		}
	}

	@Test
	void framesThatWereLostGoToTheErrorChannel() throws Exception {
		try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			this.runner.withBean("lost", QueueChannel.class, QueueChannel::new)
				.withPropertyValues(
						"mooring.connections.client.url=tcp://127.0.0.1:" + server.getLocalPort()
								+ "?framing.type=length&send.capacity=100",
						"mooring.connections.client.integration.error-channel=lost")
				.run((context) -> {
					StreamConnection client = context.getBean("client", StreamConnection.class);
					assertThat(client.awaitState(ConnectionState.CONNECTED, SOON)).isTrue();
					client.pauseSending();
					CompletableFuture<Void> asked = client.sendAsync(new byte[] { 1 });
					client.resumeSending();
					asked.get(10, TimeUnit.SECONDS);
					try (Socket peer = server.accept()) {
						CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> {
							for (int i = 0; i < 100_000; i++) {
								context.getBean("client.out", MessageChannel.class)
									.send(MessageBuilder.withPayload(new byte[10_000]).build());
							}
						});
						await().during(Duration.ofMillis(200)).atMost(SOON).until(() -> !sender.isDone());
						peer.setSoLinger(true, 0);
						peer.close();
						assertThat(sender.handle((done, ex) -> ex != null).get(10, TimeUnit.SECONDS)).isTrue();
					}
					ErrorMessage error = (ErrorMessage) context.getBean("lost", PollableChannel.class).receive(10_000);
					assertThat(error.getPayload()).isInstanceOf(MessageDeliveryException.class)
						.hasMessageContaining("Connection 'client' lost a frame that it had accepted");
					assertThat(((MessageDeliveryException) error.getPayload()).getFailedMessage().getPayload())
						.isEqualTo(new byte[10_000]);
					QueueChannel lost = context.getBean("lost", QueueChannel.class);
					await().atMost(SOON)
						.untilAsserted(() -> assertThat(lost.getQueueSize() + 1L)
							.isEqualTo(client.getStatistics().dropped(DropReason.NOT_SENT)));
				});
		}
	}

	@Test
	void threadsAreGoneAfterTheApplication() {
		this.feed.run((context) -> {
			try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port(context))) {
				this.feed.run((second) -> assertThat(port(second)).isNotEqualTo(port(context)));
				client.getOutputStream().write('\n');
				assertThat(context.getBean("feed", StreamListener.class).accept(SOON).receive(SOON)).isEmpty();
			}
		});
		await().atMost(SOON)
			.untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
				.noneMatch((name) -> name.startsWith("mooring-stream")));
	}

	@Test
	void saysThatNettyIsMissing() {
		this.feed.withClassLoader(new FilteredClassLoader("io.netty"))
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("needs Netty 4.2, which is not on the class path")
				.hasMessageContaining("io.netty:netty-handler"));
	}

	private static IntegrationFlow flow(String channel, MessageHandler handler) {
		return IntegrationFlow.from(channel).handle(handler).get();
	}

	private static final class Sequence {

		private final AtomicLong next = new AtomicLong();

		private final AtomicLong outOfOrder = new AtomicLong();

		void take(Message<?> message) {
			if (number(message.getPayload()) != this.next.getAndIncrement()) {
				this.outOfOrder.incrementAndGet();
			}
		}

	}

}
