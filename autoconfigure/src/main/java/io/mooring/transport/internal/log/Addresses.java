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

package io.mooring.transport.internal.log;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

import org.jspecify.annotations.Nullable;

/**
 * Formatter for socket addresses, such as {@code 10.0.0.1:514} and
 * {@code [fe80::1%eth0]:514}.
 */
public final class Addresses {

	private Addresses() {
	}

	/**
	 * Format an address.
	 * @param address the address, {@code null} gives {@code "-"}
	 * @return host and port, or the address's own form if it is not one of IP
	 */
	public static String toString(@Nullable SocketAddress address) {
		if (address == null) {
			return "-";
		}
		if (!(address instanceof InetSocketAddress inet)) {
			return address.toString();
		}
		String host = (inet.getAddress() != null) ? inet.getAddress().getHostAddress() : inet.getHostString();
		return ((inet.getAddress() instanceof Inet6Address) ? "[" + host + "]" : host) + ":" + inet.getPort();
	}

}
