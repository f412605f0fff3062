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

package io.mooring.transport.stream;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import io.mooring.ConnectionType;
import io.mooring.StreamListener;
import io.mooring.binding.SocketBinding;
import io.mooring.test.Requirements;
import io.mooring.test.SpecBuilder;
import io.mooring.test.TestTransports;
import io.mooring.transport.internal.receive.MessageSource;
import io.mooring.transport.internal.receive.PeerFrame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Many clients. {@code -Dmooring.test.scale-seconds=60} makes them send for longer.
 */
@Tag("scale")
class StreamScaleTests {

	private static final Log logger = LogFactory.getLog(StreamScaleTests.class);

	private static final int IDLE_CLIENTS = 5000;

	private static final int PASSING_CLIENTS = 3000;

	private static final int SENDING_CLIENTS = 1000;

	private static final int SENDERS = 4;

	@Test
	@Timeout(120)
	@EnabledOnOs(OS.LINUX)
	void fiveThousandIdleClientsCostNoThreads() throws Exception {
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:+UseG1GC", "-Xmx256m", "-cp", System.getProperty("java.class.path"), ScaleMain.class.getName())
			.redirectError(ProcessBuilder.Redirect.DISCARD)
			.start();
		List<SocketChannel> clients = new ArrayList<>();
		try (BufferedReader output = process.inputReader(); Writer input = process.outputWriter()) {
			InetSocketAddress address = new InetSocketAddress("127.0.0.1", Integer.parseInt(output.readLine()));
			// What the compiler and the first threads take is not the clients'
			connect(clients, address, PASSING_CLIENTS);
			Figures full = measure(PASSING_CLIENTS, input, output);
			close(clients);
			Figures before = measure(0, input, output);
			assertThat(before.threads()).as("threads after %d clients left at once", PASSING_CLIENTS)
				.isLessThan(full.threads() + 300);
			connect(clients, address, IDLE_CLIENTS);
			Figures after = measure(IDLE_CLIENTS, input, output);
			logger.info("%d idle clients: %s before, %s after".formatted(IDLE_CLIENTS, before, after));
			assertThat(after.threads() - before.threads()).as("threads").isLessThanOrEqualTo(8);
		}
		finally {
			close(clients);
			process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
		}
	}

	private static void connect(List<SocketChannel> clients, InetSocketAddress address, int count) {
		try {
			for (int i = 0; i < count; i++) {
				clients.add(SocketChannel.open(address));
			}
		}
		catch (IOException ex) {
			throw Requirements.unmet("Needs " + (IDLE_CLIENTS + 500) + " open files", ex);
		}
	}

	private static void close(List<SocketChannel> clients) throws IOException {
		for (SocketChannel client : clients) {
			client.close();
		}
		clients.clear();
	}

	private static Figures measure(int clients, Writer input, BufferedReader output) throws IOException {
		input.write(clients + "\n");
		input.flush();
		String[] figures = output.readLine().split(" ");
		return new Figures(Long.parseLong(figures[0]) / 1024, Integer.parseInt(figures[1]));
	}

	@Test
	@Timeout(180)
	@SuppressWarnings("unchecked")
	void aThousandClientsThatSendAtOnceLoseNoFrame() throws Exception {
		long nanos = TimeUnit.SECONDS.toNanos(Integer.getInteger("mooring.test.scale-seconds", 10));
		try (TestTransports transports = new TestTransports()) {
			StreamListener feed = transports.create(SpecBuilder.of("feed", ConnectionType.TCP_LISTEN)
				.local(new SocketBinding.Fixed("127.0.0.1"), 0)
				.framing(FramingSettings.of("length", 65536))
				.socket(SpecBuilder.socket(null, null, null, null, null, SENDING_CLIENTS))
				.build(), StreamListener.class);
			Map<String, Integer> next = new ConcurrentHashMap<>();
			Map<String, String> wrong = new ConcurrentHashMap<>();
			AtomicLong received = new AtomicLong();
			((MessageSource<PeerFrame>) feed).attach("the test", (frame) -> {
				int number = ByteBuffer.wrap(frame.payload()).getInt();
				int expected = next.merge(frame.peer().getId(), 1, Integer::sum) - 1;
				if (number != expected) {
					wrong.putIfAbsent(frame.peer().getId(), number + " rather than " + expected);
				}
				received.incrementAndGet();
			});
			feed.open();
			long sent = sendFor(nanos, (InetSocketAddress) feed.getLocalAddress());
			await().atMost(Duration.ofSeconds(60)).until(() -> received.get() >= sent);
			logger.info("%d clients sent %d frames".formatted(SENDING_CLIENTS, sent));
			assertThat(wrong).isEmpty();
			assertThat(received.get()).isEqualTo(sent);
			assertThat(next).hasSize(SENDING_CLIENTS);
			await().atMost(Duration.ofSeconds(30)).until(() -> feed.getClients().isEmpty());
			assertThat(feed.getStatistics().drops()).isEmpty();
		}
	}

	private static long sendFor(long nanos, InetSocketAddress address) throws Exception {
		AtomicLong sent = new AtomicLong();
		AtomicReference<Exception> failure = new AtomicReference<>();
		List<Thread> senders = new ArrayList<>();
		for (int i = 0; i < SENDERS; i++) {
			Thread sender = new Thread(() -> {
				try {
					sent.addAndGet(send(nanos, address, SENDING_CLIENTS / SENDERS));
				}
				catch (IOException ex) {
					failure.set(ex);
				}
			});
			sender.start();
			senders.add(sender);
		}
		for (Thread sender : senders) {
			sender.join();
		}
		assertThat(failure.get()).isNull();
		return sent.get();
	}

	/**
	 * Send numbered frames of changing length from some clients by turns, cut anywhere.
	 * @return how many
	 */
	private static long send(long nanos, InetSocketAddress address, int count) throws IOException {
		List<SocketChannel> clients = new ArrayList<>();
		try {
			for (int i = 0; i < count; i++) {
				clients.add(SocketChannel.open(address));
			}
			long end = System.nanoTime() + nanos;
			ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
			int number = 0;
			while (System.nanoTime() < end) {
				buffer.clear();
				int batch = 1 + number % 7;
				for (int i = 0; i < batch; i++) {
					int length = 4 + (number + i) % 200;
					buffer.putInt(length).putInt(number + i);
					buffer.position(buffer.position() + length - 4);
				}
				buffer.flip();
				int cut = number % buffer.limit();
				for (SocketChannel client : clients) {
					client.write(buffer.duplicate().limit(cut));
					client.write(buffer.duplicate().position(cut));
				}
				number += batch;
			}
			return (long) number * count;
		}
		finally {
			for (SocketChannel client : clients) {
				client.close();
			}
		}
	}

	/**
	 * What the process of the listener takes.
	 *
	 * @param mebibytes its memory
	 * @param threads its threads
	 */
	private record Figures(long mebibytes, int threads) {

	}

}
