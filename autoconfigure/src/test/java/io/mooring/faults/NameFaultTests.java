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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import io.mooring.DatagramConnection;
import io.mooring.StreamConnection;
import io.mooring.test.RequiresTools;
import io.mooring.test.netns.NetworkNamespaceTest;
import io.mooring.test.netns.NetworkNamespaces;
import io.mooring.test.netns.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for host names whose address changes or does not exist yet. The JVM caches
 * addresses for {@code networkaddress.cache.ttl} (30 s by default) and failures for
 * {@code networkaddress.cache.negative.ttl} (10 s); here both are 1 s.
 */
@ExtendWith(FaultTable.class)
@NetworkNamespaceTest(jvmArguments = { "-Djdk.net.hosts.file=" + NameFaultTests.HOSTS,
		"-Djava.security.properties=target/test-classes/io/mooring/faults/name-cache.properties" })
@RequiresTools("python3")
@Execution(ExecutionMode.CONCURRENT)
@Timeout(60)
class NameFaultTests {

	static final String HOSTS = "target/fault-hosts";

	/**
	 * 1.2 times the maximum delay, and the time of the cache.
	 */
	private static final Duration BOUND = Duration.ofMillis(2400 + 1000);

	private static final String SUBJECT = "subject.url=tcp://%s:4242?framing.type=line&reconnect.max-delay=2s";

	private static final Map<String, String> ADDRESSES = new TreeMap<>();

	private static Wire wire;

	@BeforeAll
	static void connect(NetworkNamespaces namespaces) {
		wire = namespaces.wire();
		wire.addPeerAddress(wire.address(3) + "/24");
		write("");
	}

	/**
	 * Map a name to an address.
	 */
	private static synchronized void lead(String name, String address) {
		ADDRESSES.put(name, address);
		StringBuilder lines = new StringBuilder();
		ADDRESSES.forEach((each, its) -> lines.append(its).append(' ').append(each).append('\n'));
		write(lines.toString());
	}

	private static void write(String lines) {
		try {
			// Atomically, since other tests resolve names concurrently
			Path whole = Files.writeString(Path.of(HOSTS + ".new"), lines);
			Files.move(whole, Path.of(HOSTS), StandardCopyOption.ATOMIC_MOVE);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Test
	void aNameThatMovesIsFollowed(NetworkNamespaces namespaces) throws Exception {
		lead("device.mooring.test", wire.peerAddress());
		FaultPeer peer = FaultPeer.start(namespaces, "tcp", 4242, wire.peerAddress());
		FaultPeer.start(namespaces, "tcp", 4242, wire.address(3));
		try (FaultApplication application = FaultApplication.run(SUBJECT.formatted("device.mooring.test"));
				FaultRow row = FaultRow.of("name leads to another address", "tcp, max-delay 2s, JVM's cache 1s")) {
			StreamConnection subject = application.connected("subject", StreamConnection.class);
			row.strike(peer::kill, FaultApplication.lost(subject));
			row.lasts(4);
			row.recoveredWithin(BOUND);
			row.repair(() -> lead("device.mooring.test", wire.address(3)), RoundTrip.of(subject));
			assertThat(subject.getRemoteAddress()).hasToString("device.mooring.test/" + wire.address(3) + ":4242");
		}
	}

	@Test
	void datagramsFollowANameThatMovesOnceTheirPeerIsSilent(NetworkNamespaces namespaces) throws Exception {
		lead("sensor.mooring.test", wire.peerAddress());
		FaultPeer peer = FaultPeer.start(namespaces, "udp", 4244, wire.peerAddress());
		FaultPeer.start(namespaces, "udp", 4244, wire.address(3));
		try (FaultApplication application = FaultApplication
			.run("subject.url=udp://sensor.mooring.test:4244?reconnect.max-delay=2s"
					+ "&heartbeat.interval=500ms&heartbeat.payload=ping&heartbeat.timeout=2s");
				FaultRow row = FaultRow.of("name leads to another address",
						"udp, heartbeat.timeout 2s, JVM's cache 1s")) {
			DatagramConnection subject = application.connected("subject", DatagramConnection.class);
			RoundTrip works = RoundTrip.of(subject);
			row.noticedWithin(Duration.ofSeconds(3));
			row.strike(peer::kill, FaultApplication.lost(subject));
			row.lasts(4);
			row.recoveredWithin(BOUND);
			row.repair(() -> lead("sensor.mooring.test", wire.address(3)), works);
		}
	}

	@Test
	void aNameThatComesLateIsConnectedTo(NetworkNamespaces namespaces) {
		FaultPeer.start(namespaces, "tcp", 4243);
		try (FaultRow row = FaultRow.of("name comes after start", "tcp, max-delay 2s, JVM's cache 1s");
				FaultApplication application = FaultApplication
					.run(SUBJECT.formatted("late.mooring.test").replace("4242", "4243") + "&auto-startup=false")) {
			StreamConnection subject = application.get("subject", StreamConnection.class);
			RoundTrip works = RoundTrip.of(subject);
			row.strike(works::open, FaultApplication.lost(subject));
			assertThat(subject.getStatistics().lastError()).hasMessageContaining("late.mooring.test");
			row.lasts(4);
			row.recoveredWithin(BOUND);
			row.repair(() -> lead("late.mooring.test", wire.peerAddress()), works);
		}
	}

}
