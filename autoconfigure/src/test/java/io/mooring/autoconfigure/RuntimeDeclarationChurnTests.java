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
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.integration.dsl.context.IntegrationFlowContext;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.support.GenericMessage;
import org.springframework.test.util.ReflectionTestUtils;

import io.mooring.Connection;
import io.mooring.ConnectionState;
import io.mooring.ConnectionStatistics;
import io.mooring.Connections;
import io.mooring.supervision.internal.ConnectionSupervisor;
import io.mooring.test.MooringRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for repeated declaration and removal of connections, on many threads and under
 * load.
 */
@Tag("scale")
@Timeout(300)
class RuntimeDeclarationChurnTests {

	private static final Duration SOON = Duration.ofSeconds(60);

	private static final int CYCLES = 1000;

	private final ApplicationContextRunner runner = MooringRunner.withHealth();

	@Test
	@EnabledOnOs(OS.LINUX)
	void aThousandCyclesLeaveNothingBehind(@TempDir Path directory) {
		String[] urls = { "udp-listen://127.0.0.1:0", "tcp-listen://127.0.0.1:0?framing.type=line",
				"unix-listen:" + directory.resolve("hub"), "unix-datagram-listen:" + directory.resolve("datagrams"),
				"tcp://127.0.0.1:1?startup=background" };
		this.runner.run((context) -> {
			Connections connections = context.getBean(Connections.class);
			connections.declare("remaining", urls[1]);
			cycle(connections, urls, 50, "name");
			Counts before = Counts.of(context);
			long threads = threads();
			List<WeakReference<Connection>> removed = cycle(connections, urls, CYCLES, "name");
			await().atMost(SOON).untilAsserted(() -> assertThat(Counts.of(context)).isEqualTo(before));
			// No thread waits for one that terminates
			await().atMost(SOON).untilAsserted(() -> assertThat(threads()).isLessThanOrEqualTo(threads));
			assertThat(threadsNamed("mooring-worker-")).isLessThan(10);
			assertCollected(removed);
			assertThat(connections.get("remaining").getState()).isEqualTo(ConnectionState.CONNECTED);
		});
	}

	@Test
	void connectionsOfManyNamesAreForgotten() {
		this.runner.run((context) -> {
			Connections connections = context.getBean(Connections.class);
			List<WeakReference<Connection>> removed = new ArrayList<>();
			for (int i = 0; i < CYCLES; i++) {
				removed.addAll(cycle(connections, new String[] { "tcp-listen://127.0.0.1:0" }, 1, "device" + i));
			}
			assertThat(connections.names()).isEmpty();
			assertCollected(removed);
		});
	}

	private static List<WeakReference<Connection>> cycle(Connections connections, String[] urls, int cycles,
			String name) {
		List<WeakReference<Connection>> removed = new ArrayList<>();
		for (int i = 0; i < cycles; i++) {
			removed.add(new WeakReference<>(connections.declare(name, urls[i % urls.length])));
			assertThat(connections.remove(name)).isTrue();
		}
		return removed;
	}

	/**
	 * The last ones may still be referenced from a stack.
	 */
	private static void assertCollected(List<WeakReference<Connection>> removed) {
		await().atMost(SOON).untilAsserted(() -> {
			System.gc();
			assertThat(removed.stream().filter((reference) -> reference.get() != null)).hasSizeLessThan(10);
		});
	}

	/**
	 * Return the threads except workers, which are reused and terminate after a while.
	 */
	private static long threads() {
		return threadsNamed("") - threadsNamed("mooring-worker-") - threadsNamed("mooring-mailbox-")
				- threadsNamed("awaitility");
	}

