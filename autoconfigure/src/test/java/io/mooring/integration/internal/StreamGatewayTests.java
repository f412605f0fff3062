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

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.integration.MessageTimeoutException;
import org.springframework.integration.channel.QueueChannel;
import org.springframework.integration.core.MessagingTemplate;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.integration.ip.IpHeaders;
import org.springframework.integration.ip.tcp.connection.AbstractClientConnectionFactory;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.PollableChannel;
import org.springframework.messaging.support.GenericMessage;

import io.mooring.Connection;
import io.mooring.ConnectionState;
import io.mooring.DropReason;
import io.mooring.StreamConnection;
import io.mooring.StreamListener;
import io.mooring.codec.CodecException;
import io.mooring.codec.CorrelatedCodec;
import io.mooring.integration.ip.LineServer;
import io.mooring.test.MooringRunner;
import io.mooring.test.Ports;
import io.mooring.test.RequiresTools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for gateways over streams.
 */
@Timeout(120)
class StreamGatewayTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	private LineServer server;

	@AfterEach
	void stopServer() throws IOException {
		if (this.server != null) {
			this.server.close();
		}
	}

	private static ApplicationContextRunner runner() {
		return MooringRunner.withChannels();
	}

	private ApplicationContextRunner client(LineServer server, String... properties) {
		this.server = server;
		return client(server.port(), properties);
	}

	private static ApplicationContextRunner client(int port, String... properties) {
		return runner()
			.withPropertyValues("mooring.connections.asker.url=tcp://127.0.0.1:" + port + "?framing.type=line",
					"mooring.connections.asker.integration.mode=gateway",
					"mooring.connections.asker.integration.reply-timeout=20s",
					"mooring.connections.asker.integration.error-channel=faults")
			.withPropertyValues(properties)
			.withBean("faults", QueueChannel.class, QueueChannel::new);
	}

	private static ApplicationContextRunner listener() {
		return runner()
			.withPropertyValues("mooring.connections.ears.url=tcp-listen://127.0.0.1:0?framing.type=line",
					"mooring.connections.ears.integration.mode=gateway",
					"mooring.connections.ears.integration.error-channel=faults")
			.withBean("faults", QueueChannel.class, QueueChannel::new);
	}

	private static StreamConnection asker(ApplicationContext context) {
		return context.getBean("asker", StreamConnection.class);
	}

	private static PollableChannel faults(ApplicationContext context) {
		return context.getBean("faults", PollableChannel.class);
	}

	private static Message<?> request(ApplicationContext context, String question) {
		return new MessagingTemplate().sendAndReceive(context.getBean("asker.out", MessageChannel.class),
				new GenericMessage<>(question));
	}

	private static String ask(ApplicationContext context, String question) {
		return new String((byte[]) request(context, question).getPayload(), StandardCharsets.UTF_8);
	}

	private static String askTagged(ApplicationContext context, String question) {
		return (String) request(context, question).getPayload();
	}

	private static CompletableFuture<String> askTaggedLater(ApplicationContext context, String question) {
		return CompletableFuture.supplyAsync(() -> askTagged(context, question), (task) -> new Thread(task).start());
	}

	private static CompletableFuture<String> askLater(ApplicationContext context, String question) {
		return CompletableFuture.supplyAsync(() -> ask(context, question), (task) -> new Thread(task).start());
	}

	private static void askByManyThreads(ApplicationContext context) throws Exception {
		List<CompletableFuture<Void>> callers = IntStream.range(0, 20)
			.mapToObj((caller) -> CompletableFuture.runAsync(() -> {
				for (int i = 0; i < 500; i++) {
					String question = "question " + i + " of " + caller;
					assertThat(ask(context, question)).isEqualTo("re: " + question);
				}
			}, (task) -> new Thread(task).start()))
			.toList();
		for (CompletableFuture<Void> caller : callers) {
			caller.get(60, TimeUnit.SECONDS);
		}
	}

	private static int port(ApplicationContext context) {
		return Ports.of(context.getBean("ears", Connection.class));
	}

	private static Socket connect(ApplicationContext context) throws IOException {
		return Ports.connect(context.getBean("ears", Connection.class));
	}

	private static BufferedReader reader(Socket socket) throws IOException {
		return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
	}

	@Test
	void requestsOfManyThreadsGetTheirOwnReplies() throws Exception {
		client(LineServer.answering((line) -> "re: " + line)).run((context) -> {
			askByManyThreads(context);
			assertThat(asker(context).getStatistics().opens()).isEqualTo(1);
			assertThat(faults(context).receive(0)).isNull();
		});
	}

	@Test
	void theReplyHasTheHeadersOfThePeer() throws Exception {
		client(LineServer.answering((line) -> "re: " + line)).run((context) -> {
			Message<?> reply = request(context, "one");
			assertThat(reply.getHeaders()).containsEntry("mooring_connection", "asker")
				.containsEntry(IpHeaders.REMOTE_PORT, this.server.port())
				.containsKey(IpHeaders.CONNECTION_ID);
			assertThat(context).hasBean("asker.outboundGateway").doesNotHaveBean("asker.in");
		});
	}

	@Test
	void withoutAReplyInTimeTheConnectionIsMadeAnewAndALateOneGoesToNobody() throws Exception {
		client(LineServer.silent(), "mooring.connections.asker.integration.reply-timeout=2s",
				"mooring.connections.asker.reconnect.initial-delay=1h",
				"mooring.connections.asker.reconnect.max-delay=1h")
			.run((context) -> {
				Socket first = this.server.client();
				CompletableFuture<String> one = askLater(context, "one");
				assertThat(this.server.line()).isEqualTo("one");
				assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> one.get(20, TimeUnit.SECONDS))
					.havingCause()
					.isInstanceOf(MessageTimeoutException.class)
					.withMessageContaining("Connection 'asker' received no reply within 2000ms");
				assertThatExceptionOfType(IOException.class).isThrownBy(() -> {
					// Until the loss of the connection is detected
					for (int i = 0; i < 1_000_000; i++) {
						LineServer.write(first, "re: one");
					}
				});
				Socket second = this.server.client();
				CompletableFuture<String> two = askLater(context, "two");
				assertThat(this.server.line()).isEqualTo("two");
				LineServer.write(second, "re: two");
				assertThat(two.get(20, TimeUnit.SECONDS)).isEqualTo("re: two");
				assertThat(asker(context).getStatistics().opens()).isEqualTo(2);
			});
	}

	@Test
	void othersThatWaitAreServedOverTheNewConnection() throws Exception {
		LineServer picky = LineServer.answering((line) -> line.startsWith("ignored") ? null : "re: " + line);
		client(picky, "mooring.connections.asker.integration.reply-timeout=2s").run((context) -> {
			CompletableFuture<String> ignored = askLater(context, "ignored");
			assertThat(this.server.line()).isEqualTo("ignored");
			await().atMost(SOON).until(() -> asker(context).getStatistics().opens() == 2);
			List<CompletableFuture<String>> others = IntStream.range(0, 10)
				.mapToObj((i) -> askLater(context, "other " + i))
				.toList();
			for (int i = 0; i < 10; i++) {
				assertThat(others.get(i).get(20, TimeUnit.SECONDS)).isEqualTo("re: other " + i);
			}
			assertThat(ignored).isCompletedExceptionally();
		});
	}

	@Test
	void aPeerThatLeavesFailsTheRequestAtOnceWithTheReason() throws Exception {
		client(LineServer.silent()).run((context) -> {
			CompletableFuture<String> one = askLater(context, "one");
			Socket peer = this.server.client();
			assertThat(this.server.line()).isEqualTo("one");
			peer.close();
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> one.get(10, TimeUnit.SECONDS))
				.withStackTraceContaining("Connection 'asker' was lost before the reply to a request: "
						+ "the peer closed the connection");
			Socket next = this.server.client();
			await().atMost(SOON).until(() -> asker(context).getState() == ConnectionState.CONNECTED);
			CompletableFuture<String> two = askLater(context, "two");
			assertThat(this.server.line()).isEqualTo("two");
			LineServer.write(next, "re: two");
			assertThat(two.get(20, TimeUnit.SECONDS)).isEqualTo("re: two");
		});
	}

	@Test
	void closingTheConnectionFailsTheRequestAtOnce() throws Exception {
		client(LineServer.silent()).run((context) -> {
			CompletableFuture<String> one = askLater(context, "one");
			assertThat(this.server.line()).isEqualTo("one");
			asker(context).close();
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> one.get(10, TimeUnit.SECONDS))
				.withStackTraceContaining("was lost before the reply to a request");
			assertThat(asker(context).getState()).isEqualTo(ConnectionState.DISCONNECTED);
			assertThatExceptionOfType(Exception.class).isThrownBy(() -> ask(context, "two"))
				.withStackTraceContaining("Connection 'asker' is not open (DISCONNECTED)");
		});
	}

	@Test
	void duringAnOutageARequestFailsWithTheReason() throws Exception {
		LineServer gone = LineServer.silent();
		gone.close();
		client(gone).run((context) -> {
			await().atMost(SOON).until(() -> asker(context).getStatus().attempts() > 0);
			assertThatExceptionOfType(Exception.class).isThrownBy(() -> ask(context, "one"))
				.withStackTraceContaining("Connection 'asker' is not open (CONNECTING)")
				.withStackTraceContaining("refused");
		});
	}

	@Test
	void whatNobodyAskedForGoesToTheErrorChannel() throws Exception {
		client(LineServer.silent()).run((context) -> {
			Socket peer = this.server.client();
			LineServer.write(peer, "news");
			assertThat((Throwable) faults(context).receive(10_000).getPayload())
				.hasMessageContaining("received a message that matches no pending request");
			CompletableFuture<String> one = askLater(context, "one");
			assertThat(this.server.line()).isEqualTo("one");
			LineServer.write(peer, "re: one\ntoo much");
			assertThat(one.get(20, TimeUnit.SECONDS)).isEqualTo("re: one");
			assertThat((Throwable) faults(context).receive(10_000).getPayload())
				.hasMessageContaining("received a message that matches no pending request");
		});
	}

	@Test
	void theGatewayOwnsTheConnection() throws Exception {
		client(LineServer.silent()).run((context) -> {
			assertThatIllegalStateException().isThrownBy(() -> asker(context).receive(Duration.ZERO))
				.withMessageContaining("the messages go to asker.outboundGateway");
			AbstractClientConnectionFactory factory = context.getBean("asker.connectionFactory",
					AbstractClientConnectionFactory.class);
			assertThatIllegalStateException().isThrownBy(() -> factory.registerListener((message) -> {
			})).withMessageContaining("the messages go to asker.outboundGateway");
		});
	}

	@Test
	void withACodecThatHasIdsRepliesMayComeInAnyOrder() throws Exception {
		client(LineServer.silent(), "mooring.connections.asker.codec=tagged")
			.withBean("tagged", TaggedCodec.class, TaggedCodec::new)
			.run((context) -> {
				List<CompletableFuture<String>> requests = IntStream.range(0, 100)
					.mapToObj((i) -> askTaggedLater(context, i + ":question"))
					.toList();
				Socket peer = this.server.client();
				List<String> asked = new ArrayList<>();
				while (asked.size() < 100) {
					asked.add(this.server.line());
				}
				Collections.reverse(asked);
				for (String line : asked) {
					LineServer.write(peer, line.replace("question", "answer"));
				}
				for (int i = 0; i < 100; i++) {
					assertThat(requests.get(i).get(20, TimeUnit.SECONDS)).isEqualTo(i + ":answer");
				}
				assertThat(asker(context).getStatistics().opens()).isEqualTo(1);
			});
	}

	@Test
	void withACodecThatHasIdsALateReplyIsNobodysAndTheConnectionStays() throws Exception {
		client(LineServer.silent(), "mooring.connections.asker.codec=tagged",
				"mooring.connections.asker.integration.reply-timeout=2s")
			.withBean("tagged", TaggedCodec.class, TaggedCodec::new)
			.run((context) -> {
				Socket peer = this.server.client();
				CompletableFuture<String> one = askTaggedLater(context, "1:one");
				assertThat(this.server.line()).isEqualTo("1:one");
				// An id can be used by one request at a time
				assertThatExceptionOfType(Exception.class).isThrownBy(() -> askTagged(context, "1:again"))
					.withMessageContaining("another request with the id 1 is pending");
				assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> one.get(20, TimeUnit.SECONDS))
					.havingCause()
					.withMessageContaining("received no reply within 2000ms");
				LineServer.write(peer, "1:late");
				LineServer.write(peer, "broken");
				assertThat((Throwable) faults(context).receive(10_000).getPayload())
					.hasMessageContaining("received a message that matches no pending request");
				assertThat((Throwable) faults(context).receive(10_000).getPayload())
					.hasMessageContaining("cannot decode a received message");
				CompletableFuture<String> two = askTaggedLater(context, "2:two");
				assertThat(this.server.line()).isEqualTo("2:two");
				LineServer.write(peer, "2:done");
				assertThat(two.get(20, TimeUnit.SECONDS)).isEqualTo("2:done");
				CompletableFuture<String> three = askTaggedLater(context, "3:three");
				assertThat(this.server.line()).isEqualTo("3:three");
				peer.close();
				assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> three.get(10, TimeUnit.SECONDS))
					.withStackTraceContaining("was lost before the reply to a request");
				assertThat(asker(context).getStatistics().dropped(DropReason.CODEC)).isEqualTo(1);
			});
	}

	@Test
	@RequiresTools("python3")
	void asksAServerInPython() throws Exception {
		Process python = python("""
				import socketserver
				class Handler(socketserver.StreamRequestHandler):
				    def handle(self):
				        for line in self.rfile:
				            self.wfile.write(b"re: " + line)
				class Server(socketserver.ThreadingMixIn, socketserver.TCPServer):
				    daemon_threads = True
				server = Server(("127.0.0.1", 0), Handler)
				print(server.server_address[1], flush=True)
				server.serve_forever()
				""");
		try {
			int port = Integer.parseInt(python.inputReader().readLine());
			client(port).run(StreamGatewayTests::askByManyThreads);
		}
		finally {
			python.destroyForcibly();
		}
	}

	@Test
	@RequiresTools("python3")
	void answersClientsInPython() throws Exception {
		listener().withBean("flow", IntegrationFlow.class, StreamGatewayTests::upperCase).run((context) -> {
			Process python = python("""
					import socket, threading
					failed = []
					def run(number):
					    peer = socket.create_connection(("127.0.0.1", %d), 20)
					    lines = peer.makefile("rw", newline="\\n")
					    for i in range(500):
					        lines.write("question %%d of %%d\\n" %% (i, number))
					        if i %% 7 == 0:
					            lines.flush()
					    lines.flush()
					    peer.shutdown(socket.SHUT_WR)
					    for i in range(500):
					        if lines.readline() != "QUESTION %%d OF %%d\\n" %% (i, number):
					            failed.append((i, number))
					threads = [threading.Thread(target=run, args=(n,)) for n in range(20)]
					[thread.start() for thread in threads]
					[thread.join() for thread in threads]
					print(failed)
					""".formatted(port(context)));
			assertThat(python.inputReader().readLine()).isEqualTo("[]");
			assertThat(python.waitFor(20, TimeUnit.SECONDS)).isTrue();
			assertThat(context.getBean("ears", Connection.class).getStatistics().dropped()).isZero();
		});
	}

	private static Process python(String script) throws IOException {
		return new ProcessBuilder("python3", "-c", script).redirectError(ProcessBuilder.Redirect.INHERIT).start();
	}

	private static IntegrationFlow upperCase() {
		return IntegrationFlow.from("ears.in")
			.transform(byte[].class, (bytes) -> new String(bytes, StandardCharsets.UTF_8).toUpperCase(Locale.ROOT))
			.get();
	}

	@Test
	void aReplyToAClientThatLeftGoesToTheErrorChannelAndOthersAreServed() {
		BlockingQueue<Message<?>> requests = new LinkedBlockingQueue<>();
		listener().withBean("flow", IntegrationFlow.class,
				() -> IntegrationFlow.from("ears.in").<byte[]>handle((payload, headers) -> {
					if (payload.length > 3) {
						requests.add(new GenericMessage<>(payload, headers));
						StreamListener ears = this.ears;
						await().atMost(SOON).until(() -> ears.getClients().size() == 1);
					}
					return payload;
				}).get())
			.run((context) -> {
				this.ears = context.getBean("ears", StreamListener.class);
				try (Socket stays = connect(context)) {
					Socket leaves = connect(context);
					await().atMost(SOON).until(() -> this.ears.getClients().size() == 2);
					LineServer.write(leaves, "leaving");
					assertThat(requests.poll(10, TimeUnit.SECONDS)).isNotNull();
					leaves.setSoLinger(true, 0);
					leaves.close();
					assertThat((Throwable) faults(context).receive(20_000).getPayload()).rootCause()
						.hasMessageContaining("has no client");
					LineServer.write(stays, "yes");
					assertThat(reader(stays).readLine()).isEqualTo("yes");
				}
			});
	}

	private volatile StreamListener ears;

	static class TaggedCodec implements CorrelatedCodec<String> {

		@Override
		public byte[] encode(String value) {
			return value.getBytes(StandardCharsets.UTF_8);
		}

		@Override
		public String decode(byte[] frame) {
			String text = new String(frame, StandardCharsets.UTF_8);
			if (text.indexOf(':') < 0) {
				throw new CodecException("no tag");
			}
			return text;
		}

		@Override
		public Object correlationId(String packet) {
			return Integer.valueOf(packet.substring(0, packet.indexOf(':')));
		}

	}

}
