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

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.mooring.ConnectionState;
import io.mooring.DatagramConnection;
import io.mooring.DropReason;
import io.mooring.MessageConnection;
import io.mooring.StreamConnection;
import io.mooring.StreamListener;
import io.mooring.UnixDatagramConnection;
import io.mooring.test.netns.NetworkNamespaces;
import io.mooring.test.netns.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for faults of peers. No local interface changes, so that only the delays
 * determine the recovery.
 */
@FaultTest
class PeerFaultTests {

	private static final Duration MAX_DELAY = Duration.ofSeconds(2);

	/**
	 * 1.2 times the maximum delay, and a connect-timeout of 1 s that has just begun.
	 */
	private static final Duration AFTER_A_TIMEOUT = Duration.ofMillis(2400).plusSeconds(1);

	private static final Duration USER_TIMEOUT = Duration.ofSeconds(2);

	private static final String REMOTE = "subject.url=tcp://%s:%d?framing.type=line&reconnect.max-delay=2s";

	private static Wire wire;

	@BeforeAll
	static void connect(NetworkNamespaces namespaces) {
		wire = namespaces.wire();
	}

	private static String addPeerAddress(int host) {
		wire.addPeerAddress(wire.address(host) + "/24");
		return wire.address(host);
	}

	/**
	 * Reconnect a silent peer to the network after attempts to connect to it have failed
	 * for some seconds.
	 */
	private static void recover(FaultRow row, String address, int seconds, RoundTrip works) {
		row.lasts(seconds);
		row.recoveredWithin(AFTER_A_TIMEOUT);
		row.repair(() -> wire.addPeerAddress(address), works);
	}

	@ParameterizedTest
	@CsvSource({ "false, 4301", "true, 4302" })
	void aPeerThatDiesIsConnectedToAgain(boolean reset, int port, NetworkNamespaces namespaces) throws Exception {
		FaultPeer peer = reset ? FaultPeer.startResetting(namespaces, "tcp", port)
				: FaultPeer.start(namespaces, "tcp", port);
		try (FaultApplication application = FaultApplication.run(REMOTE.formatted(wire.peerAddress(), port));
				FaultRow row = FaultRow.of("peer killed, " + (reset ? "RST" : "FIN"), "tcp, max-delay 2s")) {
			StreamConnection subject = application.connected("subject", StreamConnection.class);
			RoundTrip works = RoundTrip.awaitWorking(RoundTrip.of(subject));
			row.recoveredBy(MAX_DELAY).strike(peer::kill, FaultApplication.lost(subject));
			row.lasts(4);
			row.repair(() -> FaultPeer.start(namespaces, "tcp", port), works);
		}
	}

	@Test
	void theDefaultDelaysLeadBackToo(NetworkNamespaces namespaces) throws Exception {
		FaultPeer peer = FaultPeer.start(namespaces, "tcp", 4303);
		try (FaultApplication application = FaultApplication
			.run("subject.url=tcp://%s:4303?framing.type=line".formatted(wire.peerAddress()));
				FaultRow row = FaultRow.of("peer killed, FIN", "tcp, default max-delay 5s")) {
			StreamConnection subject = application.connected("subject", StreamConnection.class);
			RoundTrip works = RoundTrip.awaitWorking(RoundTrip.of(subject));
			row.recoveredBy(Duration.ofSeconds(5)).strike(peer::kill, FaultApplication.lost(subject));
			row.lasts(12);
			row.repair(() -> FaultPeer.start(namespaces, "tcp", 4303), works);
		}
	}

	@ParameterizedTest
	@CsvSource({ "false, 4304", "true, 4305" })
	void aListenerSurvivesItsClients(boolean reset, int port, NetworkNamespaces namespaces) throws Exception {
		Object[] arguments = { "dial", port, wire.address() };
		FaultPeer peer = reset ? FaultPeer.startResetting(namespaces, arguments)
				: FaultPeer.start(namespaces, arguments);
		try (FaultApplication application = FaultApplication
			.run("subject.url=tcp-listen://%s:%d?framing.type=line".formatted(wire.address(), port));
				FaultRow row = FaultRow.of("client killed, " + (reset ? "RST" : "FIN"), "tcp-listen")) {
			StreamListener subject = application.connected("subject", StreamListener.class);
			RoundTrip.awaitWorking(RoundTrip.of(subject));
			row.strike(peer::kill, () -> subject.getClients().isEmpty());
			row.repair(() -> FaultPeer.start(namespaces, arguments), RoundTrip.of(subject));
			assertThat(subject.getStatistics().opens()).isOne();
		}
	}

	@Test
	void aSilentPeerIsNoticedWithinTheUserTimeout(NetworkNamespaces namespaces) throws Exception {
		FaultPeer.start(namespaces, "tcp", 4306);
		String address = addPeerAddress(16);
		try (FaultApplication application = FaultApplication
			.run(REMOTE.formatted(address, 4306) + "&socket.user-timeout=2s&connect-timeout=1s");
				FaultRow row = FaultRow.of("peer silent, data pending", "tcp, user-timeout 2s, connect-timeout 1s")) {
			StreamConnection subject = application.connected("subject", StreamConnection.class);
			RoundTrip works = RoundTrip.awaitWorking(RoundTrip.of(subject));
			BooleanSupplier lost = FaultApplication.lost(subject);
			row.noticedWithin(USER_TIMEOUT.plusSeconds(1));
			row.strike(() -> wire.removePeerAddress(address + "/24"), works, lost);
			recover(row, address + "/24", 4, works);
		}
	}

