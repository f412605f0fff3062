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

package io.mooring.autoconfigure.shutdown;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.integration.autoconfigure.IntegrationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.MessageHandler;
import org.springframework.messaging.support.GenericMessage;

import io.mooring.Connection;
import io.mooring.DropReason;
import io.mooring.StreamListener;
import io.mooring.autoconfigure.MooringAutoConfiguration;
import io.mooring.autoconfigure.MooringIntegrationAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for shutdown while a flow or a peer is blocked.
 */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class ShutdownTimeoutTests {

	private static final Duration SOON = Duration.ofSeconds(20);

	private static final int LINES = 60;

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(LifecycleAutoConfiguration.class, MooringAutoConfiguration.class,
				IntegrationAutoConfiguration.class, MooringIntegrationAutoConfiguration.class))
		.withPropertyValues("spring.lifecycle.timeout-per-shutdown-phase=2s",
				"mooring.connections.feed.url=tcp-listen://127.0.0.1:0?framing.type=line",
				"mooring.connections.feed.socket.send-buffer=64KB");

	private static Socket connect(ApplicationContext context) throws IOException {
		return new Socket(InetAddress.getLoopbackAddress(),
				((InetSocketAddress) context.getBean("feed", Connection.class).getLocalAddress()).getPort());
	}

	private static IntegrationFlow flow(String channel, MessageHandler handler) {
		return IntegrationFlow.from(channel).handle(handler).get();
	}

	@Test
	void aFlowThatHangsDoesNotHoldTheEndAndWhatItDidNotGetIsCounted(CapturedOutput output) {
		CountDownLatch never = new CountDownLatch(1);
		List<Connection> feed = new ArrayList<>();
		this.runner.withBean("flow", IntegrationFlow.class, () -> flow("feed.in", (message) -> hang(never)))
			.run((context) -> {
				feed.add(context.getBean("feed", Connection.class));
				Socket peer = connect(context);
				peer.getOutputStream().write("x\n".repeat(100).getBytes(StandardCharsets.US_ASCII));
				await().atMost(SOON).until(() -> feed.get(0).getStatistics().received() == 100);
				long begin = System.nanoTime();
				context.getSourceApplicationContext().close();
				assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
				peer.close();
			});
		assertThat(feed.get(0).getStatistics().dropped(DropReason.CLOSED)).isEqualTo(99);
		assertThat(output).contains("Connection 'feed' lost 99 messages");
		never.countDown();
		awaitNoThreads();
	}

	private static void hang(CountDownLatch never) {
		boolean over = false;
		while (!over) {
			try {
				never.await();
				over = true;
			}
			catch (InterruptedException ex) {
				// Interrupts are ignored
			}
		}
	}

	@Test
	void peersThatDoNotReadDoNotHoldTheEndAndTheirFramesAreReported(CapturedOutput output) {
		List<Object> reported = Collections.synchronizedList(new ArrayList<>());
		List<Connection> feed = new ArrayList<>();
		int peers = 5;
		this.runner.withBean("errors", IntegrationFlow.class, () -> flow("errorChannel", reported::add))
			.run((context) -> {
				feed.add(context.getBean("feed", Connection.class));
				List<Socket> sockets = new ArrayList<>();
				for (int i = 0; i < peers; i++) {
					sockets.add(connect(context));
				}
				await().atMost(SOON).until(() -> ((StreamListener) feed.get(0)).getClients().size() == peers);
				MessageChannel out = context.getBean("feed.out", MessageChannel.class);
				byte[] line = "x".repeat(60_000).getBytes(StandardCharsets.US_ASCII);
				// More than the kernel buffers hold, and less than the queue
				for (int i = 0; i < LINES; i++) {
					out.send(new GenericMessage<>(line));
				}
				long begin = System.nanoTime();
				context.getSourceApplicationContext().close();
				assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
				for (Socket socket : sockets) {
					socket.close();
				}
			});
		long lost = feed.get(0).getStatistics().dropped(DropReason.NOT_SENT);
		assertThat(lost).isPositive().isEqualTo((long) LINES * peers - feed.get(0).getStatistics().sent());
		assertThat(reported).hasSize((int) lost);
		assertThat(output).contains("Connection 'feed' lost " + lost + " messages");
		awaitNoThreads();
	}

	private static void awaitNoThreads() {
		await().atMost(SOON).until(() -> {
			Set<Thread> threads = Thread.getAllStackTraces().keySet();
			return threads.stream()
				.map(Thread::getName)
				.noneMatch((name) -> name.startsWith("mooring-") || name.endsWith("-stop"));
		});
	}

}
