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

package io.mooring.supervision.internal;

import java.lang.reflect.Proxy;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.mooring.Connection;
import io.mooring.ConnectionException;
import io.mooring.ConnectionState;
import io.mooring.ConnectionType;
import io.mooring.StartupMode;
import io.mooring.binding.InterfaceWatcher;
import io.mooring.binding.NetworkInterfaces;
import io.mooring.binding.SocketBinding;
import io.mooring.supervision.ConnectionStartupException;
import io.mooring.supervision.ReconnectPolicy;
import io.mooring.supervision.ReconnectSettings;
import io.mooring.test.SpecBuilder;
import io.mooring.test.TestTransports;
import io.mooring.transport.SupervisedConnection;
import io.mooring.transport.settings.StartupSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@Timeout(60)
class ConnectionSupervisorTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private final RecordingPolicy policy = new RecordingPolicy();

	private final TestTransports transports = new TestTransports(NetworkInterfaces.system(), this.policy);

	private DatagramSocket occupant;

	@BeforeEach
	void occupyAPort() throws Exception {
		this.occupant = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
	}

	@AfterEach
	void close() {
		this.occupant.close();
		this.transports.close();
	}

	private SpecBuilder blocked() {
		return SpecBuilder.of("blocked", ConnectionType.UDP_LISTEN)
			.local(new SocketBinding.Fixed("127.0.0.1"), this.occupant.getLocalPort());
	}

	private static ReconnectSettings reconnect(boolean enabled, int maxAttempts, @Nullable String policy) {
		return SpecBuilder.reconnect(enabled, Duration.ofMillis(20), 1, Duration.ofMillis(20), 0, maxAttempts, policy);
	}

	private static StartupSettings startup(StartupMode mode, Duration timeout) {
		return SpecBuilder.startup(mode, timeout, true, 0);
	}

	@Test
	void policyIsAskedAfterEachFailureAndToldOfSuccess() throws Exception {
		SupervisedConnection connection = this.transports.create(blocked().build());
		assertThatExceptionOfType(ConnectionException.class).isThrownBy(connection::open);
		await().atMost(SOON).until(() -> connection.getStatus().attempts() >= 3);
		this.occupant.close();
		assertThat(connection.awaitState(ConnectionState.CONNECTED, SOON)).isTrue();
		connection.close();
		assertThat(this.policy.calls).startsWith("attempt 1", "attempt 2", "attempt 3").endsWith("opened", "closed");
	}

	@Test
	void givesUpWhenThePolicyDoes() {
		this.policy.giveUpAfter = 2;
		SupervisedConnection connection = this.transports.create(blocked().build());
		assertThatExceptionOfType(ConnectionException.class).isThrownBy(connection::open);
		await().atMost(SOON).until(() -> connection.getState() == ConnectionState.DISCONNECTED);
		assertThat(connection.getStatus().attempts()).isEqualTo(2);
		assertThat(connection.getStatus().enabled()).isTrue();
		assertThat(connection.getStatus().lastError()).hasMessageContaining("Address already in use");
	}

	@Test
	void givesUpAfterTheLastAttemptWhateverThePolicySays() {
		SupervisedConnection connection = this.transports.create(blocked().reconnect(reconnect(true, 3, null)).build());
		assertThatExceptionOfType(ConnectionException.class).isThrownBy(connection::open);
		await().atMost(SOON).until(() -> connection.getState() == ConnectionState.DISCONNECTED);
		assertThat(connection.getStatus().attempts()).isEqualTo(3);
		assertThat(this.policy.calls).containsExactly("attempt 1", "attempt 2");
	}

	@Test
	void asksNoPolicyWhereReconnectingIsOff() {
		SupervisedConnection connection = this.transports
			.create(blocked().reconnect(reconnect(false, 0, null)).build());
		assertThatExceptionOfType(ConnectionException.class).isThrownBy(connection::open);
		assertThat(connection.getState()).isEqualTo(ConnectionState.DISCONNECTED);
		assertThat(this.policy.calls).isEmpty();
	}

	@Test
	void asksThePolicyThatTheConnectionNames() {
		RecordingPolicy own = new RecordingPolicy();
		this.transports.policies().put("own", own);
		SupervisedConnection connection = this.transports
			.create(blocked().reconnect(reconnect(true, 0, "own")).build());
		assertThatExceptionOfType(ConnectionException.class).isThrownBy(connection::open);
		await().atMost(SOON).until(() -> connection.getStatus().attempts() >= 2);
		this.occupant.close();
		await().atMost(SOON).until(() -> connection.getState() == ConnectionState.CONNECTED);
		connection.close();
		assertThat(own.calls).startsWith("attempt 1", "attempt 2").endsWith("opened", "closed");
		assertThat(this.policy.calls).isEmpty();
	}

	@Test
	void policyThatCannotBeMadeLeavesTheDecisionToTheProperties() {
		SupervisedConnection connection = this.transports
			.create(blocked().reconnect(reconnect(true, 0, "nowhere")).build());
		assertThatExceptionOfType(ConnectionException.class).isThrownBy(connection::open);
		this.occupant.close();
		await().atMost(SOON).until(() -> connection.getState() == ConnectionState.CONNECTED);
	}

	@Test
	void closingEndsTheAttempts() throws Exception {
		SupervisedConnection connection = this.transports.create(blocked().build());
		assertThatExceptionOfType(ConnectionException.class).isThrownBy(connection::open);
		connection.close();
		int calls = this.policy.calls.size();
		this.occupant.close();
		assertThat(connection.awaitState(ConnectionState.CONNECTED, Duration.ofMillis(300))).isFalse();
		assertThat(this.policy.calls).hasSize(calls);
	}

	@Test
	void openTriesAtOnceRatherThanWaitForTheNextAttempt() {
		this.policy.delay = Duration.ofHours(1);
		SupervisedConnection connection = this.transports.create(blocked().build());
		assertThatExceptionOfType(ConnectionException.class).isThrownBy(connection::open);
		this.occupant.close();
		connection.open();
		assertThat(connection.getState()).isEqualTo(ConnectionState.CONNECTED);
	}

	@Test
	void whatIsStillOpenIsClosedAtTheEnd() {
		SupervisedConnection connection = this.transports.create(blocked().build());
		this.occupant.close();
		connection.open();
		this.transports.close();
		assertThat(connection.getState()).isEqualTo(ConnectionState.DISCONNECTED);
		assertThatExceptionOfType(ConnectionException.class).isThrownBy(connection::open)
			.withMessageContaining("the application is stopping");
	}

	@Test
	void errorOfAListenerKeepsNobodyFromOpeningNorOtherEventsFromComing() {
		this.transports.onEvent((event) -> {
			throw new NoClassDefFoundError("of a listener");
		});
		SupervisedConnection connection = this.transports.create(blocked().build());
		this.occupant.close();
		connection.open();
		connection.close();
		assertThat(this.transports.states()).endsWith(ConnectionState.CONNECTED, ConnectionState.DISCONNECTING,
				ConnectionState.DISCONNECTED);
	}

	@Test
	void errorOfThePolicyLeavesTheDecisionToTheProperties() {
		this.policy.error = new NoClassDefFoundError("of a policy");
		SupervisedConnection connection = this.transports.create(blocked().build());
		assertThatExceptionOfType(ConnectionException.class).isThrownBy(connection::open)
			.withMessageContaining("Address already in use");
		this.occupant.close();
		await().atMost(SOON).until(() -> connection.getState() == ConnectionState.CONNECTED);
	}

	@Test
	void nothingIsOpenedWhileTheSupervisorCloses() {
		ConnectionSupervisor supervisor = new ConnectionSupervisor(new ReconnectPolicies(null, (name) -> this.policy),
				(event) -> {
				}, new InterfaceWatcher(NetworkInterfaces.system(), Duration.ZERO),
				this.transports.context().mailboxes());
		SupervisedConnection connection = (SupervisedConnection) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { SupervisedConnection.class }, (proxy, method, arguments) -> {
					if (!"hashCode".equals(method.getName())) {
						return null;
					}
					// Called while the connection is added to the supervised ones
					supervisor.close();
					return 0;
				});
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> supervisor.opening(connection));
	}

	@Test
	void gateFailsForAllThatFailFastAtOnce() {
		ConnectionLifecycle first = lifecycle(blocked().startup(startup(StartupMode.FAIL_FAST, SOON)));
		ConnectionLifecycle second = lifecycle(blocked().startup(startup(StartupMode.FAIL_FAST, SOON)));
		first.start();
		second.start();
		StartupGate gate = new StartupGate(0, () -> List.of(first, second));
		assertThatExceptionOfType(ConnectionStartupException.class).isThrownBy(gate::start)
			.satisfies((ex) -> assertThat(ex.getFailures()).hasSize(2))
			.withMessageContaining("Connection 'blocked' (udp-listen) failed to open: cannot bind to 127.0.0.1:"
					+ this.occupant.getLocalPort() + ": Address already in use");
	}

	@Test
	void gateGoesOnWithoutAConnectionThatIsLate() {
		ConnectionLifecycle late = lifecycle(blocked().startup(startup(StartupMode.WAIT, Duration.ofMillis(200))));
		late.start();
		new StartupGate(0, () -> List.of(late)).start();
		assertThat(late.connection().getState()).isEqualTo(ConnectionState.CONNECTING);
	}

	@Test
	void gateDoesNotWaitForAConnectionThatWasGivenUp() {
		this.policy.giveUpAfter = 1;
		ConnectionLifecycle lifecycle = lifecycle(
				blocked().startup(startup(StartupMode.WAIT, Duration.ofSeconds(Long.MAX_VALUE))));
		lifecycle.start();
		new StartupGate(0, () -> List.of(lifecycle)).start();
		assertThat(lifecycle.connection().getState()).isEqualTo(ConnectionState.DISCONNECTED);
	}

	@Test
	void gateWaitsForAConnectionThatComes() {
		ConnectionLifecycle lifecycle = lifecycle(blocked().startup(startup(StartupMode.WAIT, SOON)));
		lifecycle.start();
		await().atMost(SOON).until(() -> lifecycle.connection().getStatus().attempts() > 0);
		this.occupant.close();
		new StartupGate(0, () -> List.of(lifecycle)).start();
		assertThat(lifecycle.connection().getState()).isEqualTo(ConnectionState.CONNECTED);
	}

	@Test
	void gateDoesNotWaitForTheBackground() {
		this.policy.delay = Duration.ofHours(1);
		ConnectionLifecycle lifecycle = lifecycle(blocked().startup(startup(StartupMode.BACKGROUND, SOON)));
		lifecycle.start();
		new StartupGate(0, () -> List.of(lifecycle)).start();
		lifecycle.stop();
		assertThat(lifecycle.isRunning()).isFalse();
		assertThat(lifecycle.connection().getState()).isEqualTo(ConnectionState.DISCONNECTED);
	}

	private ConnectionLifecycle lifecycle(SpecBuilder spec) {
		return new ConnectionLifecycle(this.transports.create(spec.build()), Duration.ofSeconds(10));
	}

	private static final class RecordingPolicy implements ReconnectPolicy {

		private final List<String> calls = new CopyOnWriteArrayList<>();

		private volatile Duration delay = Duration.ofMillis(20);

		private volatile int giveUpAfter = Integer.MAX_VALUE;

		private volatile @Nullable Error error;

		@Override
		public @Nullable Duration nextDelay(Connection connection, int attempts, Throwable cause) {
			if (this.error != null) {
				throw this.error;
			}
			this.calls.add("attempt " + attempts);
			return (attempts < this.giveUpAfter) ? this.delay : null;
		}

		@Override
		public void opened(Connection connection) {
			this.calls.add("opened");
		}

		@Override
		public void closed(Connection connection) {
			this.calls.add("closed");
		}

	}

}
