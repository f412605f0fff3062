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
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.MessageHandlingException;
import org.springframework.messaging.support.GenericMessage;

import io.mooring.Connection;
import io.mooring.ConnectionState;
import io.mooring.DropReason;
import io.mooring.StreamConnection;
import io.mooring.StreamListener;
import io.mooring.codec.Delimiter;
import io.mooring.codec.FrameException;
import io.mooring.test.MooringRunner;
import io.mooring.test.Ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for every framing, from properties through TCP to the message and back.
 */
@Timeout(120)
class FramingFlowTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	private final BlockingQueue<Message<?>> received = new LinkedBlockingQueue<>();

	private final ApplicationContextRunner runner = MooringRunner.withChannels();

	private ApplicationContextRunner feed(String framing) {
		return this.runner.withPropertyValues("mooring.connections.feed.url=tcp-listen://127.0.0.1:0?" + framing)
			.withBean("flow", IntegrationFlow.class,
					() -> IntegrationFlow.from("feed.in").handle(this.received::add).get());
	}

	private static Socket connect(ApplicationContext context) throws IOException {
		return Ports.connect(context.getBean("feed", Connection.class));
	}

	private Object next() throws InterruptedException {
		Message<?> message = this.received.poll(30, TimeUnit.SECONDS);
		assertThat(message).isNotNull();
		return message.getPayload();
	}

	private static byte[] bytes(String escaped) {
		return Delimiter.parse(escaped).getBytes();
	}

	@ParameterizedTest
	@CsvSource({ "framing.type=raw, abc", "framing.type=length, \\0\\0\\0\\x03abc",
			"framing.type=length&framing.length-bytes=1, \\x03abc", "framing.type=line, abc\\n",
			"framing.type=crlf, abc\\r\\n", "framing.type=delimiter&framing.delimiter=\\x1e, abc\\x1e",
			"framing.type=delimiter&framing.delimiter=%3B%3B, abc;;", "framing.type=fixed&framing.size=3, abc",
			"framing.type=stx-etx, \\x02abc\\x03" })
	void aMessageStandsInItsFrameBothWays(String framing, String frame) {
		feed(framing).run((context) -> {
			try (Socket peer = connect(context)) {
				peer.getOutputStream().write(bytes(frame));
				assertThat(next()).isEqualTo(bytes("abc"));
				context.getBean("feed.out", MessageChannel.class).send(new GenericMessage<>("abc"));
				assertThat(peer.getInputStream().readNBytes(bytes(frame).length)).isEqualTo(bytes(frame));
			}
		});
	}

	@ParameterizedTest
	@CsvSource({ "framing.type=line, abc\\n", "framing.type=fixed&framing.size=3, abcd", "framing.type=stx-etx, a\\x03",
			"framing.type=delimiter&framing.delimiter=;, ;" })
	void whatDoesNotFitItsFrameIsNotSentAndTheConnectionLivesOn(String framing, String payload) {
		feed(framing).run((context) -> {
			StreamListener feed = context.getBean("feed", StreamListener.class);
			this.runner
				.withPropertyValues("mooring.connections.client.url=tcp://127.0.0.1:"
						+ ((InetSocketAddress) feed.getLocalAddress()).getPort() + "?" + framing)
				.run((other) -> {
					StreamConnection client = other.getBean("client", StreamConnection.class);
					assertThat(client.awaitState(ConnectionState.CONNECTED, SOON)).isTrue();
					assertThatExceptionOfType(MessageHandlingException.class)
						.isThrownBy(() -> other.getBean("client.out", MessageChannel.class)
							.send(new GenericMessage<>(bytes(payload))))
						.withCauseInstanceOf(FrameException.class);
					assertThatExceptionOfType(FrameException.class).isThrownBy(() -> client.sendAsync(bytes(payload)));
					assertThat(client.getStatistics().dropped(DropReason.MALFORMED)).isEqualTo(2);
					client.send(bytes("abc"));
					assertThat(next()).isEqualTo(bytes("abc"));
				});
		});
	}

	@Test
	void whatIsNoFrameClosesItsPeerAndNoOther() {
		feed("framing.type=stx-etx").run((context) -> {
			StreamListener feed = context.getBean("feed", StreamListener.class);
			try (Socket good = connect(context); Socket bad = connect(context)) {
				bad.getOutputStream().write("\2one\3two\3".getBytes(StandardCharsets.US_ASCII));
				assertThat(next()).isEqualTo(bytes("one"));
				assertThat(bad.getInputStream().read()).isEqualTo(-1);
				await().atMost(SOON).until(() -> feed.getStatistics().dropped(DropReason.MALFORMED) == 1);
				good.getOutputStream().write("\2three\3".getBytes(StandardCharsets.US_ASCII));
				assertThat(next()).isEqualTo(bytes("three"));
				assertThat(feed.getState()).isEqualTo(ConnectionState.CONNECTED);
				assertThat(feed.getStatistics().dropped()).isEqualTo(1);
			}
		});
	}

	@Test
	void aFrameThatIsTooLongClosesItsPeer() {
		feed("framing.type=delimiter&framing.delimiter=;&framing.max-size=10").run((context) -> {
			StreamListener feed = context.getBean("feed", StreamListener.class);
			try (Socket peer = connect(context)) {
				peer.getOutputStream().write("1234567890;".getBytes(StandardCharsets.US_ASCII));
				assertThat(next()).isEqualTo(bytes("1234567890"));
				peer.getOutputStream().write("12345678901".getBytes(StandardCharsets.US_ASCII));
				assertThat(peer.getInputStream().read()).isEqualTo(-1);
				await().atMost(SOON).until(() -> feed.getStatistics().dropped(DropReason.OVERSIZE) == 1);
			}
		});
	}

}
