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

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.MessageHandlingException;
import org.springframework.messaging.support.GenericMessage;

import io.mooring.Ancillary;
import io.mooring.ConnectionState;
import io.mooring.PeerCredentials;
import io.mooring.ReceivedDescriptor;
import io.mooring.UnixDatagram;
import io.mooring.UnixDatagramConnection;
import io.mooring.integration.MooringHeaders;
import io.mooring.test.MooringRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for descriptors and credentials in message headers, from one declared connection
 * to another.
 */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
class UnixDatagramFlowTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	@TempDir
	private Path directory;

	private ApplicationContextRunner runner;

	@BeforeEach
	void setUp() {
		String path = this.directory.resolve("hub.sock").toString();
		this.runner = MooringRunner.withChannels()
			.withPropertyValues("mooring.connections.hub.url=unix-datagram-listen:" + path,
					"mooring.connections.hub.receive.credentials=true",
					"mooring.connections.hub.receive.descriptors=true",
					"mooring.connections.spoke.url=unix-datagram:" + path,
					"mooring.connections.spoke.receive.descriptors=true");
	}

	private static UnixDatagramConnection spoke(ApplicationContext context) throws InterruptedException {
		UnixDatagramConnection spoke = context.getBean("spoke", UnixDatagramConnection.class);
		assertThat(spoke.awaitState(ConnectionState.CONNECTED, SOON)).isTrue();
		return spoke;
	}

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	@Test
	void flowGetsDescriptorsAndCredentialsAndWhatItDoesNotTakeIsClosed() throws Exception {
		Path file = Files.writeString(this.directory.resolve("file.txt"), "content");
		BlockingQueue<Message<?>> received = new LinkedBlockingQueue<>();
		BlockingQueue<String> contents = new LinkedBlockingQueue<>();
		this.runner.withBean("flow", IntegrationFlow.class, () -> IntegrationFlow.from("hub.in").handle((message) -> {
			List<?> descriptors = message.getHeaders().get(MooringHeaders.FILE_DESCRIPTORS, List.class);
			try (InputStream stream = ((ReceivedDescriptor) descriptors.get(0)).asInputStream()) {
				contents.add(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
			}
			catch (IOException ex) {
				contents.add(ex.toString());
			}
			received.add(message);
		}).get()).run((context) -> {
			spoke(context);
			try (FileInputStream first = new FileInputStream(file.toFile());
					FileInputStream second = new FileInputStream("/dev/null")) {
				context.getBean("spoke.out", MessageChannel.class)
					.send(new GenericMessage<>("two",
							Map.of(MooringHeaders.FILE_DESCRIPTORS, List.of(first.getFD(), second.getFD()))));
			}
			Message<?> message = received.poll(10, TimeUnit.SECONDS);
			assertThat(contents.poll()).isEqualTo("content");
			assertThat(message.getPayload()).isEqualTo(utf8("two"));
			PeerCredentials credentials = message.getHeaders().get(MooringHeaders.CREDENTIALS, PeerCredentials.class);
			assertThat(credentials.pid()).isEqualTo(ProcessHandle.current().pid());
			List<?> descriptors = message.getHeaders().get(MooringHeaders.FILE_DESCRIPTORS, List.class);
			assertThat(descriptors).hasSize(2);
			await().atMost(SOON)
				.until(() -> descriptors.stream().noneMatch((each) -> ((ReceivedDescriptor) each).isOpen()));
		});
	}

	@Test
	void replyGoesToTheSenderWithoutWhatCame() throws Exception {
		this.runner
			.withBean("flow", IntegrationFlow.class, () -> IntegrationFlow.from("hub.in").channel("hub.out").get())
			.run((context) -> {
				UnixDatagramConnection spoke = spoke(context);
				try (FileInputStream stream = new FileInputStream("/dev/null")) {
					spoke.send(utf8("hello"), Ancillary.ofDescriptors(stream.getFD()));
				}
				UnixDatagram reply = spoke.receive(SOON);
				assertThat(reply.payload()).asString().isEqualTo("hello");
				assertThat(reply.descriptors()).isEmpty();
				assertThat(reply.controlTruncated()).isFalse();
			});
	}

	@Test
	void descriptorsAndCredentialsArePassedOn() throws Exception {
		String other = this.directory.resolve("other.sock").toString();
		this.runner
			.withPropertyValues("mooring.connections.other.url=unix-datagram-listen:" + other,
					"mooring.connections.other.receive.descriptors=true",
					"mooring.connections.relay.url=unix-datagram:" + other)
			.withBean("flow", IntegrationFlow.class, () -> IntegrationFlow.from("hub.in").channel("relay.out").get())
			.run((context) -> {
				UnixDatagramConnection spoke = spoke(context);
				assertThat(context.getBean("relay", UnixDatagramConnection.class)
					.awaitState(ConnectionState.CONNECTED, SOON)).isTrue();
				try (FileInputStream stream = new FileInputStream("/dev/null")) {
					spoke.send(utf8("on"), Ancillary.ofDescriptors(stream.getFD()));
				}
				try (UnixDatagram datagram = context.getBean("other", UnixDatagramConnection.class).receive(SOON)) {
					assertThat(datagram.payload()).asString().isEqualTo("on");
					assertThat(datagram.descriptors()).hasSize(1);
				}
			});
	}

	@Test
	void recipientIsChosenByAHeader() throws Exception {
		this.runner.run((context) -> {
			UnixDatagramConnection spoke = spoke(context);
			MessageChannel out = context.getBean("hub.out", MessageChannel.class);
			out.send(new GenericMessage<>("chosen",
					Map.of(MooringHeaders.RECIPIENT, spoke.getLocalAddress().toString())));
			assertThat(spoke.receive(SOON).payload()).asString().isEqualTo("chosen");
			assertThatExceptionOfType(MessageHandlingException.class)
				.isThrownBy(() -> out.send(new GenericMessage<>("reply", Map.of(MooringHeaders.CONNECTION, "hub"))))
				.withMessageContaining("'hub' cannot reply: the socket of the sender is unnamed");
			assertThatExceptionOfType(MessageHandlingException.class)
				.isThrownBy(() -> out.send(new GenericMessage<>("no recipient")))
				.withStackTraceContaining("has no default recipient");
			assertThatExceptionOfType(MessageHandlingException.class)
				.isThrownBy(() -> out.send(new GenericMessage<>("x", Map.of(MooringHeaders.FILE_DESCRIPTORS, "y"))))
				.withMessageContaining("header mooring_fileDescriptors \"y\"");
			assertThatExceptionOfType(MessageHandlingException.class)
				.isThrownBy(() -> out.send(new GenericMessage<>("x", Map.of(MooringHeaders.CREDENTIALS, 42))))
				.withMessageContaining("accepted is PeerCredentials");
		});
	}

}
