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

package io.mooring.binding;

import java.net.InetAddress;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Snapshot of a network interface.
 *
 * @param name the name
 * @param index the index, which changes when the interface is recreated
 * @param up whether the interface is up and has a carrier
 * @param loopback whether the interface is a loopback interface
 * @param multicast whether the interface supports multicast
 * @param addresses the addresses, in the order of the operating system
 */
public record InterfaceSnapshot(String name, int index, boolean up, boolean loopback, boolean multicast,
		List<Address> addresses) {

	/**
	 * Copy the addresses.
	 * @param name the name
	 * @param index the index, which changes when the interface is recreated
	 * @param up whether the interface is up and has a carrier
	 * @param loopback whether the interface is a loopback interface
	 * @param multicast whether the interface supports multicast
	 * @param addresses the addresses, in the order of the operating system
	 */
	public InterfaceSnapshot {
		addresses = List.copyOf(addresses);
	}

	/**
	 * Return the broadcast address for an address of this interface.
	 * @param address an address of this interface
	 * @return the broadcast address, or {@code null} if the interface does not have the
	 * address or the network has no broadcast address
	 * @see Address#effectiveBroadcast()
	 */
	public @Nullable InetAddress broadcastOf(InetAddress address) {
		return this.addresses.stream()
			.filter((candidate) -> candidate.address().equals(address))
			.findFirst()
			.map(Address::effectiveBroadcast)
			.orElse(null);
	}

	/**
	 * Return the name, the addresses and, if applicable, {@code down}, as in
	 * {@code eth0 (10.0.0.5/24, fe80::1/64, down)}.
	 */
	@Override
	public String toString() {
		StringBuilder text = new StringBuilder(this.name).append(" (");
		this.addresses.forEach((address) -> text.append(address).append(", "));
		if (this.addresses.isEmpty()) {
			text.append("no address, ");
		}
		text.append((this.up) ? "" : "down, ");
		text.setLength(text.length() - 2);
		return text.append(')').toString();
	}

	/**
	 * Address of an interface.
	 *
	 * @param address the address
	 * @param prefixLength the length of the network prefix in bits
	 * @param broadcast the broadcast address reported by the operating system, may be
	 * {@code null}
	 */
	public record Address(InetAddress address, int prefixLength, @Nullable InetAddress broadcast) {

		/**
		 * Return the broadcast address: as reported by the operating system or, if that
		 * is missing or 0.0.0.0, the last address of the network.
		 * @return the broadcast address, or {@code null} for IPv6 and for IPv4 prefixes
		 * of 31 and 32 bits without a reported one
		 */
		public @Nullable InetAddress effectiveBroadcast() {
			return (this.broadcast != null && !this.broadcast.isAnyLocalAddress()) ? this.broadcast
					: IpSubnet.of(this.address, this.prefixLength).getBroadcastAddress();
		}

		@Override
		public String toString() {
			return IpAddresses.format(this.address) + "/" + this.prefixLength;
		}

	}

}
