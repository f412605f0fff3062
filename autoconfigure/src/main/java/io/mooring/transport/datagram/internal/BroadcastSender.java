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
import java.net.InetAddress;
import java.net.InetSocketAddress;

import org.jspecify.annotations.Nullable;

import io.mooring.transport.datagram.BroadcastSettings;

/**
 * Broadcast address of a connection, with its run-time override.
 */
final class BroadcastSender {

	private final BroadcastSettings broadcast;

	private volatile @Nullable InetSocketAddress override;

	BroadcastSender(BroadcastSettings broadcast) {
		this.broadcast = broadcast;
	}

	boolean isEnabled() {
		return this.broadcast.isEnabled();
	}

	/**
	 * Return the address to broadcast to. An ephemeral port changes with each socket.
	 * @param socket the open socket
	 * @return the address, {@code null} if there is none
	 */
	@Nullable InetSocketAddress address(UdpSocket socket) {
		if (!isEnabled()) {
			return null;
		}
		InetSocketAddress override = this.override;
		if (override != null) {
			return override;
		}
		InetAddress address = (this.broadcast.address() != null) ? this.broadcast.address() : socket.plan().broadcast();
		int port = (this.broadcast.port() != null) ? Integer.parseInt(this.broadcast.port()) : socket.localPort();
		return (address != null) ? new InetSocketAddress(address, port) : null;
	}

	/**
	 * Set or, with {@code null}, drop the override.
	 * @param address the broadcast address
	 * @return an error message, {@code null} if the address is valid
	 */
	@Nullable String override(@Nullable InetSocketAddress address) {
		if (address != null && !isEnabled()) {
			return "cannot have a broadcast address: broadcasts are off; broadcast.enabled turns them on";
		}
		if (address != null && !(address.getAddress() instanceof Inet4Address)) {
			return "cannot broadcast to " + address + ": accepted are IPv4 addresses, IPv6 has no broadcasts";
		}
		this.override = address;
		return null;
	}

}
