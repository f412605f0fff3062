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

package io.mooring.transport.datagram;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.mooring.binding.IpAddresses;

/**
 * Multicast group.
 *
 * @param address the address, without zone
 * @param zone the zone of an IPv6 address, the name or index of an interface
 * @param interfaceName name, index or address of the interface, {@code null} for that of
 * the binding, or the choice of the operating system
 * @param sources the senders to receive from, empty for all
 */
public record Group(InetAddress address, @Nullable String zone, @Nullable String interfaceName,
		List<InetAddress> sources) {

	/**
	 * Parse a group.
	 * @param text a literal address, for IPv6 possibly with a zone
	 * @param interfaceName the interface
	 * @param sources the senders to receive from
	 * @return the group
	 * @throws IllegalArgumentException if the text is not a group; the message is a
	 * predicate to follow the value
	 */
	public static Group of(String text, @Nullable String interfaceName, List<InetAddress> sources) {
		int percent = text.indexOf('%');
		String zone = (percent >= 0) ? text.substring(percent + 1) : null;
		InetAddress address = IpAddresses.parse((percent >= 0) ? text.substring(0, percent) : text);
		if (address == null || !address.isMulticastAddress()) {
			throw new IllegalArgumentException("is not a multicast address; accepted are 224.0.0.0 to "
					+ "239.255.255.255, and addresses that begin with ff, as ff15::1%eth0");
		}
		if (zone != null && (zone.isBlank() || address instanceof Inet4Address)) {
			throw new IllegalArgumentException(
					"has a zone that does not fit; only IPv6 addresses have zones, as ff02::1%eth0");
		}
		return new Group(address, zone, interfaceName, List.copyOf(sources));
	}

	@Override
	public String toString() {
		return IpAddresses.format(this.address) + ((this.zone != null) ? "%" + this.zone : "");
	}

}
