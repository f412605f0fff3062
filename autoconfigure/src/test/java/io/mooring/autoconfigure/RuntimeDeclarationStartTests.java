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

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.integration.annotation.ServiceActivator;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.integration.support.SmartLifecycleRoleController;

import io.mooring.Connection;
import io.mooring.ConnectionDeclaredEvent;
import io.mooring.ConnectionException;
import io.mooring.ConnectionState;
import io.mooring.ConnectionStateChangedEvent;
import io.mooring.Connections;
import io.mooring.supervision.ConnectionStartupException;
import io.mooring.test.MooringRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for connections declared during startup, and for flows registered before their
 * connection.
 */
@Timeout(120)
class RuntimeDeclarationStartTests {

	private static final String URL = "udp-listen://127.0.0.1:0";

	private final ApplicationContextRunner runner = MooringRunner.withChannels();

	@Test
	void whatABeanDeclaresWhileItIsMadeIsOpenedWithTheRest() {
		this.runner.withUserConfiguration(Early.class)
			.withPropertyValues("test.url=" + URL + "?phase=7")
			.run((context) -> {
				Early early = context.getBean(Early.class);
				assertThat(early.stateThen).isEqualTo(ConnectionState.DISCONNECTED);
				assertThat(context.getBean("early", Connection.class).getState()).isEqualTo(ConnectionState.CONNECTED);
				assertThat(context.getBean(Connections.class).names()).containsExactly("early");
				assertThat(context.getBean(Connections.class).remove("early")).isTrue();
			});
	}

