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

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.integration.annotation.ServiceActivator;
import org.springframework.integration.channel.DirectChannel;
import org.springframework.integration.channel.QueueChannel;
import org.springframework.integration.core.MessagingTemplate;
import org.springframework.integration.ip.IpHeaders;
import org.springframework.integration.ip.tcp.connection.AbstractServerConnectionFactory;
import org.springframework.integration.ip.tcp.connection.SocketInfo;
import org.springframework.integration.ip.tcp.connection.TcpConnectionCloseEvent;
import org.springframework.integration.ip.tcp.connection.TcpConnectionEvent;
import org.springframework.integration.ip.tcp.connection.TcpConnectionFailedEvent;
import org.springframework.integration.ip.tcp.connection.TcpConnectionInterceptorFactoryChain;
import org.springframework.integration.ip.tcp.connection.TcpConnectionInterceptorSupport;
import org.springframework.integration.ip.tcp.connection.TcpConnectionOpenEvent;
import org.springframework.integration.ip.tcp.connection.TcpConnectionServerListeningEvent;
import org.springframework.integration.ip.tcp.connection.TcpConnectionSupport;
import org.springframework.integration.ip.tcp.connection.TcpMessageMapper;
import org.springframework.integration.ip.tcp.inbound.TcpInboundGateway;
import org.springframework.integration.ip.tcp.inbound.TcpReceivingChannelAdapter;
import org.springframework.integration.ip.tcp.outbound.TcpSendingMessageHandler;
import org.springframework.integration.ip.tcp.serializer.ByteArrayLfSerializer;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.PollableChannel;
import org.springframework.messaging.support.ErrorMessage;
import org.springframework.messaging.support.GenericMessage;
import org.springframework.messaging.support.MessageBuilder;

import io.mooring.ConnectionState;
import io.mooring.StreamConnection;
import io.mooring.StreamListener;
import io.mooring.test.MooringRunner;
import io.mooring.test.Ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link ListenerBridge} with spring-integration-ip's gateways and adapters.
 */
