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
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.mooring.ConnectionException;
import io.mooring.Connections;
import io.mooring.DropReason;
import io.mooring.StreamConnection;
import io.mooring.StreamListener;
import io.mooring.codec.FrameDecoder;
import io.mooring.codec.FrameException;
import io.mooring.codec.Framing;
import io.mooring.codec.OversizeFrameException;
import io.mooring.test.MooringRunner;
import io.mooring.test.Ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for framings of the application, from properties to the bytes on a socket.
 */
@Timeout(60)
class FramingFlowTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	private final ApplicationContextRunner runner = MooringRunner.withChannels()
		.withBean("braces", Framing.class, Braces::new)
		.withBean("curlyBraces", Framing.class, Braces::new);

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	private static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.US_ASCII);
	}

	private static String read(Socket socket, int length) throws IOException {
		return text(socket.getInputStream().readNBytes(length));
	}

	@Test
	void aBeanFramesBothWaysAndForClientsDeclaredLater() {
		this.runner
			.withPropertyValues("mooring.connections.feed.url=tcp-listen://127.0.0.1:0",
					"mooring.connections.feed.framing.type=curly-braces")
			.run((context) -> {
				StreamListener feed = context.getBean("feed", StreamListener.class);
				try (Socket peer = Ports.connect(feed)) {
					peer.getOutputStream().write(bytes("{one}{tw"));
					StreamConnection client = feed.accept(SOON);
					assertThat(text(client.receive(SOON))).isEqualTo("one");
					peer.getOutputStream().write(bytes("o}"));
					assertThat(text(client.receive(SOON))).isEqualTo("two");
					client.send(bytes("three"));
					assertThat(read(peer, 7)).isEqualTo("{three}");
					await().untilAsserted(() -> assertThat(client.getStatistics().sentBytes()).isEqualTo(5));
				}
				StreamConnection later = (StreamConnection) context.getBean(Connections.class)
					.declare("later", "tcp://127.0.0.1:" + Ports.of(feed) + "?framing.type=braces");
				StreamConnection client = feed.accept(SOON);
				await().untilAsserted(() -> assertThat(later.canSend()).isTrue());
				later.open();
				later.send(bytes("four"));
				assertThat(text(client.receive(SOON))).isEqualTo("four");
			});
	}

	@Test
	void theMaximumSizeHoldsForABeanBothWays() {
		this.runner
			.withPropertyValues("mooring.connections.feed.url=tcp-listen://127.0.0.1:0?framing.type=braces",
					"mooring.connections.feed.framing.max-size=10")
			.run((context) -> {
				StreamListener feed = context.getBean("feed", StreamListener.class);
				try (Socket peer = Ports.connect(feed)) {
					StreamConnection client = feed.accept(SOON);
					assertThatExceptionOfType(OversizeFrameException.class).isThrownBy(() -> client.send(new byte[11]))
						.withMessage("A frame of 11 bytes is longer than 10, the most that framing.max-size allows");
					peer.getOutputStream().write(bytes("{12345678901}"));
					assertThat(peer.getInputStream().read()).isEqualTo(-1);
				}
				await().untilAsserted(() -> assertThat(feed.getStatistics().dropped(DropReason.OVERSIZE)).isEqualTo(2));
			});
	}

	@Test
	void aBeanThatFailsOrRefusesClosesThatPeerAlone() {
		this.runner.withPropertyValues("mooring.connections.feed.url=tcp-listen://127.0.0.1:0?framing.type=braces")
			.run((context) -> {
				StreamListener feed = context.getBean("feed", StreamListener.class);
				try (Socket good = Ports.connect(feed)) {
					StreamConnection client = feed.accept(SOON);
					try (Socket bad = Ports.connect(feed); Socket worse = Ports.connect(feed)) {
						bad.getOutputStream().write('x');
						worse.getOutputStream().write('!');
						assertThat(bad.getInputStream().read()).isEqualTo(-1);
						assertThat(worse.getInputStream().read()).isEqualTo(-1);
					}
					good.getOutputStream().write(bytes("{ok}"));
					assertThat(text(client.receive(SOON))).isEqualTo("ok");
				}
				await()
					.untilAsserted(() -> assertThat(feed.getStatistics().dropped(DropReason.MALFORMED)).isEqualTo(2));
			});
	}

	@Test
	void filesAreRefusedWhereTheBeanLooksAtMessages() {
		this.runner.withPropertyValues("mooring.connections.feed.url=tcp://127.0.0.1:9?framing.type=braces")
			.run((context) -> assertThatExceptionOfType(ConnectionException.class)
				.isThrownBy(() -> context.getBean("feed", StreamConnection.class).sendFile(null))
				.withMessageContaining("cannot send a file with framing.type braces"));
	}

	@Test
	void anUnknownFramingStopsTheStart() {
		this.runner
			.withPropertyValues("mooring.connections.feed.type=tcp-listen", "mooring.connections.feed.port=0",
					"mooring.connections.feed.framing.type=brace")
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("mooring.connections.feed.framing.type: \"brace\" is not a framing; did you mean "
						+ "braces? (known are raw, length, line, crlf, delimiter, fixed, stx-etx and the Framing "
						+ "beans braces, curlyBraces)"));
		MooringRunner.withChannels()
			.withPropertyValues("mooring.connections.feed.url=tcp-listen://:0?framing.type=lines")
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining(
						"mooring.connections.feed.url: \"tcp-listen://:0?framing.type=lines\" has a wrong "
								+ "framing.type: \"lines\" is not a framing; did you mean line?")
				.hasMessageContaining("and the beans of the type Framing, of which there are none)"));
		this.runner.run((context) -> assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> context.getBean(Connections.class).declare("late", "tcp://127.0.0.1:9?framing.type=xml"))
			.withMessageContaining("\"xml\" is not a framing"));
	}

	@Test
	void keysThatABeanDoesNotReadAreRefused() {
		this.runner
			.withPropertyValues("mooring.connections.feed.url=tcp-listen://127.0.0.1:0",
					"mooring.connections.feed.framing.type=braces", "mooring.connections.feed.framing.length-bytes=2")
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("mooring.connections.feed.framing.length-bytes: \"2\" has no meaning but with "
						+ "framing.type length"));
	}

	@Test
	void aFramingThatIsADefaultNeedsNoStream() {
		MooringRunner.withChannels()
			.withPropertyValues("mooring.defaults.framing.type=later", "mooring.connections.feed.url=udp-listen:")
			.run((context) -> assertThat(context).hasNotFailed().hasBean("feed"));
	}

	/**
	 * Messages in braces.
	 */
	private static final class Braces implements Framing {

		@Override
		public byte[] encode(byte[] message) {
			return bytes("{" + text(message) + "}");
		}

		@Override
		public FrameDecoder newDecoder(int maxSize) {
			return FrameDecoder.of(maxSize, (bytes) -> {
				byte first = bytes.get();
				if (first == '!') {
					throw new IllegalStateException("a fault of the framing");
				}
				if (first != '{') {
					throw new FrameException("a frame begins without a brace");
				}
				for (int i = 1; i < bytes.limit(); i++) {
					if (bytes.get(i) == '}') {
						byte[] message = new byte[i - 1];
						bytes.get(message).get();
						return message;
					}
				}
				return null;
			});
		}

	}

}
