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
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.mooring.ConnectionException;
import io.mooring.ConnectionSpec;
import io.mooring.ConnectionState;
import io.mooring.MulticastConnection;
import io.mooring.autoconfigure.properties.TestDeclarations;
import io.mooring.test.RequiresTools;
import io.mooring.test.netns.NetworkNamespaceTest;
import io.mooring.test.netns.NetworkNamespaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Connections with groups on two interfaces of which one comes and goes: the other one
 * loses nothing by it.
 */
@NetworkNamespaceTest
@RequiresTools("python3")
@ExtendWith(OutputCaptureExtension.class)
@Timeout(60)
class MissingInterfaceNetworkNamespaceTests extends AbstractUdpConnectionTests {

	private static ConnectionSpec onBoth(String first, String second) {
		return TestDeclarations.yml("type: udp-multicast", "port: 4242", "multicast:", "  groups:",
				"  - {group: 239.255.14.50, interface: " + first + "}",
				"  - {group: 239.255.14.51, interface: " + second + "}");
	}

	private static void sendFirst(NetworkNamespaces namespaces, String text) {
		Python.run(namespaces, "through(ipv4(), '10.77.1.2').sendto(b'%s', ('239.255.14.50', 4242))", text);
	}

	private static Python sendManyToSecond(NetworkNamespaces namespaces) {
		return Python.start(namespaces, """
				s = through(ipv4(), "10.77.2.2")
				print("ready")
				for i in range(1000):
				    s.sendto(b"second", ("239.255.14.51", 4242))
				    time.sleep(0.003)
				print("done")
				""");
	}

	private static void awaitNothingMissing(MulticastConnection connection) {
		await().atMost(SOON).until(() -> connection.getMissingMemberships().isEmpty());
	}

	@Test
	void whatWasMadeAnewIsJoinedAgainAndTheOtherLosesNothing(NetworkNamespaces namespaces) {
		MulticastConnection both = open(onBoth("veth0", "veth1"), MulticastConnection.class);
		Python peer = sendManyToSecond(namespaces);
		namespaces.run("ip", "link", "del", "veth0");
		await().atMost(SOON).until(() -> !both.getMissingMemberships().isEmpty());
		assertThat(both.getMissingMemberships()).singleElement().asString().startsWith("239.255.14.50: ");
		assertThat(both.getState()).isEqualTo(ConnectionState.CONNECTED);
		namespaces.makeFirstPair();
		awaitNothingMissing(both);
		assertThat(peer.line()).isEqualTo("done");
		await().atMost(SOON).until(() -> both.getStatistics().received() == 1000);
		sendFirst(namespaces, "first");
		await().atMost(SOON).until(() -> both.getStatistics().received() == 1001);
		assertThat(both.getStatistics().opens()).isOne();
		Python listener = Python.start(namespaces, """
				s = join(ipv4("239.255.14.50", 4242), "239.255.14.50", "10.77.1.2")
				print("ready")
				show(s)
				""");
		both.send(bytes("and out"));
		assertThat(listener.line()).startsWith("and out from 10.77.1.1");
	}

