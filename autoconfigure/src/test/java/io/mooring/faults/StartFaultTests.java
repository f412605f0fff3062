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

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.mooring.test.netns.NetworkNamespaces;
import io.mooring.test.netns.Wire;

/**
 * Tests for requirements that are missing when an application starts, and available
 * later.
 */
@FaultTest
class StartFaultTests {

	/**
	 * Start the application, whose first attempts fail, and recover.
	 */
	private static void recoversAfterStart(FaultRow row, String description, Wire wire, NetworkNamespaces namespaces,
			Runnable repair) {
		try (Subject subject = new Subject(description, wire, namespaces)) {
			row.strike(() -> {
			}, () -> subject.connection().getStatistics().failures() > 0);
			row.lasts(2);
			row.repair(repair, subject.works());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp-listen host", "tcp-listen interface", "udp-listen host" })
	void aPortThatWasTakenIsBoundToWhenItIsFree(String description, NetworkNamespaces namespaces) {
		Wire wire = namespaces.wire();
		FaultPeer holder = FaultPeer.startHere(namespaces, description.substring(0, 3), 4300 + wire.number());
		try (FaultRow row = FaultRow.of("port taken at start, freed", description)) {
			recoversAfterStart(row, description, wire, namespaces, holder::kill);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp-listen late-host", "udp-listen late-host" })
	void anAddressThatComesLateIsBoundTo(String description, NetworkNamespaces namespaces) {
		Wire wire = namespaces.wire();
		try (FaultRow row = FaultRow.of("address comes after start", description)) {
			recoversAfterStart(row, description, wire, namespaces,
					() -> wire.addAddress(wire.address(Subject.LATE_HOST) + "/24"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp-listen interface", "udp-listen subnet", "tcp interface" })
	void anInterfaceThatComesLateIsBoundTo(String description, NetworkNamespaces namespaces) {
		Wire wire = namespaces.wire();
		wire.down();
		try (FaultRow row = FaultRow.of("link comes up after start", description)) {
			recoversAfterStart(row, description, wire, namespaces, wire::up);
		}
	}

}
