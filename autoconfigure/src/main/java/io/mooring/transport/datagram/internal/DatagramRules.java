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

import java.net.Inet4Address;

import org.jspecify.annotations.Nullable;

import io.mooring.ConnectionSpec;
import io.mooring.ConnectionType;
import io.mooring.Direction;
import io.mooring.binding.SocketBinding;
import io.mooring.transport.datagram.BroadcastSettings;
import io.mooring.transport.settings.AddressSettings;
import io.mooring.transport.settings.DatagramSettings;
import io.mooring.transport.settings.FlowSettings;
import io.mooring.transport.settings.HeartbeatSettings;
import io.mooring.transport.settings.SocketSettings;
import io.mooring.transport.settings.SpecProblems;

/**
 * Validator for specs of UDP connections.
 */
final class DatagramRules {

	private final ConnectionSpec spec;

	private final SpecProblems problems;

	DatagramRules(ConnectionSpec spec, SpecProblems problems) {
		this.spec = spec;
		this.problems = problems;
	}

	void check() {
		int maxSize = this.spec.get(DatagramSettings.class).maxSizeBytes();
		if (maxSize < 1 || maxSize > UdpSocket.MAX_PAYLOAD) {
			this.problems.reject("receive.max-size", "is not the size of a datagram; accepted are 1 to "
					+ UdpSocket.MAX_PAYLOAD + " bytes, the maximum of UDP over IPv4");
		}
		Integer precedence = this.spec.get(SocketSettings.class).precedence();
		if (precedence != null && (precedence < 0 || precedence > 7)) {
			this.problems.reject("socket.precedence", "is out of range; accepted are 0 to 7");
		}
		if (isOf(ConnectionType.UDP_BROADCAST_IN)
				&& this.spec.get(FlowSettings.class).direction() != Direction.RECEIVE) {
			this.problems.reject("direction",
					"cannot be combined with the type " + this.spec.type() + ", which is receive-only; drop it");
		}
		if (isOf(ConnectionType.UDP_SUBNET) && AddressSettings.binding(this.spec) instanceof SocketBinding.Fixed) {
			this.problems.reject("subnet", "missing; the type " + this.spec.type()
					+ " needs the network in which to bind, such as 192.168.1.0/24");
		}
		checkBroadcast(this.spec.get(BroadcastSettings.class));
		checkHeartbeat(this.spec.get(HeartbeatSettings.class));
		if (isOf(ConnectionType.UDP_MULTICAST)) {
			new MulticastRules(this.spec, this.problems).check();
		}
	}

	private boolean isOf(ConnectionType type) {
		return this.spec.type().equals(type);
	}

	private void checkHeartbeat(HeartbeatSettings heartbeat) {
		if (heartbeat.payload() != null && heartbeat.payload().length() == 0 && isOf(ConnectionType.UDP)) {
			this.problems.reject("heartbeat.payload",
					"is empty: " + UdpSocket.NO_EMPTY + "; accepted are one or more bytes");
		}
		if (heartbeat.payload() != null && heartbeat.payload().length() > UdpSocket.MAX_PAYLOAD) {
			this.problems.reject("heartbeat.payload",
					"is longer than " + UdpSocket.MAX_PAYLOAD + " bytes, the maximum of UDP over IPv4");
		}
		if (heartbeat.interval() != null && isOf(ConnectionType.UDP_SUBNET)
				&& !this.spec.get(BroadcastSettings.class).isEnabled()) {
			this.problems.reject("heartbeat.interval",
					"needs a recipient, and broadcasts are off; " + "set broadcast.enabled to true, or drop it");
		}
	}

	private void checkBroadcast(BroadcastSettings broadcast) {
		if (broadcast.address() != null && !(broadcast.address() instanceof Inet4Address)) {
			this.problems.reject("broadcast.address", "is not an IPv4 address; IPv6 has no broadcasts");
		}
		if (broadcast.interfaceName() != null && !AddressSettings.binding(this.spec).equals(SocketBinding.ANY)) {
			this.problems.reject("broadcast.interface",
					"cannot be combined with the binding to " + AddressSettings.binding(this.spec)
							+ ", which determines the interface of broadcasts; drop one of them");
		}
		if (broadcast.isEnabled()) {
			if (this.spec.get(FlowSettings.class).direction() == Direction.RECEIVE) {
				this.problems.reject("direction", "is receive, but broadcasts are on; accepted are both and send, "
						+ "or broadcast.enabled: false where the type allows it");
			}
			return;
		}
		if (isOf(ConnectionType.UDP_BROADCAST)) {
			this.problems.reject("broadcast.enabled",
					"cannot be combined with the type udp-broadcast; accepted is true, or the type udp-listen");
		}
		refuseWhileOff("broadcast.address", broadcast.address());
		refuseWhileOff("broadcast.port", broadcast.port());
		refuseWhileOff("broadcast.interface", broadcast.interfaceName());
	}

	private void refuseWhileOff(String key, @Nullable Object value) {
		if (value != null) {
			this.problems.reject(key, "is given while broadcasts are off; set broadcast.enabled to true, or drop it");
		}
	}

}
