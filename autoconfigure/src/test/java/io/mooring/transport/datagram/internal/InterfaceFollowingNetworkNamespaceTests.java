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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.mooring.Connection;
import io.mooring.ConnectionException;
import io.mooring.ConnectionState;
import io.mooring.DatagramConnection;
import io.mooring.MulticastConnection;
import io.mooring.test.RequiresTools;
import io.mooring.test.netns.NetworkNamespaceTest;
import io.mooring.test.netns.NetworkNamespaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Interfaces and addresses that come and go under open connections.
 */
@NetworkNamespaceTest
@RequiresTools("python3")
@Timeout(60)
class InterfaceFollowingNetworkNamespaceTests extends AbstractUdpConnectionTests {

	private static void awaitOpen(Connection connection, String address) {
		await().atMost(SOON)
			.until(() -> connection.getState() == ConnectionState.CONNECTED
					&& String.valueOf(connection.getLocalAddress()).startsWith("/" + address + ":"));
	}

	private static void awaitLost(Connection connection) {
		await().atMost(SOON).until(() -> connection.getState() == ConnectionState.CONNECTING);
	}

	@Test
	void aLinkThatWasDownIsUsedAgain(NetworkNamespaces namespaces) {
		DatagramConnection listen = open("udp-listen:?interface=veth0&port=4242");
		namespaces.linkDown("veth0");
		awaitLost(listen);
		assertThat(listen.getStatistics().lastError()).hasMessageContaining("'veth0' has no IP address")
			.hasMessageContaining("down");
		namespaces.linkUp("veth0");
		awaitOpen(listen, "10.77.1.1");
		Python.run(namespaces, "ipv4().sendto(b'again', ('10.77.1.1', 4242))");
		assertThat(text(listen.receive(SOON))).isEqualTo("again");
	}

	@Test
	void anotherAddressIsBoundToAndNoOtherConnectionLosesAnything(NetworkNamespaces namespaces) {
		DatagramConnection follows = open("udp-listen:?interface=veth0&port=4242");
		DatagramConnection subnet = open("udp-listen:?subnet=10.77.1.0/24&port=4243");
		DatagramConnection steady = open("udp-listen:?interface=veth1&port=4244");
		Python peer = Python.start(namespaces, """
				s = ipv4()
				print("ready")
				import time
				for i in range(1000):
				    s.sendto(b"%%d" %% i, ("10.77.2.1", 4244))
				    time.sleep(0.003)
				print("done")
				""");
		namespaces.removeAddress("veth0", "10.77.1.1/24");
		namespaces.addAddress("veth0", "10.77.1.9/24");
		awaitOpen(follows, "10.77.1.9");
		awaitOpen(subnet, "10.77.1.9");
		namespaces.removeAddress("veth0", "10.77.1.9/24");
		namespaces.addAddress("veth0", "10.77.1.1/24");
		awaitOpen(follows, "10.77.1.1");
		assertThat(peer.line()).isEqualTo("done");
		await().atMost(SOON).until(() -> steady.getStatistics().received() == 1000);
		assertThat(steady.getStatistics().opens()).isOne();
	}

	@Test
	void groupsAreJoinedAgainOnAnInterfaceThatWasMadeAnew(NetworkNamespaces namespaces) {
		MulticastConnection group = open("udp-multicast://239.255.14.50:4242?interface=veth0&multicast.bind=any",
				MulticastConnection.class);
		group.join("239.255.14.51", "veth0", null);
		namespaces.makeAnew();
		await().atMost(SOON)
			.untilAsserted(() -> assertThat(namespaces.run("ip", "maddress", "show", "dev", "veth0"))
				.contains("239.255.14.50", "239.255.14.51"));
		await().atMost(SOON).until(() -> group.getState() == ConnectionState.CONNECTED);
		Python.run(namespaces, "through(ipv4(), '10.77.1.2').sendto(b'anew', ('239.255.14.50', 4242))");
		assertThat(text(group.receive(SOON))).isEqualTo("anew");
		Python peer = Python.start(namespaces, """
				s = join(ipv4("239.255.14.50", 4242), "239.255.14.50", "10.77.1.2")
				print("ready")
				show(s)
				""");
		group.send(bytes("and out"));
		assertThat(peer.line()).startsWith("and out from 10.77.1.1");
	}

	@Test
	void aGroupIsSentToFromTheOtherAddressThatItsInterfaceHasNow(NetworkNamespaces namespaces) {
		MulticastConnection group = open("udp-multicast://239.255.14.50:4242?interface=veth0",
				MulticastConnection.class);
		Python peer = Python.start(namespaces, """
				s = join(ipv4("239.255.14.50", 4242), "239.255.14.50", "10.77.1.2")
				print("ready")
				show(s, 1)
				""");
		namespaces.removeAddress("veth0", "10.77.1.1/24");
		namespaces.addAddress("veth0", "10.77.1.9/24");
		await().atMost(SOON).ignoreException(ConnectionException.class).until(() -> {
			group.send(bytes("anew"));
			return true;
		});
		assertThat(peer.line()).startsWith("anew from 10.77.1.9");
		assertThat(group.getStatistics().opens()).isOne();
	}

}
