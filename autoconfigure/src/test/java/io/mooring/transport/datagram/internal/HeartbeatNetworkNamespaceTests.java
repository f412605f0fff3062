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

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.mooring.Connection;
import io.mooring.ConnectionState;
import io.mooring.DatagramConnection;
import io.mooring.MulticastConnection;
import io.mooring.test.Heartbeats;
import io.mooring.test.RequiresTools;
import io.mooring.test.netns.NetworkNamespaceTest;
import io.mooring.test.netns.NetworkNamespaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Feeds that fall silent, on real networks.
 */
@NetworkNamespaceTest
@RequiresTools("python3")
@Timeout(60)
class HeartbeatNetworkNamespaceTests extends AbstractUdpConnectionTests {

	private static void awaitSilent(Connection connection) {
		await().atMost(Duration.ofSeconds(30)).until(() -> connection.getState() == ConnectionState.CONNECTING);
		assertThat(connection.getStatistics().lastError()).hasMessageContaining("(heartbeat.timeout)");
	}

	@Test
	void aGroupIsHeardOnAnInterfaceThatWasMadeAnewWhileItWasSilent(NetworkNamespaces namespaces) {
		Heartbeats time = Heartbeats.held(this.transports);
		MulticastConnection group = open(
				"udp-multicast://239.255.14.50:4242?interface=veth0&heartbeat.timeout=100ms&reconnect.initial-delay=50ms",
				MulticastConnection.class);
		time.passUntil(100, () -> group.getState() == ConnectionState.CONNECTING);
		awaitSilent(group);
		// The time of the socket that waits is never up
		namespaces.makeAnew();
		await().atMost(SOON).until(() -> {
			Python.run(namespaces, "through(ipv4(), '10.77.1.2').sendto(b'anew', ('239.255.14.50', 4242))");
			return group.getState() == ConnectionState.CONNECTED;
		});
		assertThat(text(group.receive(SOON))).isEqualTo("anew");
	}

	@Test
	void broadcastsOfItsOwnAreNoSignOfLife(NetworkNamespaces namespaces) {
		DatagramConnection hello = open(
				"udp-broadcast:?port=4242&broadcast.address=10.77.1.255&heartbeat.interval=100ms"
						+ "&heartbeat.payload=hello&heartbeat.timeout=1s&reconnect.initial-delay=50ms&reconnect.max-delay=50ms");
		Python peer = Python.start(namespaces, """
				s = ipv4("", 4242)
				print("ready")
				show(s)
				""");
		assertThat(peer.line()).startsWith("hello from 10.77.1.1");
		await().atMost(SOON).until(() -> hello.getStatistics().received() > 1);
		awaitSilent(hello);
		await().atMost(SOON).until(() -> {
			Python.run(namespaces, "ipv4().sendto(b'here', ('10.77.1.255', 4242))");
			return hello.getState() == ConnectionState.CONNECTED;
		});
		assertThat(text(hello.receive(SOON))).isEqualTo("here");
	}

	@Test
	void aRemoteBehindALinkThatIsDownIsNoticed(NetworkNamespaces namespaces) {
		Python peer = Python.start(namespaces, """
				s = ipv4("10.77.1.2", 4242)
				print("ready")
				while True:
				    data, sender = s.recvfrom(100)
				    s.sendto(b"echo " + data, sender)
				""");
		DatagramConnection remote = open("udp://10.77.1.2:4242?heartbeat.interval=100ms&heartbeat.payload=hi"
				+ "&heartbeat.timeout=1s&reconnect.initial-delay=50ms&reconnect.max-delay=50ms");
		for (int i = 0; i < 15; i++) {
			assertThat(text(remote.receive(SOON))).isEqualTo("echo hi");
		}
		namespaces.peer("ip", "link", "set", NetworkNamespaces.PEER_INTERFACE, "down");
		awaitSilent(remote);
		namespaces.peer("ip", "link", "set", NetworkNamespaces.PEER_INTERFACE, "up");
		await().atMost(SOON).until(() -> remote.getState() == ConnectionState.CONNECTED);
		assertThat(peer).isNotNull();
	}

}
