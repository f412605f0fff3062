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
import java.util.ArrayList;
import java.util.List;

/**
 * Change of the network interfaces between two polls.
 *
 * @param before the previous interfaces
 * @param after the current interfaces
 */
public record InterfaceChange(List<InterfaceSnapshot> before, List<InterfaceSnapshot> after) {

	/**
	 * Copy the lists.
	 * @param before the previous interfaces
	 * @param after the current interfaces
	 */
	public InterfaceChange {
		before = List.copyOf(before);
		after = List.copyOf(after);
	}

	/**
	 * Merge this change with a later one.
	 * @param later the later change
	 * @return the combined change
	 */
	public InterfaceChange and(InterfaceChange later) {
		return new InterfaceChange(this.before, later.after);
	}

	/**
	 * Return whether an address was removed from the host, whether or not its interface
	 * is up.
	 * @param address the address
	 * @return whether the address was removed
	 */
	public boolean removed(InetAddress address) {
		return has(this.before, address) && !has(this.after, address);
	}

	private static boolean has(List<InterfaceSnapshot> interfaces, InetAddress address) {
		return interfaces.stream()
			.flatMap((candidate) -> candidate.addresses().stream())
			.anyMatch((candidate) -> candidate.address().equals(address));
	}

	/**
	 * Return whether a binding that failed to resolve, or to reach its peer, may succeed
	 * now: an interface that matches it came up or got an address. A binding to a host
	 * name or to any address is matched by every address that is neither loopback nor
	 * link-local.
	 * @param binding the binding
	 * @return whether to retry immediately
	 */
	public boolean favours(SocketBinding binding) {
		for (InterfaceSnapshot candidate : this.after) {
			for (InterfaceSnapshot.Address address : gained(candidate)) {
				if (favours(binding, candidate, address.address())) {
					return true;
				}
			}
		}
		return false;
	}

	private static boolean favours(SocketBinding binding, InterfaceSnapshot gained, InetAddress address) {
		if (binding instanceof SocketBinding.Interface named) {
			return gained.name().equals(named.name());
		}
		if (binding instanceof SocketBinding.Subnet subnet) {
			return subnet.network().contains(address);
		}
		InetAddress literal = IpAddresses.parse(((SocketBinding.Fixed) binding).host());
		return (literal != null && !literal.isAnyLocalAddress()) ? literal.equals(address)
				: !gained.loopback() && !address.isLinkLocalAddress();
	}

	private List<InterfaceSnapshot.Address> gained(InterfaceSnapshot now) {
		if (!now.up()) {
			return List.of();
		}
		List<InterfaceSnapshot.Address> gained = new ArrayList<>(now.addresses());
		this.before.stream()
			.filter((was) -> was.up() && was.index() == now.index() && was.name().equals(now.name()))
			.forEach((was) -> gained.removeAll(was.addresses()));
		return gained;
	}

}
