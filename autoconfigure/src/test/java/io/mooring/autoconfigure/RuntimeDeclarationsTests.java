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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.actuate.endpoint.CompositeHealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.integration.dsl.context.IntegrationFlowContext;
import org.springframework.integration.dsl.context.IntegrationFlowContext.IntegrationFlowRegistration;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.support.GenericMessage;

import io.mooring.Connection;
import io.mooring.ConnectionDeclaredEvent;
import io.mooring.ConnectionException;
import io.mooring.ConnectionRemovedEvent;
import io.mooring.ConnectionSpec;
import io.mooring.ConnectionState;
import io.mooring.ConnectionStateChangedEvent;
import io.mooring.ConnectionType;
import io.mooring.Connections;
import io.mooring.DatagramConnection;
import io.mooring.StartupMode;
import io.mooring.StreamConnection;
import io.mooring.autoconfigure.properties.InvalidConnectionsException;
import io.mooring.binding.SocketBinding;
import io.mooring.integration.MissingChannelException;
import io.mooring.test.MooringRunner;
import io.mooring.test.SpecBuilder;
import io.mooring.transport.settings.ReceiveSettings;
import io.mooring.transport.settings.SendSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for connections declared and removed at run time.
 */
@Timeout(120)
class RuntimeDeclarationsTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	private final ApplicationContextRunner runner = MooringRunner.withHealth()
		.withBean(Events.class)
		.withPropertyValues("mooring.connections.beacon.url=udp://127.0.0.1:9");

	@Test
	void aDeclaredConnectionIsABean() {
		this.runner.run((context) -> {
			Connections connections = context.getBean(Connections.class);
			Connection ground = connections.declare("ground", "udp-listen://127.0.0.1:0");
			assertThat(ground).isInstanceOf(DatagramConnection.class).isSameAs(context.getBean("ground"));
			assertThat(ground.getState()).isEqualTo(ConnectionState.CONNECTED);
			assertThat(connections.get("Ground", DatagramConnection.class)).isSameAs(ground);
			assertThat(connections.names()).containsExactly("beacon", "ground");
			assertThat(context.getBeansOfType(DatagramConnection.class)).containsOnlyKeys("beacon", "ground");
			ObjectProvider<DatagramConnection> provider = context.getBeanProvider(DatagramConnection.class);
			assertThat(provider.stream()).hasSize(2).contains((DatagramConnection) ground);
		});
	}

	@Test
	void defaultsApplyToAUrl() {
		this.runner.withPropertyValues("mooring.defaults.receive.capacity=7").run((context) -> {
			Connection ground = context.getBean(Connections.class).declare("ground", "udp-listen://127.0.0.1:0");
			assertThat(ground.getSpec().get(ReceiveSettings.class).capacity()).isEqualTo(7);
		});
	}

	@Test
	void aSpecMayHaveBeenBuiltUnderAnotherName() {
		this.runner.run((context) -> {
			Connections connections = context.getBean(Connections.class);
			ConnectionSpec spec = connections.declare("one", "udp-listen://127.0.0.1:0").getSpec();
			Connection two = connections.declare("two", spec);
			assertThat(two.getName()).isEqualTo("two");
			assertThat(two.getSpec()).isEqualTo(spec.withName("two"));
			assertThat(two.getState()).isEqualTo(ConnectionState.CONNECTED);
		});
	}

	@Test
	void aRemovedConnectionIsGoneAndItsNameFree() {
		this.runner.run((context) -> {
			Connections connections = context.getBean(Connections.class);
			List<String> before = List.of(context.getBeanDefinitionNames());
			Connection ground = connections.declare("ground", "tcp-listen://127.0.0.1:0");
			assertThat(context.getBeanDefinitionNames()).hasSizeGreaterThan(before.size());
			assertThat(connections.remove("GROUND")).isTrue();
			assertThat(ground.getState()).isEqualTo(ConnectionState.DISCONNECTED);
			assertThat(context.getBeanDefinitionNames()).containsExactlyElementsOf(before);
			assertThat(context.containsBean("ground")).isFalse();
			assertThat(connections.names()).containsExactly("beacon");
			assertThatIllegalArgumentException().isThrownBy(() -> connections.get("ground"))
				.withMessage("Connection 'ground' does not exist; declared are [beacon]");
			assertThat(connections.remove("ground")).isFalse();
			assertThat(connections.declare("ground", "udp-listen://127.0.0.1:0").getState())
				.isEqualTo(ConnectionState.CONNECTED);
		});
	}

	@Test
	void messagesComeFromAndGoToItsChannels() {
		this.runner.run((context) -> {
			Connections connections = context.getBean(Connections.class);
			Connection server = connections.declare("server", "tcp-listen://127.0.0.1:0?framing.type=line");
			BlockingQueue<String> received = new LinkedBlockingQueue<>();
			IntegrationFlowRegistration flow = flow(context, "server.in", received);
			connections.declare("client", "tcp://127.0.0.1:" + port(server) + "?framing.type=line&startup=wait");
			send(context, "client.out", "hello");
			assertThat(received.poll(30, TimeUnit.SECONDS)).isEqualTo("hello");
			flow.destroy();
			assertThat(connections.remove("client")).isTrue();
			assertThat(connections.remove("server")).isTrue();
			assertThat(context.containsBean("server.in")).isFalse();
			assertThat(context.containsBean("client.out")).isFalse();
		});
	}

	@Test
	void unixSocketsAreDeclaredToo(@TempDir Path directory) {
		this.runner.run((context) -> {
			Connections connections = context.getBean(Connections.class);
			Path path = directory.resolve("hub");
			connections.declare("hub", "unix-listen:" + path + "?framing.type=length");
			BlockingQueue<String> received = new LinkedBlockingQueue<>();
			flow(context, "hub.in", received);
			connections.declare("leaf", "unix:" + path + "?framing.type=length&startup=wait");
			send(context, "leaf.out", "hello");
			assertThat(received.poll(30, TimeUnit.SECONDS)).isEqualTo("hello");
			assertThat(connections.remove("hub")).isTrue();
			assertThat(path).doesNotExist();
		});
	}

	@Test
	void gatewayModeHolds() {
		this.runner.run((context) -> {
			Connections connections = context.getBean(Connections.class);
			Connection echo = connections.declare("echo",
					"tcp-listen://127.0.0.1:0?framing.type=line&codec=string&integration.mode=gateway");
			context.getBean(IntegrationFlowContext.class)
				.registration(IntegrationFlow.from("echo.in").transform(String.class, String::toUpperCase).get())
				.register();
			try (StreamConnection client = connections.connect("tcp://127.0.0.1:" + port(echo) + "?framing.type=line",
					SOON, 1)) {
				client.send("hello".getBytes(StandardCharsets.US_ASCII));
				assertThat(client.receive(SOON)).asString(StandardCharsets.US_ASCII).isEqualTo("HELLO");
			}
		});
	}

	@Test
	void healthFollows() {
		this.runner.run((context) -> {
			Connections connections = context.getBean(Connections.class);
			connections.declare("ground", "udp-listen://127.0.0.1:0");
			assertThat(health(context).getComponents()).containsOnlyKeys("beacon", "ground");
			assertThat(context.getBean(HealthEndpoint.class).healthForPath("connections", "ground").getStatus())
				.isEqualTo(Status.UP);
			connections.remove("ground");
			assertThat(health(context).getComponents()).containsOnlyKeys("beacon");
			assertThat(context.getBean(HealthEndpoint.class).healthForPath("connections", "ground")).isNull();
		});
	}

	@Test
	void aHealthGroupMayIncludeWhatIsNotDeclaredYet() {
		this.runner
			.withPropertyValues("management.endpoint.health.group.feeds.include=connections/ground",
					"management.endpoint.health.validate-group-membership=false")
			.run((context) -> {
				context.getBean(Connections.class).declare("ground", "udp-listen://127.0.0.1:0");
				CompositeHealthDescriptor group = (CompositeHealthDescriptor) context.getBean(HealthEndpoint.class)
					.healthForPath("feeds");
				assertThat(group.getComponents()).containsOnlyKeys("connections");
				assertThat(((CompositeHealthDescriptor) group.getComponents().get("connections")).getComponents())
					.containsOnlyKeys("ground");
			});
	}

	@Test
	void eventsTellOfItAndOfItsStates() {
		this.runner.run((context) -> {
			Connections connections = context.getBean(Connections.class);
			Events events = context.getBean(Events.class);
			await().atMost(SOON).until(() -> connections.get("beacon").getState() == ConnectionState.CONNECTED);
			events.seen.clear();
			connections.declare("ground", "udp-listen://127.0.0.1:0");
			connections.remove("ground");
			assertThat(events.seen).containsExactly("declared ground DISCONNECTED", "ground CONNECTING",
					"ground CONNECTED", "ground DISCONNECTING", "ground DISCONNECTED", "removed ground DISCONNECTED");
		});
	}

	@Test
	void aConnectionThatFailsFastIsTakenBack() {
		this.runner.run((context) -> {
			Connections connections = context.getBean(Connections.class);
			List<String> before = List.of(context.getBeanDefinitionNames());
			try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
				String url = "tcp-listen://127.0.0.1:" + taken.getLocalPort();
				assertThatExceptionOfType(ConnectionException.class)
					.isThrownBy(() -> connections.declare("ground", url))
					.withMessageContaining("Connection 'ground' ")
					.withMessageContaining("in use");
				assertThat(connections.names()).containsExactly("beacon");
				assertThat(context.getBeanDefinitionNames()).containsExactlyElementsOf(before);
				assertThat(health(context).getComponents()).containsOnlyKeys("beacon");
				Connection waiting = connections.declare("ground", url + "?startup=background");
				assertThat(waiting.getState()).isNotEqualTo(ConnectionState.CONNECTED);
				taken.close();
				assertThat(waiting.awaitState(ConnectionState.CONNECTED, SOON)).isTrue();
			}
		});
	}

	@Test
	void withoutAutoStartupItIsNotOpened() {
		this.runner.run((context) -> {
			Connections connections = context.getBean(Connections.class);
			Connection ground = connections.declare("ground", "udp-listen://127.0.0.1:0?auto-startup=false");
			assertThat(ground.getState()).isEqualTo(ConnectionState.DISCONNECTED);
			ground.open();
			assertThat(ground.getState()).isEqualTo(ConnectionState.CONNECTED);
			connections.remove("ground");
			assertThat(ground.getState()).isEqualTo(ConnectionState.DISCONNECTED);
		});
	}

	@Test
	void namesWithTheSameLettersClash() {
		this.runner.run((context) -> {
			Connections connections = context.getBean(Connections.class);
			connections.declare("ground-station", "udp-listen://127.0.0.1:0");
			assertThatIllegalArgumentException()
				.isThrownBy(() -> connections.declare("groundStation", "udp-listen://127.0.0.1:0"))
				.withMessage("Connection 'ground-station' already exists; 'groundStation' is the same name, since "
						+ "only letters and digits are significant; remove it, or choose another name");
			assertThatIllegalArgumentException()
				.isThrownBy(() -> connections.declare("beacon", "udp-listen://127.0.0.1:0"))
				.withMessage("Connection 'beacon' already exists; remove it, or choose another name");
		});
	}

	@Test
	void otherBeansClashAndNothingRemains() {
		for (String taken : List.of("ground", "ground.in", "ground.out", "ground.lifecycle", "ground.connectionFactory",
				"ground.inboundAdapter")) {
			this.runner.withBean(taken, StringBuilder.class).run((context) -> {
				Connections connections = context.getBean(Connections.class);
				List<String> before = List.of(context.getBeanDefinitionNames());
				assertThatIllegalArgumentException()
					.isThrownBy(() -> connections.declare("ground", "tcp-listen://127.0.0.1:0"))
					.withMessageStartingWith("Connection 'ground' requires the bean name '" + taken
							+ "', which is used by another bean; choose another name");
				assertThat(context.getBeanDefinitionNames()).containsExactlyElementsOf(before);
				assertThat(connections.names()).containsExactly("beacon");
				assertThat(context.getBean(taken)).isInstanceOf(StringBuilder.class);
			});
		}
	}

	@Test
	void aMissingChannelIsRefusedAndNothingRemains() {
		this.runner.run((context) -> {
			Connections connections = context.getBean(Connections.class);
			List<String> before = List.of(context.getBeanDefinitionNames());
			assertThatExceptionOfType(MissingChannelException.class).isThrownBy(
					() -> connections.declare("ground", "udp-listen://127.0.0.1:0?integration.inbound-channel=nowhere"))
				.withMessageStartingWith(
						"mooring.connections.ground.integration.inbound-channel: \"nowhere\" is not a MessageChannel");
			assertThat(context.getBeanDefinitionNames()).containsExactlyElementsOf(before);
			assertThat(connections.names()).containsExactly("beacon");
			connections.declare("ground", "udp-listen://127.0.0.1:0");
		});
	}

	@Test
	void aWrongNameIsRefused() {
		this.runner.run((context) -> assertThatExceptionOfType(InvalidConnectionsException.class)
			.isThrownBy(() -> context.getBean(Connections.class).declare("my conn", "udp-listen://127.0.0.1:0"))
			.withMessage("The declared connections are not valid:\n\tmooring.connections: \"my conn\" is not a name of "
					+ "a connection; accepted are letters, digits, '-' and '_', the first a letter or digit"));
	}

	@Test
	void aWrongUrlIsRefusedAsInProperties() {
		this.runner.run((context) -> assertThatExceptionOfType(InvalidConnectionsException.class)
			.isThrownBy(() -> context.getBean(Connections.class).declare("ground", "udp-listen://127.0.0.1:66000"))
			.withMessage("The declared connections are not valid:\n\tmooring.connections.ground.url: "
					+ "\"udp-listen://127.0.0.1:66000\" has a wrong port: \"66000\" is out of range; "
					+ "accepted are 0 to 65535 and service names"));
	}

	@Test
	void aWrongSpecIsRefusedAsInProperties() {
		this.runner.run((context) -> {
			Connections connections = context.getBean(Connections.class);
			ConnectionSpec spec = SpecBuilder.of("any", ConnectionType.TCP)
				.send(new SendSettings(0))
				.payload(SpecBuilder.payload("nothing", StandardCharsets.UTF_8, Object.class.getName()))
				.build();
			assertThatExceptionOfType(InvalidConnectionsException.class)
				.isThrownBy(() -> connections.declare("ground", spec))
				.satisfies((ex) -> assertThat(ex.getFaults()).extracting(Object::toString)
					.contains(
							"mooring.connections.ground.host: missing; the type tcp needs the host name or address to "
									+ "connect to",
							"mooring.connections.ground.send.capacity: \"0\" is out of range; accepted is 1 or more"));
			assertThat(connections.names()).containsExactly("beacon");
		});
	}

	@Test
	void whatThePropertiesDeclaredCanBeRemovedAndDeclaredAnew() {
		this.runner.withPropertyValues("mooring.connections.ground.url=tcp-listen://127.0.0.1:0").run((context) -> {
			Connections connections = context.getBean(Connections.class);
			Connection ground = context.getBean("ground", Connection.class);
			assertThat(connections.remove("ground")).isTrue();
			assertThat(ground.getState()).isEqualTo(ConnectionState.DISCONNECTED);
			assertThat(List.of(context.getBeanDefinitionNames())).noneMatch((name) -> name.startsWith("ground"));
			assertThat(connections.declare("ground", ground.getSpec()).getState()).isEqualTo(ConnectionState.CONNECTED);
			context.getSourceApplicationContext().stop();
			context.getSourceApplicationContext().start();
			assertThat(connections.get("ground").getState()).isEqualTo(ConnectionState.CONNECTED);
		});
	}

	@Test
	void whatIsInjectedIsNotRemoved() {
		this.runner.withBean("user", User.class).run((context) -> {
			Connections connections = context.getBean(Connections.class);
			assertThatIllegalStateException().isThrownBy(() -> connections.remove("beacon"))
				.withMessage(
						"Connection 'beacon' cannot be removed: it is injected into user, which would be destroyed "
								+ "with it; close it, or inject an ObjectProvider or Connections instead");
			assertThat(connections.get("beacon")).isSameAs(context.getBean(User.class).beacon);
			assertThat(connections.names()).containsExactly("beacon");
		});
	}

	@Test
	void nothingIsDeclaredOrRemovedWhileTheApplicationCloses() {
		Closing[] closing = new Closing[1];
		this.runner.withBean(Closing.class).run((context) -> closing[0] = context.getBean(Closing.class));
		assertThat(closing[0].refusals).containsExactly(
				"Connection 'late' cannot be declared: the application context is closing",
				"Connection 'beacon' cannot be removed: the application context is closing");
	}

	@Test
	void startupWaitGoesOnWithAWarning() {
		this.runner.run((context) -> {
			ConnectionSpec spec = SpecBuilder.of("any", ConnectionType.TCP)
				.remote("127.0.0.1", freePort())
				.local(SocketBinding.ANY, 0)
				.startup(SpecBuilder.startup(StartupMode.WAIT, Duration.ofMillis(200), true, 0))
				.build();
			Connection client = context.getBean(Connections.class).declare("client", spec);
			assertThat(client.getState()).isEqualTo(ConnectionState.CONNECTING);
		});
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	private static int port(Connection connection) {
		SocketAddress address = connection.getLocalAddress();
		return ((InetSocketAddress) address).getPort();
	}

	private static CompositeHealthDescriptor health(ApplicationContext context) {
		return (CompositeHealthDescriptor) context.getBean(HealthEndpoint.class).healthForPath("connections");
	}

	private static IntegrationFlowRegistration flow(ApplicationContext context, String channel,
			BlockingQueue<String> received) {
		return context.getBean(IntegrationFlowContext.class)
			.registration(IntegrationFlow.from(channel)
				.handle((message) -> received.add(new String((byte[]) message.getPayload(), StandardCharsets.US_ASCII)))
				.get())
			.register();
	}

	private static void send(ApplicationContext context, String channel, String text) {
		context.getBean(channel, MessageChannel.class)
			.send(new GenericMessage<>(text.getBytes(StandardCharsets.US_ASCII)));
	}

	static class Events {

		private final List<String> seen = new CopyOnWriteArrayList<>();

		@EventListener
		void declared(ConnectionDeclaredEvent event) {
			this.seen.add("declared " + event.connection().getName() + " " + event.connection().getState());
		}

		@EventListener
		void removed(ConnectionRemovedEvent event) {
			this.seen.add("removed " + event.connection().getName() + " " + event.connection().getState());
		}

		@EventListener
		void changed(ConnectionStateChangedEvent event) {
			this.seen.add(event.connection().getName() + " " + event.current());
		}

	}

	static class User {

		private final Connection beacon;

		User(Connection beacon) {
			this.beacon = beacon;
		}

	}

	static class Closing {

		private final Connections connections;

		private final List<String> refusals = new CopyOnWriteArrayList<>();

		Closing(Connections connections) {
			this.connections = connections;
		}

		@EventListener
		void closing(ContextClosedEvent event) {
			for (Runnable call : List.<Runnable>of(() -> this.connections.declare("late", "udp-listen://127.0.0.1:0"),
					() -> this.connections.remove("beacon"))) {
				try {
					call.run();
				}
				catch (IllegalStateException ex) {
					this.refusals.add(ex.getMessage());
				}
			}
		}

	}

}
