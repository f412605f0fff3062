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

package io.mooring.integration;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.integration.channel.QueueChannel;
import org.springframework.integration.endpoint.EventDrivenConsumer;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHandler;
import org.springframework.messaging.SubscribableChannel;

import io.mooring.Connection;
import io.mooring.ConnectionState;
import io.mooring.UnixDatagramConnection;
import io.mooring.test.MooringRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for subscribers of {@code <name>.in} that leave while they handle a message.
 */
@Timeout(180)
class LeavingSubscribersTests {

	private static final int SUBSCRIBERS = 8;

	private static final Duration SOON = Duration.ofSeconds(60);

	// Half of what a detach may wait
	private static final Duration STALL = Duration.ofSeconds(5);

	private final Map<String, Integer> last = new ConcurrentHashMap<>();

	private final List<String> faults = new ArrayList<>();

	private final AtomicInteger sent = new AtomicInteger();

	private final AtomicInteger received = new AtomicInteger();

	private final AtomicLong progress = new AtomicLong();

	private final AtomicLong longestPause = new AtomicLong();

	private final AtomicInteger departures = new AtomicInteger();

	@Test
	void nothingIsLostOfStreamsWhoseSubscribersUnsubscribe() {
		run("tcp-listen://127.0.0.1:0?framing.type=line",
				(context) -> unsubscribing(context.getBean("ears.in", SubscribableChannel.class)),
				(context) -> sendLines(context, 8, 2000));
		assertThat(this.received).hasValue(8 * 2000);
	}

	@Test
	void nothingIsLostOfStreamsWhoseEndpointsStop() {
		run("tcp-listen://127.0.0.1:0?framing.type=line",
				(context) -> stopping(context.getBean("ears.in", SubscribableChannel.class)),
				(context) -> sendLines(context, 8, 2000));
		assertThat(this.received).hasValue(8 * 2000);
	}

	@Test
	void nothingIsLostOfClientsThatLeaveAsWell() {
		run("tcp-listen://127.0.0.1:0?framing.type=line",
				(context) -> unsubscribing(context.getBean("ears.in", SubscribableChannel.class)), (context) -> {
					for (int i = 0; i < 30; i++) {
						int round = i;
						CompletableFuture
							.allOf(IntStream.range(0, 4)
								.mapToObj((client) -> CompletableFuture
									.runAsync(() -> sendLines(context, round + "-" + client, 100)))
								.toArray(CompletableFuture[]::new))
							.join();
					}
				});
		assertThat(this.received).hasValue(30 * 4 * 100);
	}