	@Test
	void whatFailsFastThenFailsTheStart() throws Exception {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			this.runner.withUserConfiguration(Early.class)
				.withPropertyValues("test.url=tcp-listen://127.0.0.1:" + taken.getLocalPort())
				.run((context) -> assertThat(context).getFailure()
					.hasCauseInstanceOf(ConnectionStartupException.class));
		}
	}

	@Test
	void onceTheLifecycleIsUnderWayItIsOpenedAtOnce() {
		this.runner.withBean(Phase.class)
			.run((context) -> assertThat(context.getBean(Phase.class).stateThen).isEqualTo(ConnectionState.CONNECTED));
	}

	@Test
	void inTheFirstPhaseItIsOpenedAtTheLatestAtTheEnd() {
		this.runner.withBean("first", Phase.class, () -> new Phase(Integer.MIN_VALUE))
			.withBean(Refreshed.class)
			.run((context) -> {
				assertThat(context.getBean("phase", Connection.class)
					.awaitState(ConnectionState.CONNECTED, Duration.ofSeconds(30))).isTrue();
				assertThat(context.getBean(Refreshed.class).stateThen).isEqualTo(ConnectionState.CONNECTED);
			});
	}

	@Test
	void whatIsDeclaredWhileTheContextIsStoppedIsOpenedWhenItIsStarted() {
		this.runner.run((context) -> {
			context.getSourceApplicationContext().stop();
			Connection ground = context.getBean(Connections.class).declare("ground", URL);
			assertThat(ground.getState()).isEqualTo(ConnectionState.DISCONNECTED);
			context.getSourceApplicationContext().start();
			assertThat(ground.getState()).isEqualTo(ConnectionState.CONNECTED);
		});
	}

	@Test
	void flowsMayWaitForTheirConnection() {
		this.runner.withUserConfiguration(Flows.class).run((context) -> {
			Connections connections = context.getBean(Connections.class);
			BlockingQueue<String> received = context.getBean(Flows.class).received;
			for (int i = 0; i < 3; i++) {
				for (String name : new String[] { "annotated", "composed" }) {
					Connection connection = connections.declare(name, URL);
					send(connection, name + i);
					assertThat(received.poll(30, TimeUnit.SECONDS)).isEqualTo(name + i);
					assertThat(connections.remove(name)).isTrue();
					assertThat(context.containsBean(name + ".in")).isTrue();
					assertThat(context.containsBean(name + ".out")).isFalse();
				}
			}
		});
	}

	@Test
	void aRoleOpensWhatWasDeclaredUnderIt() {
		this.runner.withPropertyValues("mooring.connections.first.url=" + URL + "?role=leader").run((context) -> {
			Connections connections = context.getBean(Connections.class);
			Connection second = connections.declare("second", URL + "?role=leader");
			assertThat(second.getState()).isEqualTo(ConnectionState.DISCONNECTED);
			SmartLifecycleRoleController controller = context.getBean(SmartLifecycleRoleController.class);
			controller.startLifecyclesInRole("leader");
			assertThat(second.awaitState(ConnectionState.CONNECTED, Duration.ofSeconds(30))).isTrue();
			Connection third = connections.declare("third", URL + "?role=leader");
			assertThat(third.awaitState(ConnectionState.CONNECTED, Duration.ofSeconds(30))).isTrue();
			assertThat(connections.remove("first")).isTrue();
			assertThat(connections.remove("second")).isTrue();
			assertThat(controller.getEndpointsRunningStatus("leader")).hasSize(1).containsValue(true);
			controller.stopLifecyclesInRole("leader");
			assertThat(third.getState()).isEqualTo(ConnectionState.DISCONNECTED);
			controller.startLifecyclesInRole("leader");
			assertThat(second.getState()).isEqualTo(ConnectionState.DISCONNECTED);
		});
	}

	@Test
	void aListenerMayRemoveWhatIsBeingDeclared() {
		this.runner.run((context) -> {
			Connections connections = context.getBean(Connections.class);
			for (Class<?> event : new Class<?>[] { ConnectionDeclaredEvent.class, ConnectionStateChangedEvent.class }) {
				Consumer<Object> listener = (seen) -> connections.remove("ground");
				context.getSourceApplicationContext().addApplicationListener(new Listener(event, listener));
				assertThatExceptionOfType(ConnectionException.class)
					.isThrownBy(() -> connections.declare("ground", URL))
					.withMessageStartingWith("Connection 'ground' was ");
				assertThat(connections.names()).isEmpty();
				assertThat(context.containsBean("ground")).isFalse();
				assertThat(context.containsBean("ground.in")).isFalse();
			}
		});
	}

	private static void send(Connection connection, String text) throws Exception {
		byte[] payload = text.getBytes(StandardCharsets.US_ASCII);
		try (DatagramSocket socket = new DatagramSocket()) {
			socket.send(new DatagramPacket(payload, payload.length, (InetSocketAddress) connection.getLocalAddress()));
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Early implements InitializingBean {

		private final Connections connections;

		private final Environment environment;

		private ConnectionState stateThen;

		Early(Connections connections, Environment environment) {
			this.connections = connections;
			this.environment = environment;
		}

		@Override
		public void afterPropertiesSet() {
			this.stateThen = this.connections.declare("early", this.environment.getRequiredProperty("test.url"))
				.getState();
		}

	}

	static class Phase implements SmartLifecycle {

		private final int phase;

		@Autowired
		private Connections connections;

		private volatile ConnectionState stateThen;

		Phase() {
			this(5);
		}

		Phase(int phase) {
			this.phase = phase;
		}

		@Override
		public void start() {
			this.stateThen = this.connections.declare("phase", URL).getState();
		}

		@Override
		public void stop() {
			this.stateThen = null;
		}

		@Override
		public boolean isRunning() {
			return this.stateThen != null;
		}

		@Override
		public int getPhase() {
			return this.phase;
		}

	}

	static class Refreshed {

		private final Connections connections;

		private ConnectionState stateThen;

		Refreshed(Connections connections) {
			this.connections = connections;
		}

		@EventListener
		void refreshed(ContextRefreshedEvent event) {
			this.stateThen = this.connections.declare("refreshed", URL).getState();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Flows {

		private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

		@ServiceActivator(inputChannel = "annotated.in")
		void receive(byte[] payload) {
			this.received.add(new String(payload, StandardCharsets.US_ASCII));
		}

		@Bean
		IntegrationFlow flow() {
			return IntegrationFlow.from("composed.in")
				.handle((message) -> receive((byte[]) message.getPayload()))
				.get();
		}

	}

	record Listener(Class<?> type, Consumer<Object> action) implements ApplicationListener<PayloadApplicationEvent<?>> {

		@Override
		public void onApplicationEvent(PayloadApplicationEvent<?> event) {
			if (this.type.isInstance(event.getPayload())) {
				this.action.accept(event.getPayload());
			}
		}

	}

}
