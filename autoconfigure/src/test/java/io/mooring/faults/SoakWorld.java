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

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.awaitility.Awaitility;

import io.mooring.Connection;
import io.mooring.ConnectionState;
import io.mooring.DatagramConnection;
import io.mooring.StreamConnection;
import io.mooring.StreamListener;
import io.mooring.UnixDatagramConnection;
import io.mooring.test.netns.NetworkNamespaces;
import io.mooring.test.netns.Wire;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Application with a connection of each type, their peers, traffic, and possible faults.
 */
final class SoakWorld implements AutoCloseable {

	private final NetworkNamespaces namespaces;

	private final Wire wire;

	private final Wire other;

	private final Map<String, FaultPeer> peers = new ConcurrentHashMap<>();

	private final List<Fault> faults = new ArrayList<>();

	private final FaultApplication application;

	private final Map<String, BooleanSupplier> roundTrips = new LinkedHashMap<>();

	private final SteadyTraffic steady;

	private final CountedFrames counted;

	private final Thread traffic = new Thread(this::keepTrafficUp, "soak-traffic");

	private volatile boolean ended;

	SoakWorld(Path directory, NetworkNamespaces namespaces) throws Exception {
		this.namespaces = namespaces;
		this.wire = namespaces.wire();
		this.other = namespaces.wire();
		Path stream = directory.resolve("stream");
		Path datagram = directory.resolve("datagram");
		killable("tcp peer", () -> FaultPeer.start(namespaces, "tcp", 4401));
		killable("tcp peer with RST", () -> FaultPeer.startResetting(namespaces, "tcp", 4402));
		killable("client", () -> FaultPeer.start(namespaces, "dial", 4403, this.wire.address()));
		killable("udp peer", () -> FaultPeer.start(namespaces, "udp", 4404));
		killable("member", () -> FaultPeer.start(namespaces, "group", "239.255.14.50", 4405, this.other.peerAddress()));
		killable("unix peer", () -> FaultPeer.startHere(namespaces, "unix", stream));
		killable("unix-datagram peer", () -> FaultPeer.startHere(namespaces, "unix-datagram", datagram));
		addInterfaceFaults();
		FaultPeer sink = FaultPeer.start(namespaces, "sink", 4406);
		String remote = "url=tcp://" + this.wire.peerAddress();
		String options = "framing.type=line&reconnect.max-delay=1s&connect-timeout=1s&socket.user-timeout=2s";
		this.application = FaultApplication.run("tcp." + remote + ":4401?" + options,
				"resetTcp." + remote + ":4402?interface=" + this.wire.name() + "&" + options,
				"counted." + remote + ":4406?" + options,
				"tcpListen.url=tcp-listen:?framing.type=line&port=4403&interface=" + this.wire.name(),
				"udp.url=udp://" + this.wire.peerAddress() + ":4404",
				"udpListen.url=udp-listen:?subnet=" + this.other.subnet() + "&port=4407",
				"group.url=udp-multicast://239.255.14.50:4405?multicast.loopback=false&interface=" + this.other.name(),
				"unix.url=unix:" + stream + "?framing.type=line", "unixDatagram.url=unix-datagram:" + datagram);
		addRoundTrips();
		awaitWorking(Duration.ofSeconds(60));
		this.steady = new SteadyTraffic(namespaces.wire(), namespaces);
		this.counted = new CountedFrames(this.application.get("counted", StreamConnection.class), sink);
		this.traffic.start();
	}

	private void killable(String name, Supplier<FaultPeer> starter) {
		this.peers.put(name, starter.get());
		this.faults.add(new Fault(name + " killed", () -> this.peers.get(name).kill(),
				() -> this.peers.put(name, starter.get())));
	}

	private void addInterfaceFaults() {
		for (Wire each : List.of(this.wire, this.other)) {
			String address = each.address() + "/24";
			this.faults.add(new Fault("link of " + each.name() + " down", each::down, each::up));
			this.faults.add(new Fault("carrier of " + each.name() + " gone", each::peerDown, each::peerUp));
			this.faults.add(new Fault("address of " + each.name() + " removed", () -> each.removeAddress(address),
					() -> each.addAddress(address)));
			this.faults.add(new Fault("interface " + each.name() + " deleted", each::delete, () -> {
				each.make();
				restart("member", () -> FaultPeer.start(this.namespaces, "group", "239.255.14.50", 4405,
						this.other.peerAddress()));
			}));
		}
	}

	private void restart(String name, Supplier<FaultPeer> starter) {
		this.peers.get(name).kill();
		this.peers.put(name, starter.get());
	}

	private void addRoundTrips() {
		for (String name : List.of("tcp", "resetTcp", "unix")) {
			this.roundTrips.put(name, RoundTrip.of(this.application.get(name, StreamConnection.class)));
		}
		this.roundTrips.put("tcpListen", RoundTrip.of(this.application.get("tcpListen", StreamListener.class)));
		this.roundTrips.put("udp", RoundTrip.of(this.application.get("udp", DatagramConnection.class)));
		this.roundTrips.put("udpListen", RoundTrip.of(this.application.get("udpListen", DatagramConnection.class),
				new InetSocketAddress(this.other.peerAddress(), 4404)));
		this.roundTrips.put("group", RoundTrip.of(this.application.get("group", DatagramConnection.class)));
		this.roundTrips.put("unixDatagram",
				RoundTrip.of(this.application.get("unixDatagram", UnixDatagramConnection.class)));
	}

	/**
	 * Return the possible faults.
	 */
	List<Fault> faults() {
		return this.faults;
	}

	private void keepTrafficUp() {
		while (!this.ended) {
			this.roundTrips.values().forEach(this::ask);
		}
	}

	private boolean ask(BooleanSupplier roundTrip) {
		synchronized (roundTrip) {
			return roundTrip.getAsBoolean();
		}
	}

	/**
	 * Return whether a round trip succeeds on each connection.
	 */
	boolean isWorking() {
		return this.application.get("counted", Connection.class).getState() == ConnectionState.CONNECTED
				&& this.roundTrips.values().stream().allMatch(this::ask);
	}

	/**
	 * Return the connections that do not work, with their status.
	 */
	String notWorking() {
		StringBuilder text = new StringBuilder();
		this.roundTrips.forEach((name, roundTrip) -> {
			if (!ask(roundTrip)) {
				text.append(name)
					.append(": ")
					.append(this.application.get(name, Connection.class).getStatus())
					.append('\n');
			}
		});
		return text.append("counted: ")
			.append(this.application.get("counted", Connection.class).getStatus())
			.toString();
	}

	void awaitWorking(Duration timeout) {
		Awaitility.await().atMost(timeout).until(this::isWorking);
	}

	/**
	 * Stop the traffic and check the received messages.
	 * @return a summary
	 */
	String endTraffic() throws InterruptedException {
		this.ended = true;
		this.traffic.join();
		String result = this.counted.check();
		this.steady.check("a fault of other interfaces every 2 s");
		assertThat(this.roundTrips).allSatisfy(
				(name, roundTrip) -> assertThat(this.application.get(name, Connection.class).getState()).as(name)
					.isEqualTo(ConnectionState.CONNECTED));
		return result;
	}

	@Override
	public void close() {
		this.ended = true;
		this.application.close();
	}

	record Fault(String name, Runnable strike, Runnable repair) {

	}

}
