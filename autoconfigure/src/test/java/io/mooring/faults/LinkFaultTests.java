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

package io.mooring.faults;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.mooring.ConnectionState;
import io.mooring.StreamConnection;
import io.mooring.test.netns.NetworkNamespaces;
import io.mooring.test.netns.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for faults of local links, addresses and interfaces, with other connections that
 * are unaffected and lose nothing.
 */
@FaultTest
class LinkFaultTests {

	private static SteadyTraffic steady;

	@BeforeAll
	static void startSteadyTraffic(NetworkNamespaces namespaces) throws Exception {
		steady = new SteadyTraffic(namespaces.wire(), namespaces);
	}

	@AfterAll
	static void nothingIsLostOnWhatKeepsItsAddress() throws Exception {
		steady.check("all faults of other interfaces");
	}

	private static void recovers(String fault, String description, NetworkNamespaces namespaces, Consumer<Wire> cause,
			Consumer<Wire> repair) {
		Wire wire = namespaces.wire();
		try (Subject subject = Subject.working(description, wire, namespaces);
				FaultRow row = FaultRow.of(fault, description)) {
			row.strike(() -> cause.accept(wire), subject.lost());
			row.repair(() -> repair.accept(wire), subject.works());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "udp-listen interface", "udp-listen subnet", "udp interface", "udp-multicast interface",
			"tcp interface", "tcp local-port", "tcp-listen interface", "tcp-listen subnet" })
	void aLinkThatWasDownIsUsedAgain(String description, NetworkNamespaces namespaces) {
		recovers("link down, up", description, namespaces, Wire::down, Wire::up);
	}

	@ParameterizedTest
	@ValueSource(strings = { "udp-listen interface", "udp-multicast interface", "tcp-listen subnet" })
	void aCarrierThatWasGoneIsUsedAgain(String description, NetworkNamespaces namespaces) {
		recovers("carrier gone, back", description, namespaces, Wire::peerDown, Wire::peerUp);
	}

