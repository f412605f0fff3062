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
 * A network interface as it was at one moment.
 *
 * @param name the name
 * @param index the index, which a recreated interface changes
 * @param up whether it is up and has a carrier
 * @param loopback whether it is a loopback interface
 * @param multicast whether it says that it can multicast
 * @param addresses the addresses, in the order of the system
 */
public record InterfaceSnapshot(String name, int index, boolean up, boolean loopback, boolean multicast,
		List<Address> addresses) {

	/**
	 * Copy the addresses.
	 * @param name the name
	 * @param index the index, which a recreated interface changes
	 * @param up whether it is up and has a carrier
	 * @param loopback whether it is a loopback interface
	 * @param multicast whether it says that it can multicast
	 * @param addresses the addresses, in the order of the system
	 */
	public InterfaceSnapshot {
		addresses = List.copyOf(addresses);
	}

	/**
	 * Return the broadcast address of the network that an address of this interface is
	 * in.
	 * @param address an address of this interface
	 * @return the broadcast address, or {@code null} if the interface does not have the
	 * address or there is nothing to broadcast to
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
	 * Return the name, the addresses and, if it is not up, that it is down: as in
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
	 * An address of an interface.
	 *
	 * @param address the address
	 * @param prefixLength the length of the network's prefix in bits
	 * @param broadcast the broadcast address as the system reports it, {@code null} where
	 * it does not
	 */
	public record Address(InetAddress address, int prefixLength, @Nullable InetAddress broadcast) {

		/**
		 * Return the address to broadcast to: the one the system reports, or the last one
		 * of the network where it reports none or 0.0.0.0.
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
