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

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Set;
import java.util.stream.Collectors;

import io.mooring.ConnectionSpec;
import io.mooring.ConnectionType;
import io.mooring.binding.InterfaceSnapshot;
import io.mooring.binding.NetworkInterfaces;
import io.mooring.transport.datagram.BroadcastSettings;
import io.mooring.transport.datagram.MulticastSettings;
import io.mooring.transport.settings.HeartbeatSettings;

/**
 * Filter for looped-back multicasts and broadcasts of the connection itself, which must
 * not reset {@code heartbeat.timeout}.
 */
final class OwnDatagrams {

	private final NetworkInterfaces interfaces;

	private final boolean comeBack;

	private volatile Set<InetAddress> addresses = Set.of();

	OwnDatagrams(ConnectionSpec spec, NetworkInterfaces interfaces) {
		this.interfaces = interfaces;
		this.comeBack = spec.get(HeartbeatSettings.class).timeout() != null
				&& (spec.type().equals(ConnectionType.UDP_MULTICAST)
						? !Boolean.FALSE.equals(spec.get(MulticastSettings.class).loopback())
						: spec.get(BroadcastSettings.class).isEnabled());
	}

	/**
	 * Invalidate the cached addresses of this host.
	 */
	void refresh() {
		if (this.comeBack) {
			this.addresses = this.interfaces.list()
				.stream()
				.flatMap((candidate) -> candidate.addresses().stream())
				.map(InterfaceSnapshot.Address::address)
				.collect(Collectors.toUnmodifiableSet());
		}
	}

	/**
	 * Return whether a sender is the socket itself.
	 */
	boolean contains(UdpSocket socket, SocketAddress sender) {
		return this.comeBack && sender instanceof InetSocketAddress inet && inet.getPort() == socket.localPort()
				&& this.addresses.contains(inet.getAddress());
	}

}