	@Test
	void aSilentPeerIsNoticedByKeepAlive(NetworkNamespaces namespaces) throws Exception {
		FaultPeer.start(namespaces, "tcp", 4307);
		String address = addPeerAddress(17);
		String keepAlive = "&socket.keep-alive=true&socket.keep-alive-idle=1s&socket.keep-alive-interval=1s"
				+ "&socket.keep-alive-count=2&connect-timeout=1s";
		try (FaultApplication application = FaultApplication.run(REMOTE.formatted(address, 4307) + keepAlive);
				FaultRow row = FaultRow.of("peer silent, idle", "tcp, keep-alive 1s + 2 x 1s, connect-timeout 1s")) {
			StreamConnection subject = application.connected("subject", StreamConnection.class);
			RoundTrip works = RoundTrip.awaitWorking(RoundTrip.of(subject));
			row.noticedWithin(Duration.ofSeconds(4));
			row.strike(() -> wire.removePeerAddress(address + "/24"), FaultApplication.lost(subject));
			recover(row, address + "/24", 4, works);
		}
	}

	@ParameterizedTest
	@CsvSource({ "tcp, 19, 0", "udp, 20, 0", "tcp, 21, 4921", "udp, 22, 4922" })
	void aSilentPeerIsNoticedByHeartbeats(String type, int host, int localPort, NetworkNamespaces namespaces)
			throws Exception {
		String address = addPeerAddress(host);
		int port = 4300 + host;
		FaultPeer.start(namespaces, type, port, address);
		String heartbeat = "?heartbeat.interval=500ms&heartbeat.payload=ping&heartbeat.timeout=2s&reconnect.max-delay=2s";
		try (FaultApplication application = FaultApplication
			.run("subject.url=" + type + "://" + address + ":" + port + heartbeat + "&local-port=" + localPort
					+ (type.equals("tcp") ? "&framing.type=line&connect-timeout=1s" : ""));
				FaultRow row = FaultRow.of("peer silent, idle",
						type + ((localPort != 0) ? ", local-port" : "") + ", heartbeat.timeout 2s")) {
			MessageConnection<?> subject = application.connected("subject", MessageConnection.class);
			RoundTrip works = RoundTrip.awaitWorking((subject instanceof StreamConnection stream) ? RoundTrip.of(stream)
					: RoundTrip.of((DatagramConnection) subject));
			row.noticedWithin(Duration.ofSeconds(3));
			row.strike(() -> wire.removePeerAddress(address + "/24"), FaultApplication.lost(subject));
			recover(row, address + "/24", (localPort != 0) ? 20 : 4, works);
		}
	}

	@Test
	void aListenerNoticesASilentClient(NetworkNamespaces namespaces) throws Exception {
		String address = addPeerAddress(18);
		namespaces.startPeer("socat", "TCP:" + wire.address() + ":4308,bind=" + address + ",forever,interval=0.1",
				"PIPE");
		try (FaultApplication application = FaultApplication
			.run("subject.url=tcp-listen://%s:4308?framing.type=line&socket.user-timeout=2s".formatted(wire.address()));
				FaultRow row = FaultRow.of("client silent, data pending", "tcp-listen, user-timeout 2s")) {
			StreamListener subject = application.connected("subject", StreamListener.class);
			BooleanSupplier works = RoundTrip.awaitWorking(RoundTrip.of(subject));
			row.noticedWithin(USER_TIMEOUT.plusSeconds(1));
			row.strike(() -> wire.removePeerAddress(address + "/24"), works, () -> subject.getClients().isEmpty());
			row.repair(() -> FaultPeer.start(namespaces, "dial", 4308, wire.address()), RoundTrip.of(subject));
			assertThat(subject.getStatistics().opens()).isOne();
		}
	}

