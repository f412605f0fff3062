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

import java.net.Inet6Address;
import java.util.Locale;

import io.mooring.ConnectionSpec;
import io.mooring.IpMode;
import io.mooring.MulticastBind;
import io.mooring.binding.SocketBinding;
import io.mooring.transport.datagram.Group;
import io.mooring.transport.datagram.MulticastSettings;
import io.mooring.transport.settings.AddressSettings;
import io.mooring.transport.settings.SpecProblems;

/**
 * Validator for specs of multicast connections.
 */
final class MulticastRules {

	private final ConnectionSpec spec;

	private final MulticastSettings multicast;

	private final SpecProblems problems;

	MulticastRules(ConnectionSpec spec, SpecProblems problems) {
		this.spec = spec;
		this.multicast = spec.get(MulticastSettings.class);
		this.problems = problems;
	}

	void check() {
		if (this.multicast.groups().isEmpty()) {
			this.problems.reject("group", "missing; the type " + this.spec.type()
					+ " needs a group, such as 239.255.14.50, or multicast.groups");
			return;
		}
		if (this.multicast.ttl() < 1 || this.multicast.ttl() > 255) {
			this.problems.reject("multicast.ttl", "is out of range; accepted are 1 to 255");
		}
		if (this.multicast.bind() == MulticastBind.GROUP && this.multicast.groups().size() > 1) {
			this.problems.reject("multicast.bind",
					"applies only to a single group, to which the socket is bound; accepted is any");
		}
		this.multicast.groups().forEach(this::check);
	}

	private void check(Group group) {
		if (group.address() instanceof Inet6Address && group.zone() == null && group.interfaceName() == null
				&& AddressSettings.binding(this.spec) instanceof SocketBinding.Fixed) {
			this.problems.reject("group", "has the IPv6 group " + group
					+ " without interface; accepted are an interface, or a zone as in " + group + "%eth0");
		}
		IpMode needed = (group.address() instanceof Inet6Address) ? IpMode.IPV6 : IpMode.IPV4;
		if (this.multicast.ipMode() != null && this.multicast.ipMode() != IpMode.DUAL
				&& this.multicast.ipMode() != needed) {
			this.problems.reject("multicast.ip-mode", "cannot be combined with the group " + group + "; accepted are "
					+ needed.name().toLowerCase(Locale.ROOT) + " and dual");
		}
		group.sources().forEach((source) -> {
			String problem = JoinRules.problem(group, source);
			if (problem != null) {
				this.problems.reject("multicast.groups",
						"has the source " + source.getHostAddress() + ", which " + problem);
			}
		});
		if (!this.multicast.join() && !group.sources().isEmpty()) {
			this.problems.reject("multicast.join",
					"is false, but the group " + group + " has sources; accepted is true");
		}
	}

}
