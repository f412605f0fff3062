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
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.integration.channel.QueueChannel;
import org.springframework.integration.core.MessagingTemplate;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.integration.ip.IpHeaders;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.MessageHandlingException;
import org.springframework.messaging.MessagingException;
import org.springframework.messaging.PollableChannel;
import org.springframework.messaging.support.GenericMessage;

import io.mooring.Connection;
import io.mooring.ConnectionState;
import io.mooring.DropReason;
import io.mooring.PacketClient;
import io.mooring.StreamConnection;
import io.mooring.StreamListener;
import io.mooring.codec.Codec;
import io.mooring.codec.CodecException;
import io.mooring.test.MooringRunner;
import io.mooring.test.Ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for codecs, from properties through sockets to the payloads of messages and back.
 */
@Timeout(120)
class CodecFlowTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	private final BlockingQueue<Message<?>> received = new LinkedBlockingQueue<>();

	private final ApplicationContextRunner runner = MooringRunner.withChannels()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class))
		.withBean("errors", QueueChannel.class, QueueChannel::new)
		.withBean("positions", Codec.class, Positions::new);

	private ApplicationContextRunner feed(String url, String... properties) {
		return this.runner
			.withPropertyValues("mooring.connections.feed.url=" + url,
					"mooring.connections.feed.integration.error-channel=errors")
			.withPropertyValues(properties)
			.withBean("flow", IntegrationFlow.class,
					() -> IntegrationFlow.from("feed.in").handle(this.received::add).get());
	}

	private ApplicationContextRunner lines(String keys) {
		return feed("tcp-listen://127.0.0.1:0?framing.type=line&" + keys);
	}

	private static int port(ApplicationContext context) {
		return Ports.of(context.getBean("feed", Connection.class));
	}

	private static Socket connect(ApplicationContext context) throws IOException {
		return Ports.connect(context.getBean("feed", Connection.class));
	}

	private static void write(Socket socket, String text) throws IOException {
		socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
	}

	private static BufferedReader reader(Socket socket, Charset charset) throws IOException {
		return new BufferedReader(new InputStreamReader(socket.getInputStream(), charset));
	}

	private Message<?> next() throws InterruptedException {
		Message<?> message = this.received.poll(30, TimeUnit.SECONDS);
		assertThat(message).isNotNull();
		return message;
	}

	private static void send(ApplicationContext context, String channel, Object payload) {
		context.getBean(channel, MessageChannel.class).send(new GenericMessage<>(payload));
	}

	private static Object ask(ApplicationContext context, Position position) {
		Message<?> reply = new MessagingTemplate().sendAndReceive(context.getBean("client.out", MessageChannel.class),
				new GenericMessage<>(position));
		return (reply != null) ? reply.getPayload() : null;
	}

	private static MessagingException error(ApplicationContext context) {
		Message<?> error = context.getBean("errors", PollableChannel.class).receive(30_000);
		assertThat(error).isNotNull();
		return (MessagingException) error.getPayload();
	}

	@Test
	void textIsAStringOfItsCharset() {
		lines("codec=string&charset=ISO-8859-1").run((context) -> {
			try (Socket peer = connect(context)) {
				write(peer, "gr\u00fcn\n");
				assertThat(next().getPayload()).isEqualTo("grün");
				send(context, "feed.out", "grün");
				send(context, "feed.out", "as it is".getBytes(StandardCharsets.ISO_8859_1));
				BufferedReader reader = reader(peer, StandardCharsets.ISO_8859_1);
				assertThat(reader.readLine()).isEqualTo("grün");
				assertThat(reader.readLine()).isEqualTo("as it is");
				assertThatExceptionOfType(MessageHandlingException.class)
					.isThrownBy(() -> send(context, "feed.out", "5 €"))
					.withMessageContaining("Connection 'feed' cannot send a payload of type java.lang.String; "
							+ "the text has characters that ISO-8859-1 has not");
				assertThatExceptionOfType(MessageHandlingException.class).isThrownBy(() -> send(context, "feed.out", 5))
					.withMessageContaining("cannot send a payload of type java.lang.Integer; accepted are byte[], "
							+ "and String, sent as ISO-8859-1");
			}
		});
	}

	@Test
	void jsonIsMapsAndLists() {
		lines("codec=json").run((context) -> {
			try (Socket peer = connect(context)) {
				write(peer, "{\"lat\": 1.5}\n");
				assertThat(next().getPayload()).isEqualTo(Map.of("lat", 1.5));
				send(context, "feed.out", Map.of("lat", 2));
				send(context, "feed.out", "text");
				send(context, "feed.out", "[1]".getBytes(StandardCharsets.UTF_8));
				BufferedReader reader = reader(peer, StandardCharsets.UTF_8);
				assertThat(reader.readLine()).isEqualTo("{\"lat\":2}");
				assertThat(reader.readLine()).isEqualTo("\"text\"");
				assertThat(reader.readLine()).isEqualTo("[1]");
			}
		});
	}

	@Test
	void jsonIsWhatThePayloadTypeSays() {
		lines("codec=json&payload-type=" + Position.class.getName()).run((context) -> {
			try (Socket peer = connect(context)) {
				write(peer, "{\"lat\": 1.5, \"lon\": 2}\n");
				assertThat(next().getPayload()).isEqualTo(new Position(1.5, 2));
				send(context, "feed.out", new Position(3, 4));
				assertThat(reader(peer, StandardCharsets.UTF_8).readLine()).isEqualTo("{\"lat\":3.0,\"lon\":4.0}");
			}
		});
	}

	@Test
	void aCodecOfTheApplicationIsNamed() {
		lines("codec=positions").run((context) -> {
			try (Socket peer = connect(context)) {
				write(peer, "1.5 2\n");
				assertThat(next().getPayload()).isEqualTo(new Position(1.5, 2));
				send(context, "feed.out", new Position(3, 4));
				assertThat(reader(peer, StandardCharsets.UTF_8).readLine()).isEqualTo("3.0 4.0");
				for (Object other : new Object[] { "3 4", new byte[] { '3' } }) {
					assertThatExceptionOfType(MessageHandlingException.class)
						.isThrownBy(() -> send(context, "feed.out", other))
						.withMessageContaining("accepted are the types that the codec positions encodes");
				}
			}
		});
	}

	@Test
	void whatCannotBeDecodedGoesToTheErrorChannelAndTheConnectionLivesOn() {
		lines("codec=json").run((context) -> {
			StreamListener feed = context.getBean("feed", StreamListener.class);
			try (Socket peer = connect(context)) {
				write(peer, "{\"a\": 1}\n{oops\n{\"a\": 2}\n");
				assertThat(next().getPayload()).isEqualTo(Map.of("a", 1));
				assertThat(next().getPayload()).isEqualTo(Map.of("a", 2));
				MessagingException error = error(context);
				assertThat(error)
					.hasMessageContaining("Connection 'feed' cannot decode a received message: "
							+ "the bytes are not JSON of the type java.lang.Object")
					.hasCauseInstanceOf(CodecException.class);
				assertThat(error.getFailedMessage().getPayload()).isEqualTo("{oops".getBytes(StandardCharsets.UTF_8));
				assertThat(error.getFailedMessage().getHeaders()).containsEntry("mooring_connection", "feed")
					.containsEntry(IpHeaders.REMOTE_PORT, peer.getLocalPort())
					.containsKey(IpHeaders.CONNECTION_ID);
				assertThat(feed.getStatistics().dropped(DropReason.CODEC)).isEqualTo(1);
				assertThat(feed.getStatistics().dropped()).isEqualTo(1);
				assertThat(feed.getClients()).hasSize(1);
			}
		});
	}

	@Test
	void datagramsAreDecodedAndAnswered() {
		this.runner
			.withPropertyValues("mooring.connections.feed.url=udp-listen://127.0.0.1:0?codec=json",
					"mooring.connections.feed.integration.error-channel=errors")
			.withBean("flow", IntegrationFlow.class, () -> IntegrationFlow.from("feed.in").channel("feed.out").get())
			.run((context) -> {
				try (DatagramSocket peer = new DatagramSocket()) {
					peer.setSoTimeout(30_000);
					exchange(peer, port(context), "{oops");
					DatagramPacket reply = exchange(peer, port(context), "{ \"a\" : [ 1 ] }");
					peer.receive(reply);
					assertThat(new String(reply.getData(), 0, reply.getLength(), StandardCharsets.UTF_8))
						.isEqualTo("{\"a\":[1]}");
					MessagingException error = error(context);
					assertThat(error.getFailedMessage().getPayload())
						.isEqualTo("{oops".getBytes(StandardCharsets.UTF_8));
					assertThat(error.getFailedMessage().getHeaders()).containsEntry(IpHeaders.PORT,
							peer.getLocalPort());
					assertThat(context.getBean("feed", Connection.class).getStatistics().dropped(DropReason.CODEC))
						.isEqualTo(1);
				}
			});
	}

	private static DatagramPacket exchange(DatagramSocket socket, int port, String text) throws IOException {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
		return new DatagramPacket(new byte[1000], 1000);
	}

	@Test
	void gatewaysSpeakInObjects() {
		this.runner
			.withPropertyValues("mooring.connections.feed.url=udp-listen://127.0.0.1:0?codec=positions",
					"mooring.connections.feed.integration.mode=gateway")
			.withBean("flow", IntegrationFlow.class,
					() -> IntegrationFlow.from("feed.in")
						.<Position>handle((position, headers) -> new Position(position.lon(), position.lat()))
						.get())
			.run((context) -> asking(port(context)).run((other) -> {
				assertThat(other.getBean("client", Connection.class).awaitState(ConnectionState.CONNECTED, SOON))
					.isTrue();
				assertThat(ask(other, new Position(1, 2))).isEqualTo(new Position(2, 1));
			}));
	}

	private ApplicationContextRunner asking(int port) {
		return this.runner.withPropertyValues(
				"mooring.connections.client.url=udp://127.0.0.1:" + port + "?codec=positions",
				"mooring.connections.client.integration.mode=gateway",
				"mooring.connections.client.integration.error-channel=errors");
	}

	@Test
	void aReplyThatCannotBeDecodedFailsItsRequest() throws Exception {
		try (DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
			server.setSoTimeout(30_000);
			CompletableFuture<Void> serving = CompletableFuture.runAsync(() -> {
				for (String reply : new String[] { "nonsense", "1 2" }) {
					answer(server, reply);
				}
			});
			asking(server.getLocalPort()).run((context) -> {
				Connection client = context.getBean("client", Connection.class);
				assertThat(client.awaitState(ConnectionState.CONNECTED, SOON)).isTrue();
				assertThatExceptionOfType(MessageHandlingException.class)
					.isThrownBy(() -> ask(context, new Position(1, 2)))
					.withMessageContaining("Connection 'client' cannot decode the reply");
				assertThat(error(context).getFailedMessage().getPayload())
					.isEqualTo("nonsense".getBytes(StandardCharsets.UTF_8));
				assertThat(client.getStatistics().dropped(DropReason.CODEC)).isEqualTo(1);
				assertThat(ask(context, new Position(1, 2))).isEqualTo(new Position(1, 2));
			});
			serving.get(30, TimeUnit.SECONDS);
		}
	}

	private static void answer(DatagramSocket server, String reply) {
		try {
			DatagramPacket packet = new DatagramPacket(new byte[100], 100);
			server.receive(packet);
			packet.setData(reply.getBytes(StandardCharsets.UTF_8));
			server.send(packet);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Test
	void packetsGoOverStreams() {
		lines("integration.enabled=true").run((context) -> this.runner
			.withPropertyValues(
					"mooring.connections.client.url=tcp://127.0.0.1:" + port(context) + "?framing.type=line")
			.run((other) -> {
				StreamConnection client = other.getBean("client", StreamConnection.class);
				assertThat(client.awaitState(ConnectionState.CONNECTED, SOON)).isTrue();
				PacketClient<Position> positions = client.packets(new Positions());
				positions.send(new Position(1, 2));
				Message<?> message = next();
				assertThat(message.getPayload()).isEqualTo("1.0 2.0".getBytes(StandardCharsets.UTF_8));
				send(context, "feed.out", "3 4");
				assertThat(positions.receive(SOON)).isEqualTo(new Position(3, 4));
				send(context, "feed.out", "nonsense");
				assertThatExceptionOfType(CodecException.class).isThrownBy(() -> positions.receive(SOON));
				assertThat(client.getStatistics().dropped(DropReason.CODEC)).isEqualTo(1);
				send(context, "feed.out", "5 6");
				assertThat(positions.receiveAsync().get(30, TimeUnit.SECONDS)).isEqualTo(new Position(5, 6));
			}));
	}

	@Test
	void anUnknownCodecStopsTheStart() {
		this.runner
			.withPropertyValues("mooring.connections.feed.url=udp-listen:", "mooring.connections.feed.codec=postions")
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("mooring.connections.feed.codec: \"postions\" is not a codec; did you mean "
						+ "positions? (known are bytes, string, json and the Codec bean positions)"));
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(MooringAutoConfiguration.class))
			.withPropertyValues("mooring.connections.feed.url=udp-listen:?codec=xml")
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("mooring.connections.feed.url: \"udp-listen:?codec=xml\" has a wrong codec: "
						+ "\"xml\" is not a codec (known are bytes, string, json and the beans of the type Codec, "
						+ "of which there are none)"));
	}

	@Test
	void jsonWithoutJacksonStopsTheStart() {
		lines("codec=json").withClassLoader(new FilteredClassLoader("tools.jackson"))
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("has a wrong codec: \"json\" needs Jackson 3 and its bean JsonMapper, which "
						+ "org.springframework.boot:spring-boot-starter-jackson brings"));
		lines("codec=string").withClassLoader(new FilteredClassLoader("tools.jackson"))
			.run((context) -> assertThat(context).hasNotFailed());
	}

	record Position(double lat, double lon) {

	}

	static final class Positions implements Codec<Position> {

		@Override
		public byte[] encode(Position value) {
			return String.format(Locale.ROOT, "%s %s", value.lat(), value.lon()).getBytes(StandardCharsets.UTF_8);
		}

		@Override
		public Position decode(byte[] frame) {
			String[] parts = new String(frame, StandardCharsets.UTF_8).split(" ");
			return new Position(Double.parseDouble(parts[0]), Double.parseDouble(parts[1]));
		}

	}

}
