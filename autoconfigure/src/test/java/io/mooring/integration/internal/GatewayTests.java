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

package io.mooring.integration.internal;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.integration.MessageTimeoutException;
import org.springframework.integration.channel.QueueChannel;
import org.springframework.integration.core.MessagingTemplate;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.integration.dsl.MessageChannels;
import org.springframework.integration.ip.IpHeaders;
import org.springframework.integration.support.MessageBuilder;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.PollableChannel;
import org.springframework.messaging.support.GenericMessage;

import io.mooring.Connection;
import io.mooring.ConnectionState;
import io.mooring.DatagramConnection;
import io.mooring.integration.MooringHeaders;
import io.mooring.test.MooringRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link ConnectionInboundGateway} and {@link ConnectionOutboundGateway}.
 */
@Timeout(60)
class GatewayTests {

	private DatagramSocket peer;

	@BeforeEach
	void openPeer() throws Exception {
		this.peer = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
		this.peer.setSoTimeout(10_000);
	}

	@AfterEach
	void closePeer() {
		this.peer.close();
	}

	private static ApplicationContextRunner runner(String... properties) {
		return MooringRunner.withChannels().withPropertyValues(properties);
	}

	private static ApplicationContextRunner listener() {
		return runner("mooring.connections.ears.url=udp-listen://127.0.0.1:0?integration.mode=gateway");
	}

	private ApplicationContextRunner client(String... properties) {
		return runner(properties).withPropertyValues("mooring.connections.asker.url=udp://127.0.0.1:"
				+ this.peer.getLocalPort() + "?integration.mode=gateway");
	}

	private void send(ApplicationContext context, String text) throws Exception {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		this.peer
			.send(new DatagramPacket(bytes, bytes.length, context.getBean("ears", Connection.class).getLocalAddress()));
	}

	private DatagramPacket receive() throws Exception {
		DatagramPacket packet = new DatagramPacket(new byte[100], 100);
		this.peer.receive(packet);
		return packet;
	}

	private static String text(DatagramPacket packet) {
		return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
	}

	@Test
	void whatTheFlowReturnsGoesToTheSenderFromTheListenersPort() {
		listener()
			.withBean("flow", IntegrationFlow.class,
					() -> IntegrationFlow.from("ears.in")
						.transform(byte[].class, (bytes) -> new String(bytes, StandardCharsets.UTF_8))
						.<String>filter((text) -> !text.startsWith("quiet"))
						.transform(String.class, (text) -> text.toUpperCase(Locale.ROOT))
						.get())
			.run((context) -> {
				send(context, "hello");
				DatagramPacket reply = receive();
				assertThat(text(reply)).isEqualTo("HELLO");
				assertThat(reply.getSocketAddress())
					.isEqualTo(context.getBean("ears", Connection.class).getLocalAddress());
				// A missing reply blocks nothing
				send(context, "quiet");
				send(context, "again");
				assertThat(text(receive())).isEqualTo("AGAIN");
			});
	}

	@Test
	void aReplyMayComeLaterOnAnotherThreadAndWithoutHeaders() {
		listener()
			.withBean("flow", IntegrationFlow.class,
					() -> IntegrationFlow.from("ears.in")
						.channel(MessageChannels.executor(new SimpleAsyncTaskExecutor("later-")))
						.handle((payload, headers) -> MessageBuilder
							.withPayload(Thread.currentThread().getName().replaceAll("\\d", ""))
							.setHeader(MooringHeaders.CONNECTION, "elsewhere")
							.setHeader(IpHeaders.PACKET_ADDRESS, "127.0.0.1:9")
							.build())
						.get())
			.run((context) -> {
				send(context, "hello");
				assertThat(text(receive())).isEqualTo("later-");
			});
	}

	@Test
	void aReplyMayChooseItsRecipient() throws Exception {
		try (DatagramSocket other = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
			other.setSoTimeout(10_000);
			listener()
				.withBean("flow", IntegrationFlow.class, () -> IntegrationFlow.from("ears.in")
					.enrichHeaders(
							(headers) -> headers.header(MooringHeaders.RECIPIENT, "127.0.0.1:" + other.getLocalPort()))
					.handle((payload, headers) -> payload)
					.get())
				.run((context) -> {
					send(context, "hello");
					DatagramPacket packet = new DatagramPacket(new byte[100], 100);
					other.receive(packet);
					assertThat(text(packet)).isEqualTo("hello");
				});
		}
	}

	@Test
	void whatCannotBeSentGoesToTheErrorChannelAndTheListenerGoesOn() {
		listener().withPropertyValues("mooring.connections.ears.integration.error-channel=faults")
			.withBean("faults", QueueChannel.class, () -> new QueueChannel())
			.withBean("flow", IntegrationFlow.class,
					() -> IntegrationFlow.from("ears.in")
						.<byte[]>handle((payload, headers) -> (payload.length > 3) ? new byte[70_000] : payload)
						.get())
			.run((context) -> {
				send(context, "much");
				Message<?> fault = context.getBean("faults", PollableChannel.class).receive(10_000);
				assertThat((Throwable) fault.getPayload()).rootCause()
					.hasMessageContaining("the maximum of a datagram is 65507");
				send(context, "few");
				assertThat(text(receive())).isEqualTo("few");
			});
	}