	@Test
	void aLinkThatIsDownConcernsItsGroupsOnly(NetworkNamespaces namespaces) {
		MulticastConnection both = open(onBoth("veth0", "veth1"), MulticastConnection.class);
		Python peer = sendManyToSecond(namespaces);
		namespaces.linkDown("veth0");
		await().atMost(SOON).until(() -> !both.getMissingMemberships().isEmpty());
		assertThat(both.getMissingMemberships()).singleElement()
			.asString()
			.isEqualTo("239.255.14.50: the network interface veth0 is down");
		assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> both.send(bytes("nowhere")))
			.withMessageContaining("veth0 is down");
		namespaces.linkUp("veth0");
		awaitNothingMissing(both);
		sendFirst(namespaces, "first");
		assertThat(peer.line()).isEqualTo("done");
		await().atMost(SOON).until(() -> both.getStatistics().received() == 1001);
		assertThat(both.getStatistics().opens()).isOne();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "&direction=send", "&multicast.join=false" })
	void aConnectionWhoseOnlyLinkIsDownWaitsForIt(String more, NetworkNamespaces namespaces) {
		MulticastConnection group = open("udp-multicast://239.255.14.50:4242?interface=veth0" + more,
				MulticastConnection.class);
		namespaces.linkDown("veth0");
		await().atMost(SOON).until(() -> group.getState() == ConnectionState.CONNECTING);
		await().atMost(SOON)
			.untilAsserted(() -> assertThat(group.getStatistics().lastError()).hasMessageContaining("veth0 is down"));
		namespaces.linkUp("veth0");
		await().atMost(SOON).until(() -> group.getState() == ConnectionState.CONNECTED);
	}

	@Test
	void opensWithWhatIsThereAndJoinsTheRestLater(NetworkNamespaces namespaces, CapturedOutput output) {
		namespaces.run("ip", "link", "del", "veth0");
		MulticastConnection both = open(onBoth("veth0", "veth1"), MulticastConnection.class);
		assertThat(both.getMissingMemberships()).hasSize(1);
		assertThat(both.getMissingMemberships().get(0)).startsWith("239.255.14.50: ").contains("veth0");
		assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> both.send(bytes("nowhere")))
			.withMessageContaining("missing are [239.255.14.50: ");
		Python peer = sendManyToSecond(namespaces);
		namespaces.makeFirstPair();
		awaitNothingMissing(both);
		both.send(bytes("somewhere"));
		sendFirst(namespaces, "first");
		assertThat(peer.line()).isEqualTo("done");
		// Its own comes back as well
		await().atMost(SOON).until(() -> both.getStatistics().received() == 1002);
		assertThat(both.getStatistics().opens()).isOne();
		assertThat(output.getOut().lines().filter((line) -> line.contains("Not a member of 239.255.14.50"))).hasSize(1);
		assertThat(output.getOut().lines().filter((line) -> line.contains("Member of 239.255.14.50 on veth0 again")))
			.hasSize(1);
	}

	@Test
	void theSecondMayBeMissingToo(NetworkNamespaces namespaces) {
		namespaces.run("ip", "link", "del", "veth0");
		MulticastConnection both = open(onBoth("veth1", "veth0"), MulticastConnection.class);
		assertThat(both.getMissingMemberships()).hasSize(1);
		both.send(bytes("to the first"));
		namespaces.makeFirstPair();
		awaitNothingMissing(both);
		assertThat(both.getStatistics().opens()).isOne();
	}

	@Test
	void waitsWhenAllAreMissing(NetworkNamespaces namespaces) {
		MulticastConnection both = open(onBoth("veth0", "veth1"), MulticastConnection.class);
		namespaces.run("ip", "link", "del", "veth0");
		await().atMost(SOON).until(() -> !both.getMissingMemberships().isEmpty());
		namespaces.run("ip", "link", "del", "veth1");
		await().atMost(SOON).until(() -> both.getState() == ConnectionState.CONNECTING);
		assertThat(both.getMissingMemberships()).isEmpty();
		namespaces.makeAnew();
		await().atMost(SOON)
			.until(() -> both.getState() == ConnectionState.CONNECTED && both.getMissingMemberships().isEmpty());
	}

	@Test
	void sourcesOfAnInterfaceThatIsGoneTakeANewSocket(NetworkNamespaces namespaces) {
		MulticastConnection both = open(TestDeclarations.yml("type: udp-multicast", "port: 4242", "multicast:",
				"  groups:", "  - {group: 232.1.2.3, interface: veth0, sources: [10.77.1.2]}",
				"  - {group: 239.255.14.51, interface: veth1}"), MulticastConnection.class);
		namespaces.run("ip", "link", "del", "veth0");
		await().atMost(SOON)
			.until(() -> both.getState() == ConnectionState.CONNECTED && !both.getMissingMemberships().isEmpty());
		namespaces.makeFirstPair();
		awaitNothingMissing(both);
		Python.run(namespaces, "through(ipv4(), '10.77.1.2').sendto(b'source', ('232.1.2.3', 4242))");
		assertThat(text(both.receive(SOON))).isEqualTo("source");
	}

}