	private static long threadsNamed(String prefix) {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith(prefix))
			.count();
	}

	@Test
	void anyNumberOfThreadsDeclareAndRemoveDifferentNames() throws Exception {
		this.runner.run((context) -> {
			Connections connections = context.getBean(Connections.class);
			List<Callable<Void>> tasks = new ArrayList<>();
			for (int i = 0; i < 16; i++) {
				String name = "link" + i;
				tasks.add(() -> {
					for (int cycle = 0; cycle < 10; cycle++) {
						Connection connection = connections.declare(name, "udp-listen://127.0.0.1:0");
						assertThat(connection.getState()).isEqualTo(ConnectionState.CONNECTED);
						assertThat(connections.get(name)).isSameAs(connection);
						context.getBean(HealthEndpoint.class).healthForPath("connections");
						context.getBeansOfType(ConnectionNames.class);
						assertThat(connections.remove(name)).isTrue();
					}
					return null;
				});
			}
			runAll(tasks);
			assertThat(connections.names()).isEmpty();
			assertThat(Stream.of(context.getBeanDefinitionNames()).filter((name) -> name.startsWith("link"))).isEmpty();
		});
	}

	@Test
	void oneNameHasOneConnectionAtATime() throws Exception {
		this.runner.run((context) -> {
			Connections connections = context.getBean(Connections.class);
			AtomicInteger declared = new AtomicInteger();
			AtomicInteger removed = new AtomicInteger();
			AtomicInteger present = new AtomicInteger();
			List<Callable<Void>> tasks = new ArrayList<>();
			for (int i = 0; i < 8; i++) {
				tasks.add(() -> {
					for (int cycle = 0; cycle < 50; cycle++) {
						try {
							connections.declare("one", "udp-listen://127.0.0.1:0?startup=background");
							declared.incrementAndGet();
							assertThat(present.incrementAndGet()).isOne();
							present.decrementAndGet();
							if (connections.remove("One")) {
								removed.incrementAndGet();
							}
						}
						catch (IllegalArgumentException ex) {
							assertThat(ex).hasMessageStartingWith("Connection 'one' already exists");
						}
					}
					return null;
				});
			}
			runAll(tasks);
			assertThat(declared.get()).isPositive().isEqualTo(removed.get());
			assertThat(connections.names()).isEmpty();
			assertThat(context.containsBean("one")).isFalse();
		});
	}

	private static void runAll(List<Callable<Void>> tasks) throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(tasks.size());
		try {
			for (Future<Void> future : executor.invokeAll(tasks)) {
				future.get();
			}
		}
		finally {
			executor.shutdownNow();
			assertThat(executor.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
		}
	}

	@RepeatedTest(5)
	void whatWasReadWhenAConnectionIsRemovedIsDeliveredOrCounted() {
		this.runner.run((context) -> {
			Connections connections = context.getBean(Connections.class);
			Connection feed = connections.declare("feed", "tcp-listen://127.0.0.1:0?framing.type=line");
			AtomicLong delivered = new AtomicLong();
			context.getBean(IntegrationFlowContext.class)
				.registration(IntegrationFlow.from("feed.in").handle((message) -> delivered.incrementAndGet()).get())
				.register();
			int port = ((InetSocketAddress) feed.getLocalAddress()).getPort();
			CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> writeUntilRefused(port));
			await().atMost(SOON).until(() -> delivered.get() > 10_000);
			assertThat(connections.remove("feed")).isTrue();
			// Messages read but not delivered are counted by the reading threads
			await().atMost(SOON).untilAsserted(() -> {
				ConnectionStatistics statistics = feed.getStatistics();
				long dropped = statistics.drops().values().stream().mapToLong(Long::longValue).sum();
				assertThat(delivered.get() + dropped).isEqualTo(statistics.received());
			});
			long afterwards = delivered.get();
			writer.get(60, TimeUnit.SECONDS);
			assertThat(delivered.get()).isEqualTo(afterwards);
		});
	}

	private static void writeUntilRefused(int port) {
		byte[] line = ("0".repeat(63) + "\n").getBytes(StandardCharsets.US_ASCII);
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
				OutputStream output = new BufferedOutputStream(socket.getOutputStream(), 64 * 1024)) {
			while (true) {
				output.write(line);
			}
		}
		catch (Exception ex) {
			// The peer is gone
		}
	}

	@Test
	void whatWasAcceptedForSendingIsSentBeforeAConnectionIsRemoved() {
		this.runner.run((context) -> {
			Connections connections = context.getBean(Connections.class);
			Connection sink = connections.declare("sink", "tcp-listen://127.0.0.1:0?framing.type=line");
			AtomicLong arrived = new AtomicLong();
			context.getBean(IntegrationFlowContext.class)
				.registration(IntegrationFlow.from("sink.in").handle((message) -> arrived.incrementAndGet()).get())
				.register();
			int port = ((InetSocketAddress) sink.getLocalAddress()).getPort();
			connections.declare("source", "tcp://127.0.0.1:" + port + "?framing.type=line&startup=wait");
			MessageChannel out = context.getBean("source.out", MessageChannel.class);
			for (int i = 0; i < 5000; i++) {
				out.send(new GenericMessage<>(("frame " + i).getBytes(StandardCharsets.US_ASCII)));
			}
			assertThat(connections.remove("source")).isTrue();
			await().atMost(SOON).untilAsserted(() -> assertThat(arrived.get()).isEqualTo(5000));
		});
	}

	/**
	 * Resources that would grow with a leak.
	 */
	record Counts(long descriptors, int definitions, int singletons, int supervised, int listeners) {

		static Counts of(ApplicationContext context) {
			DefaultListableBeanFactory beanFactory = (DefaultListableBeanFactory) context
				.getAutowireCapableBeanFactory();
			Map<?, ?> supervised = (Map<?, ?>) ReflectionTestUtils.getField(context.getBean(ConnectionSupervisor.class),
					"supervised");
			Object source = ReflectionTestUtils.invokeMethod(context, "getSourceApplicationContext");
			int listeners = ((AbstractApplicationContext) source).getApplicationListeners().size();
			return new Counts(openDescriptors(), beanFactory.getBeanDefinitionCount(), beanFactory.getSingletonCount(),
					supervised.size(), listeners);
		}

		private static long openDescriptors() {
			try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
				return descriptors.count();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
