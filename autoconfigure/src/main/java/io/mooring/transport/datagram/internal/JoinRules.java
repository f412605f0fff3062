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

import java.io.IOException;
import java.net.InetAddress;
import java.net.StandardProtocolFamily;

import org.jspecify.annotations.Nullable;

import io.mooring.IpMode;
import io.mooring.MulticastBind;
import io.mooring.binding.IpAddresses;
import io.mooring.transport.datagram.Group;
import io.mooring.transport.datagram.MulticastSettings;

/**
 * Validator for groups joined at run time, by the binding of the socket.
 */
final class JoinRules {

	private final MulticastSettings multicast;

	JoinRules(MulticastSettings multicast) {
		this.multicast = multicast;
	}

	void checkJoin(Group group, @Nullable InetAddress source) throws IOException {
		if (source != null) {
			checkSource(group, source);
		}
		if (MulticastBindPlanner.bind(this.multicast) == MulticastBind.GROUP
				&& !this.multicast.groups().get(0).address().equals(group.address())) {
			throw new IOException("cannot join " + group + ": the socket is bound to " + this.multicast.groups().get(0)
					+ " and receives nothing else; set multicast.bind to any");
		}
		IpMode mode = MulticastBindPlanner.ipMode(this.multicast);
		IpMode needed = (IpAddresses.family(group.address()) == StandardProtocolFamily.INET) ? IpMode.IPV4
				: IpMode.IPV6;
		if (mode != IpMode.DUAL && mode != needed) {
			throw new IOException(
					"cannot join " + group + ": the socket is for " + mode + " only; set multicast.ip-mode to dual");
		}
	}

	void checkSource(Group group, InetAddress source) throws IOException {
		String problem = problem(group, source);
		if (problem != null) {
			throw new IOException(
					"cannot use the source " + source.getHostAddress() + " for " + group + ": it " + problem);
		}
	}

	/**
	 * Validate a source.
	 * @param group the group
	 * @param source the source
	 * @return an error message, {@code null} if the source is valid
	 */
	static @Nullable String problem(Group group, InetAddress source) {
		if (IpAddresses.family(source) != IpAddresses.family(group.address())) {
			return "is of the other family than the group " + group;
		}
		return (source.isMulticastAddress() || source.isAnyLocalAddress()) ? "is not the address of a sender" : null;
	}

}