@Timeout(120)
class ListenerBridgeTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	private final ApplicationContextRunner runner = MooringRunner.withChannels()
		.withPropertyValues("mooring.connections.feed.url=tcp-listen://127.0.0.1:0?framing.type=line")
		.withUserConfiguration(Events.class);

	private final ApplicationContextRunner upperCase = this.runner.withUserConfiguration(UpperCase.class);

	private static AbstractServerConnectionFactory factory(ApplicationContext context) {
		return context.getBean("feed.connectionFactory", AbstractServerConnectionFactory.class);
	}

	private static StreamListener feed(ApplicationContext context) {
		return context.getBean("feed", StreamListener.class);
	}

	private static int port(ApplicationContext context) {
		return Ports.of(feed(context));
	}

	private static Socket connect(ApplicationContext context) throws IOException {
		return Ports.connect(feed(context));
	}

	private static void write(Socket socket, String text) throws IOException {
		socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
	}

	private static BufferedReader reader(Socket socket) throws IOException {
		return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
	}

	private static String text(Message<?> message) {
		return new String((byte[]) message.getPayload(), StandardCharsets.UTF_8);
	}

	@Test
	void whereItListensIsPublishedAtEachOpening() {
		this.upperCase.run((context) -> {
			BlockingQueue<Integer> ports = context.getBean(Events.class).listening;
			assertThat(ports.poll(10, TimeUnit.SECONDS)).isEqualTo(port(context));
			assertThat(factory(context).getServerSocketAddress()).isEqualTo(feed(context).getLocalAddress());
			feed(context).close();
			feed(context).open();
			assertThat(ports.poll(10, TimeUnit.SECONDS)).isEqualTo(port(context));
			factory(context).stop();
			feed(context).close();
			feed(context).open();
			factory(context).start();
			assertThat(ports.poll(10, TimeUnit.SECONDS)).isEqualTo(port(context));
			assertThat(ports).isEmpty();
		});
	}

	@Test
	void anInboundGatewayAnswersEachClient() {
		this.upperCase.run((context) -> {
			try (Socket one = connect(context); Socket two = connect(context)) {
				BufferedReader answersToOne = reader(one);
				BufferedReader answersToTwo = reader(two);
				for (int i = 0; i < 1000; i++) {
					write(one, "one " + i + "\n");
					write(two, "two " + i + "\n");
				}
				for (int i = 0; i < 1000; i++) {
					assertThat(answersToOne.readLine()).isEqualTo("ONE " + i);
					assertThat(answersToTwo.readLine()).isEqualTo("TWO " + i);
				}
			}
		});
	}

	@Test
	void messagesHaveTheHeadersOfSpringIntegration() {
		this.runner.withUserConfiguration(Receiving.class).run((context) -> {
			try (Socket client = connect(context)) {
				write(client, "hello\n");
				Message<?> message = context.getBean("received", PollableChannel.class).receive(10_000);
				assertThat(text(message)).isEqualTo("hello");
				assertThat(message.getHeaders()).containsEntry(IpHeaders.HOSTNAME, "127.0.0.1")
					.containsEntry(IpHeaders.IP_ADDRESS, "127.0.0.1")
					.containsEntry(IpHeaders.REMOTE_PORT, client.getLocalPort())
					.containsEntry(IpHeaders.LOCAL_ADDRESS, client.getInetAddress())
					.containsEntry("mooring_connection", "feed")
					.containsEntry(IpHeaders.CONNECTION_ID, factory(context).getOpenConnectionIds().get(0));
				TcpConnectionOpenEvent opened = (TcpConnectionOpenEvent) context.getBean(Events.class).next();
				SocketInfo socket = ((TcpConnectionSupport) opened.getSource()).getSocketInfo();
				assertThat(socket.getPort()).isEqualTo(client.getLocalPort());
				assertThat(socket.getLocalPort()).isEqualTo(client.getPort()).isEqualTo(factory(context).getPort());
				assertThat(socket.isClosed()).isFalse();
				assertThat(socket.getSendBufferSize()).isPositive();
				assertThat(opened.getConnectionFactoryName()).isEqualTo("feed.connectionFactory");
			}
		});
	}

	@Test
	void aSendingHandlerAnswersWhatAnAdapterReceivedAndReachesAClientById() {
		this.runner.withUserConfiguration(Receiving.class).run((context) -> {
			try (Socket client = connect(context)) {
				write(client, "hello\n");
				Message<?> message = context.getBean("received", PollableChannel.class).receive(10_000);
				MessageChannel answers = context.getBean("answers", MessageChannel.class);
				answers.send(MessageBuilder.withPayload("re: hello").copyHeaders(message.getHeaders()).build());
				assertThat(reader(client).readLine()).isEqualTo("re: hello");
				// The ids are the same as those of Mooring
				context.getBean("feed.out", MessageChannel.class)
					.send(MessageBuilder.withPayload("again").copyHeaders(message.getHeaders()).build());
				assertThat(reader(client).readLine()).isEqualTo("again");
			}
			assertThatExceptionOfType(Exception.class)
				.isThrownBy(() -> context.getBean("answers", MessageChannel.class).send(new GenericMessage<>("nobody")))
				.withStackTraceContaining("Unable to find outbound socket");
		});
	}

	@Test
	void interceptorsAndAMapperOfTheUserAreHonoured() {
		this.upperCase.withUserConfiguration(Intercepting.class).run((context) -> {
			try (Socket client = connect(context)) {
				write(client, "hello\n");
				assertThat(reader(client).readLine()).isEqualTo("<mapped <out1 <out2 IN2 IN1 HELLO>");
			}
			Events events = context.getBean(Events.class);
			TcpConnectionEvent opened = events.next();
			assertThat(opened).isInstanceOf(TcpConnectionOpenEvent.class);
			assertThat(opened.getSource()).isInstanceOf(Tagging.class);
			TcpConnectionEvent closed = events.next();
			assertThat(closed).isInstanceOf(TcpConnectionCloseEvent.class);
			assertThat(closed.getSource()).isSameAs(opened.getSource());
			await().atMost(SOON).until(() -> factory(context).getOpenConnectionIds().isEmpty());
		});
	}

	@Test
	void eventsTellOfEachClientOnce() {
		this.upperCase.run((context) -> {
			Events events = context.getBean(Events.class);
			List<String> ids = new ArrayList<>();
			for (int i = 0; i < 3; i++) {
				try (Socket client = connect(context)) {
					write(client, "hello\n");
					assertThat(reader(client).readLine()).isEqualTo("HELLO");
				}
				TcpConnectionEvent opened = events.next();
				assertThat(opened).isInstanceOf(TcpConnectionOpenEvent.class);
				TcpConnectionEvent closed = events.next();
				assertThat(closed).isInstanceOf(TcpConnectionCloseEvent.class);
				assertThat(closed.getConnectionId()).isEqualTo(opened.getConnectionId());
				ids.add(opened.getConnectionId());
			}
			assertThat(ids).doesNotHaveDuplicates();
			assertThat(events.queue).isEmpty();
		});
	}

	@Test
	void closingAConnectionClosesThatClientAndNoOther() {
		this.upperCase.run((context) -> {
			try (Socket one = connect(context); Socket two = connect(context)) {
				write(two, "two\n");
				assertThat(reader(two).readLine()).isEqualTo("TWO");
				write(one, "one\n");
				assertThat(reader(one).readLine()).isEqualTo("ONE");
				String idOfOne = factory(context).getOpenConnectionIds()
					.stream()
					.filter((id) -> id.contains(":" + one.getLocalPort() + ":"))
					.findAny()
					.orElseThrow();
				assertThat(factory(context).closeConnection(idOfOne)).isTrue();
				assertThat(one.getInputStream().read()).isEqualTo(-1);
				write(two, "still\n");
				assertThat(reader(two).readLine()).isEqualTo("STILL");
				assertThat(factory(context).getOpenConnectionIds()).hasSize(1).doesNotContain(idOfOne);
				assertThat(feed(context).getClients()).hasSize(1);
				assertThat(feed(context).getState()).isEqualTo(ConnectionState.CONNECTED);
			}
		});
	}

	@Test
	void aListenerOfTheFactoryClaimsTheConnection() {
		QueueChannel inbound = new QueueChannel();
		this.upperCase.run((context) -> {
			try (Socket client = connect(context)) {
				assertThatIllegalStateException().isThrownBy(() -> feed(context).accept(Duration.ZERO))
					.withMessageContaining("the messages of all clients go to feed.connectionFactory");
				// Subscribers wait
				context.getBean("feed.in", DirectChannel.class).subscribe(inbound::send);
				write(client, "one\n");
				assertThat(reader(client).readLine()).isEqualTo("ONE");
				assertThat(inbound.getQueueSize()).isZero();
				// Stopping only detaches
				factory(context).stop();
				write(client, "two\n");
				assertThat(text(inbound.receive(10_000))).isEqualTo("two");
				assertThat(feed(context).getState()).isEqualTo(ConnectionState.CONNECTED);
				assertThat(feed(context).getClients()).hasSize(1);
				assertThat(factory(context).isListening()).isFalse();
				factory(context).start();
				assertThat(factory(context).isListening()).isTrue();
				write(client, "three\n");
				assertThat(reader(client).readLine()).isEqualTo("THREE");
				assertThat(inbound.getQueueSize()).isZero();
			}
			Events events = context.getBean(Events.class);
			assertThat(events.next()).isInstanceOf(TcpConnectionOpenEvent.class);
			assertThat(events.next()).isInstanceOf(TcpConnectionCloseEvent.class);
			assertThat(events.next()).isInstanceOf(TcpConnectionOpenEvent.class);
			assertThat(events.next()).isInstanceOf(TcpConnectionCloseEvent.class);
		});
	}

	@Test
	void withoutASubscriberAStoppedFactoryLeavesTheClientsToAccept() {
		this.upperCase.run((context) -> {
			try (Socket client = connect(context)) {
				write(client, "one\n");
				assertThat(reader(client).readLine()).isEqualTo("ONE");
				factory(context).stop();
				StreamConnection accepted = feed(context).accept(SOON);
				write(client, "two\n");
				assertThat(accepted.receive(SOON)).asString().isEqualTo("two");
			}
		});
	}

	@Test
	void aClaimBeforeTheStartKeepsTheMessagesForTheListener() {
		BlockingQueue<String> received = new LinkedBlockingQueue<>();
		this.runner.run((context) -> {
			AbstractServerConnectionFactory factory = factory(context);
			factory.registerListener((message) -> {
				// An invalid frame disconnects the client
				if (!(message instanceof ErrorMessage)) {
					received.add(text(message));
				}
			});
			try (Socket client = connect(context)) {
				write(client, "one\ntwo\n");
				await().atMost(SOON).until(() -> feed(context).getStatistics().received() == 2);
				assertThatIllegalStateException().isThrownBy(() -> feed(context).accept(Duration.ZERO))
					.withMessageContaining("feed.connectionFactory");
				assertThat(received).isEmpty();
				factory.start();
				assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo("one");
				assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo("two");
			}
		});
	}

	@Test
	void whatAClientLeftBeforeTheStartComesToTheListenerToo() {
		BlockingQueue<String> received = new LinkedBlockingQueue<>();
		this.runner.run((context) -> {
			AbstractServerConnectionFactory factory = factory(context);
			factory.registerListener((message) -> {
				if (!(message instanceof ErrorMessage)) {
					received.add(text(message));
				}
			});
			try (Socket client = connect(context)) {
				write(client, "one\ntwo\n");
			}
			await().atMost(SOON).until(() -> feed(context).getStatistics().received() == 2);
			await().atMost(SOON).until(() -> feed(context).getClients().isEmpty());
			factory.start();
			assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo("one");
			assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo("two");
			await().atMost(SOON).until(() -> factory.getOpenConnectionIds().isEmpty());
		});
	}

	@Test
	void aListenerThatNeverStartsLetsGoWhenTheFactoryIsStopped() {
		this.runner.run((context) -> {
			AbstractServerConnectionFactory factory = factory(context);
			factory.registerListener((message) -> {
			});
			assertThatIllegalStateException().isThrownBy(() -> feed(context).accept(Duration.ZERO));
			factory.stop();
			assertThat(feed(context).accept(Duration.ZERO)).isNull();
		});
	}

	@Test
	void hundredsOfClientsComeAndGoAndNothingIsLeft() {
		this.upperCase.run((context) -> {
			for (int round = 0; round < 5; round++) {
				List<Socket> clients = new ArrayList<>();
				for (int i = 0; i < 200; i++) {
					clients.add(connect(context));
				}
				for (Socket client : clients) {
					write(client, "hello\n");
				}
				for (Socket client : clients) {
					assertThat(reader(client).readLine()).isEqualTo("HELLO");
					client.close();
				}
			}
			Events events = context.getBean(Events.class);
			await().atMost(SOON).until(() -> events.queue.size() == 2000);
			assertThat(events.queue).filteredOn(TcpConnectionOpenEvent.class::isInstance).hasSize(1000);
			assertThat(factory(context)).extracting("connections")
				.asInstanceOf(InstanceOfAssertFactories.MAP)
				.isEmpty();
			assertThat(factory(context)).extracting("bridge.connections")
				.asInstanceOf(InstanceOfAssertFactories.MAP)
				.isEmpty();
		});
	}

	@Test
	void worksOverUnixSockets(@TempDir Path directory) {
		String path = directory.resolve("feed.sock").toString();
		MooringRunner.withChannels()
			.withPropertyValues("mooring.connections.feed.url=unix-listen:" + path + "?framing.type=line",
					"mooring.connections.asker.url=unix:" + path + "?framing.type=line",
					"mooring.connections.asker.phase=1", "mooring.connections.asker.integration.mode=gateway")
			.withUserConfiguration(UpperCase.class)
			.run((context) -> {
				assertThat(context.getBean("asker", StreamConnection.class).awaitState(ConnectionState.CONNECTED, SOON))
					.isTrue();
				for (int i = 0; i < 100; i++) {
					Message<?> reply = new MessagingTemplate().sendAndReceive(
							context.getBean("asker.out", MessageChannel.class), new GenericMessage<>("hello " + i));
					assertThat(text(reply)).isEqualTo("HELLO " + i);
				}
				assertThat(context).hasBean("asker.connectionFactory");
			});
	}

	@Test
	void aFactoryTakesOneListener() {
		this.upperCase.run((context) -> {
			TcpReceivingChannelAdapter second = new TcpReceivingChannelAdapter();
			assertThatIllegalStateException().isThrownBy(() -> second.setConnectionFactory(factory(context)))
				.withMessageContaining("'feed.connectionFactory' already has a listener, TcpInboundGateway")
				.withMessageContaining("takes one gateway or receiving adapter");
			try (Socket client = connect(context)) {
				write(client, "hello\n");
				assertThat(reader(client).readLine()).isEqualTo("HELLO");
			}
		});
	}

	@Test
	void whatTheFactoryCannotDoIsRefused() {
		this.runner.run((context) -> {
			AbstractServerConnectionFactory factory = factory(context);
			assertThatExceptionOfType(UnsupportedOperationException.class)
				.isThrownBy(() -> factory.setSerializer(new ByteArrayLfSerializer()))
				.withMessageContaining("delimited by mooring.connections.feed.framing");
			assertThatExceptionOfType(UnsupportedOperationException.class)
				.isThrownBy(() -> factory.setDeserializer(new ByteArrayLfSerializer()));
			assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> factory.setSingleUse(true))
				.withMessageContaining("does not support single use");
			assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> factory.setPort(1))
				.withMessageContaining("has fixed addresses: they are declared by mooring.connections.feed");
			factory.setSingleUse(false);
			factory.setLeaveOpen(true);
		});
	}

	@Test
	void aSlowListenerStopsTheReadingFromItsClient() {
		CountDownLatch awake = new CountDownLatch(1);
		BlockingQueue<Message<?>> received = new LinkedBlockingQueue<>();
		this.runner.run((context) -> {
			AbstractServerConnectionFactory factory = factory(context);
			factory.registerListener((message) -> {
				try {
					awake.await(30, TimeUnit.SECONDS);
				}
				catch (InterruptedException ex) {
					throw new IllegalStateException(ex);
				}
				received.add(message);
			});
			factory.start();
			try (Socket client = connect(context)) {
				byte[] line = ("x".repeat(9999) + "\n").getBytes(StandardCharsets.UTF_8);
				int count = 5000;
				Thread writer = new Thread(() -> {
					try {
						for (int i = 0; i < count; i++) {
							client.getOutputStream().write(line);
						}
					}
					catch (IOException ex) {
						throw new IllegalStateException(ex);
					}
				});
				writer.start();
				await().during(Duration.ofMillis(300)).atMost(SOON).until(writer::isAlive);
				awake.countDown();
				await().atMost(SOON).until(() -> received.size() == count);
				assertThat(feed(context).getStatistics().dropped()).isZero();
			}
		});
	}

	@Configuration(proxyBeanMethods = false)
	static class UpperCase {

		@Bean
		TcpInboundGateway gateway(AbstractServerConnectionFactory connectionFactory) {
			TcpInboundGateway gateway = new TcpInboundGateway();
			gateway.setConnectionFactory(connectionFactory);
			gateway.setRequestChannelName("requests");
			return gateway;
		}

		@Bean
		DirectChannel requests() {
			return new DirectChannel();
		}

		@ServiceActivator(inputChannel = "requests")
		String answer(byte[] request) {
			return new String(request, StandardCharsets.UTF_8).toUpperCase(Locale.ROOT);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Receiving {

		@Bean
		TcpReceivingChannelAdapter adapter(AbstractServerConnectionFactory connectionFactory) {
			TcpReceivingChannelAdapter adapter = new TcpReceivingChannelAdapter();
			adapter.setConnectionFactory(connectionFactory);
			adapter.setOutputChannelName("received");
			return adapter;
		}

		@Bean
		QueueChannel received() {
			return new QueueChannel();
		}

		@Bean
		DirectChannel answers() {
			return new DirectChannel();
		}

		@Bean
		@ServiceActivator(inputChannel = "answers")
		TcpSendingMessageHandler answering(AbstractServerConnectionFactory connectionFactory) {
			TcpSendingMessageHandler handler = new TcpSendingMessageHandler();
			handler.setConnectionFactory(connectionFactory);
			return handler;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Intercepting {

		@Bean
		static BeanPostProcessor customizer(ApplicationEventPublisher publisher) {
			return new BeanPostProcessor() {

				@Override
				public Object postProcessBeforeInitialization(Object bean, String beanName) {
					if (bean instanceof AbstractServerConnectionFactory factory) {
						TcpConnectionInterceptorFactoryChain chain = new TcpConnectionInterceptorFactoryChain();
						chain.setInterceptor(() -> new Tagging("1", publisher), () -> new Tagging("2", publisher));
						factory.setInterceptorFactoryChain(chain);
						factory.setMapper(new MarkingMapper());
					}
					return bean;
				}

			};
		}

	}

	static class MarkingMapper extends TcpMessageMapper {

		@Override
		public Object fromMessage(Message<?> message) {
			return "<mapped " + message.getPayload() + ">";
		}

	}

	static class Tagging extends TcpConnectionInterceptorSupport {

		private final String tag;

		Tagging(String tag, ApplicationEventPublisher publisher) {
			super(publisher);
			this.tag = tag;
		}

		@Override
		public void onMessage(Message<?> message) {
			super.onMessage((message.getPayload() instanceof byte[] bytes) ? MessageBuilder
				.withPayload(("in" + this.tag + " " + new String(bytes, StandardCharsets.UTF_8))
					.getBytes(StandardCharsets.UTF_8))
				.copyHeaders(message.getHeaders())
				.build() : message);
		}

		@Override
		public void send(Message<?> message) {
			super.send(MessageBuilder.withPayload("<out" + this.tag + " " + message.getPayload())
				.copyHeaders(message.getHeaders())
				.build());
		}

	}

	static class Events {

		private final BlockingQueue<TcpConnectionEvent> queue = new LinkedBlockingQueue<>();

		final BlockingQueue<Integer> listening = new LinkedBlockingQueue<>();

		final BlockingQueue<TcpConnectionFailedEvent> failed = new LinkedBlockingQueue<>();

		@EventListener
		void on(TcpConnectionEvent event) {
			if (event instanceof TcpConnectionOpenEvent || event instanceof TcpConnectionCloseEvent) {
				this.queue.add(event);
			}
		}

		@EventListener
		void on(TcpConnectionServerListeningEvent event) {
			this.listening.add(event.getPort());
		}

		@EventListener
		void on(TcpConnectionFailedEvent event) {
			this.failed.add(event);
		}

		TcpConnectionEvent next() throws InterruptedException {
			return this.queue.poll(10, TimeUnit.SECONDS);
		}

	}

}
