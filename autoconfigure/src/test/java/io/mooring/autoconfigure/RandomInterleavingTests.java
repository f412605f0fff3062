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
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.event.EventListener;

import io.mooring.Connection;
import io.mooring.ConnectionDeclaredEvent;
import io.mooring.ConnectionException;
import io.mooring.ConnectionState;
import io.mooring.ConnectionStateChangedEvent;
import io.mooring.ConnectionType;
import io.mooring.Connections;
import io.mooring.StreamListener;
import io.mooring.autoconfigure.properties.TransportFactories;
import io.mooring.test.MooringRunner;
import io.mooring.test.Ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

/**
 * Tests that open, close, lose, pause, declare and remove connections of all types at
 * random on many threads, and then check for leaks. The system properties
 * {@code mooring.test.seed} and {@code mooring.test.seconds} repeat and prolong it.
 */
@Timeout(900)
@EnabledOnOs(OS.LINUX)
class RandomInterleavingTests {

	private static final int THREADS = 16;

	private static final Duration SOON = Duration.ofSeconds(60);

	private final long seed = Long.getLong("mooring.test.seed", System.nanoTime());

	private final long seconds = Long.getLong("mooring.test.seconds", 15);

	private final Queue<Connection> declared = new ConcurrentLinkedQueue<>();

	private final Map<String, AtomicInteger> operations = new ConcurrentSkipListMap<>();

	private final AtomicInteger events = new AtomicInteger();

	private final AtomicInteger reactions = new AtomicInteger();

	private volatile boolean reacting;

	private List<String> urls;

	private void react(ConnectionStateChangedEvent event) {
		this.reactions.incrementAndGet();
		try {
			if (this.reacting) {
				openOrClose(event);
			}
		}
		finally {
			this.reactions.decrementAndGet();
		}
	}

	private void openOrClose(ConnectionStateChangedEvent event) {
		int number = this.events.incrementAndGet();
		if (number % 53 == 0 && event.current() == ConnectionState.CONNECTED) {
			event.connection().close();
		}
		else if (number % 59 == 0 && event.current() == ConnectionState.DISCONNECTED) {
			event.connection().open();
		}
	}

	@Test
	void nothingIsLeftOfRandomInterleavings(@TempDir Path directory) {
		ApplicationContextRunner runner = MooringRunner.withHealth()
			.withBean("reaction", Reaction.class, Reaction::new);
		runner.run((context) -> {
			Connections connections = context.getBean(Connections.class);
			// Outside the ephemeral range, in which clients could connect to themselves
			int port = Ports.free();
			int udp = Ports.free();
			int group = Ports.free();
			String background = "startup=background&reconnect.initial-delay=5ms&reconnect.max-delay=50ms";
			this.urls = List.of("tcp-listen://127.0.0.1:" + port + "?framing.type=line&" + background,
					"tcp://127.0.0.1:" + port + "?framing.type=line&" + background,
					"tcp://127.0.0.1:" + port + "?framing.type=line&" + background,
					"udp-listen://127.0.0.1:" + udp + "?" + background, "udp://127.0.0.1:" + udp + "?" + background,
					"udp-broadcast://127.0.0.1:0?" + background, "udp-subnet:127.0.0.0/8?port=0&" + background,
					// Never open, as loopback has no broadcast address
					"udp-broadcast-in:127.0.0.0/8?port=0&" + background,
					"udp-multicast://239.255.14.53:" + group + "?interface=127.0.0.1&" + background,
					"unix-listen:" + directory.resolve("s") + "?" + background,
					"unix:" + directory.resolve("s") + "?" + background,
					"unix-datagram-listen:" + directory.resolve("d") + "?" + background,
					"unix-datagram:" + directory.resolve("d") + "?" + background);
			assertThat(this.urls.stream().map(RandomInterleavingTests::type).collect(Collectors.toSet()))
				.isEqualTo(types());
			interleave(connections, new Random(this.seed), 500);
			removeAll(connections);
			List<String> descriptors = descriptors();
			long threads = threads();
			long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(this.seconds);
			Random random = new Random(this.seed);
			while (System.nanoTime() < deadline) {
				interleave(connections, random, 2000);
				assertStates(connections);
			}
			removeAll(connections);
			assertThat(this.declared)
				.allSatisfy((connection) -> assertThat(connection.getState()).isEqualTo(ConnectionState.DISCONNECTED));
			this.declared.clear();
			await().atMost(SOON)
				.untilAsserted(() -> assertThat(descriptors()).as("%s before", descriptors)
					.hasSizeLessThanOrEqualTo(descriptors.size()));
			await().atMost(SOON).untilAsserted(() -> assertThat(threads()).isLessThanOrEqualTo(threads));
			assertThat(directory).isEmptyDirectory();
		});
		System.out.println("Random operations " + this.operations + ", mooring.test.seed=" + this.seed);
	}

