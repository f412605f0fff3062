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

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.context.ApplicationContext;
import org.springframework.context.Lifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.DefaultLifecycleProcessor;
import org.springframework.core.OverridingClassLoader;
import org.springframework.integration.annotation.ServiceActivator;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.integration.dsl.context.IntegrationFlowContext;
import org.springframework.integration.dsl.context.IntegrationFlowContext.IntegrationFlowRegistration;
import org.springframework.integration.endpoint.AbstractEndpoint;
import org.springframework.integration.graph.IntegrationGraphServer;
import org.springframework.integration.ip.IpHeaders;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.MessagingException;
import org.springframework.messaging.SubscribableChannel;
import org.springframework.messaging.support.ErrorMessage;
import org.springframework.messaging.support.MessageBuilder;

import io.mooring.ConnectionSpec;
import io.mooring.Datagram;
import io.mooring.Direction;
import io.mooring.DropReason;
import io.mooring.IntegrationMode;
import io.mooring.integration.IntegrationSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link ConnectionInboundChannelAdapter} and {@link ConnectionInboundChannel}.
 */
class InboundAdapterTests {

	private final BlockingQueue<Message<?>> received = new LinkedBlockingQueue<>();

	private final Peer peer = new Peer();

	@AfterEach
	void close() {
		this.peer.close();
	}

	@Test
	void aFlowReceivesPayloadAndHeaders() {
		TestConnections.with(TestConnections.listener("telemetry"))
			.withBean("flow", IntegrationFlow.class, () -> flow("telemetry.in"))
			.run((context) -> {
				this.peer.send("hello", telemetry(context).getLocalAddress());
				Message<?> message = next();
				assertThat(message.getPayload()).isEqualTo("hello".getBytes(StandardCharsets.UTF_8));
				assertThat(message.getHeaders()).containsEntry(IpHeaders.HOSTNAME, "127.0.0.1")
					.containsEntry(IpHeaders.IP_ADDRESS, "127.0.0.1")
					.containsEntry(IpHeaders.PORT, this.peer.port())
					.containsEntry(IpHeaders.PACKET_ADDRESS, this.peer.address())
					.containsEntry("mooring_connection", "telemetry");
				assertThat(message.getHeaders().getId()).isNotNull();
				assertThat(message.getHeaders().getTimestamp()).isPositive();
			});
	}

	@Test
	void anEmptyDatagramIsAMessage() {
		TestConnections.with(TestConnections.listener("telemetry"))
			.withBean("flow", IntegrationFlow.class, () -> flow("telemetry.in"))
			.run((context) -> {
				this.peer.send("", telemetry(context).getLocalAddress());
				assertThat(next().getPayload()).isEqualTo(new byte[0]);
			});
	}

	@Test
	void aServiceActivatorReceivesAndTheChannelIsInjected() {
		TestConnections.with(TestConnections.listener("telemetry"))
			.withBean(InboundAdapterTests.class, () -> this)
			.withUserConfiguration(Activator.class)
			.run((context) -> {
				this.peer.send("hello", telemetry(context).getLocalAddress());
				assertThat(next().getPayload()).isEqualTo("hello");
				assertThat(context.getBean(Injected.class).channel()).isSameAs(context.getBean("telemetry.in"));
			});
	}

	@Test
	void aLateFlowTakesWhatWaitedAndItsRemovalGivesTheConnectionBack() {
		TestConnections.with(TestConnections.listener("telemetry")).run((context) -> {
			TestDatagramConnection telemetry = telemetry(context);
			assertThat(telemetry.isAttached()).isFalse();
			this.peer.send("early", telemetry.getLocalAddress());
			IntegrationFlowRegistration registration = context.getBean(IntegrationFlowContext.class)
				.registration(flow("telemetry.in"))
				.register();
			assertThat(next().getPayload()).isEqualTo("early".getBytes(StandardCharsets.UTF_8));
			assertThatIllegalStateException().isThrownBy(() -> telemetry.receive(Duration.ZERO))
				.withMessageContaining("telemetry.inboundAdapter");
			registration.destroy();
			assertThat(telemetry.isAttached()).isFalse();
			this.peer.send("late", telemetry.getLocalAddress());
			Datagram datagram = telemetry.receive(Duration.ofSeconds(10));
			assertThat(datagram.payload()).isEqualTo("late".getBytes(StandardCharsets.UTF_8));
		});
	}

