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
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.StandardProtocolFamily;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.mooring.ConnectionSpec;
import io.mooring.IpMode;
import io.mooring.MulticastBind;
import io.mooring.binding.BindingException;
import io.mooring.binding.BindingResolver;
import io.mooring.binding.InterfaceChange;
import io.mooring.binding.InterfaceSnapshot;
import io.mooring.binding.IpAddresses;
import io.mooring.binding.SocketBinding;
import io.mooring.transport.datagram.Group;
import io.mooring.transport.datagram.MulticastSettings;
import io.mooring.transport.internal.binding.BindingCheck;
import io.mooring.transport.settings.AddressSettings;

/**
 * {@link BindPlanner} for multicast connections.
 */
final class MulticastBindPlanner implements BindPlanner {

	private final ConnectionSpec spec;

	private final MulticastSettings multicast;

	private final BindingResolver bindings;

	private final GroupResolver groups;

	MulticastBindPlanner(ConnectionSpec spec, BindingResolver bindings, GroupResolver groups) {
		this.spec = spec;
		this.multicast = spec.get(MulticastSettings.class);
		this.bindings = bindings;
		this.groups = groups;
	}

	/**
	 * Return the binding: by default the group if there is only one.
	 * @param multicast the settings
	 * @return the binding
	 */
	static MulticastBind bind(MulticastSettings multicast) {
		if (multicast.bind() != null) {
			return multicast.bind();
		}
		return (multicast.join() && multicast.groups().size() == 1) ? MulticastBind.GROUP : MulticastBind.ANY;
	}

	/**
	 * Return the address families: by default those of the groups.
	 * @param multicast the settings
	 * @return the address families
	 */
	static IpMode ipMode(MulticastSettings multicast) {
		if (multicast.ipMode() != null) {
			return multicast.ipMode();
		}
		Set<StandardProtocolFamily> families = multicast.groups()
			.stream()
			.map((group) -> IpAddresses.family(group.address()))
			.collect(Collectors.toSet());
		return (families.size() == 2) ? IpMode.DUAL
				: (families.contains(StandardProtocolFamily.INET6) ? IpMode.IPV6 : IpMode.IPV4);
	}

	@Override
	public BindPlan plan() throws IOException {
		GroupResolver.Target target = target();
		InterfaceSnapshot found = target.networkInterface();
		InetAddress local = switch (bind(this.multicast)) {
			case GROUP -> target.address();
			case INTERFACE -> interfaceAddress(found, target.address());
			case ANY -> null;
		};
		InterfaceSnapshot outgoing = outgoing(target);
		return new BindPlan((local != null) ? IpAddresses.family(local) : family(),
				BindPlanner.local(local, AddressSettings.localPort(this.spec)), null, found, null,
				(isMissing(target) && outgoing == null) ? null : target.address(), outgoing);
	}

	/**
	 * If there are other groups, the connection may open without the interface of the
	 * first one. Until that is available nothing is sent, unless an interface for sending
	 * is given, since the operating system could choose any interface.
	 */
	private GroupResolver.Target target() throws IOException {
		Group first = this.multicast.groups().get(0);
		if (!this.multicast.join() || this.multicast.groups().size() == 1
				|| bind(this.multicast) != MulticastBind.ANY) {
			GroupResolver.Target target = this.groups.resolve(first, this.multicast.join());
			this.groups.checkUp(target);
			return target;
		}
		try {
			GroupResolver.Target target = this.groups.resolve(first, true);
			this.groups.checkPresent(target);
			return target;
		}
		catch (BindingException ex) {
			return new GroupResolver.Target(first.address(), null, false);
		}
	}

	private static boolean isMissing(GroupResolver.Target target) {
		return target.networkInterface() == null && !target.chosenBySystem();
	}

	@Override
	public BindPlan check(BindPlan plan, InterfaceChange change) throws IOException {
		BindingCheck.checkPresent(plan.local(), change);
		BindPlan now = plan();
		if (!now.local().equals(plan.local())) {
			throw new BindingException("the binding leads to the address " + now.local().getAddress().getHostAddress()
					+ " now, no longer to " + plan.local().getAddress().getHostAddress());
		}
		// The scope of an address is immutable
		InetAddress local = plan.local().getAddress();
		boolean scoped = local instanceof Inet6Address && !local.isAnyLocalAddress();
		checkSame(plan.networkInterface(), now.networkInterface(), scoped);
		checkSame(plan.outgoing(), now.outgoing(), scoped);
		return now;
	}

	private static void checkSame(@Nullable InterfaceSnapshot before, @Nullable InterfaceSnapshot now, boolean scoped) {
		if (before != null && now != null && before.index() != now.index()
				&& (scoped || !before.name().equals(now.name()))) {
			throw new BindingException(
					before.name().equals(now.name()) ? "the network interface " + now.name() + " was recreated"
							: "the binding leads to the network interface " + now.name() + " now, no longer to "
									+ before.name());
		}
	}

	/**
	 * A socket for both families cannot send if it is bound to an IPv4 address; this
	 * applies to unbound ones.
	 */
	private @Nullable StandardProtocolFamily family() {
		return switch (ipMode(this.multicast)) {
			case IPV4 -> StandardProtocolFamily.INET;
			case IPV6 -> StandardProtocolFamily.INET6;
			case DUAL -> null;
		};
	}

	private InetAddress interfaceAddress(@Nullable InterfaceSnapshot found, InetAddress group) throws IOException {
		if (found == null) {
			throw new IOException("cannot bind to an interface: none is given, and there is no route to " + group);
		}
		InetAddress address = this.bindings
			.resolve(new SocketBinding.Interface(found.name()), IpAddresses.family(group))
			.address();
		if (address == null || IpAddresses.family(address) != IpAddresses.family(group)) {
			throw new IOException("cannot bind to the interface " + found + ": it has no address of the family of "
					+ group.getHostAddress());
		}
		return address;
	}

	/**
	 * An interface chosen by the operating system is not set, since its choice may
	 * change.
	 */
	private @Nullable InterfaceSnapshot outgoing(GroupResolver.Target target) {
		if (this.multicast.interfaceName() != null) {
			return this.bindings.findInterface(this.multicast.interfaceName());
		}
		return target.chosenBySystem() ? null : target.networkInterface();
	}

}