	@Test
	void nothingIsLostOfDatagramsWhoseSubscribersUnsubscribe() {
		run("udp-listen://127.0.0.1:0",
				(context) -> unsubscribing(context.getBean("ears.in", SubscribableChannel.class)), this::sendDatagrams);
		assertThat(this.received).hasValue(5_000);
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void nothingIsLostOfUnixDatagramsWhoseSubscribersUnsubscribe(@TempDir Path directory) {
		Path path = directory.resolve("ears");
		run("unix-datagram-listen:" + path,
				(context) -> unsubscribing(context.getBean("ears.in", SubscribableChannel.class)), (context) -> {
					UnixDatagramConnection mouth = context.getBean("mouth", UnixDatagramConnection.class);
					assertThat(mouth.awaitState(ConnectionState.CONNECTED, SOON)).isTrue();
					for (int i = 1; i <= 5_000; i++) {
						mouth.send(utf8("one " + i));
						this.sent.incrementAndGet();
					}
				}, "mooring.connections.mouth.url=unix-datagram:" + path);
		assertThat(this.received).hasValue(5_000);
	}

	private void run(String url, Subscribing subscribing, Sending sending, String... properties) {
		ApplicationContextRunner runner = MooringRunner.withChannels()
			.withPropertyValues("mooring.connections.ears.url=" + url,
					"mooring.connections.ears.integration.error-channel=faults")
			.withPropertyValues(properties)
			.withBean("faults", QueueChannel.class, QueueChannel::new);
		runner.run((context) -> {
			List<Runnable> subscribers = subscribing.subscribe(context);
			subscribers.forEach(Runnable::run);
			AtomicBoolean over = new AtomicBoolean();
			CompletableFuture<Void> returning = CompletableFuture.runAsync(() -> {
				while (!over.get()) {
					subscribers.forEach(Runnable::run);
				}
			});
			this.progress.set(System.nanoTime());
			sending.send(context);
			int sent = this.sent.get();
			await().atMost(SOON).untilAsserted(() -> assertThat(this.received).hasValue(sent));
			over.set(true);
			assertThat(returning).succeedsWithin(SOON);
			assertThat(Duration.ofNanos(this.longestPause.get())).isLessThan(STALL);
			assertThat(this.faults).isEmpty();
			assertThat(context.getBean("faults", QueueChannel.class).receive(0)).isNull();
			assertThat(context.getBean("ears", Connection.class).getStatistics().drops()).isEmpty();
			assertThat(this.departures).hasValueGreaterThan(SUBSCRIBERS);
		});
	}

	/**
	 * Return what lets the handlers subscribe that do not, and of which each unsubscribes
	 * as it handles every twentieth message.
	 */
	private List<Runnable> unsubscribing(SubscribableChannel channel) {
		List<Runnable> subscribers = new ArrayList<>();
		for (int i = 0; i < SUBSCRIBERS; i++) {
			MessageHandler handler = new MessageHandler() {

				private final AtomicInteger handled = new AtomicInteger();

				@Override
				public void handleMessage(Message<?> message) {
					handle(message);
					if (this.handled.incrementAndGet() % 20 == 0 && channel.unsubscribe(this)) {
						LeavingSubscribersTests.this.departures.incrementAndGet();
					}
				}

			};
			subscribers.add(() -> channel.subscribe(handler));
		}
		return subscribers;
	}

	private List<Runnable> stopping(SubscribableChannel channel) {
		List<Runnable> subscribers = new ArrayList<>();
		for (int i = 0; i < SUBSCRIBERS; i++) {
			AtomicInteger handled = new AtomicInteger();
			EventDrivenConsumer[] endpoint = new EventDrivenConsumer[1];
			endpoint[0] = new EventDrivenConsumer(channel, (message) -> {
				handle(message);
				if (handled.incrementAndGet() % 20 == 0) {
					endpoint[0].stop();
					this.departures.incrementAndGet();
				}
			});
			subscribers.add(endpoint[0]::start);
		}
		return subscribers;
	}

	private void handle(Message<?> message) {
		String[] words = new String((byte[]) message.getPayload(), StandardCharsets.UTF_8).split(" ");
		int number = Integer.parseInt(words[1]);
		Integer previous = this.last.put(words[0], number);
		if (number != ((previous != null) ? previous : 0) + 1) {
			synchronized (this.faults) {
				this.faults.add(words[0] + ": " + number + " after " + previous);
			}
		}
		long now = System.nanoTime();
		this.longestPause.accumulateAndGet(now - this.progress.getAndSet(now), Math::max);
		this.received.incrementAndGet();
	}

	private void sendLines(ApplicationContext context, int clients, int lines) {
		CompletableFuture
			.allOf(IntStream.range(0, clients)
				.mapToObj((client) -> CompletableFuture.runAsync(() -> sendLines(context, "client" + client, lines),
						(task) -> new Thread(task).start()))
				.toArray(CompletableFuture[]::new))
			.join();
	}

	private void sendLines(ApplicationContext context, String client, int lines) {
		InetSocketAddress address = address(context);
		try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
			for (int from = 1; from <= lines; from += 100) {
				StringBuilder text = new StringBuilder();
				for (int i = from; i < from + 100; i++) {
					text.append(client).append(' ').append(i).append('\n');
				}
				socket.getOutputStream().write(utf8(text.toString()));
				this.sent.addAndGet(100);
			}
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void sendDatagrams(ApplicationContext context) throws Exception {
		InetSocketAddress address = address(context);
		try (DatagramSocket socket = new DatagramSocket()) {
			for (int i = 1; i <= 5_000; i++) {
				byte[] payload = utf8("one " + i);
				socket.send(new DatagramPacket(payload, payload.length, address));
				this.sent.incrementAndGet();
				if (i % 100 == 0) {
					// So that no buffer of the kernel overflows
					int count = i;
					await().atMost(SOON).until(() -> this.received.get() > count - 200);
				}
			}
		}
	}

	private static InetSocketAddress address(ApplicationContext context) {
		return (InetSocketAddress) context.getBean("ears", Connection.class).getLocalAddress();
	}

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private interface Subscribing {

		List<Runnable> subscribe(ApplicationContext context);

	}

	private interface Sending {

		void send(ApplicationContext context) throws Exception;

	}

}
