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

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import io.mooring.Connection;
import io.mooring.ConnectionException;
import io.mooring.ConnectionState;
import io.mooring.ConnectionStateChangedEvent;
import io.mooring.Connections;
import io.mooring.DatagramConnection;
import io.mooring.StreamConnection;
import io.mooring.supervision.ConnectionStartupException;
import io.mooring.supervision.ReconnectPolicy;
import io.mooring.transport.settings.ReceiveSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

@ExtendWith(OutputCaptureExtension.class)
class MooringAutoConfigurationTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(MooringAutoConfiguration.class));

	private final ApplicationContextRunner declared = this.runner.withPropertyValues(
			"mooring.connections.ground-station.url=udp-listen://127.0.0.1:0",
			"mooring.connections.beacon.url=udp://127.0.0.1:9");

	@Test
	void connectionsAreInjectedByNameQualifierTypeAndMap() {
		this.declared.withUserConfiguration(Injected.class).run((context) -> {
			Injected injected = context.getBean(Injected.class);
			assertThat(injected.beacon.getName()).isEqualTo("beacon");
			assertThat(injected.ground.getName()).isEqualTo("ground-station");
			assertThat(injected.all).containsOnlyKeys("ground-station", "beacon");
			assertThat(injected.connections.names()).containsExactly("ground-station", "beacon");
			assertThat(context.getBeansOfType(DatagramConnection.class)).hasSize(2);
		});
	}

	@Test
	void connectionsAreOpenOnceTheApplicationIsAndClosedWithIt() {
		DatagramConnection[] ground = new DatagramConnection[1];
		this.declared.run((context) -> {
			ground[0] = context.getBean("ground-station", DatagramConnection.class);
			assertThat(ground[0].getState()).isEqualTo(ConnectionState.CONNECTED);
		});
		assertThat(ground[0].getState()).isEqualTo(ConnectionState.DISCONNECTED);
	}

	@Test
	void connectionsFollowTheContextWhenItIsStoppedAndStarted() {
		this.declared.run((context) -> {
			Connection ground = context.getBean("ground-station", Connection.class);
			context.getSourceApplicationContext().stop();
			assertThat(ground.getState()).isEqualTo(ConnectionState.DISCONNECTED);
			context.getSourceApplicationContext().start();
			assertThat(ground.getState()).isEqualTo(ConnectionState.CONNECTED);
		});
	}

	@Test
	void connectionsAreLookedUpUnderAnySpelling() {
		this.declared.run((context) -> {
			Connections connections = context.getBean("mooringConnections", Connections.class);
			assertThat(connections.get("groundStation")).isSameAs(context.getBean("ground-station"));
			assertThat(connections.get("beacon", DatagramConnection.class)).isSameAs(context.getBean("beacon"));
			assertThatIllegalArgumentException().isThrownBy(() -> connections.get("nowhere"))
				.withMessage("Connection 'nowhere' does not exist; declared are [ground-station, beacon]");
			assertThatIllegalArgumentException().isThrownBy(() -> connections.get("beacon", OtherKind.class))
				.withMessageContaining("'beacon' is of type udp, a DatagramConnection, not a OtherKind");
		});
	}

	@Test
	void connectionsAreCreatedFromAUrlAndClosedWithTheApplication() {
		Connection[] left = new Connection[1];
		this.declared.withPropertyValues("mooring.defaults.receive.capacity=7").run((context) -> {
			Connections connections = context.getBean(Connections.class);
			Connection created = connections.create("udp-listen://127.0.0.1:0?receive.overflow=block");
			assertThat(created.getState()).isEqualTo(ConnectionState.DISCONNECTED);
			assertThat(created.getSpec().get(ReceiveSettings.class).capacity()).isEqualTo(7);
			created.open();
			created.close();
			created.open();
			left[0] = created;
			assertThat(connections.names()).hasSize(2);
			assertThatIllegalArgumentException().isThrownBy(() -> connections.create("udp-lissen://127.0.0.1:0?x=1"))
				.withMessageContaining("udp-lissen")
				.withMessageContaining("did you mean udp-listen?")
				.withMessageContaining("x");
		});
		assertThat(left[0].getState()).isEqualTo(ConnectionState.DISCONNECTED);
	}

	@Test
	void aStreamThatItsCallerHasGivenUpIsNotConnected() {
		this.runner.run((context) -> {
			Connections connections = context.getBean(Connections.class);
			int port = connections.findFreePort(InetAddress.getLoopbackAddress());
			CompletableFuture<StreamConnection> cancelled = connections.connectAsync("tcp://127.0.0.1:" + port,
					Duration.ofMillis(100), 100_000);
			CompletableFuture<StreamConnection> late = connections
				.connectAsync("tcp://127.0.0.1:" + port, Duration.ofMillis(100), 100_000)
				.orTimeout(300, TimeUnit.MILLISECONDS);
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(late::get)
				.withCauseInstanceOf(TimeoutException.class);
			cancelled.cancel(true);
			try (ServerSocket server = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
				server.setSoTimeout(1500);
				assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> server.accept());
			}
		});
	}

	@Test
	void streamsAreConnectedFromAUrlAsOftenAsItTakes() {
		this.runner.run((context) -> {
			Connections connections = context.getBean(Connections.class);
			int port = connections.findFreePort(InetAddress.getLoopbackAddress());
			CompletableFuture<StreamConnection> none = connections.connectAsync("tcp://127.0.0.1:" + port, null, 100);
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> none.get(10, TimeUnit.SECONDS))
				.withCauseInstanceOf(ConnectionException.class)
				.withMessageContaining("cannot connect to 127.0.0.1:" + port);
			CompletableFuture<StreamConnection> some = connections.connectAsync("tcp://127.0.0.1:" + port,
					Duration.ofMillis(200), 100_000);
			try (ServerSocket server = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
				StreamConnection connection = some.get(10, TimeUnit.SECONDS);
				assertThat(connection.getRemoteAddress()).isEqualTo(server.getLocalSocketAddress());
				assertThat(connection.isConnected()).isTrue();
			}
			assertThatExceptionOfType(ConnectionException.class)
				.isThrownBy(() -> connections.connect("tcp://127.0.0.1:" + port, Duration.ofMillis(100), 2));
			assertThatIllegalArgumentException()
				.isThrownBy(() -> connections.connect("udp-listen:", Duration.ofSeconds(1), 2))
				.withMessageContaining("not a stream client");
		});
	}

	@Test
	void listenerThatCannotBeOpenedFailsTheStart(CapturedOutput output) throws Exception {
		try (DatagramSocket occupant = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
			this.runner
				.withPropertyValues("mooring.connections.ground.url=udp-listen://127.0.0.1:" + occupant.getLocalPort())
				.run((context) -> {
					assertThat(context).hasFailed();
					assertThat(output).contains("Cannot open udp-listen").doesNotContain("trying again");
					assertThat(context.getStartupFailure()).rootCause().hasMessage("Address already in use");
					ConnectionStartupException cause = (ConnectionStartupException) context.getStartupFailure()
						.getCause();
					assertThat(new ConnectionStartupFailureAnalyzer().analyze(context.getStartupFailure(), cause))
						.satisfies((analysis) -> {
							assertThat(analysis.getDescription())
								.isEqualTo("Connection 'ground' (udp-listen) failed to open: cannot bind to "
										+ "127.0.0.1:" + occupant.getLocalPort() + ": Address already in use");
							assertThat(analysis.getAction())
								.contains("mooring.connections.ground.startup to 'background'");
						});
				});
		}
	}

	@Test
	void listenerInTheBackgroundComesUpOnceItsPortIsFree() throws Exception {
		try (DatagramSocket occupant = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
			this.runner
				.withPropertyValues("mooring.connections.ground.url=udp-listen://127.0.0.1:" + occupant.getLocalPort()
						+ "?startup=background")
				.run((context) -> {
					Connection ground = context.getBean("ground", Connection.class);
					await().atMost(SOON).until(() -> ground.getStatus().attempts() >= 2);
					assertThat(ground.getState()).isEqualTo(ConnectionState.CONNECTING);
					occupant.close();
					assertThat(ground.awaitState(ConnectionState.CONNECTED, SOON)).isTrue();
				});
		}
	}

	@Test
	void theIntervalOfLooksAtTheInterfacesMustNotBeNegative() {
		this.declared.withPropertyValues("mooring.interfaces.poll-interval=-1s")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("mooring.interfaces.poll-interval")
				.hasMessageContaining("negative"));
		this.declared.withPropertyValues("mooring.interfaces.poll-interval=0")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void thereMustBeAThreadForHandlers() {
		this.declared.withPropertyValues("mooring.workers.max-threads=0")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("mooring.workers.max-threads")
				.hasMessageContaining("less than 1"));
		this.declared.withPropertyValues("mooring.workers.max-threads=1")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void aLaterPhaseIsNotOpenedBeforeThoseThatFailFastAre() {
		List<String> events = new CopyOnWriteArrayList<>();
		this.runner.withBean("recorder", ApplicationListener.class,
				() -> (ApplicationListener<PayloadApplicationEvent<?>>) (event) -> {
					if (event.getPayload() instanceof ConnectionStateChangedEvent change) {
						events.add(change.connection().getName() + " " + change.current());
					}
				})
			.withPropertyValues("mooring.connections.first.url=udp-listen://127.0.0.1:0",
					"mooring.connections.second.url=udp-listen://127.0.0.1:0", "mooring.connections.second.phase=2")
			.run((context) -> {
				assertThat(context.getBeanFactory().getDependenciesForBean("mooringStartupGate.0")).isEmpty();
				assertThat(events).containsSubsequence("first CONNECTED", "second CONNECTING");
			});
	}

	@Test
	void autoStartupCanBeLeftToTheUser() {
		this.declared.withPropertyValues("mooring.connections.ground-station.auto-startup=false").run((context) -> {
			Connection ground = context.getBean("ground-station", Connection.class);
			assertThat(ground.getState()).isEqualTo(ConnectionState.DISCONNECTED);
			assertThat(ground.getStatus().enabled()).isFalse();
			ground.open();
			assertThat(ground.getState()).isEqualTo(ConnectionState.CONNECTED);
		});
	}

	@Test
	void openingIsLoggedOnceWithTheRealAddress(CapturedOutput output) {
		this.declared.run((context) -> {
			InetSocketAddress local = (InetSocketAddress) context.getBean("ground-station", Connection.class)
				.getLocalAddress();
			assertThat(output.getOut()
				.lines()
				.filter((line) -> line.contains("io.mooring.connection.ground-station"))
				.toList()).singleElement()
				.asString()
				.contains("INFO")
				.endsWith("Open: udp-listen on 127.0.0.1:" + local.getPort());
		});
	}

	@Test
	void changesOfStateAreApplicationEvents() {
		this.declared.withUserConfiguration(Events.class).run((context) -> {
			Connection ground = context.getBean("ground-station", Connection.class);
			ground.close();
			List<ConnectionState> states = context.getBean(Events.class).events.stream()
				.filter((event) -> event.connection() == ground)
				.map(ConnectionStateChangedEvent::current)
				.toList();
			assertThat(states).containsExactly(ConnectionState.CONNECTING, ConnectionState.CONNECTED,
					ConnectionState.DISCONNECTING, ConnectionState.DISCONNECTED);
		});
	}

	@Test
	void userPolicyDecidesOnReconnecting() {
		this.runner.withPropertyValues("mooring.connections.beacon.url=udp://nowhere.invalid:9")
			.withBean(ReconnectPolicy.class, () -> (connection, attempts, cause) -> null)
			.run((context) -> {
				Connection beacon = context.getBean("beacon", Connection.class);
				assertThat(beacon.awaitState(ConnectionState.DISCONNECTED, SOON)).isTrue();
				assertThatExceptionOfType(ConnectionException.class).isThrownBy(beacon::open);
			});
	}

	@Test
	void canBeSwitchedOff() {
		this.declared.withPropertyValues("mooring.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(Connection.class).doesNotHaveBean(Connections.class));
	}

	@Test
	void worksWithoutConnections() {
		this.runner.run((context) -> assertThat(context.getBean(Connections.class).names()).isEmpty());
	}

	@Test
	void worksWithLazyInitialization() {
		this.declared
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.run((context) -> assertThat(context.getBean("ground-station", Connection.class).getState())
				.isEqualTo(ConnectionState.CONNECTED));
	}

	@Test
	void needsNeitherSpringIntegrationNorActuator() {
		this.declared
			.withConfiguration(AutoConfigurations.of(MooringIntegrationAutoConfiguration.class,
					MooringHealthAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader("org.springframework.integration", "org.springframework.messaging",
					"org.springframework.boot.health", "org.springframework.boot.actuate"))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context).doesNotHaveBean("ground-station.in")
					.doesNotHaveBean("connectionsHealthContributor");
				assertThat(context.getBean("ground-station", Connection.class).getState())
					.isEqualTo(ConnectionState.CONNECTED);
			});
	}

	interface OtherKind extends Connection {

	}

	@Configuration(proxyBeanMethods = false)
	static class Injected {

		@Autowired
		private DatagramConnection beacon;

		@Autowired
		@Qualifier("ground-station")
		private DatagramConnection ground;

		@Autowired
		private Map<String, Connection> all;

		@Autowired
		private Connections connections;

		@Bean
		String needsBeacon(DatagramConnection beacon) {
			return beacon.getName();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Events {

		private final List<ConnectionStateChangedEvent> events = new CopyOnWriteArrayList<>();

		@EventListener
		void on(ConnectionStateChangedEvent event) {
			this.events.add(event);
		}

	}

}
