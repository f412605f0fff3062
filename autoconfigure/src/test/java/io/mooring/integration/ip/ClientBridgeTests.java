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

package io.mooring.integration.ip;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.annotation.ServiceActivator;
import org.springframework.integration.channel.DirectChannel;
import org.springframework.integration.channel.QueueChannel;
import org.springframework.integration.core.MessagingTemplate;
import org.springframework.integration.ip.IpHeaders;
import org.springframework.integration.ip.tcp.connection.AbstractClientConnectionFactory;
import org.springframework.integration.ip.tcp.connection.TcpConnection;
import org.springframework.integration.ip.tcp.connection.TcpConnectionCloseEvent;
import org.springframework.integration.ip.tcp.connection.TcpConnectionFailedEvent;
import org.springframework.integration.ip.tcp.connection.TcpConnectionOpenEvent;
import org.springframework.integration.ip.tcp.inbound.TcpReceivingChannelAdapter;
import org.springframework.integration.ip.tcp.outbound.TcpOutboundGateway;
import org.springframework.integration.ip.tcp.outbound.TcpSendingMessageHandler;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.PollableChannel;
import org.springframework.messaging.support.GenericMessage;

import io.mooring.ConnectionState;
import io.mooring.DropReason;
import io.mooring.StreamConnection;
import io.mooring.test.MooringRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link ClientBridge} with spring-integration-ip's gateway and adapters.
 */