	@Test
	void anAddressThatAnswersNothingIsTriedAgain(NetworkNamespaces namespaces) throws Exception {
		FaultPeer.start(namespaces, "tcp", 4309);
		wire.addRoute("10.79.9.1");
		try (FaultApplication application = FaultApplication
			.run(REMOTE.formatted("10.79.9.1", 4309) + "&connect-timeout=1s&auto-startup=false");
				FaultRow row = FaultRow.of("connecting to a black hole", "tcp, connect-timeout 1s")) {
			StreamConnection subject = application.get("subject", StreamConnection.class);
			RoundTrip works = RoundTrip.of(subject);
			BooleanSupplier lost = FaultApplication.lost(subject);
			row.strike(() -> new Thread(works::open).start(), lost);
			recover(row, "10.79.9.1/32", 4, works);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "2s", "5s" })
	void aRouteThatWasGoneIsTakenAgain(String maxDelay, NetworkNamespaces namespaces) throws Exception {
		int number = Integer.parseInt(maxDelay.substring(0, 1));
		String address = "10.79.10." + number;
		int port = 4310 + number;
		FaultPeer.start(namespaces, "tcp", port);
		wire.addPeerAddress(address + "/32");
		wire.addRoute(address);
		try (FaultApplication application = FaultApplication
			.run(REMOTE.formatted(address, port).replace("2s", maxDelay) + "&socket.user-timeout=2s");
				FaultRow row = FaultRow.of("route gone, back", "tcp, user-timeout 2s, max-delay " + maxDelay)) {
			StreamConnection subject = application.connected("subject", StreamConnection.class);
			RoundTrip works = RoundTrip.awaitWorking(RoundTrip.of(subject));
			BooleanSupplier lost = FaultApplication.lost(subject);
			row.noticedWithin(USER_TIMEOUT.plusSeconds(1));
			row.strike(() -> wire.removeRoute(address), works, lost);
			row.lasts(8);
			row.repair(() -> {
				assertThat(subject.getStatistics().lastError()).hasMessageContaining("Network is unreachable");
				wire.addRoute(address);
			}, works);
		}
	}

	@Test
	void datagramsTakeARouteThatIsBackAtOnce(NetworkNamespaces namespaces) throws Exception {
		wire.addPeerAddress("10.79.11.1/32");
		FaultPeer.start(namespaces, "udp", 4316, "10.79.11.1");
		wire.addRoute("10.79.11.1");
		try (FaultApplication application = FaultApplication.run("subject.url=udp://10.79.11.1:4316");
				FaultRow row = FaultRow.of("route gone, back", "udp")) {
			DatagramConnection subject = application.connected("subject", DatagramConnection.class);
			RoundTrip works = RoundTrip.awaitWorking(RoundTrip.of(subject));
			row.strike(() -> wire.removeRoute("10.79.11.1"), works,
					() -> subject.getStatistics().dropped(DropReason.SEND_FAILED) > 0);
			assertThat(subject.getState()).isEqualTo(ConnectionState.CONNECTED);
			row.repair(() -> wire.addRoute("10.79.11.1"), works);
			row.note(subject.getStatistics().dropped(DropReason.SEND_FAILED) + ", all counted and thrown");
		}
	}

	@Test
	void aPeerThatRefusesDatagramsIsSentToAgain(NetworkNamespaces namespaces) throws Exception {
		FaultPeer peer = FaultPeer.start(namespaces, "udp", 4317);
		try (FaultApplication application = FaultApplication
			.run("subject.url=udp://%s:4317".formatted(wire.peerAddress()));
				FaultRow row = FaultRow.of("peer refuses (ICMP)", "udp")) {
			DatagramConnection subject = application.connected("subject", DatagramConnection.class);
			RoundTrip works = RoundTrip.awaitWorking(RoundTrip.of(subject));
			row.strike(peer::kill, works, () -> subject.getStatistics().dropped(DropReason.SEND_FAILED) > 0);
			assertThat(subject.getStatistics().lastError()).hasMessageContaining("no socket is bound");
			row.repair(() -> FaultPeer.start(namespaces, "udp", 4317), works);
			row.note(subject.getStatistics().dropped(DropReason.SEND_FAILED) + ", all counted");
			assertThat(subject.getStatistics().opens()).isOne();
		}
	}

	@Test
	void aUnixPeerIsConnectedToAgain(@TempDir Path directory, NetworkNamespaces namespaces) throws Exception {
		Path path = directory.resolve("peer");
		FaultPeer peer = FaultPeer.startHere(namespaces, "unix", path);
		try (FaultApplication application = FaultApplication.run("subject.url=unix:" + path + "?framing.type=line");
				FaultRow row = FaultRow.of("peer killed, file recreated", "unix")) {
			StreamConnection subject = application.connected("subject", StreamConnection.class);
			RoundTrip works = RoundTrip.awaitWorking(RoundTrip.of(subject));
			row.strike(peer::kill, FaultApplication.lost(subject));
			row.lasts(4);
			row.repair(() -> FaultPeer.startHere(namespaces, "unix", path), works);
		}
	}

	@Test
	void aUnixDatagramPeerIsConnectedToAgain(@TempDir Path directory, NetworkNamespaces namespaces) throws Exception {
		Path path = directory.resolve("peer");
		FaultPeer peer = FaultPeer.startHere(namespaces, "unix-datagram", path);
		try (FaultApplication application = FaultApplication.run("subject.url=unix-datagram:" + path);
				FaultRow row = FaultRow.of("peer killed, file recreated", "unix-datagram")) {
			UnixDatagramConnection subject = application.connected("subject", UnixDatagramConnection.class);
			RoundTrip works = RoundTrip.awaitWorking(RoundTrip.of(subject));
			BooleanSupplier lost = FaultApplication.lost(subject);
			row.strike(peer::kill, works, lost);
			row.lasts(4);
			row.repair(() -> FaultPeer.startHere(namespaces, "unix-datagram", path), works);
		}
	}

}