	@Test
	void aStoppedEndpointDetachesAndAStartedOneAttaches() {
		TestConnections.with(TestConnections.listener("telemetry"))
			.withBean("flow", IntegrationFlow.class,
					() -> IntegrationFlow.from("telemetry.in")
						.handle(this.received::add, (endpoint) -> endpoint.id("consumer"))
						.get())
			.run((context) -> {
				TestDatagramConnection telemetry = telemetry(context);
				assertThat(telemetry.isAttached()).isTrue();
				context.getBean("consumer", Lifecycle.class).stop();
				assertThat(telemetry.isAttached()).isFalse();
				context.getBean("consumer", Lifecycle.class).start();
				assertThat(telemetry.isAttached()).isTrue();
				context.getBean("telemetry.inboundAdapter", Lifecycle.class).stop();
				assertThat(telemetry.isAttached()).isFalse();
			});
	}

	@Test
	void twoSubscribersShareAndTheLastOneDetaches() {
		TestConnections.with(TestConnections.listener("telemetry")).run((context) -> {
			IntegrationFlowContext flows = context.getBean(IntegrationFlowContext.class);
			IntegrationFlowRegistration one = flows.registration(flow("telemetry.in")).register();
			IntegrationFlowRegistration two = flows.registration(flow("telemetry.in")).register();
			one.destroy();
			assertThat(telemetry(context).isAttached()).isTrue();
			two.destroy();
			assertThat(telemetry(context).isAttached()).isFalse();
		});
	}

	@Test
	void anExplicitChannelIsAlwaysAttached() {
		TestConnections.with(TestConnections.listener("telemetry", (spec) -> spec.integration(inbound("bus"))))
			.withBean("flow", IntegrationFlow.class, () -> flow("bus"))
			.run((context) -> {
				assertThat(context).doesNotHaveBean("telemetry.in");
				assertThat(telemetry(context).isAttached()).isTrue();
				this.peer.send("hello", telemetry(context).getLocalAddress());
				assertThat(next().getHeaders()).containsEntry("mooring_connection", "telemetry");
			});
	}

	@Test
	void whatTheFlowThrowsGoesToTheErrorChannelWithTheMessage() {
		BlockingQueue<Message<?>> errors = new LinkedBlockingQueue<>();
		TestConnections.with(TestConnections.listener("telemetry"))
			.withBean("flow", IntegrationFlow.class, () -> failing("telemetry.in"))
			.withBean("errors", IntegrationFlow.class,
					() -> IntegrationFlow.from("errorChannel").handle(errors::add).get())
			.run((context) -> {
				this.peer.send("bad", telemetry(context).getLocalAddress());
				ErrorMessage error = (ErrorMessage) errors.poll(10, TimeUnit.SECONDS);
				assertThat(error).isNotNull();
				assertThat(error.getPayload()).isInstanceOf(MessagingException.class).hasRootCauseMessage("no good");
				assertThat(error.getOriginalMessage().getPayload()).isEqualTo("bad".getBytes(StandardCharsets.UTF_8));
				assertThat(telemetry(context).getStatistics().dropped()).isZero();
			});
	}

	@Test
	void anErrorChannelThatThrowsIsCountedAndDoesNotStopTheReading() {
		ConnectionSpec spec = TestConnections.listener("telemetry", (builder) -> builder.integration(
				new IntegrationSettings(true, IntegrationMode.ADAPTER, null, null, "broken", Duration.ofSeconds(5))));
		TestConnections.with(spec)
			.withBean("errors", IntegrationFlow.class, () -> failing("broken"))
			.withBean("flow", IntegrationFlow.class, () -> failing("telemetry.in"))
			.run((context) -> {
				this.peer.send("one", telemetry(context).getLocalAddress());
				this.peer.send("two", telemetry(context).getLocalAddress());
				await().until(() -> telemetry(context).getStatistics().dropped(DropReason.CONSUMER) == 2);
			});
	}

	@Test
	void stoppingWaitsForTheMessageInFlight() {
		CountDownLatch entered = new CountDownLatch(1);
		CountDownLatch proceed = new CountDownLatch(1);
		TestConnections.with(TestConnections.listener("telemetry"))
			.withBean("flow", IntegrationFlow.class,
					() -> IntegrationFlow.from("telemetry.in").handle((message) -> block(entered, proceed)).get())
			.run((context) -> {
				this.peer.send("slow", telemetry(context).getLocalAddress());
				assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
				CompletableFuture<Void> stop = CompletableFuture
					.runAsync(() -> context.getBean("telemetry.inboundAdapter", Lifecycle.class).stop());
				await().until(() -> !telemetry(context).isAttached());
				assertThat(stop).isNotDone();
				proceed.countDown();
				assertThat(stop).succeedsWithin(Duration.ofSeconds(10));
			});
	}

