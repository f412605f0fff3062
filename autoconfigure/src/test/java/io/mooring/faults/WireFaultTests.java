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

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.mooring.ConnectionState;
import io.mooring.Datagram;
import io.mooring.DatagramConnection;
import io.mooring.StreamConnection;
import io.mooring.test.netns.LossyWire;
import io.mooring.test.netns.NetworkNamespaces;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Faults of the network between: packets that are lost, late or come twice.
 */
@FaultTest
class WireFaultTests {

	private static final Duration SOON = Duration.ofSeconds(60);

	private static final int FRAMES = 60;

	private static final int DATAGRAMS = 1000;

	private static void set(LossyWire wire, String fault, int value) {
		switch (fault) {
			case "loss" -> wire.lose(value);
			case "delay" -> wire.delay(value);
			case "duplicate" -> wire.duplicate(value);
			default -> throw new IllegalArgumentException(fault);
		}
	}

	private static int port(LossyWire wire) {
		return 4300 + wire.number();
	}

	private static byte[] frame(int number) {
		return ("%d %s".formatted(number, "x".repeat(500))).getBytes(StandardCharsets.US_ASCII);
	}

	@ParameterizedTest
	@CsvSource({ "loss, 30, %", "delay, 200, ms", "duplicate, 30, %" })
	void aStreamLosesNothingAndKeepsItsOrder(String fault, int value, String unit, NetworkNamespaces namespaces)
			throws Exception {
		LossyWire wire = namespaces.lossyWire();
		FaultPeer.start(namespaces, "tcp", port(wire));
		try (FaultApplication application = FaultApplication
			.run("subject.url=tcp://%s:%d?framing.type=line".formatted(wire.peerAddress(), port(wire)));
				FaultRow row = FaultRow.of("packets: %s %d %s".formatted(fault, value, unit), "tcp")) {
			StreamConnection subject = application.connected("subject", StreamConnection.class);
			set(wire, fault, value);
			for (int number = 0; number < FRAMES; number++) {
				subject.send(frame(number));
			}
			for (int number = 0; number < FRAMES; number++) {
				assertThat(subject.receive(SOON)).as("frame " + number).isEqualTo(frame(number));
			}
			row.lost(0, FRAMES);
			row.repair(() -> set(wire, fault, 0), RoundTrip.of(subject));
			assertThat(subject.getStatistics().opens()).isOne();
		}
	}

	@ParameterizedTest
	@CsvSource({ "loss, 30, %", "delay, 200, ms", "duplicate, 30, %" })
	void datagramsAreLostOrRepeatedByTheWireOnly(String fault, int value, String unit, NetworkNamespaces namespaces)
			throws Exception {
		LossyWire wire = namespaces.lossyWire();
		FaultPeer.start(namespaces, "udp", port(wire));
		try (FaultApplication application = FaultApplication
			.run("subject.url=udp://%s:%d?receive.capacity=5000".formatted(wire.peerAddress(), port(wire)));
				FaultRow row = FaultRow.of("packets: %s %d %s".formatted(fault, value, unit), "udp")) {
			DatagramConnection subject = application.connected("subject", DatagramConnection.class);
			Awaitility.await().atMost(SOON).until(RoundTrip.of(subject)::getAsBoolean);
			set(wire, fault, value);
			for (int number = 0; number < DATAGRAMS; number++) {
				subject.send(frame(number));
				Awaitility.await().pollDelay(Duration.ofMillis(1)).until(() -> true);
			}
			Map<String, Integer> received = new HashMap<>();
			Datagram datagram = subject.receive(Duration.ofSeconds(3));
			while (datagram != null) {
				received.merge(new String(datagram.payload(), StandardCharsets.US_ASCII), 1, Integer::sum);
				datagram = subject.receive(Duration.ofSeconds(1));
			}
			int twice = received.values().stream().mapToInt((count) -> count - 1).sum();
			int lost = DATAGRAMS - received.size();
			if (fault.equals("loss")) {
				assertThat(lost).isBetween(1, DATAGRAMS - 1);
			}
			else {
				row.lost(lost, DATAGRAMS);
			}
			assertThat(twice > 0).isEqualTo(fault.equals("duplicate"));
			row.note("%d of %d, %d more than once".formatted(lost, DATAGRAMS, twice));
			assertThat(subject.getStatistics().dropped()).isZero();
			row.repair(() -> set(wire, fault, 0), RoundTrip.of(subject));
			assertThat(subject.getState()).isEqualTo(ConnectionState.CONNECTED);
		}
	}

	@Test
	void aNetworkThatLosesEverythingIsNoticedWithinTheUserTimeout(NetworkNamespaces namespaces) throws Exception {
		LossyWire wire = namespaces.lossyWire();
		FaultPeer.start(namespaces, "tcp", port(wire));
		try (FaultApplication application = FaultApplication
			.run("subject.url=tcp://%s:%d?framing.type=line&reconnect.max-delay=2s&connect-timeout=1s"
				.formatted(wire.peerAddress(), port(wire)) + "&socket.user-timeout=2s");
				FaultRow row = FaultRow.of("packets: loss 100 %", "tcp, user-timeout 2s, connect-timeout 1s")) {
			StreamConnection subject = application.connected("subject", StreamConnection.class);
			RoundTrip works = RoundTrip.of(subject);
			BooleanSupplier lost = FaultApplication.lost(subject);
			row.noticedWithin(Duration.ofSeconds(3));
			row.strike(() -> wire.lose(100), () -> {
				works.getAsBoolean();
				return lost.getAsBoolean();
			});
			row.stayAway(4);
			row.recoveredWithin(Duration.ofMillis(3400));
			row.repair(() -> wire.lose(0), works);
		}
	}

}