	@Test
	void aPeerWhoseLinkWasDownIsConnectedToAgain(NetworkNamespaces namespaces) throws Exception {
		Wire wire = namespaces.wire();
		FaultPeer.start(namespaces, "tcp", 4240);
		try (FaultApplication application = FaultApplication.run("subject.url=tcp://" + wire.peerAddress()
				+ ":4240?framing.type=line&socket.user-timeout=2s&reconnect.max-delay=2s");
				FaultRow row = FaultRow.of("peer silent, its link down", "tcp, user-timeout 2s, max-delay 2s")) {
			StreamConnection subject = application.connected("subject", StreamConnection.class);
			RoundTrip works = RoundTrip.of(subject);
			BooleanSupplier lost = FaultApplication.lost(subject);
			row.noticedWithin(Duration.ofSeconds(3)).recoveredBy(Duration.ofSeconds(2));
			row.strike(wire::peerDown, works, lost);
			row.lasts(4);
			row.repair(wire::peerUp, works);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "udp-listen interface", "udp-listen subnet", "udp-listen subnet6", "udp interface",
			"tcp interface", "tcp local-port", "tcp subnet", "tcp-listen interface", "tcp-listen subnet",
			"tcp-listen host" })
	void anAddressThatWasGoneIsBoundToAgain(String description, NetworkNamespaces namespaces) throws Exception {
		Wire wire = namespaces.wire();
		String address = description.endsWith("6") ? wire.address6() + "/64" : wire.address() + "/24";
		try (Subject subject = Subject.working(description, wire, namespaces);
				FaultRow row = FaultRow.of("address removed, added", description)) {
			row.strike(() -> wire.removeAddress(address), subject.lost());
			if (description.contains("local-port")) {
				// A connection that the kernel is still closing would hold the port
				row.lasts(15);
			}
			row.repair(() -> wire.addAddress(address), subject.works());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "udp-listen interface", "tcp-listen interface" })
	void anAddressIsWaitedForWhereALinkLocalOneIsLeft(String description, NetworkNamespaces namespaces)
			throws Exception {
		Wire wire = namespaces.wire();
		String address = wire.address() + "/24";
		wire.removeAddress(wire.address6() + "/64");
		wire.addAddress("fe80::%d/64".formatted(wire.number()));
		try (Subject subject = Subject.working(description, wire, namespaces);
				FaultRow row = FaultRow.of("IPv4 address removed, added", description)) {
			row.strike(() -> wire.removeAddress(address), subject.lost());
			row.lasts(4);
			row.repair(() -> {
				assertThat(subject.connection().getState()).isEqualTo(ConnectionState.CONNECTING);
				assertThat(subject.connection().getStatistics().lastError()).hasMessageContaining(wire.address());
				wire.addAddress(address);
			}, subject.works());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "udp-listen interface", "tcp-listen interface" })
	void anAddressOfTheOtherFamilyServesOnlyMeanwhile(String description, NetworkNamespaces namespaces)
			throws Exception {
		Wire wire = namespaces.wire();
		String address = wire.address() + "/24";
		try (Subject subject = Subject.working(description, wire, namespaces);
				FaultRow row = FaultRow.of("IPv4 gone, IPv6 meanwhile, IPv4 back", description)) {
			row.strike(() -> wire.removeAddress(address), subject.lost());
			Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> subject.isAt(wire.address6()));
			row.repair(() -> wire.addAddress(address), subject.works());
			assertThat(subject.isAt(wire.address())).isTrue();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "udp-listen interface", "udp-listen subnet", "udp interface", "udp-multicast interface",
			"tcp interface", "tcp-listen interface", "tcp-listen subnet" })
	void anotherAddressIsFollowed(String description, NetworkNamespaces namespaces) throws Exception {
		Wire wire = namespaces.wire();
		try (Subject subject = Subject.working(description, wire, namespaces);
				FaultRow row = FaultRow.of("address changed", description)) {
			BooleanSupplier works = subject.works();
			row.repair(() -> {
				wire.removeAddress(wire.address() + "/24");
				wire.addAddress(wire.address(9) + "/24");
			}, works);
			assertThat(subject.isAt(wire.address(9))).isTrue();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "udp-listen subnet", "tcp-listen subnet" })
	void aSubnetIsFollowedToAnotherInterface(String description, NetworkNamespaces namespaces) throws Exception {
		Wire wire = namespaces.wire();
		Wire other = namespaces.wire();
		try (Subject subject = Subject.working(description, wire, namespaces);
				FaultRow row = FaultRow.of("address moved to another interface", description)) {
			BooleanSupplier works = subject.works();
			row.strike(() -> {
				wire.removePeerAddress(wire.peerAddress() + "/24");
				wire.removeAddress(wire.address() + "/24");
			}, subject.lost());
			row.repair(() -> {
				other.addPeerAddress(wire.peerAddress() + "/24");
				other.addAddress(wire.address(9) + "/24");
			}, works);
			assertThat(subject.isAt(wire.address(9))).isTrue();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "udp-listen interface", "udp interface", "udp-multicast interface", "tcp interface",
			"tcp-listen interface", "tcp-listen subnet" })
	void anInterfaceThatWasMadeAnewIsUsed(String description, NetworkNamespaces namespaces) throws Exception {
		Wire wire = namespaces.wire();
		try (Subject subject = Subject.working(description, wire, namespaces);
				FaultRow row = FaultRow.of("interface deleted, recreated", description)) {
			row.strike(wire::delete, subject.lost());
			row.repair(() -> {
				wire.make();
				subject.followInterface();
			}, subject.works());
		}
	}

	@Test
	void anInterfaceThatWasMadeAnewBetweenTwoLooksIsJoinedOnAgain(NetworkNamespaces namespaces) throws Exception {
		Wire wire = namespaces.wire();
		String description = "udp-multicast interface";
		try (Subject subject = Subject.working(description, wire, namespaces);
				FaultRow row = FaultRow.of("interface recreated at once", description)) {
			row.repair(() -> {
				wire.delete();
				wire.make();
				subject.followInterface();
			}, subject.works());
		}
	}

}
