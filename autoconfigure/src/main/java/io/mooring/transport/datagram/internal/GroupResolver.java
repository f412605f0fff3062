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
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;

import org.jspecify.annotations.Nullable;

import io.mooring.binding.BindingException;
import io.mooring.binding.BindingResolver;
import io.mooring.binding.InterfaceSnapshot;
import io.mooring.binding.SocketBinding;
import io.mooring.transport.datagram.Group;
import io.mooring.transport.internal.log.Errors;

/**
 * Resolver for the interface of a group: its own, that of its zone, that of the
 * connection, or that of the matching route.
 */
final class GroupResolver {

	private static final int ANY_PORT = 9;

	private final SocketBinding binding;

	private final BindingResolver bindings;

	GroupResolver(SocketBinding binding, BindingResolver bindings) {
		this.binding = binding;
		this.bindings = bindings;
	}

	/**
	 * Resolve a group.
	 * @param group the group
	 * @param route whether to use the route if no interface is given
	 * @return the resolved group
	 * @throws IOException if there is no such interface
	 */
	Target resolve(Group group, boolean route) throws IOException {
		InterfaceSnapshot given = given(group);
		if (given != null) {
			return new Target(scoped(group.address(), given), given, false);
		}
		if (group.address() instanceof Inet6Address) {
			throw new IOException("cannot join " + group + ": an IPv6 group needs an interface or a zone");
		}
		return new Target(group.address(), route ? routed(group) : null, true);
	}

	/**
	 * Check that the interface of a group is up. Memberships remain while it is down, but
	 * nothing is received or sent. An interface chosen by the operating system is not
	 * checked.
	 * @param target the resolved group
	 * @throws BindingException if it is down
	 */
	void checkUp(Target target) {
		InterfaceSnapshot found = target.networkInterface();
		if (found != null && !target.chosenBySystem() && !found.up()) {
			throw new BindingException("the network interface " + found.name() + " is down");
		}
	}

	/**
	 * Check that a group can be joined on its interface.
	 * @param target the resolved group
	 * @throws BindingException if the interface is down, or has no address of the
	 * required family
	 */
	void checkPresent(Target target) {
		checkUp(target);
		InterfaceSnapshot found = target.networkInterface();
		if (found != null && target.address() instanceof Inet4Address
				&& found.addresses().stream().noneMatch((candidate) -> candidate.address() instanceof Inet4Address)) {
			throw new BindingException("the network interface " + found + " has no IPv4 address");
		}
	}

	private @Nullable InterfaceSnapshot given(Group group) throws IOException {
		InterfaceSnapshot zone = (group.zone() != null) ? this.bindings.findInterface(group.zone()) : null;
		if (group.interfaceName() == null) {
			return (zone != null) ? zone : own();
		}
		InterfaceSnapshot found = this.bindings.findInterface(group.interfaceName());
		if (zone != null && zone.index() != found.index()) {
			throw new IOException("cannot join " + group + " on the interface " + found.name()
					+ ": its zone is a different one, " + zone.name());
		}
		return found;
	}

	private @Nullable InterfaceSnapshot own() throws IOException {
		if (this.binding instanceof SocketBinding.Interface named) {
			return this.bindings.findInterface(named.name());
		}
		return (this.binding instanceof SocketBinding.Subnet) ? this.bindings.resolve(this.binding).networkInterface()
				: null;
	}

	private InterfaceSnapshot routed(Group group) throws IOException {
		try (DatagramChannel probe = DatagramChannel.open(StandardProtocolFamily.INET)) {
			// Looks up the route without sending
			probe.connect(new InetSocketAddress(group.address(), ANY_PORT));
			return this.bindings.findInterface(((InetSocketAddress) probe.getLocalAddress()).getAddress());
		}
		catch (IOException ex) {
			throw new IOException("cannot join " + group + ": no interface is given, and there is no route to it ("
					+ Errors.describe(ex) + ")", ex);
		}
	}

	private static InetAddress scoped(InetAddress address, InterfaceSnapshot networkInterface) throws IOException {
		return (address instanceof Inet4Address) ? address
				: Inet6Address.getByAddress(null, address.getAddress(), networkInterface.index());
	}

	/**
	 * Resolved group.
	 *
	 * @param address the address, for IPv6 with its scope
	 * @param networkInterface the interface, {@code null} if unknown
	 * @param chosenBySystem whether the operating system chose the interface
	 */
	record Target(InetAddress address, @Nullable InterfaceSnapshot networkInterface, boolean chosenBySystem) {
	}

}
