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

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * An IPv4 or IPv6 subnet, such as {@code 192.168.1.0/24} or {@code fe80::/10}.
 *
 * @param networkAddress the first address, in which all bits after the prefix are zero
 * @param prefixLength the length of the prefix in bits
 */
public record IpSubnet(InetAddress networkAddress, int prefixLength) {

	private static final Pattern CIDR = Pattern.compile("([^/]+)/(\\d{1,9})");

	/**
	 * Check that the prefix fits the address.
	 * @param networkAddress the first address, in which all bits after the prefix are
	 * zero
	 * @param prefixLength the length of the prefix in bits
	 * @throws IllegalArgumentException if it does not, or if host bits are set; the
	 * message is a predicate as in {@link #parse}
	 */
	public IpSubnet {
		int bits = networkAddress.getAddress().length * Byte.SIZE;
		if (prefixLength < 0 || prefixLength > bits) {
			throw new IllegalArgumentException("has a prefix length of %d; an IPv%d subnet has one from 0 to %d"
				.formatted(prefixLength, (networkAddress instanceof Inet4Address) ? 4 : 6, bits));
		}
		byte[] network = masked(networkAddress, prefixLength, false);
		if (!Arrays.equals(network, networkAddress.getAddress())) {
			throw new IllegalArgumentException("has host bits set; did you mean %s/%d?"
				.formatted(IpAddresses.format(IpAddresses.of(network)), prefixLength));
		}
		networkAddress = IpAddresses.of(network);
	}

	/**
	 * Parse a subnet in CIDR notation. Names are not resolved.
	 * @param text the text, such as {@code 192.168.1.0/24}
	 * @return the subnet
	 * @throws IllegalArgumentException if the text is not a subnet; the message is a
	 * predicate to follow the value, such as "has host bits set; did you mean
	 * 192.168.1.0/24?"
	 */
	public static IpSubnet parse(String text) {
		Matcher matcher = CIDR.matcher(text);
		InetAddress address = (matcher.matches()) ? IpAddresses.parse(matcher.group(1)) : null;
		if (address == null) {
			throw new IllegalArgumentException("is not a subnet in CIDR notation such as 192.168.1.0/24");
		}
		if (address instanceof Inet4Address && text.contains(":")) {
			throw new IllegalArgumentException(
					"is an IPv4-mapped subnet; use IPv4 notation such as %s/24".formatted(IpAddresses.format(address)));
		}
		return new IpSubnet(address, Integer.parseInt(matcher.group(2)));
	}

	/**
	 * Return the subnet of an address.
	 * @param address the address
	 * @param prefixLength the length of the prefix in bits
	 * @return the subnet
	 */
	public static IpSubnet of(InetAddress address, int prefixLength) {
		return new IpSubnet(IpAddresses.of(masked(address, prefixLength, false)), prefixLength);
	}

	/**
	 * Return whether this subnet contains an address.
	 * @param address the address
	 * @return whether the address is of the same family and has the same prefix
	 */
	public boolean contains(InetAddress address) {
		return address.getAddress().length == this.networkAddress.getAddress().length
				&& Arrays.equals(masked(address, this.prefixLength, false), this.networkAddress.getAddress());
	}

	/**
	 * Return the broadcast address, the last one of the subnet.
	 * @return the address, or {@code null} for IPv6 and for prefixes of 31 and 32 bits,
	 * which have none
	 */
	public @Nullable InetAddress getBroadcastAddress() {
		return (this.networkAddress instanceof Inet4Address && this.prefixLength < 31)
				? IpAddresses.of(masked(this.networkAddress, this.prefixLength, true)) : null;
	}

	private static byte[] masked(InetAddress address, int prefixLength, boolean ones) {
		byte[] bytes = address.getAddress();
		for (int i = Math.max(prefixLength, 0); i < bytes.length * Byte.SIZE; i++) {
			int bit = 0x80 >> (i % Byte.SIZE);
			bytes[i / Byte.SIZE] = (byte) ((ones) ? bytes[i / Byte.SIZE] | bit : bytes[i / Byte.SIZE] & ~bit);
		}
		return bytes;
	}

	@Override
	public String toString() {
		return IpAddresses.format(this.networkAddress) + "/" + this.prefixLength;
	}

}
