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
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.actuate.endpoint.IndicatedHealthDescriptor;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.integration.annotation.ServiceActivator;
import org.springframework.integration.endpoint.MessageProducerSupport;
import org.springframework.integration.leader.Context;
import org.springframework.integration.leader.event.OnGrantedEvent;
import org.springframework.integration.leader.event.OnRevokedEvent;
import org.springframework.integration.support.SmartLifecycleRoleController;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.MessageHandlingException;
import org.springframework.messaging.support.GenericMessage;

import io.mooring.Connection;
import io.mooring.ConnectionException;
import io.mooring.ConnectionSpec;
import io.mooring.ConnectionState;
import io.mooring.ConnectionStateChangedEvent;
import io.mooring.ConnectionType;
import io.mooring.StartupMode;
import io.mooring.StreamConnection;
import io.mooring.StreamListener;
import io.mooring.autoconfigure.properties.TransportFactories;
import io.mooring.supervision.internal.ConnectionLifecycle;
import io.mooring.supervision.internal.ConnectionRoles;
import io.mooring.test.MooringRunner;
import io.mooring.test.Ports;
import io.mooring.test.SpecBuilder;
import io.mooring.transport.TransportContext;
import io.mooring.transport.settings.StartupSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for connections with Spring Integration roles.
 */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class ConnectionRolesTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	private static final Context LEADERSHIP = () -> true;

	private final ApplicationContextRunner runner = MooringRunner.withHealth()
		.withPropertyValues("mooring.connections.ground.url=udp-listen://127.0.0.1:0",
				"mooring.connections.ground.role=leader")
		.withBean(Events.class);

	@Test
	void aConnectionIsOpenOnlyWhileItsRoleIsHeld() {
		this.runner.run((context) -> {
			Connection ground = context.getBean("ground", Connection.class);
			assertThat(ground.getState()).isEqualTo(ConnectionState.DISCONNECTED);
			assertThat(status(context, "ground")).isEqualTo(Status.UNKNOWN);
			assertThat(((IndicatedHealthDescriptor) context.getBean(HealthEndpoint.class)
				.healthForPath("connections", "ground")).getDetails()).containsEntry("role", "leader");
			grant(context, "follower");
			assertThat(ground.getStatus().enabled()).isFalse();
			grant(context, "leader");
			assertThat(ground.awaitState(ConnectionState.CONNECTED, SOON)).isTrue();
			assertThat(status(context, "ground")).isEqualTo(Status.UP);
			revoke(context, "leader");
			assertThat(ground.getState()).isEqualTo(ConnectionState.DISCONNECTED);
			assertThat(status(context, "ground")).isEqualTo(Status.UNKNOWN);
			grant(context, "leader");
			assertThat(ground.awaitState(ConnectionState.CONNECTED, SOON)).isTrue();
		});
	}

	@Test
	void aRoleIsStartedAndStoppedByHandWithoutAnElection() {
		this.runner.run((context) -> {
			Connection ground = context.getBean("ground", Connection.class);
			SmartLifecycleRoleController roles = context.getBean(SmartLifecycleRoleController.class);
			assertThat(roles.getEndpointsRunningStatus("leader")).containsExactly(Map.entry("ground", false));
			roles.startLifecyclesInRole("leader");
			assertThat(ground.awaitState(ConnectionState.CONNECTED, SOON)).isTrue();
			assertThat(roles.allEndpointsRunning("leader")).isTrue();
			roles.stopLifecyclesInRole("leader");
			assertThat(ground.getState()).isEqualTo(ConnectionState.DISCONNECTED);
			assertThat(roles.noEndpointsRunning("leader")).isTrue();
		});
	}

	@Test
	void startingTheContextAnewOpensNothingThatWaitsForItsRole() {
		this.runner.run((context) -> {
			Connection ground = context.getBean("ground", Connection.class);
			grant(context, "leader");
			assertThat(ground.awaitState(ConnectionState.CONNECTED, SOON)).isTrue();
			context.getSourceApplicationContext().stop();
			revoke(context, "leader");
			context.getSourceApplicationContext().start();
			assertThat(ground.getStatus().enabled()).isFalse();
			assertThat(context.getBean("ground.lifecycle", ConnectionLifecycle.class).isRunning()).isFalse();
		});
	}

	@Test
	void connectionsOfARoleBeginToOpenInTheOrderOfTheirPhases() {
		this.runner
			.withPropertyValues("mooring.connections.ground.phase=5",
					"mooring.connections.third.url=udp-listen://127.0.0.1:0", "mooring.connections.third.role=leader",
					"mooring.connections.third.phase=9", "mooring.connections.first.url=udp-listen://127.0.0.1:0",
					"mooring.connections.first.role=leader", "mooring.connections.first.phase=-3")
			.run((context) -> {
				Events events = context.getBean(Events.class);
				grant(context, "leader");
				await().atMost(SOON).until(() -> events.names(ConnectionState.CONNECTED).size() == 3);
				assertThat(events.names(ConnectionState.CONNECTING)).containsExactly("first", "ground", "third");
				revoke(context, "leader");
				assertThat(events.names(ConnectionState.DISCONNECTED)).containsExactly("third", "ground", "first");
			});
	}

	@Test
	void whatCannotBeOpenedGoesOnInTheBackgroundAndTheElectionWithIt() throws IOException {
		try (DatagramSocket taken = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
			this.runner
				.withPropertyValues("mooring.connections.ground.url=udp-listen://127.0.0.1:" + taken.getLocalPort(),
						"mooring.connections.ground.startup=fail-fast", "mooring.connections.ground.startup-timeout=1s",
						"mooring.connections.other.url=udp-listen://127.0.0.1:0",
						"mooring.connections.other.startup=wait", "mooring.connections.other.phase=1",
						"mooring.connections.other.role=leader")
				.run((context) -> {
					assertThat(context).hasNotFailed();
					Connection ground = context.getBean("ground", Connection.class);
					grant(context, "leader");
					await().atMost(SOON).until(() -> ground.getStatistics().failures() > 1);
					assertThat(status(context, "ground")).isEqualTo(Status.DOWN);
					assertThat(context.getBean("other", Connection.class).awaitState(ConnectionState.CONNECTED, SOON))
						.isTrue();
					taken.close();
					assertThat(ground.awaitState(ConnectionState.CONNECTED, SOON)).isTrue();
				});
		}
	}

	@Test
	void revokingARoleWhileAConnectionIsBeingOpenedEndsThat() throws IOException {
		try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
				Socket one = new Socket(full.getInetAddress(), full.getLocalPort());
				Socket two = new Socket(full.getInetAddress(), full.getLocalPort())) {
			assertThat(one.isConnected() && two.isConnected()).isTrue();
			// The backlog is full: further attempts get no reply
			this.runner
				.withPropertyValues("mooring.connections.client.url=tcp://127.0.0.1:" + full.getLocalPort(),
						"mooring.connections.client.connect-timeout=60s", "mooring.connections.client.role=leader")
				.run((context) -> {
					Connection client = context.getBean("client", Connection.class);
					grant(context, "leader");
					assertThat(client.getState()).isEqualTo(ConnectionState.CONNECTING);
					revoke(context, "leader");
					assertThat(client.getState()).isEqualTo(ConnectionState.DISCONNECTED);
					assertThat(client.getStatus().enabled()).isFalse();
					assertThat(status(context, "client")).isEqualTo(Status.UNKNOWN);
				});
		}
	}

	@Test
	void anotherApplicationOnTheSameHostTakesThePortOver() {
		int port = Ports.free();
		ApplicationContextRunner runner = this.runner.withPropertyValues(
				"mooring.connections.ground.url=udp-listen://127.0.0.1:" + port,
				"mooring.connections.feed.url=tcp-listen://127.0.0.1:" + port, "mooring.connections.feed.role=leader");
		runner.run((first) -> runner.run((second) -> {
			for (int round = 0; round < 5; round++) {
				grant(first, "leader");
				assertOpen(first);
				revoke(first, "leader");
				grant(second, "leader");
				assertOpen(second);
				revoke(second, "leader");
			}
			assertThat(second.getBean("feed", Connection.class).getStatistics().failures()).isZero();
			assertThat(second.getBean("ground", Connection.class).getStatistics().failures()).isZero();
		}));
	}

	private static void assertOpen(ApplicationContext context) throws InterruptedException {
		for (String name : List.of("feed", "ground")) {
			assertThat(context.getBean(name, Connection.class).awaitState(ConnectionState.CONNECTED, SOON)).isTrue();
		}
		InetSocketAddress local = (InetSocketAddress) context.getBean("feed", Connection.class).getLocalAddress();
		try (Socket client = new Socket(local.getAddress(), local.getPort())) {
			await().atMost(SOON).until(() -> context.getBean("feed", StreamListener.class).getClients().size() == 1);
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	@Test
	void whatWasReadBeforeTheRoleWasRevokedIsDelivered() {
		int count = 200;
		this.runner
			.withPropertyValues("mooring.connections.feed.url=tcp-listen://127.0.0.1:0?framing.type=line",
					"mooring.connections.feed.role=leader")
			.withUserConfiguration(SlowFlow.class)
			.run((context) -> {
				SlowFlow flow = context.getBean(SlowFlow.class);
				StreamListener feed = context.getBean("feed", StreamListener.class);
				grant(context, "leader");
				assertThat(feed.awaitState(ConnectionState.CONNECTED, SOON)).isTrue();
				InetSocketAddress local = (InetSocketAddress) feed.getLocalAddress();
				try (Socket peer = new Socket(local.getAddress(), local.getPort())) {
					StringBuilder lines = new StringBuilder();
					for (int i = 0; i < count; i++) {
						lines.append("line ").append(i).append('\n');
					}
					// Small enough for a single read
					peer.getOutputStream().write(lines.toString().getBytes(StandardCharsets.US_ASCII));
					assertThat(flow.begun.await(30, TimeUnit.SECONDS)).isTrue();
					revoke(context, "leader");
					assertThat(feed.getState()).isEqualTo(ConnectionState.DISCONNECTED);
					flow.go.countDown();
					await().atMost(SOON).until(() -> flow.lines.size() == count);
					assertThat(peer.getInputStream().read()).isEqualTo(-1);
				}
				assertThat(feed.getStatistics().dropped()).isZero();
				grant(context, "leader");
				assertThat(feed.awaitState(ConnectionState.CONNECTED, SOON)).isTrue();
				local = (InetSocketAddress) feed.getLocalAddress();
				try (Socket peer = new Socket(local.getAddress(), local.getPort())) {
					peer.getOutputStream().write("again\n".getBytes(StandardCharsets.US_ASCII));
					await().atMost(SOON).until(() -> flow.lines.contains("again"));
				}
			});
	}

	@Test
	void whatWasSentBeforeTheRoleWasRevokedIsFlushedByAThreadThatIsInterrupted() throws IOException {
		int count = 20;
		byte[] frame = new byte[60_000];
		try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			this.runner
				.withPropertyValues("mooring.connections.client.url=tcp://127.0.0.1:" + server.getLocalPort(),
						"mooring.connections.client.role=leader", "mooring.connections.client.socket.send-buffer=32KB")
				.run((context) -> {
					StreamConnection client = context.getBean("client", StreamConnection.class);
					grant(context, "leader");
					try (Socket peer = server.accept()) {
						assertThat(client.awaitState(ConnectionState.CONNECTED, SOON)).isTrue();
						for (int i = 0; i < count; i++) {
							client.send(frame);
						}
						CompletableFuture<Integer> received = CompletableFuture.supplyAsync(() -> {
							await().atMost(SOON).until(() -> client.getState() == ConnectionState.DISCONNECTING);
							return readAll(peer);
						});
						Thread.currentThread().interrupt();
						revoke(context, "leader");
						assertThat(Thread.interrupted()).isTrue();
						assertThat(received.get(30, TimeUnit.SECONDS)).isEqualTo(count * frame.length);
					}
					assertThat(client.getStatistics().dropped()).isZero();
				});
		}
	}

	private static int readAll(Socket socket) {
		try {
			return socket.getInputStream().readAllBytes().length;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Test
	void sendingWithoutTheRoleFailsAndDoesNotOpen() {
		this.runner.run((context) -> {
			Connection ground = context.getBean("ground", Connection.class);
			assertThat(context.getBean("ground.inboundAdapter", MessageProducerSupport.class).isRunning()).isTrue();
			assertThatExceptionOfType(MessageHandlingException.class)
				.isThrownBy(() -> context.getBean("ground.out", MessageChannel.class)
					.send(new GenericMessage<>(new byte[1])))
				.withCauseInstanceOf(ConnectionException.class)
				.havingCause()
				.withMessageContaining("is not open (DISCONNECTED)");
			assertThat(ground.getStatus().enabled()).isFalse();
			assertThat(ground.getStatistics().failures()).isZero();
		});
	}

	@Test
	void aConnectionAddedLaterFollowsARoleThatIsHeldAlready() {
		this.runner.run((context) -> {
			ConnectionRoles roles = context.getBean(ConnectionRoles.class);
			SmartLifecycleRoleController controller = context.getBean(SmartLifecycleRoleController.class);
			ConnectionLifecycle waiting = lifecycle(context, "waiting", "leader");
			roles.add(waiting);
			roles.add(waiting);
			assertThat(waiting.isRunning()).isFalse();
			grant(context, "leader");
			assertThat(waiting.isRunning()).isTrue();
			ConnectionLifecycle late = lifecycle(context, "late", "leader");
			roles.add(late);
			assertThat(late.isRunning()).isTrue();
			ConnectionLifecycle other = lifecycle(context, "other", "other");
			roles.add(other);
			assertThat(other.isRunning()).isFalse();
			assertThat(controller.getEndpointsRunningStatus("leader")).containsOnlyKeys("ground", "waiting", "late");
			roles.remove(late);
			revoke(context, "leader");
			assertThat(waiting.isRunning()).isFalse();
			assertThat(late.isRunning()).as("removed").isTrue();
			late.stop();
			roles.remove(late);
			controller.startLifecyclesInRole("other");
			ConnectionLifecycle another = lifecycle(context, "another", "other");
			roles.add(another);
			assertThat(another.isRunning()).as("started by hand").isTrue();
			controller.stopLifecyclesInRole("other");
			assertThat(another.isRunning()).isFalse();
		});
	}

	@Test
	void aRoleWithoutSpringIntegrationIsRefused() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(MooringAutoConfiguration.class))
			.withPropertyValues("mooring.connections.ground.url=udp-listen://127.0.0.1:0",
					"mooring.connections.ground.role=leader")
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("mooring.connections.ground.role")
				.hasMessageContaining("needs Spring Integration and its bean integrationLifecycleRoleController"));
	}

	@Test
	void openingByRoleIsLoggedOnce(CapturedOutput output) {
		this.runner.run((context) -> {
			grant(context, "leader");
			assertThat(context.getBean("ground", Connection.class).awaitState(ConnectionState.CONNECTED, SOON))
				.isTrue();
			revoke(context, "leader");
		});
		// Whether Boot has configured logging depends on preceding tests
		assertThat(output.getOut()
			.lines()
			.filter((line) -> line.contains(" INFO ") && line.contains("io.mooring.connection.ground"))).hasSize(1);
	}

	private static ConnectionLifecycle lifecycle(ApplicationContext context, String name, String role) {
		ConnectionSpec spec = SpecBuilder.of(name, ConnectionType.UDP_LISTEN)
			.startup(new StartupSettings(StartupMode.BACKGROUND, SOON, false, 0, role))
			.build();
		return new ConnectionLifecycle(
				context.getBean(TransportFactories.class).create(spec, context.getBean(TransportContext.class)), SOON);
	}

	private static Status status(ApplicationContext context, String name) {
		return context.getBean(HealthEndpoint.class).healthForPath("connections", name).getStatus();
	}

	private static void grant(ApplicationContext context, String role) {
		context.publishEvent(new OnGrantedEvent(context, LEADERSHIP, role));
	}

	private static void revoke(ApplicationContext context, String role) {
		context.publishEvent(new OnRevokedEvent(context, LEADERSHIP, role));
	}

	static final class Events {

		private final List<ConnectionStateChangedEvent> events = new CopyOnWriteArrayList<>();

		@EventListener
		void on(ConnectionStateChangedEvent event) {
			this.events.add(event);
		}

		private List<String> names(ConnectionState state) {
			return this.events.stream()
				.filter((event) -> event.current() == state)
				.map((event) -> event.connection().getName())
				.toList();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class SlowFlow {

		private final CountDownLatch begun = new CountDownLatch(1);

		private final CountDownLatch go = new CountDownLatch(1);

		private final List<String> lines = new CopyOnWriteArrayList<>();

		@ServiceActivator(inputChannel = "feed.in")
		void on(byte[] line) throws InterruptedException {
			this.begun.countDown();
			this.go.await(30, TimeUnit.SECONDS);
			this.lines.add(new String(line, StandardCharsets.US_ASCII));
		}

	}

}
