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

package io.mooring.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.mooring.Connection;
import io.mooring.ConnectionSpec;
import io.mooring.ConnectionState;
import io.mooring.StreamConnection;
import io.mooring.StreamListener;
import io.mooring.autoconfigure.properties.TestDeclarations;
import io.mooring.binding.BindingException;
import io.mooring.binding.FakeNetworkInterfaces;
import io.mooring.supervision.ReconnectPolicy;
import io.mooring.test.TestTransports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests that connections follow the network interfaces, which come and go on loopback.
 */
@Timeout(60)
class InterfaceFollowingTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private final FakeNetworkInterfaces interfaces = FakeNetworkInterfaces.withLoopback().add("eth0", "127.0.1.1/24");

	private final TestTransports transports = new TestTransports(this.interfaces, null);

	@AfterEach
	void closeAll() {
		this.transports.close();
	}

	private Connection open(String url) {
		Connection connection = this.transports.create(TestDeclarations.url(url));
		connection.open();
		return connection;
	}

	private static void awaitAddress(Connection connection, String address) {
		await().atMost(SOON)
			.until(() -> connection.getState() == ConnectionState.CONNECTED
					&& connection.getLocalAddress() instanceof InetSocketAddress local
					&& local.getAddress().getHostAddress().equals(address));
	}

	@ParameterizedTest
	@ValueSource(strings = { "udp-listen", "tcp-listen" })
	void anInterfaceBindingFollowsItsAddress(String type) {
		Connection connection = open(type + ":?interface=eth0");
		awaitAddress(connection, "127.0.1.1");
		this.interfaces.addAddress("eth0", "127.0.1.2/24").removeAddress("eth0", "127.0.1.1/24");
		awaitAddress(connection, "127.0.1.2");
		assertThat(connection.getStatistics().lastError()).isInstanceOf(BindingException.class)
			.hasMessageContaining("127.0.1.1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "udp-listen", "tcp-listen" })
	void aSubnetBindingMovesToAnotherInterface(String type) {
		Connection connection = open(type + ":?subnet=127.0.1.0/24");
		awaitAddress(connection, "127.0.1.1");
		this.interfaces.remove("eth0").add("eth1", "127.0.1.9/24");
		awaitAddress(connection, "127.0.1.9");
		assertThat(((SupervisedConnection) connection).getStatus().interfaceName()).isEqualTo("eth1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "udp-listen", "tcp-listen" })
	void anInterfaceThatHasAnAddressOfThePreferredFamilyAgainIsBoundToIt(String type) {
		this.interfaces.add("eth6", "::1/128");
		Connection connection = open(type + ":?interface=eth6");
		awaitAddress(connection, "0:0:0:0:0:0:0:1");
		this.interfaces.addAddress("eth6", "127.0.6.1/24");
		awaitAddress(connection, "127.0.6.1");
		this.interfaces.removeAddress("eth6", "127.0.6.1/24");
		awaitAddress(connection, "0:0:0:0:0:0:0:1");
		this.interfaces.addAddress("eth6", "127.0.6.2/24");
		awaitAddress(connection, "127.0.6.2");
	}

	@ParameterizedTest
	@ValueSource(strings = { "udp-listen", "tcp-listen" })
	void aLinkLocalAddressIsNoSubstituteForTheOneThatIsGone(String type) throws Exception {
		this.interfaces.addAddress("eth0", "fe80::5/64");
		Connection connection = open(type + ":?interface=eth0");
		awaitAddress(connection, "127.0.1.1");
		this.interfaces.removeAddress("eth0", "127.0.1.1/24");
		assertThat(connection.awaitState(ConnectionState.CONNECTING, SOON)).isTrue();
		await().atMost(SOON)
			.untilAsserted(() -> assertThat(connection.getStatistics().lastError()).isInstanceOf(BindingException.class)
				.hasMessageContaining("fe80:0:0:0:0:0:0:5")
				.hasMessageContaining("127.0.1.1"));
		this.interfaces.addAddress("eth0", "127.0.1.3/24");
		awaitAddress(connection, "127.0.1.3");
	}

	@Test
	void anInterfaceThatIsDownOrGoneIsWaitedFor() throws Exception {
		Connection connection = open("udp-listen:?interface=eth0");
		this.interfaces.down("eth0");
		assertThat(connection.awaitState(ConnectionState.CONNECTING, SOON)).isTrue();
		await().atMost(SOON)
			.untilAsserted(() -> assertThat(connection.getStatistics().lastError())
				.hasMessageContaining("Network interface 'eth0' has no IP address"));
		this.interfaces.up("eth0");
		awaitAddress(connection, "127.0.1.1");
		this.interfaces.remove("eth0");
		assertThat(connection.awaitState(ConnectionState.CONNECTING, SOON)).isTrue();
		this.interfaces.add("eth0", "127.0.1.3/24");
		awaitAddress(connection, "127.0.1.3");
	}

	@Test
	void whatKeepsItsAddressIsNotTouched() {
		Connection connection = open("udp-listen:?interface=eth0");
		Connection everywhere = open("udp-listen:");
		Connection sentinel = open("udp-listen:?subnet=127.0.1.0/24");
		this.interfaces.add("eth1", "127.0.2.1/24").addAddress("eth0", "127.0.3.1/24");
		this.interfaces.remove("eth1").add("eth2", "127.0.1.2/28").removeAddress("eth0", "127.0.3.1/24");
		// The longer prefix is preferred
		awaitAddress(sentinel, "127.0.1.2");
		assertThat(connection.getStatistics().opens()).isOne();
		assertThat(everywhere.getStatistics().opens()).isOne();
		assertThat(connection.getState()).isEqualTo(ConnectionState.CONNECTED);
	}

	@Test
	void aFixedAddressThatIsGoneIsWaitedFor() throws Exception {
		Connection connection = open("udp-listen://127.0.1.1:0");
		this.interfaces.remove("eth0");
		assertThat(connection.awaitState(ConnectionState.CONNECTING, SOON)).isTrue();
		await().atMost(SOON)
			.untilAsserted(() -> assertThat(connection.getStatistics().lastError()).hasMessageContaining("127.0.1.1"));
	}

	@Test
	void streamsEndWithTheAddressThatTheyTalkFrom() throws Exception {
		try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
			StreamConnection client = (StreamConnection) open(
					"tcp://127.0.0.1:" + server.getLocalPort() + "?interface=eth0");
			awaitAddress(client, "127.0.1.1");
			this.interfaces.addAddress("eth0", "127.0.1.2/24").removeAddress("eth0", "127.0.1.1/24");
			awaitAddress(client, "127.0.1.2");
		}
		Connection listener = open("tcp-listen:");
		int port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
		try (Socket peer = new Socket("127.0.1.2", port); Socket other = new Socket("127.0.0.1", port)) {
			StreamListener feed = (StreamListener) listener;
			await().atMost(SOON).until(() -> feed.getClients().size() == 2);
			this.interfaces.remove("eth0");
			peer.setSoTimeout(10_000);
			assertThat(peer.getInputStream().read()).isEqualTo(-1);
			await().atMost(SOON).until(() -> feed.getClients().size() == 1);
			assertThat(listener.getStatistics().opens()).isOne();
		}
	}

	@Test
	void anEventThatConcernsAConnectionBeginsItsDelaysAnew() throws Exception {
		AtomicInteger attempts = new AtomicInteger(-1);
		ReconnectPolicy patient = (connection, failed, cause) -> {
			attempts.set(failed);
			return (failed == 0) ? Duration.ofMillis(10) : Duration.ofHours(1);
		};
		try (TestTransports patiently = new TestTransports(this.interfaces, patient)) {
			ConnectionSpec spec = TestDeclarations.url("udp-listen:?interface=eth9");
			SupervisedConnection connection = patiently.create(spec);
			connection.startOpen();
			await().atMost(SOON).until(() -> attempts.get() == 1);
			this.interfaces.add("eth8", "127.0.8.1/24");
			this.interfaces.add("eth9", "127.0.9.1/24");
			awaitAddress(connection, "127.0.9.1");
		}
	}

}
