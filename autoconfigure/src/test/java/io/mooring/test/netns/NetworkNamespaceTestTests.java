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

package io.mooring.test.netns;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.mooring.test.RequiresTools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@NetworkNamespaceTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NetworkNamespaceTestTests {

	private static Process server;

	private static Process peerOfATest;

	private final boolean constructed = NamespacePair.isInside();

	private boolean prepared;

	NetworkNamespaceTestTests() {
		assertThat(NamespacePair.isInside()).isTrue();
	}

	@BeforeAll
	static void startServer(NetworkNamespaces namespaces) {
		server = namespaces.startPeer("sleep", "1000");
	}

	@BeforeEach
	void prepare(NetworkNamespaces namespaces) {
		assertThat(NamespacePair.isInside()).isTrue();
		this.prepared = namespaces != null;
	}

	@AfterEach
	void cleanUp() {
		assertThat(NamespacePair.isInside()).isTrue();
	}

	@Test
	void everythingRunsInside() {
		assertThat(this.constructed).isTrue();
		assertThat(this.prepared).isTrue();
	}

	@Test
	void thereAreTwoInterfacesNextToLoopback() throws Exception {
		assertThat(NetworkInterface.networkInterfaces().map(NetworkInterface::getName).collect(Collectors.toList()))
			.containsExactlyInAnyOrder("lo", "veth0", "veth1");
		assertThat(NetworkInterface.getByInetAddress(InetAddress.getByName(NetworkNamespaces.ADDRESS)).getName())
			.isEqualTo(NetworkNamespaces.INTERFACE);
		assertThat(
				NetworkInterface.getByInetAddress(InetAddress.getByName(NetworkNamespaces.SECOND_ADDRESS6)).getName())
			.isEqualTo(NetworkNamespaces.SECOND_INTERFACE);
	}

	@ParameterizedTest
	@ValueSource(strings = { NetworkNamespaces.PEER_ADDRESS, NetworkNamespaces.PEER_ADDRESS6,
			NetworkNamespaces.SECOND_PEER_ADDRESS, NetworkNamespaces.SECOND_PEER_ADDRESS6 })
	@RequiresTools("python3")
	void peersAnswer(String address, NetworkNamespaces namespaces) throws Exception {
		Process peer = namespaces.startPeer("python3", "-u", "-c", """
				import socket, sys
				s = socket.create_server((sys.argv[1], 0), family=
				  socket.AF_INET6 if ":" in sys.argv[1] else socket.AF_INET)
				print(s.getsockname()[1])
				s.accept()[0].send(b"x")
				""", address);
		int port = Integer.parseInt(peer.inputReader().readLine());
		try (Socket socket = new Socket(address, port)) {
			assertThat(socket.getInputStream().read()).isEqualTo('x');
		}
	}

	@RepeatedTest(2)
	void whatATestChangedIsPutBack(NetworkNamespaces namespaces) throws Exception {
		assertThat(NetworkInterface.getByName("veth9")).isNull();
		assertThat(NetworkInterface.getByName("veth0").isUp()).isTrue();
		assertThat(NetworkInterface.getByInetAddress(InetAddress.getByName("10.9.9.9"))).isNull();
		namespaces.run("ip", "link", "add", "veth9", "type", "veth", "peer", "name", "veth8");
		namespaces.addAddress("veth9", "10.9.9.9/24");
		namespaces.addAddress("lo", "10.9.9.9/32");
		namespaces.linkDown("veth0");
		assertThat(NetworkInterface.getByName("veth9")).isNotNull();
		await().until(() -> !NetworkInterface.getByName("veth0").isUp());
	}

	@Test
	@Order(1)
	void aTestHasProcesses(NetworkNamespaces namespaces) {
		peerOfATest = namespaces.startPeer("sleep", "1000");
		assertThat(peerOfATest.isAlive()).isTrue();
	}

	@Test
	@Order(2)
	void processesEndWithTheTestOrTheClassThatStartedThem() {
		assertThat(peerOfATest.isAlive()).isFalse();
		assertThat(server.isAlive()).isTrue();
	}

	@Test
	void aCommandThatFailsIsAnError(NetworkNamespaces namespaces) {
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> namespaces.peer("sh", "-c", "echo why; exit 3"))
			.withMessageEndingWith("failed with 3: why");
	}

	@Nested
	class NestedTests {

		@Test
		void runInsideToo() throws IOException {
			assertThat(NetworkNamespaceTestTests.this.prepared).isTrue();
			assertThat(NetworkInterface.getByName("veth1")).isNotNull();
		}

	}

}