	private static String type(String url) {
		return url.substring(0, url.indexOf(':'));
	}

	private static Set<String> types() {
		return TransportFactories.load(null)
			.types()
			.stream()
			.map(ConnectionType::getScheme)
			.collect(Collectors.toSet());
	}

	private void interleave(Connections connections, Random random, int count) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(THREADS);
		this.reacting = true;
		try {
			List<Future<?>> tasks = new ArrayList<>();
			for (int i = 0; i < THREADS; i++) {
				Random own = new Random(random.nextLong());
				tasks.add(threads.submit(() -> {
					for (int j = 0; j < count / THREADS; j++) {
						operate(connections, own);
					}
				}));
			}
			for (Future<?> task : tasks) {
				assertThat(task).as("seed %s", this.seed).succeedsWithin(Duration.ofSeconds(60));
			}
		}
		finally {
			threads.shutdownNow();
			this.reacting = false;
		}
		await().atMost(SOON).untilAtomic(this.reactions, is(0));
		// One that was opened by a thread while another removed it stays open until then
		this.declared.forEach(Connection::close);
	}

	private void operate(Connections connections, Random random) {
		int index = random.nextInt(this.urls.size());
		String name = "c" + index;
		this.operations.computeIfAbsent(type(this.urls.get(index)), (type) -> new AtomicInteger()).incrementAndGet();
		try {
			switch (random.nextInt(10)) {
				case 0 -> connections.declare(name, this.urls.get(index));
				case 1 -> {
					if (random.nextInt(4) == 0) {
						connections.remove(name);
					}
				}
				case 2, 3 -> connections.get(name).close();
				case 4 -> connections.get(name).pauseReceiving();
				case 5 -> connections.get(name).resumeReceiving();
				case 6 -> {
					if (connections.get(name) instanceof StreamListener listener) {
						listener.getClients().forEach(Connection::close);
					}
				}
				default -> connections.get(name).open();
			}
		}
		catch (ConnectionException | IllegalArgumentException | IllegalStateException ex) {
			// Not declared, or removed, closed or rejected concurrently
		}
	}

	private void assertStates(Connections connections) {
		for (String name : connections.names()) {
			Connection connection = connections.get(name);
			connection.resumeReceiving();
			await().atMost(SOON).untilAsserted(() -> {
				connection.close();
				assertThat(connection.getState()).as("%s, seed %s", name, this.seed)
					.isEqualTo(ConnectionState.DISCONNECTED);
				assertThat(connection.getLocalAddress()).isNull();
			});
			if (connection instanceof StreamListener listener) {
				await().atMost(SOON).untilAsserted(() -> assertThat(listener.getClients()).isEmpty());
			}
			if (connection.getType().isListener() && connection.getType() != ConnectionType.UDP_BROADCAST_IN) {
				// The system may have assigned the port to a client
				await().atMost(SOON).ignoreExceptionsInstanceOf(ConnectionException.class).untilAsserted(() -> {
					connection.open();
					assertThat(connection.getState()).isEqualTo(ConnectionState.CONNECTED);
				});
			}
		}
	}

	private static void removeAll(Connections connections) {
		await().atMost(SOON).untilAsserted(() -> {
			connections.names().forEach(connections::remove);
			assertThat(connections.names()).isEmpty();
		});
	}

	/**
	 * Return the threads except cached ones, which terminate after a while.
	 */
	private static long threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.filter((name) -> !name.startsWith("mooring-worker-") && !name.startsWith("mooring-mailbox-")
					&& !name.startsWith("awaitility") && !name.startsWith("pool-"))
			.count();
	}

	private static List<String> descriptors() {
		System.gc();
		try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
			return open.map(RandomInterleavingTests::target).sorted().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String target(Path descriptor) {
		try {
			return Files.readSymbolicLink(descriptor).toString();
		}
		catch (IOException ex) {
			return "closed meanwhile";
		}
	}

	/**
	 * Listener that opens and closes connections.
	 */
	class Reaction {

		/**
		 * One that is removed while it is being declared was declared, and may have been
		 * got and opened by another thread.
		 */
		@EventListener
		void declared(ConnectionDeclaredEvent event) {
			RandomInterleavingTests.this.declared.add(event.connection());
		}

		@EventListener
		void changed(ConnectionStateChangedEvent event) {
			react(event);
		}

	}

}
