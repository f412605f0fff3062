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
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.mooring.ConnectionState;
import io.mooring.Datagram;
import io.mooring.DatagramConnection;
import io.mooring.StreamConnection;
import io.mooring.test.netns.LossyWire;
import io.mooring.test.netns.NetworkNamespaces;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for faults of the network: packets that are lost, delayed or duplicated.
 */
@FaultTest
class WireFaultTests {

	/**
	 * TCP doubles its retransmission timeout after each loss, from 0.2 s on. Five in a
	 * row are common with 30 % loss, since the data or the acknowledgement may be lost.
	 */
	private static final Duration AS_LONG_AS_TCP_TRIES = Duration.ofSeconds(200);

	private static final int FRAMES = 60;

	private static final int DATAGRAMS = 1000;

	/**
	 * Run an application that is connected to an echo at the other end of a wire.
	 */
	private static FaultApplication run(String type, String keys, LossyWire wire, NetworkNamespaces namespaces) {
		int port = 4300 + wire.number();
		FaultPeer.start(namespaces, type, port);
		return FaultApplication.run("subject.url=%s://%s:%d?%s".formatted(type, wire.peerAddress(), port, keys));
	}

	private static byte[] frame(int number) {
		return ("%d %s".formatted(number, "x".repeat(500))).getBytes(StandardCharsets.US_ASCII);
	}

	@ParameterizedTest
	@EnumSource
	@Timeout(240)
	void aStreamLosesNothingAndKeepsItsOrder(Fault fault, NetworkNamespaces namespaces) throws Exception {
		LossyWire wire = namespaces.lossyWire();
		try (FaultApplication application = run("tcp", "framing.type=line", wire, namespaces);
				FaultRow row = FaultRow.of("packets: " + fault, "tcp")) {
			StreamConnection subject = application.connected("subject", StreamConnection.class);
			fault.begin(wire);
			for (int number = 0; number < FRAMES; number++) {
				subject.send(frame(number));
			}
			for (int number = 0; number < FRAMES; number++) {
				assertThat(subject.receive(AS_LONG_AS_TCP_TRIES)).as("frame " + number).isEqualTo(frame(number));
			}
			row.lost(0, FRAMES);
			row.repair(() -> fault.end(wire), RoundTrip.of(subject));
			assertThat(subject.getStatistics().opens()).isOne();
		}
	}

	private static void sendPaced(DatagramConnection subject) {
		AtomicInteger number = new AtomicInteger();
		Awaitility.await().pollInterval(Duration.ofMillis(1)).atMost(Duration.ofSeconds(60)).until(() -> {
			subject.send(frame(number.get()));
			return number.incrementAndGet() == DATAGRAMS;
		});
	}

	@ParameterizedTest
	@EnumSource
	void datagramsAreLostOrRepeatedByTheWireOnly(Fault fault, NetworkNamespaces namespaces) throws Exception {
		LossyWire wire = namespaces.lossyWire();
		try (FaultApplication application = run("udp", "receive.capacity=5000", wire, namespaces);
				FaultRow row = FaultRow.of("packets: " + fault, "udp")) {
			DatagramConnection subject = application.connected("subject", DatagramConnection.class);
			RoundTrip.awaitWorking(RoundTrip.of(subject));
			fault.begin(wire);
			sendPaced(subject);
			Map<String, Integer> received = new HashMap<>();
			Datagram datagram = subject.receive(Duration.ofSeconds(3));
			while (datagram != null) {
				received.merge(new String(datagram.payload(), StandardCharsets.US_ASCII), 1, Integer::sum);
				datagram = subject.receive(Duration.ofSeconds(1));
			}
			int twice = received.values().stream().mapToInt((count) -> count - 1).sum();
			int lost = DATAGRAMS - received.size();
			if (fault == Fault.LOSS) {
				assertThat(lost).isBetween(1, DATAGRAMS - 1);
			}
			else {
				row.lost(lost, DATAGRAMS);
			}
			assertThat(twice > 0).isEqualTo(fault == Fault.DUPLICATE);
			row.note("%d of %d, %d more than once".formatted(lost, DATAGRAMS, twice));
			assertThat(subject.getStatistics().dropped()).isZero();
			row.repair(() -> fault.end(wire), RoundTrip.of(subject));
			assertThat(subject.getState()).isEqualTo(ConnectionState.CONNECTED);
		}
	}

	@Test
	void aNetworkThatLosesEverythingIsNoticedWithinTheUserTimeout(NetworkNamespaces namespaces) throws Exception {
		LossyWire wire = namespaces.lossyWire();
		try (FaultApplication application = run("tcp",
				"framing.type=line&reconnect.max-delay=2s&connect-timeout=1s&socket.user-timeout=2s", wire, namespaces);
				FaultRow row = FaultRow.of("packets: loss 100 %", "tcp, user-timeout 2s, connect-timeout 1s")) {
			StreamConnection subject = application.connected("subject", StreamConnection.class);
			RoundTrip works = RoundTrip.of(subject);
			BooleanSupplier lost = FaultApplication.lost(subject);
			row.noticedWithin(Duration.ofSeconds(3));
			row.strike(() -> wire.lose(100), works, lost);
			row.lasts(4);
			row.recoveredWithin(Duration.ofMillis(3400));
			row.repair(() -> wire.lose(0), works);
		}
	}

	/**
	 * Fault of a wire.
	 */
	enum Fault {

		LOSS(LossyWire::lose, 30, "%"), DELAY(LossyWire::delay, 200, "ms"), DUPLICATE(LossyWire::duplicate, 30, "%");

		private final BiConsumer<LossyWire, Integer> setting;

		private final int value;

		private final String unit;

		Fault(BiConsumer<LossyWire, Integer> setting, int value, String unit) {
			this.setting = setting;
			this.value = value;
			this.unit = unit;
		}

		void begin(LossyWire wire) {
			this.setting.accept(wire, this.value);
		}

		void end(LossyWire wire) {
			this.setting.accept(wire, 0);
		}

		@Override
		public String toString() {
			return name().toLowerCase(Locale.ROOT) + " " + this.value + " " + this.unit;
		}

	}

}