	@Test
	void theContextClosesAfterItsTimeoutAlthoughAFlowDoesNotReturn() {
		CountDownLatch entered = new CountDownLatch(1);
		CountDownLatch proceed = new CountDownLatch(1);
		TestConnections.with(TestConnections.listener("telemetry"))
			.withBean("lifecycleProcessor", DefaultLifecycleProcessor.class, () -> {
				DefaultLifecycleProcessor processor = new DefaultLifecycleProcessor();
				processor.setTimeoutPerShutdownPhase(200);
				return processor;
			})
			.withBean("flow", IntegrationFlow.class,
					() -> IntegrationFlow.from("telemetry.in").handle((message) -> block(entered, proceed)).get())
			.run((context) -> {
				this.peer.send("slow", telemetry(context).getLocalAddress());
				assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
				CompletableFuture<Void> close = CompletableFuture.runAsync(context::close);
				try {
					assertThat(close).succeedsWithin(Duration.ofSeconds(20));
				}
				finally {
					proceed.countDown();
				}
			});
	}

	@Test
	void aFlowMayStopItsAdapterAndItsEndpoint() {
		TestConnections.with(TestConnections.listener("telemetry")).run((context) -> {
			CountDownLatch done = new CountDownLatch(1);
			context.getBean(IntegrationFlowContext.class)
				.registration(IntegrationFlow.from("telemetry.in").handle((message) -> {
					context.getBean("consumer", Lifecycle.class).stop();
					context.getBean("consumer", Lifecycle.class).start();
					context.getBean("telemetry.inboundAdapter", Lifecycle.class).stop();
					done.countDown();
				}, (endpoint) -> endpoint.id("consumer")).get())
				.register();
			this.peer.send("stop", telemetry(context).getLocalAddress());
			assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
			assertThat(telemetry(context).isAttached()).isFalse();
		});
	}