@Timeout(120)
class ClientBridgeTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	private LineServer server;

	@AfterEach
	void stopServer() throws IOException {
		if (this.server != null) {
			this.server.close();
		}
	}

	private ApplicationContextRunner client(LineServer server, String... properties) {
		this.server = server;
		return MooringRunner.withChannels()
			.withUserConfiguration(ListenerBridgeTests.Events.class)
			.withPropertyValues("mooring.connections.asker.url=tcp://127.0.0.1:" + server.port() + "?framing.type=line")
			.withPropertyValues(properties);
	}

	private static AbstractClientConnectionFactory factory(ApplicationContext context) {
		return context.getBean("asker.connectionFactory", AbstractClientConnectionFactory.class);
	}

	private static StreamConnection asker(ApplicationContext context) {
		return context.getBean("asker", StreamConnection.class);
	}

	private static String ask(ApplicationContext context, String question) {
		Message<?> reply = new MessagingTemplate().sendAndReceive(context.getBean("requests", MessageChannel.class),
				new GenericMessage<>(question));
		return new String((byte[]) reply.getPayload(), StandardCharsets.UTF_8);
	}

	private static UnaryOperator<String> re() {
		return (line) -> "re: " + line;
	}

	@Test
	void requestsOfManyThreadsGetTheirOwnReplies() throws IOException {
		client(LineServer.answering(re())).withUserConfiguration(Gateway.class).run((context) -> {
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
			assertThat(asker(context).getStatistics().sent()).isEqualTo(10_000);
			assertThat(asker(context).getStatistics().received()).isEqualTo(10_000);
			assertThat(asker(context).getStatistics().opens()).isEqualTo(1);
		});
	}

	@Test
	void aRequestWaitsForAnAttemptToConnect() throws IOException {
		// The gateway starts before the connection does
		client(LineServer.answering(re())).withUserConfiguration(Gateway.class)
			.run((context) -> assertThat(ask(context, "first")).isEqualTo("re: first"));
	}

	@Test
	void withoutAConnectionTheReasonIsTold() throws IOException {
		LineServer gone = LineServer.silent();
		gone.close();
		client(gone).withUserConfiguration(Gateway.class).run((context) -> {
			await().atMost(SOON).until(() -> asker(context).getStatus().attempts() > 0);
			AbstractClientConnectionFactory factory = factory(context);
			assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(factory::getConnection)
				.withMessageContaining("Connection 'asker' is not open (CONNECTING)")
				.withMessageContaining("refused");
			assertThat(context.getBean(ListenerBridgeTests.Events.class).failed)
				.hasOnlyElementsOfType(TcpConnectionFailedEvent.class)
				.isNotEmpty();
			asker(context).close();
			assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(factory::getConnection)
				.withMessageContaining("is not open (DISCONNECTED)");
			try (LineServer back = gone.again()) {
				asker(context).open();
				assertThat(factory.getConnection().isOpen()).isTrue();
				assertThat(back.client()).isNotNull();
			}
		});
	}

	@Test
	void aFactoryThatIsNotStartedHasNoConnection() throws IOException {
		client(LineServer.silent()).run((context) -> assertThatExceptionOfType(UncheckedIOException.class)
			.isThrownBy(() -> factory(context).getConnection())
			.withMessageContaining("has not been started"));
	}

	@Test
	void forceCloseReconnectsNow() throws IOException {
		client(LineServer.answering(re()), "mooring.connections.asker.reconnect.initial-delay=1h",
				"mooring.connections.asker.reconnect.max-delay=1h")
			.withUserConfiguration(Gateway.class)
			.run((context) -> {
				assertThat(ask(context, "one")).isEqualTo("re: one");
				TcpConnection first = factory(context).getConnection();
				assertThat(first.isOpen()).isTrue();
				assertThat(factory(context).getConnection()).isSameAs(first);
				factory(context).forceClose(first);
				assertThat(first.isOpen()).isFalse();
				// Then the server closes as well
				await().atMost(SOON).until(this.server.client()::isClosed);
				assertThat(ask(context, "two")).isEqualTo("re: two");
				TcpConnection second = factory(context).getConnection();
				assertThat(second.getConnectionId()).isNotEqualTo(first.getConnectionId());
				assertThatExceptionOfType(Exception.class)
					.isThrownBy(() -> first.send(new GenericMessage<>("to nobody")))
					.withStackTraceContaining("closed");
				// By its id, too
				assertThat(factory(context).closeConnection(second.getConnectionId())).isTrue();
				assertThat(ask(context, "three")).isEqualTo("re: three");
				assertThat(asker(context).getStatistics().opens()).isEqualTo(3);
			});
	}

	@Test
	void withoutReconnectingForceCloseStillConnectsAnew() throws IOException {
		client(LineServer.answering(re()), "mooring.connections.asker.reconnect.enabled=false")
			.withUserConfiguration(Gateway.class)
			.run((context) -> {
				assertThat(ask(context, "one")).isEqualTo("re: one");
				factory(context).forceClose(factory(context).getConnection());
				assertThat(ask(context, "two")).isEqualTo("re: two");
			});
	}

	@Test
	void aLateReplyIsNotGivenToTheNextRequest() throws IOException {
		client(LineServer.silent()).withUserConfiguration(Gateway.class).run((context) -> {
			context.getBean(TcpOutboundGateway.class).setRemoteTimeout(300);
			Socket first = this.server.client();
			assertThatExceptionOfType(Exception.class).isThrownBy(() -> ask(context, "one"))
				.withStackTraceContaining("Timed out waiting for response");
			assertThat(this.server.line()).isEqualTo("one");
			await().atMost(SOON).until(first::isClosed);
			context.getBean(TcpOutboundGateway.class).setRemoteTimeout(20_000);
			Socket second = this.server.client();
			CompletableFuture<String> next = CompletableFuture.supplyAsync(() -> ask(context, "two"));
			assertThat(this.server.line()).isEqualTo("two");
			LineServer.write(second, "re: two");
			assertThat(next.get(20, TimeUnit.SECONDS)).isEqualTo("re: two");
		});
	}

	@Test
	void aPeerThatLeavesFailsTheRequestThatWaits() throws IOException {
		client(LineServer.silent()).withUserConfiguration(Gateway.class).run((context) -> {
			context.getBean(TcpOutboundGateway.class).setSecondChanceDelay(0);
			CompletableFuture<String> request = CompletableFuture.supplyAsync(() -> ask(context, "one"));
			Socket peer = this.server.client();
			assertThat(this.server.line()).isEqualTo("one");
			peer.close();
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> request.get(5, TimeUnit.SECONDS))
				.withStackTraceContaining("the peer closed the connection");
			Socket next = this.server.client();
			CompletableFuture<String> second = CompletableFuture.supplyAsync(() -> {
				await().atMost(SOON).until(() -> asker(context).getState() == ConnectionState.CONNECTED);
				return ask(context, "two");
			});
			assertThat(this.server.line()).isEqualTo("two");
			LineServer.write(next, "re: two");
			assertThat(second.get(20, TimeUnit.SECONDS)).isEqualTo("re: two");
		});
	}

	@Test
	void adaptersSendAndReceiveAndSurviveAReconnect() throws IOException {
		client(LineServer.answering(re())).withUserConfiguration(Adapters.class).run((context) -> {
			MessageChannel sent = context.getBean("toSend", MessageChannel.class);
			PollableChannel received = context.getBean("received", PollableChannel.class);
			sent.send(new GenericMessage<>("one"));
			Message<?> message = received.receive(10_000);
			assertThat((byte[]) message.getPayload()).asString().isEqualTo("re: one");
			assertThat(message.getHeaders()).containsEntry(IpHeaders.REMOTE_PORT, this.server.port())
				.containsEntry("mooring_connection", "asker")
				.containsEntry(IpHeaders.CONNECTION_ID, factory(context).getConnection().getConnectionId());
			this.server.client().close();
			this.server.client();
			await().atMost(SOON).until(() -> asker(context).getState() == ConnectionState.CONNECTED);
			sent.send(new GenericMessage<>("two"));
			assertThat((byte[]) received.receive(10_000).getPayload()).asString().isEqualTo("re: two");
			ListenerBridgeTests.Events events = context.getBean(ListenerBridgeTests.Events.class);
			assertThat(events.next()).isInstanceOf(TcpConnectionOpenEvent.class);
			assertThat(events.next()).isInstanceOf(TcpConnectionCloseEvent.class);
			assertThat(events.next()).isInstanceOf(TcpConnectionOpenEvent.class);
		});
	}

	@Test
	void aListenerClaimsTheConnectionAndStoppingOnlyDetaches() throws IOException {
		BlockingQueue<Message<?>> inbound = new LinkedBlockingQueue<>();
		client(LineServer.silent()).withUserConfiguration(Adapters.class).run((context) -> {
			Socket peer = this.server.client();
			assertThatIllegalStateException().isThrownBy(() -> asker(context).receive(Duration.ZERO))
				.withMessageContaining("Connection 'asker': the messages go to asker.connectionFactory");
			context.getBean("asker.in", DirectChannel.class).subscribe(inbound::add);
			LineServer.write(peer, "one");
			assertThat((byte[]) context.getBean("received", PollableChannel.class).receive(10_000).getPayload())
				.asString()
				.isEqualTo("one");
			TcpConnection connection = factory(context).getConnection();
			factory(context).stop();
			assertThat(connection.isOpen()).isFalse();
			LineServer.write(peer, "two");
			assertThat((byte[]) inbound.poll(10, TimeUnit.SECONDS).getPayload()).asString().isEqualTo("two");
			// Closing it again has no effect either
			connection.close();
			assertThat(asker(context).isConnected()).isTrue();
			assertThat(asker(context).getStatistics().opens()).isEqualTo(1);
			factory(context).start();
			LineServer.write(peer, "three");
			assertThat((byte[]) context.getBean("received", PollableChannel.class).receive(10_000).getPayload())
				.asString()
				.isEqualTo("three");
			assertThat(inbound).isEmpty();
		});
	}

	@Test
	void withoutAListenerTheFactoryOnlySends() throws IOException {
		client(LineServer.answering(re())).withUserConfiguration(Sending.class).run((context) -> {
			context.getBean("toSend", MessageChannel.class).send(new GenericMessage<>("one"));
			assertThat(asker(context).receive(SOON)).asString().isEqualTo("re: one");
		});
	}

	@Test
	void aListenerMayComeWhileTheFactoryRuns() throws IOException {
		BlockingQueue<Message<?>> received = new LinkedBlockingQueue<>();
		client(LineServer.answering(re())).withUserConfiguration(Sending.class).run((context) -> {
			MessageChannel sent = context.getBean("toSend", MessageChannel.class);
			sent.send(new GenericMessage<>("one"));
			assertThat(asker(context).receive(SOON)).asString().isEqualTo("re: one");
			factory(context).registerListener(received::add);
			assertThat(factory(context).isRunning()).isTrue();
			sent.send(new GenericMessage<>("two"));
			assertThat((byte[]) received.poll(10, TimeUnit.SECONDS).getPayload()).asString().isEqualTo("re: two");
			assertThat(asker(context).getStatistics().opens()).isEqualTo(1);
		});
	}

	@Test
	void whatTheListenerThrowsIsCountedAndTheConnectionGoesOn() throws IOException {
		BlockingQueue<Message<?>> received = new LinkedBlockingQueue<>();
		client(LineServer.silent()).run((context) -> {
			AbstractClientConnectionFactory factory = factory(context);
			factory.registerListener((message) -> {
				if (message.getPayload() instanceof byte[] bytes && bytes.length == 3) {
					throw new IllegalStateException("bad");
				}
				received.add(message);
			});
			factory.start();
			Socket peer = this.server.client();
			LineServer.write(peer, "bad");
			LineServer.write(peer, "good");
			assertThat((byte[]) received.poll(10, TimeUnit.SECONDS).getPayload()).asString().isEqualTo("good");
			assertThat(asker(context).getStatistics().dropped(DropReason.CONSUMER)).isEqualTo(1);
			factory.stop();
		});
	}

	@Test
	void isThereOnlyForStreamsWithIntegrationAndSpringIntegrationIp() throws IOException {
		ApplicationContextRunner runner = client(LineServer.silent(),
				"mooring.connections.ears.url=udp-listen://127.0.0.1:0");
		runner.run((context) -> assertThat(context).hasBean("asker.connectionFactory")
			.doesNotHaveBean("ears.connectionFactory"));
		runner.withPropertyValues("mooring.connections.asker.integration.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean("asker.connectionFactory"));
		runner.withClassLoader(new FilteredClassLoader("org.springframework.integration.ip"))
			.run((context) -> assertThat(context).hasNotFailed().hasBean("asker.in"));
	}

	@Configuration(proxyBeanMethods = false)
	static class Gateway {

		@Bean
		DirectChannel requests() {
			return new DirectChannel();
		}

		@Bean
		@ServiceActivator(inputChannel = "requests")
		TcpOutboundGateway gateway(AbstractClientConnectionFactory connectionFactory) {
			TcpOutboundGateway gateway = new TcpOutboundGateway();
			gateway.setConnectionFactory(connectionFactory);
			gateway.setRequestTimeout(20_000);
			gateway.setRemoteTimeout(20_000);
			return gateway;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Sending {

		@Bean
		DirectChannel toSend() {
			return new DirectChannel();
		}

		@Bean
		@ServiceActivator(inputChannel = "toSend")
		TcpSendingMessageHandler sender(AbstractClientConnectionFactory connectionFactory) {
			TcpSendingMessageHandler handler = new TcpSendingMessageHandler();
			handler.setConnectionFactory(connectionFactory);
			return handler;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Adapters extends Sending {

		@Bean
		QueueChannel received() {
			return new QueueChannel();
		}

		@Bean
		TcpReceivingChannelAdapter receiver(AbstractClientConnectionFactory connectionFactory) {
			TcpReceivingChannelAdapter adapter = new TcpReceivingChannelAdapter();
			adapter.setConnectionFactory(connectionFactory);
			adapter.setOutputChannelName("received");
			return adapter;
		}

	}

}