	@Test
	void aListenerCanStillBeSentThrough() {
		listener().run((context) -> {
			context.getBean("ears.out", MessageChannel.class)
				.send(MessageBuilder.withPayload("unasked")
					.setHeader(MooringHeaders.RECIPIENT, this.peer.getLocalSocketAddress())
					.build());
			assertThat(text(receive())).isEqualTo("unasked");
			assertThat(context).hasBean("ears.inboundGateway").doesNotHaveBean("ears.inboundAdapter");
		});
	}

	@Test
	void aClientWaitsForTheReply() {
		client().run((context) -> {
			answer(1);
			Message<?> reply = ask(context, "question");
			assertThat((byte[]) reply.getPayload()).asString().isEqualTo("re: question");
			assertThat(reply.getHeaders()).containsEntry(MooringHeaders.CONNECTION, "asker")
				.containsEntry(IpHeaders.PACKET_ADDRESS, this.peer.getLocalSocketAddress());
			assertThat(context).hasBean("asker.outboundGateway").doesNotHaveBean("asker.in");
		});
	}

	@Test
	void requestsOfManyThreadsGetTheirOwnReplies() {
		client().run((context) -> {
			answer(40);
			List<CompletableFuture<Void>> callers = IntStream.range(0, 40)
				.mapToObj((i) -> CompletableFuture
					.runAsync(() -> assertThat((byte[]) ask(context, "question " + i).getPayload()).asString()
						.isEqualTo("re: question " + i)))
				.toList();
			for (CompletableFuture<Void> caller : callers) {
				caller.get(20, TimeUnit.SECONDS);
			}
		});
	}

	@Test
	void withoutAReplyInTimeTheRequestFailsAndALateOneIsNotTakenForTheNext() {
		client("mooring.connections.asker.integration.reply-timeout=300ms",
				"mooring.connections.asker.integration.error-channel=faults")
			.withBean("faults", QueueChannel.class, () -> new QueueChannel())
			.run((context) -> {
				assertThatExceptionOfType(MessageTimeoutException.class).isThrownBy(() -> ask(context, "first"))
					.withMessageContaining("Connection 'asker' received no reply within 300ms");
				DatagramPacket first = receive();
				byte[] late = "late".getBytes(StandardCharsets.UTF_8);
				this.peer.send(new DatagramPacket(late, late.length, first.getSocketAddress()));
				DatagramConnection asker = context.getBean("asker", DatagramConnection.class);
				await().until(() -> asker.getStatistics().received() == 1);
				answer(1);
				assertThat((byte[]) ask(context, "second").getPayload()).asString().isEqualTo("re: second");
				Message<?> fault = context.getBean("faults", PollableChannel.class).receive(10_000);
				assertThat((Throwable) fault.getPayload())
					.hasMessageContaining("received a message that matches no pending request");
			});
	}

	@Test
	void waitingForTheTurnCountsAsWell() {
		client("mooring.connections.asker.integration.reply-timeout=300ms").run((context) -> {
			DatagramConnection asker = context.getBean("asker", DatagramConnection.class);
			asker.awaitState(ConnectionState.CONNECTED, Duration.ofSeconds(10));
			try (AutoCloseable turn = asker.acquire(Duration.ofSeconds(1))) {
				assertThatExceptionOfType(MessageTimeoutException.class).isThrownBy(() -> ask(context, "question"))
					.withMessageContaining("was busy with other requests for 300ms");
			}
			assertThatNoException().isThrownBy(() -> {
				answer(1);
				ask(context, "question");
			});
		});
	}

	private static Message<?> ask(ApplicationContext context, String text) {
		try {
			context.getBean("asker", Connection.class).awaitState(ConnectionState.CONNECTED, Duration.ofSeconds(10));
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
		return new MessagingTemplate().sendAndReceive(context.getBean("asker.out", MessageChannel.class),
				new GenericMessage<>(text));
	}

	private void answer(int count) throws Exception {
		CountDownLatch started = new CountDownLatch(1);
		Thread thread = new Thread(() -> {
			started.countDown();
			try {
				for (int i = 0; i < count; i++) {
					DatagramPacket packet = receive();
					byte[] reply = ("re: " + text(packet)).getBytes(StandardCharsets.UTF_8);
					this.peer.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
				}
			}
			catch (SocketTimeoutException ex) {
				// The test reports the missing reply
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}, "answers");
		thread.setDaemon(true);
		thread.start();
		started.await();
	}

}
