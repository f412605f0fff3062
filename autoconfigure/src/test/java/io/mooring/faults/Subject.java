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
import java.util.function.BooleanSupplier;

import io.mooring.Connection;
import io.mooring.DatagramConnection;
import io.mooring.StreamConnection;
import io.mooring.StreamListener;
import io.mooring.binding.IpAddresses;
import io.mooring.test.netns.NetworkNamespaces;
import io.mooring.test.netns.Wire;

/**
 * Connection bound to a wire, in its own application, with an echo peer.
 */
final class Subject implements AutoCloseable {

	static final int LATE_HOST = 77;

	private final String description;

	private final String type;

	private final Wire wire;

	private final NetworkNamespaces namespaces;

	private final FaultApplication application;

	private final Connection connection;

	private FaultPeer peer;

	/**
	 * Start both.
	 * @param description a type and a binding, as in {@code udp-listen subnet}
	 * @param wire where to bind
	 * @param namespaces where the peer runs
	 */
	Subject(String description, Wire wire, NetworkNamespaces namespaces) {
		this.description = description;
		this.type = description.split(" ")[0];
		this.wire = wire;
		this.namespaces = namespaces;
		startPeer();
		this.application = FaultApplication.run("subject.url=" + url(binding(description.split(" ")[1])),
				"subject.startup=background", "subject.reconnect.max-delay=2s");
		this.connection = this.application.get("subject", Connection.class);
	}

	/**
	 * Start both and wait for a round trip.
	 */
	static Subject working(String description, Wire wire, NetworkNamespaces namespaces) {
		Subject subject = new Subject(description, wire, namespaces);
		RoundTrip.awaitWorking(subject.works());
		return subject;
	}

	private String binding(String kind) {
		return switch (kind) {
			case "interface" -> "interface=" + this.wire.name();
			case "local-port" -> "interface=" + this.wire.name() + "&local-port=" + (port() + 500);
			case "subnet" -> "subnet=" + this.wire.subnet();
			case "subnet6" -> "subnet=" + this.wire.subnet6();
			case "late-host" -> "host=" + this.wire.address(LATE_HOST);
			case "host" -> "host=" + this.wire.address();
			default -> throw new IllegalArgumentException(kind);
		};
	}

	private String url(String binding) {
		return switch (this.type) {
			case "udp-listen" -> "udp-listen:?port=" + port() + "&" + binding;
			case "udp" -> "udp://" + this.wire.peerAddress() + ":" + port() + "?" + binding;
			case "udp-multicast" ->
				"udp-multicast://" + group() + ":" + port() + "?multicast.loopback=false&" + binding;
			case "tcp" -> "tcp://" + this.wire.peerAddress() + ":" + port() + "?framing.type=line&" + binding;
			case "tcp-listen" -> "tcp-listen:?framing.type=line&port=" + port() + "&" + binding;
			default -> throw new IllegalArgumentException(this.type);
		};
	}

	int port() {
		return 4300 + this.wire.number();
	}

	private String group() {
		return "239.255.14." + this.wire.number();
	}

	private void startPeer() {
		this.peer = switch (this.type) {
			case "udp-multicast" -> FaultPeer.start(this.namespaces, "group", group(), port(), this.wire.peerAddress());
			case "tcp" -> FaultPeer.start(this.namespaces, "tcp", port());
			case "tcp-listen" -> FaultPeer.start(this.namespaces, "dial", port(), this.wire.address(),
					this.wire.address(9), this.wire.address(LATE_HOST));
			default -> FaultPeer.start(this.namespaces, "udp", port());
		};
	}

	/**
	 * Restart the peer if it has lost its interface as well.
	 */
	void followInterface() {
		if (this.type.equals("udp-multicast")) {
			this.peer.kill();
			startPeer();
		}
	}

	Connection connection() {
		return this.connection;
	}

	BooleanSupplier lost() {
		return FaultApplication.lost(this.connection);
	}

	BooleanSupplier works() {
		if (this.connection instanceof StreamListener listener) {
			return RoundTrip.of(listener);
		}
		if (this.connection instanceof StreamConnection stream) {
			return RoundTrip.of(stream);
		}
		DatagramConnection datagrams = (DatagramConnection) this.connection;
		return this.type.equals("udp-listen") ? RoundTrip.of(datagrams, new InetSocketAddress(peerAddress(), port()))
				: RoundTrip.of(datagrams);
	}

	private String peerAddress() {
		return this.description.endsWith("6") ? this.wire.peerAddress6() : this.wire.peerAddress();
	}

	/**
	 * Return whether the connection is bound to an address, if it is bound to a single
	 * one.
	 */
	boolean isAt(String address) {
		return this.type.equals("udp-multicast")
				|| (this.connection.getLocalAddress() instanceof InetSocketAddress local
						&& IpAddresses.format(local.getAddress()).equals(address));
	}

	@Override
	public void close() {
		this.application.close();
	}

}
