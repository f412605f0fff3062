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

import io.mooring.StreamConnection;
import io.mooring.test.Pki;
import io.mooring.test.netns.NetworkNamespaces;
import io.mooring.test.netns.Wire;

/**
 * Tests for faults of TLS peers, which are connected after the handshake.
 */
@FaultTest
class TlsFaultTests {

	private static final Duration MAX_DELAY = Duration.ofSeconds(2);

	private static Wire wire;

	@TempDir
	private static Path directory;

	@BeforeAll
	static void connect(NetworkNamespaces namespaces) {
		wire = namespaces.wire();
		Pki pki = new Pki();
		Pki.write(pki.server("device"), directory, "server");
		Pki.write(directory.resolve("ca.crt"), pki.caPem());
	}

	private static Process startPeer(NetworkNamespaces namespaces, int port) {
		return namespaces.startPeer("socat", "OPENSSL-LISTEN:%d,cert=%s,key=%s,verify=0,reuseaddr,fork".formatted(port,
				directory.resolve("server.crt"), directory.resolve("server.key")), "PIPE");
	}

	private static void kill(Process peer) {
		// One process per client, and the accepting one
		peer.descendants().forEach(ProcessHandle::destroyForcibly);
		peer.destroyForcibly().onExit().join();
	}

	private static FaultApplication run(String address, int port) {
		return FaultApplication.run(
				"subject.url=tcp://%s:%d?framing.type=line&reconnect.max-delay=2s".formatted(address, port)
						+ "&ssl.bundle=device&ssl.server-name=device&connect-timeout=1s&ssl.handshake-timeout=1s"
						+ "&socket.user-timeout=2s",
				"spring.ssl.bundle.pem.device.truststore.certificate=" + directory.resolve("ca.crt").toUri());
	}

	@Test
	void aPeerThatDiesIsConnectedToAgain(NetworkNamespaces namespaces) throws Exception {
		Process peer = startPeer(namespaces, 4401);
		try (FaultApplication application = run(wire.peerAddress(), 4401);
				FaultRow row = FaultRow.of("peer killed", "tcp, TLS, max-delay 2s")) {
			StreamConnection subject = application.connected("subject", StreamConnection.class);
			RoundTrip works = RoundTrip.awaitWorking(RoundTrip.of(subject));
			row.recoveredBy(MAX_DELAY).strike(() -> kill(peer), FaultApplication.lost(subject));
			row.lasts(4);
			row.repair(() -> startPeer(namespaces, 4401), works);
		}
	}

	@Test
	void aPeerThatAcceptsAndSaysNothingIsLeftAfterTheHandshakeTimeout(NetworkNamespaces namespaces) throws Exception {
		Process peer = startPeer(namespaces, 4402);
		try (FaultApplication application = run(wire.peerAddress(), 4402);
				FaultRow row = FaultRow.of("peer accepts, no handshake", "tcp, TLS, handshake-timeout 1s")) {
			StreamConnection subject = application.connected("subject", StreamConnection.class);
			RoundTrip works = RoundTrip.awaitWorking(RoundTrip.of(subject));
			Process[] mute = new Process[1];
			row.strike(() -> {
				kill(peer);
				mute[0] = namespaces.startPeer("socat", "TCP-LISTEN:4402,reuseaddr,fork", "EXEC:sleep 60");
			}, FaultApplication.lost(subject));
			row.lasts(4);
			row.recoveredWithin(Duration.ofMillis(2400).plusSeconds(1));
			row.repair(() -> {
				kill(mute[0]);
				startPeer(namespaces, 4402);
			}, works);
		}
	}

	@Test
	void aSilentPeerIsNoticedWithinTheUserTimeout(NetworkNamespaces namespaces) throws Exception {
		String address = wire.address(16);
		wire.addPeerAddress(address + "/24");
		startPeer(namespaces, 4403);
		try (FaultApplication application = run(address, 4403);
				FaultRow row = FaultRow.of("peer silent, data pending", "tcp, TLS, user-timeout 2s")) {
			StreamConnection subject = application.connected("subject", StreamConnection.class);
			RoundTrip works = RoundTrip.awaitWorking(RoundTrip.of(subject));
			BooleanSupplier lost = FaultApplication.lost(subject);
			row.noticedWithin(Duration.ofSeconds(3));
			row.strike(() -> wire.removePeerAddress(address + "/24"), works, lost);
			row.lasts(4);
			row.recoveredWithin(Duration.ofMillis(2400).plusSeconds(1));
			row.repair(() -> wire.addPeerAddress(address + "/24"), works);
		}
	}

}