	@Test
	void nothingIsLostWhileFlowsComeAndGo() {
		TestConnections.with(TestConnections.listener("telemetry")).run((context) -> {
			IntegrationFlowContext flows = context.getBean(IntegrationFlowContext.class);
			CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> {
				for (int i = 0; i < 1000; i++) {
					this.peer.send("" + i, telemetry(context).getLocalAddress());
					if (i % 100 == 0) {
						int sent = i;
						await().until(() -> telemetry(context).pending() + this.received.size() >= sent);
					}
				}
			});
			for (int i = 0; i < 200 && !sender.isDone(); i++) {
				flows.registration(flow("telemetry.in")).register().destroy();
			}
			flows.registration(flow("telemetry.in")).register();
			assertThat(sender).succeedsWithin(Duration.ofSeconds(20));
			for (int i = 0; i < 1000; i++) {
				assertThat(next().getPayload()).isEqualTo(("" + i).getBytes(StandardCharsets.UTF_8));
			}
		});
	}

	@Test
	void theAdapterIsInThePhaseAfterTheConnectionsAndInTheGraph() {
		TestConnections.with(TestConnections.listener("telemetry"))
			.withBean(IntegrationGraphServer.class)
			.run((context) -> {
				assertThat(context.getBean("telemetry.inboundAdapter", AbstractEndpoint.class).getPhase())
					.isEqualTo(Integer.MAX_VALUE / 2);
				assertThat(context.getBean("telemetry.outboundAdapter", AbstractEndpoint.class).getPhase())
					.isEqualTo(Integer.MIN_VALUE);
				assertThat(context.getBean(IntegrationGraphServer.class).getGraph().nodes()).extracting("name")
					.contains("telemetry.in", "telemetry.out", "telemetry.inboundAdapter", "telemetry.outboundAdapter");
			});
	}

	@Test
	void lazyInitializationDoesNotKeepTheAdapterFromAttaching() {
		TestConnections.with(TestConnections.listener("telemetry"))
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.run((context) -> {
				assertThat(context.getBeanFactory().containsSingleton("telemetry.inboundAdapter")).isTrue();
				context.getBean(IntegrationFlowContext.class).registration(flow("telemetry.in")).register();
				assertThat(telemetry(context).isAttached()).isTrue();
				assertThat(context.getBean("telemetry.outboundAdapter", Lifecycle.class).isRunning()).isTrue();
			});
	}

	@Test
	void springIntegrationIpNeedNotBeThere() throws Exception {
		ClassLoader withoutIp = new WithoutIp();
		assertThatExceptionOfType(ClassNotFoundException.class)
			.isThrownBy(() -> withoutIp.loadClass(IpHeaders.class.getName()));
		Supplier<?> probe = (Supplier<?>) withoutIp.loadClass(MappingProbe.class.getName())
			.getConstructor()
			.newInstance();
		assertThat((Object) probe.get()).isEqualTo("127.0.0.1");
	}

	@Test
	void directionAndSwitchDecideWhatThereIs() {
		TestConnections
			.with(TestConnections.listener("in", (spec) -> spec.direction(Direction.RECEIVE)),
					TestConnections.listener("out", (spec) -> spec.direction(Direction.SEND)),
					TestConnections.listener("none",
							(spec) -> spec.integration(new IntegrationSettings(false, IntegrationMode.ADAPTER, null,
									null, "errorChannel", Duration.ofSeconds(5)))))
			.run((context) -> assertThat(context).hasBean("in.in")
				.hasBean("in.inboundAdapter")
				.doesNotHaveBean("in.out")
				.doesNotHaveBean("in.outboundAdapter")
				.hasBean("out.out")
				.hasBean("out.outboundAdapter")
				.doesNotHaveBean("out.in")
				.doesNotHaveBean("out.inboundAdapter")
				.doesNotHaveBean("none.in")
				.doesNotHaveBean("none.out"));
	}

	private IntegrationFlow flow(String channel) {
		return IntegrationFlow.from(channel).handle(this.received::add).get();
	}

	private IntegrationFlow failing(String channel) {
		return IntegrationFlow.from(channel).handle((message) -> {
			throw new IllegalArgumentException("no good");
		}).get();
	}

	private static void block(CountDownLatch entered, CountDownLatch proceed) {
		entered.countDown();
		try {
			proceed.await(30, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private Message<?> next() throws InterruptedException {
		Message<?> message = this.received.poll(10, TimeUnit.SECONDS);
		assertThat(message).isNotNull();
		return message;
	}

	private static TestDatagramConnection telemetry(ApplicationContext context) {
		return context.getBean("telemetry", TestDatagramConnection.class);
	}

	private static IntegrationSettings inbound(String channel) {
		return new IntegrationSettings(true, IntegrationMode.ADAPTER, channel, null, "errorChannel",
				Duration.ofSeconds(5));
	}

	@Configuration(proxyBeanMethods = false)
	static class Activator {

		private final InboundAdapterTests tests;

		Activator(InboundAdapterTests tests) {
			this.tests = tests;
		}

		@ServiceActivator(inputChannel = "telemetry.in")
		void on(Message<byte[]> datagram) {
			this.tests.received
				.add(MessageBuilder.withPayload(new String(datagram.getPayload(), StandardCharsets.UTF_8)).build());
		}

		@Bean
		Injected injected(@Qualifier("telemetry.in") SubscribableChannel channel,
				@Qualifier("telemetry.out") MessageChannel out) {
			return new Injected(channel);
		}

	}

	record Injected(SubscribableChannel channel) {

	}

	/**
	 * Maps in both directions, on its own copy of the classes.
	 */
	public static class MappingProbe implements Supplier<Object> {

		@Override
		public Object get() {
			try (TestDatagramConnection connection = new TestDatagramConnection(TestConnections.listener("probe"))) {
				MessageMapping<?> mapping = MessageMappings.of(connection);
				Message<?> message = ((DatagramMapping) mapping)
					.toMessage(new Datagram(new byte[0], connection.getLocalAddress(), false));
				mapping.send(new byte[0], message);
				return message.getHeaders().get("ip_address");
			}
		}

	}

	static class WithoutIp extends OverridingClassLoader {

		WithoutIp() {
			super(InboundAdapterTests.class.getClassLoader());
		}

		@Override
		protected boolean isEligibleForOverriding(String className) {
			return className.startsWith("io.mooring.");
		}

		@Override
		public Class<?> loadClass(String name) throws ClassNotFoundException {
			if (name.startsWith("org.springframework.integration.ip.")) {
				throw new ClassNotFoundException(name);
			}
			return super.loadClass(name);
		}

	}

}
