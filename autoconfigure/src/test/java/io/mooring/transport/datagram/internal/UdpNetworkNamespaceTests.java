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

package io.mooring.transport.datagram.internal;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.mooring.ConnectionException;
import io.mooring.ConnectionState;
import io.mooring.ConnectionType;
import io.mooring.Datagram;
import io.mooring.DatagramConnection;
import io.mooring.binding.IpSubnet;
import io.mooring.binding.SocketBinding;
import io.mooring.test.SpecBuilder;
import io.mooring.test.TestTransports;
import io.mooring.test.netns.NetworkNamespaceTest;
import io.mooring.test.netns.NetworkNamespaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@NetworkNamespaceTest
class UdpNetworkNamespaceTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private final TestTransports transports = new TestTransports();

	@AfterEach
	void closeAll() {
		this.transports.close();
	}

	private DatagramConnection listener(SocketBinding binding) {
		return this.transports.create(SpecBuilder.of("ground", ConnectionType.UDP_LISTEN).local(binding, 0).build(),
				DatagramConnection.class);
	}

	private static SocketBinding subnet(String subnet) {
		return new SocketBinding.Subnet(IpSubnet.parse(subnet));
	}

	private static int port(DatagramConnection connection) {
		return ((InetSocketAddress) connection.getLocalAddress()).getPort();
	}

	@Test
	void listenerInASubnetHearsARealLogger(NetworkNamespaces namespaces) {
		DatagramConnection ground = listener(subnet("10.77.2.0/24"));
		ground.open();
		assertThat(ground.getStatus().interfaceName()).isEqualTo(NetworkNamespaces.SECOND_INTERFACE);
		namespaces.peer("logger", "--udp", "--server", NetworkNamespaces.SECOND_ADDRESS, "--port",
				String.valueOf(port(ground)), "over the wire");
		Datagram datagram = ground.receive(SOON);
		assertThat(new String(datagram.payload(), StandardCharsets.UTF_8)).endsWith("over the wire");
		assertThat(((InetSocketAddress) datagram.sender()).getAddress().getHostAddress())
			.isEqualTo(NetworkNamespaces.SECOND_PEER_ADDRESS);
	}

	@Test
	void bindingKeepsOutWhatComesToOtherAddresses(NetworkNamespaces namespaces) {
		DatagramConnection ground = listener(new SocketBinding.Interface(NetworkNamespaces.INTERFACE));
		ground.open();
		send(namespaces, NetworkNamespaces.SECOND_ADDRESS, port(ground), "other");
		send(namespaces, NetworkNamespaces.ADDRESS, port(ground), "mine");
		assertThat(ground.receive(SOON).payload()).asString().isEqualTo("mine");
		assertThat(ground.receive(Duration.ZERO)).isNull();
	}

	@Test
	void answersOverIpv6(NetworkNamespaces namespaces) throws Exception {
		DatagramConnection ground = listener(subnet("fd77:1::/64"));
		ground.open();
		Process peer = namespaces.startPeer("python3", "-c", """
				import socket, sys
				s = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
				s.settimeout(10)
				s.sendto(b'ping', ('%s', %d))
				print(s.recvfrom(100)[0].decode(), flush=True)
				""".formatted(NetworkNamespaces.ADDRESS6, port(ground)));
		Datagram datagram = ground.receive(SOON);
		ground.send("pong".getBytes(StandardCharsets.UTF_8), datagram.sender());
		assertThat(new String(peer.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip()).isEqualTo("pong");
	}

	@Test
	void interfaceThatDoesNotExistYetIsWaitedFor(NetworkNamespaces namespaces) throws Exception {
		DatagramConnection ground = listener(new SocketBinding.Interface("later0"));
		assertThatExceptionOfType(ConnectionException.class).isThrownBy(ground::open)
			.withMessageContaining("Network interface 'later0' has no IP address")
			.withMessageContaining("candidates: lo (127.0.0.1/8")
			.withMessageContaining("veth0 (10.77.1.1/24");
		assertThat(ground.getState()).isEqualTo(ConnectionState.CONNECTING);
		namespaces.run("ip", "link", "add", "later0", "type", "veth", "peer", "name", "later1");
		try {
			namespaces.run("ip", "address", "add", "10.99.0.1/24", "dev", "later0");
			namespaces.run("ip", "link", "set", "later1", "up");
			namespaces.run("ip", "link", "set", "later0", "up");
			assertThat(ground.awaitState(ConnectionState.CONNECTED, SOON)).isTrue();
			assertThat(ground.getStatus().interfaceName()).isEqualTo("later0");
		}
		finally {
			namespaces.run("ip", "link", "delete", "later0");
		}
	}

	@Test
	void unroutableRecipientFailsThatDatagramAlone(NetworkNamespaces namespaces) {
		DatagramConnection ground = listener(new SocketBinding.Interface(NetworkNamespaces.INTERFACE));
		ground.open();
		assertThatExceptionOfType(ConnectionException.class)
			.isThrownBy(() -> ground.send(new byte[1], new InetSocketAddress("203.0.113.1", 9)))
			.withMessageContaining("cannot send to 203.0.113.1:9: Network is unreachable");
		assertThat(ground.getState()).isEqualTo(ConnectionState.CONNECTED);
		assertThat(ground.getStatistics().opens()).isEqualTo(1);
	}

	@Test
	void sendingNoticesThatTheAddressIsGoneAndTheConnectionFollowsIt(NetworkNamespaces namespaces) throws Exception {
		DatagramConnection ground = listener(subnet("10.77.2.0/24"));
		ground.open();
		InetSocketAddress peer = new InetSocketAddress(NetworkNamespaces.SECOND_PEER_ADDRESS, 9);
		ground.send(new byte[1], peer);
		namespaces.removeAddress(NetworkNamespaces.SECOND_INTERFACE, NetworkNamespaces.SECOND_ADDRESS + "/24");
		try {
			assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> ground.send(new byte[1], peer));
			await().atMost(SOON).until(() -> ground.getState() == ConnectionState.CONNECTING);
			namespaces.addAddress(NetworkNamespaces.SECOND_INTERFACE, "10.77.2.9/24");
			await().atMost(SOON)
				.until(() -> ground.getLocalAddress() instanceof InetSocketAddress local
						&& local.getAddress().getHostAddress().equals("10.77.2.9"));
			assertThat(ground.getStatistics().opens()).isGreaterThanOrEqualTo(2);
		}
		finally {
			namespaces.removeAddress(NetworkNamespaces.SECOND_INTERFACE, "10.77.2.9/24");
			namespaces.addAddress(NetworkNamespaces.SECOND_INTERFACE, NetworkNamespaces.SECOND_ADDRESS + "/24");
		}
	}

	private static void send(NetworkNamespaces namespaces, String address, int port, String text) {
		namespaces.peer("python3", "-c", "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'"
				+ text + "', ('" + address + "', " + port + "))");
	}

}
