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
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Resolver of {@link SocketBinding}s to local addresses, by the current state of the
 * network interfaces.
 * <p>
 * Only interfaces that are up are considered. Among several matching addresses the choice
 * is deterministic: the preferred family, loopback last, IPv6 link-local after other IPv6
 * addresses, the longest prefix, the lowest interface index, the order of the operating
 * system.
 */
public final class BindingResolver {

	private final NetworkInterfaces networkInterfaces;

	/**
	 * Create a resolver.
	 * @param networkInterfaces the source of the interfaces
	 */
	public BindingResolver(NetworkInterfaces networkInterfaces) {
		this.networkInterfaces = networkInterfaces;
	}

	/**
	 * Resolve a binding, preferring IPv4 for an interface and the choice of the operating
	 * system for a host.
	 * @param binding the binding
	 * @return the address, and the interface unless the binding is fixed
	 * @throws UnknownHostException if a fixed host cannot be resolved
	 * @throws BindingException if no interface matches the binding
	 */
	public ResolvedBinding resolve(SocketBinding binding) throws UnknownHostException {
		return resolve(binding, null);
	}

	/**
	 * Resolve a binding. If there is no address of the preferred family, one of the other
	 * family is chosen. A subnet determines the family itself.
	 * @param binding the binding
	 * @param preferred the preferred family, {@code null} for IPv4 on an interface and
	 * for the choice of the operating system on a host
	 * @return the address, and the interface unless the binding is fixed
	 * @throws UnknownHostException if a fixed host cannot be resolved
	 * @throws BindingException if no interface matches the binding
	 */
	public ResolvedBinding resolve(SocketBinding binding, @Nullable StandardProtocolFamily preferred)
			throws UnknownHostException {
		if (binding instanceof SocketBinding.Fixed fixed) {
			return new ResolvedBinding(resolveHost(fixed.host(), preferred), null);
		}
		List<InterfaceSnapshot> interfaces = this.networkInterfaces.list();
		if (binding instanceof SocketBinding.Interface named) {
			return resolveInterface(named.name(), interfaces, preferred);
		}
		return resolveSubnet(((SocketBinding.Subnet) binding).network(), interfaces);
	}

	/**
	 * Find an interface, whether it is up or not.
	 * @param text the name, the index or an address of the interface
	 * @return the interface
	 * @throws BindingException if there is no such interface
	 */
	public InterfaceSnapshot findInterface(String text) {
		List<InterfaceSnapshot> interfaces = this.networkInterfaces.list();
		InetAddress literal = IpAddresses.parse(text.replaceFirst("%.*", ""));
		return interfaces.stream()
			.filter((candidate) -> candidate.name().equals(text) || Integer.toString(candidate.index()).equals(text)
					|| has(candidate, literal))
			.min(Comparator.comparing((candidate) -> !candidate.name().equals(text)))
			.orElseThrow(() -> BindingFailures.unknown(text, interfaces));
	}

	/**
	 * Find the interface that has an address.
	 * @param address the address
	 * @return the interface
	 * @throws BindingException if there is no such interface
	 */
	public InterfaceSnapshot findInterface(InetAddress address) {
		return findInterface(IpAddresses.format(address));
	}

	private static boolean has(InterfaceSnapshot candidate, @Nullable InetAddress literal) {
		return literal != null && candidate.addresses()
			.stream()
			.anyMatch((address) -> IpAddresses.format(address.address()).equals(IpAddresses.format(literal)));
	}

	private static @Nullable InetAddress resolveHost(String host, @Nullable StandardProtocolFamily preferred)
			throws UnknownHostException {
		if (host.isEmpty()) {
			return null;
		}
		InetAddress[] addresses = InetAddress.getAllByName(host);
		return Arrays.stream(addresses).filter((address) -> isOf(address, preferred)).findFirst().orElse(addresses[0]);
	}

	private static ResolvedBinding resolveInterface(String name, List<InterfaceSnapshot> interfaces,
			@Nullable StandardProtocolFamily preferred) {
		StandardProtocolFamily family = (preferred != null) ? preferred : StandardProtocolFamily.INET;
		return candidates(interfaces).filter((candidate) -> candidate.networkInterface().name().equals(name))
			.min(Comparator.comparing((Candidate candidate) -> !isOf(candidate.address().address(), family))
				.thenComparing(Candidate.ORDER))
			.map(Candidate::toBinding)
			.orElseThrow(() -> BindingFailures.noAddress(name, interfaces));
	}

	private static ResolvedBinding resolveSubnet(IpSubnet subnet, List<InterfaceSnapshot> interfaces) {
		return candidates(interfaces).filter((candidate) -> subnet.contains(candidate.address().address()))
			.min(Candidate.ORDER)
			.map(Candidate::toBinding)
			.orElseThrow(() -> BindingFailures.noInterface(subnet, interfaces));
	}

	private static Stream<Candidate> candidates(List<InterfaceSnapshot> interfaces) {
		return interfaces.stream()
			.filter(InterfaceSnapshot::up)
			.flatMap((candidate) -> candidate.addresses().stream().map((address) -> new Candidate(candidate, address)));
	}

	private static boolean isOf(InetAddress address, @Nullable StandardProtocolFamily family) {
		return IpAddresses.family(address) == family;
	}

	/**
	 * Candidate address.
	 */
	private record Candidate(InterfaceSnapshot networkInterface, InterfaceSnapshot.Address address) {

		static final Comparator<Candidate> ORDER = Comparator
			.comparing((Candidate candidate) -> candidate.networkInterface().loopback())
			.thenComparing((candidate) -> IpAddresses.isIpv6LinkLocal(candidate.address().address()))
			.thenComparing((candidate) -> -candidate.address().prefixLength())
			.thenComparing((candidate) -> candidate.networkInterface().index());

		private ResolvedBinding toBinding() {
			return new ResolvedBinding(this.address.address(), this.networkInterface);
		}

	}

}
