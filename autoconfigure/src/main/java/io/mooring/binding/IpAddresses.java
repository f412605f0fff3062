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
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.util.StringJoiner;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Parser and formatter for literal IP addresses, without name resolution. The format is
 * that of RFC 5952.
 */
public final class IpAddresses {

	private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";

	private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");

	private static final Pattern IPV6_CHARACTERS = Pattern.compile("[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*");

	private IpAddresses() {
	}

	/**
	 * Parse a literal address without a zone.
	 * @param text the text
	 * @return the address, or {@code null} if the text is not a literal address
	 */
	public static @Nullable InetAddress parse(String text) {
		try {
			if (IPV4.matcher(text).matches()) {
				return InetAddress.getByName(text);
			}
			// In brackets the JDK accepts literals only and never resolves a name
			return (IPV6_CHARACTERS.matcher(text).matches()) ? InetAddress.getByName("[" + text + "]") : null;
		}
		catch (UnknownHostException ex) {
			return null;
		}
	}

	/**
	 * Return the family of an address.
	 * @param address the address
	 * @return the family
	 */
	public static StandardProtocolFamily family(InetAddress address) {
		return (address instanceof Inet4Address) ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
	}

	/**
	 * Return whether an address is an IPv6 link-local address, which every IPv6 interface
	 * has.
	 * @param address the address
	 * @return whether the address is IPv6 link-local
	 */
	public static boolean isIpv6LinkLocal(InetAddress address) {
		return address instanceof Inet6Address && address.isLinkLocalAddress();
	}

	static InetAddress of(byte[] bytes) {
		try {
			return InetAddress.getByAddress(bytes);
		}
		catch (UnknownHostException ex) {
			throw new IllegalArgumentException("An IP address has 4 or 16 bytes", ex);
		}
	}

	/**
	 * Format an address in its shortest form, without host name and zone.
	 * @param address the address
	 * @return the text
	 */
	public static String format(InetAddress address) {
		if (address instanceof Inet4Address) {
			return address.getHostAddress();
		}
		byte[] bytes = address.getAddress();
		int start = -1;
		int length = 1;
		for (int i = 0; i < 8; i++) {
			int zeros = zerosFrom(bytes, i);
			if (zeros > length) {
				start = i;
				length = zeros;
			}
		}
		return (start < 0) ? groups(bytes, 0, 8) : groups(bytes, 0, start) + "::" + groups(bytes, start + length, 8);
	}

	private static int zerosFrom(byte[] bytes, int index) {
		int end = index;
		while (end < 8 && group(bytes, end) == 0) {
			end++;
		}
		return end - index;
	}

	private static String groups(byte[] bytes, int from, int to) {
		StringJoiner joiner = new StringJoiner(":");
		for (int i = from; i < to; i++) {
			joiner.add(Integer.toHexString(group(bytes, i)));
		}
		return joiner.toString();
	}

	private static int group(byte[] bytes, int index) {
		return ((bytes[2 * index] & 0xff) << 8) | (bytes[2 * index + 1] & 0xff);
	}

}
