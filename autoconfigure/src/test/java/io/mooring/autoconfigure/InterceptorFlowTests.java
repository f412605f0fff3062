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
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.integration.channel.QueueChannel;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.integration.ip.IpHeaders;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.MessagingException;
import org.springframework.messaging.PollableChannel;
import org.springframework.messaging.support.GenericMessage;

import io.mooring.Connection;
import io.mooring.ConnectionException;
import io.mooring.ConnectionInterceptor;
import io.mooring.ConnectionState;
import io.mooring.ConnectionStateChangedEvent;
import io.mooring.Connections;
import io.mooring.DatagramConnection;
import io.mooring.DropReason;
import io.mooring.StreamConnection;
import io.mooring.StreamListener;
import io.mooring.UnixDatagramConnection;
import io.mooring.test.MooringRunner;
import io.mooring.test.Ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for interceptors, from properties to the bytes of a socket.
 */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class InterceptorFlowTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	private final BlockingQueue<Message<?>> received = new LinkedBlockingQueue<>();

	private final Recorder recorder = new Recorder();

	private final ApplicationContextRunner runner = MooringRunner.withChannels()
		.withBean("errors", QueueChannel.class, QueueChannel::new)
		.withBean("outer", ConnectionInterceptor.class, () -> new Suffix('o'))
		.withBean("inner", ConnectionInterceptor.class, () -> new Suffix('i'))
		.withBean("recorder", ConnectionInterceptor.class, () -> this.recorder);

	private ApplicationContextRunner feed(String url) {
		return this.runner
			.withPropertyValues("mooring.connections.feed.url=" + url,
					"mooring.connections.feed.integration.error-channel=errors")
			.withBean("flow", IntegrationFlow.class,
					() -> IntegrationFlow.from("feed.in").handle(this.received::add).get());
	}

	private static int port(ApplicationContext context) {
		return Ports.of(context.getBean("feed", Connection.class));
	}

	private static Socket connect(ApplicationContext context) throws IOException {
		return Ports.connect(context.getBean("feed", Connection.class));
	}

	private static void write(Socket socket, String text) throws IOException {
		socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
	}

	private static String readLine(Socket socket) throws IOException {
		return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)).readLine();
	}

	private String next() throws InterruptedException {
		Message<?> message = this.received.poll(30, TimeUnit.SECONDS);
		assertThat(message).isNotNull();
		return new String((byte[]) message.getPayload(), StandardCharsets.US_ASCII);
	}

	private static void send(ApplicationContext context, String payload) {
		context.getBean("feed.out", MessageChannel.class).send(new GenericMessage<>(payload));
	}

	private static MessagingException error(ApplicationContext context) {
		Message<?> error = context.getBean("errors", PollableChannel.class).receive(30_000);
		assertThat(error).isNotNull();
		return (MessagingException) error.getPayload();
	}

	@Test
	void theFirstOneIsNearestToTheNetworkAndTheWireLogShowsItsBytes(CapturedOutput output) {
		feed("tcp-listen+log+outer+inner://127.0.0.1:0?framing.type=line").run((context) -> {
			try (Socket peer = connect(context)) {
				write(peer, "helloio\n");
				assertThat(next()).isEqualTo("hello");
				send(context, "bye");
				assertThat(readLine(peer)).isEqualTo("byeio");
				await().atMost(SOON)
					.untilAsserted(() -> assertThat(output).contains("7 B 68656c6c6f696f |helloio|")
						.contains("6 B 627965696f0a |byeio.|"));
			}
		});
	}

	@Test
	void theKeyMeansTheSameAsTheUrl() {
		feed("tcp-listen://127.0.0.1:0?framing.type=line")
			.withPropertyValues("mooring.connections.feed.interceptors=outer,inner")
			.run((context) -> {
				try (Socket peer = connect(context)) {
					write(peer, "helloio\n");
					assertThat(next()).isEqualTo("hello");
				}
			});
	}

	@Test
	void datagramsPassThemToo() {
		feed("udp-listen+outer+inner://127.0.0.1:0").run((context) -> {
			DatagramConnection feed = context.getBean("feed", DatagramConnection.class);
			try (DatagramSocket peer = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
				peer.setSoTimeout(30_000);
				DatagramPacket packet = new DatagramPacket("helloio".getBytes(StandardCharsets.US_ASCII), 7,
						feed.getLocalAddress());
				peer.send(packet);
				assertThat(next()).isEqualTo("hello");
				feed.send("bye".getBytes(StandardCharsets.US_ASCII), peer.getLocalSocketAddress());
				peer.receive(packet);
				assertThat(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII))
					.isEqualTo("byeio");
			}
		});
	}

	@Test
	void unixDatagramsAndPullModePassThemToo(@TempDir Path directory) {
		Path path = directory.resolve("feed.sock");
		this.runner
			.withPropertyValues("mooring.connections.feed.url=unix-datagram-listen+outer:" + path,
					"mooring.connections.client.url=unix-datagram+outer:" + path)
			.run((context) -> {
				UnixDatagramConnection client = context.getBean("client", UnixDatagramConnection.class);
				assertThat(client.awaitState(ConnectionState.CONNECTED, SOON)).isTrue();
				client.send("hello".getBytes(StandardCharsets.US_ASCII));
				UnixDatagramConnection feed = context.getBean("feed", UnixDatagramConnection.class);
				assertThat(feed.receive(SOON).payload()).asString().isEqualTo("hello");
				assertThat(feed.getStatistics().receivedBytes()).isEqualTo("helloo".length());
			});
	}

	@Test
	void whatIsSwallowedIsCountedAndNoError() {
		feed("tcp-listen+recorder://127.0.0.1:0?framing.type=line").run((context) -> {
			StreamListener feed = context.getBean("feed", StreamListener.class);
			try (Socket peer = connect(context)) {
				write(peer, "swallow\nhello\n");
				assertThat(next()).isEqualTo("hello");
				send(context, "swallow");
				StreamConnection client = feed.getClients().iterator().next();
				assertThat(client.sendAsync("swallow".getBytes(StandardCharsets.US_ASCII))).isCompleted();
				send(context, "bye");
				assertThat(readLine(peer)).isEqualTo("bye");
				assertThat(feed.getStatistics().dropped(DropReason.INTERCEPTOR)).isEqualTo(3);
				assertThat(client.getStatistics().dropped(DropReason.INTERCEPTOR)).isEqualTo(3);
				assertThat(feed.getStatistics().received()).isEqualTo(2);
			}
		});
	}

	@Test
	void aFailureGoesToTheErrorChannelOrTheSenderAndTheConnectionLivesOn() {
		feed("tcp-listen+recorder://127.0.0.1:0?framing.type=line").run((context) -> {
			StreamListener feed = context.getBean("feed", StreamListener.class);
			try (Socket peer = connect(context)) {
				write(peer, "fail\nhello\n");
				assertThat(next()).isEqualTo("hello");
				MessagingException error = error(context);
				assertThat(error).hasMessageContaining("the interceptor recorder failed: on purpose")
					.hasRootCauseMessage("on purpose");
				assertThat(error.getFailedMessage().getPayload()).isEqualTo("fail".getBytes(StandardCharsets.US_ASCII));
				assertThat(error.getFailedMessage().getHeaders()).containsEntry(IpHeaders.REMOTE_PORT,
						peer.getLocalPort());
				assertThatExceptionOfType(MessagingException.class).isThrownBy(() -> send(context, "fail"))
					.withCauseInstanceOf(ConnectionException.class)
					.withStackTraceContaining("the interceptor recorder failed: on purpose");
				send(context, "bye");
				assertThat(readLine(peer)).isEqualTo("bye");
				assertThat(feed.getStatistics().dropped(DropReason.INTERCEPTOR)).isEqualTo(2);
				assertThat(feed.getStatistics().dropped()).isEqualTo(2);
			}
		});
	}

	@Test
	void aFailureWithoutAnErrorChannelIsLogged(CapturedOutput output) {
		this.runner
			.withPropertyValues("mooring.connections.feed.url=udp-listen+recorder://127.0.0.1:0",
					"mooring.connections.feed.integration.enabled=false")
			.run((context) -> {
				DatagramConnection feed = context.getBean("feed", DatagramConnection.class);
				try (DatagramSocket peer = new DatagramSocket()) {
					for (String text : List.of("fail", "good")) {
						peer.send(new DatagramPacket(text.getBytes(StandardCharsets.US_ASCII), 4,
								feed.getLocalAddress()));
					}
				}
				assertThat(feed.receive(SOON).payload()).asString().isEqualTo("good");
				assertThat(feed.getStatistics().dropped(DropReason.INTERCEPTOR)).isEqualTo(1);
				assertThat(output).contains("A message was lost").contains("the interceptor recorder failed");
			});
	}

	@Test
	void statesOfAListenerAndItsClientsAreTold() {
		feed("tcp-listen+recorder://127.0.0.1:0?framing.type=line").run((context) -> {
			Connection feed = context.getBean("feed", Connection.class);
			for (int i = 0; i < 50; i++) {
				try (Socket peer = connect(context)) {
					write(peer, "hello\n");
					assertThat(next()).isEqualTo("hello");
				}
			}
			await().atMost(SOON)
				.untilAsserted(() -> assertThat(this.recorder.calls)
					.filteredOn((call) -> call.connection() != feed && call.what().equals("DISCONNECTED"))
					.hasSize(50));
			assertThat(this.recorder.of(feed)).containsExactly("CONNECTING", "CONNECTED");
			assertThat(this.recorder.calls.stream().map(Call::connection).filter((other) -> other != feed).distinct())
				.hasSize(50)
				.allSatisfy((client) -> assertThat(this.recorder.of(client)).containsExactly("CONNECTING", "CONNECTED",
						"received", "DISCONNECTING", "DISCONNECTED"));
			assertThat(this.recorder.calls).extracting(Call::thread)
				.noneMatch((thread) -> thread.startsWith("mooring-stream"));
		});
	}

	@Test
	void statesOfAClientAreToldAgainWhenItReconnects() {
		feed("tcp-listen://127.0.0.1:0?framing.type=line")
			.run((context) -> this.runner
				.withPropertyValues("mooring.connections.client.url=tcp+recorder://127.0.0.1:" + port(context)
						+ "?framing.type=line", "mooring.connections.client.reconnect.initial-delay=10ms")
				.run((other) -> {
					StreamListener feed = context.getBean("feed", StreamListener.class);
					StreamConnection client = other.getBean("client", StreamConnection.class);
					assertThat(client.awaitState(ConnectionState.CONNECTED, SOON)).isTrue();
					await().atMost(SOON).until(() -> feed.getClients().size() == 1);
					feed.getClients().iterator().next().close();
					await().atMost(SOON)
						.untilAsserted(() -> assertThat(this.recorder.of(client)).startsWith("CONNECTING", "CONNECTED",
								"DISCONNECTED", "CONNECTING", "CONNECTED"));
					await().atMost(SOON).until(() -> feed.getClients().size() == 1);
					client.send("hello".getBytes(StandardCharsets.US_ASCII));
					assertThat(next()).isEqualTo("hello");
					feed.getClients().iterator().next().send("bye".getBytes(StandardCharsets.US_ASCII));
					assertThat(client.receive(SOON)).asString().isEqualTo("bye");
					assertThat(this.recorder.of(client)).endsWith("sending", "received");
				}));
	}

	@Test
	void oneThatHasTheConnectionInjectedIsNoCircle() {
		feed("tcp-listen+counting://127.0.0.1:0?framing.type=line").withBean("counting", Counting.class)
			.run((context) -> {
				try (Socket peer = connect(context)) {
					write(peer, "hello\n");
					assertThat(next()).isEqualTo("hello from tcp-listen");
				}
			});
	}

	@Test
	void anUnknownOneStopsTheStart() {
		feed("tcp-listen+outr://127.0.0.1:0").run((context) -> assertThat(context).getFailure()
			.hasMessageContaining(
					"mooring.connections.feed.url: \"tcp-listen+outr://127.0.0.1:0\" has the unknown +outr; "
							+ "did you mean outer?; known are +log, +rd and +wr, and the ConnectionInterceptor beans outer, inner, "
							+ "recorder"));
		feed("tcp-listen://127.0.0.1:0").withPropertyValues("mooring.connections.feed.interceptors=errors")
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("mooring.connections.feed.interceptors: \"errors\" names errors, which is not an "
						+ "interceptor (known are the ConnectionInterceptor beans outer, inner, recorder)"));
	}

	@Test
	void connectionsThatAreCreatedHaveThemToo() {
		feed("tcp-listen+outer://127.0.0.1:0?framing.type=line").run((context) -> {
			Connections connections = context.getBean(Connections.class);
			String address = "://127.0.0.1:" + port(context) + "?framing.type=line";
			StreamConnection client = connections.connect("tcp+outer" + address, SOON, 0);
			client.send("hello".getBytes(StandardCharsets.US_ASCII));
			assertThat(next()).isEqualTo("hello");
			client.close();
			assertThatIllegalArgumentException().isThrownBy(() -> connections.create("tcp+nobody" + address))
				.withMessageContaining("has the unknown +nobody; known are +log, +rd and +wr");
		});
	}

	/**
	 * Interceptor that appends a letter to sent messages, and removes it from received
	 * ones.
	 */
	private static final class Suffix implements ConnectionInterceptor {

		private final char suffix;

		Suffix(char suffix) {
			this.suffix = suffix;
		}

		@Override
		public byte[] received(Connection connection, byte[] message) {
			if (message[message.length - 1] != this.suffix) {
				throw new IllegalArgumentException("The last byte is not " + this.suffix);
			}
			return Arrays.copyOf(message, message.length - 1);
		}

		@Override
		public byte[] sending(Connection connection, byte[] message) {
			return (new String(message, StandardCharsets.US_ASCII) + this.suffix).getBytes(StandardCharsets.US_ASCII);
		}

	}

	private record Call(Connection connection, String what, String thread) {

	}

	private static final class Recorder implements ConnectionInterceptor {

		private final List<Call> calls = new CopyOnWriteArrayList<>();

		List<String> of(Connection connection) {
			return this.calls.stream().filter((call) -> call.connection() == connection).map(Call::what).toList();
		}

		@Override
		public byte @Nullable [] received(Connection connection, byte[] message) {
			return pass(connection, "received", message);
		}

		@Override
		public byte @Nullable [] sending(Connection connection, byte[] message) {
			return pass(connection, "sending", message);
		}

		private byte @Nullable [] pass(Connection connection, String what, byte[] message) {
			this.calls.add(new Call(connection, what, Thread.currentThread().getName()));
			return switch (new String(message, StandardCharsets.US_ASCII)) {
				case "swallow" -> null;
				case "fail" -> throw new IllegalStateException("on purpose");
				default -> message;
			};
		}

		@Override
		public void stateChanged(ConnectionStateChangedEvent event) {
			this.calls.add(new Call(event.connection(), event.current().name(), Thread.currentThread().getName()));
		}

	}

	static final class Counting implements ConnectionInterceptor {

		@Autowired
		private StreamListener feed;

		@Override
		public byte[] received(Connection connection, byte[] message) {
			return (new String(message, StandardCharsets.US_ASCII) + " from " + this.feed.getType())
				.getBytes(StandardCharsets.US_ASCII);
		}

	}

}
