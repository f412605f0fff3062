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

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.mooring.test.netns.NetworkNamespaceTest;
import io.mooring.test.netns.NetworkNamespaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@NetworkNamespaceTest(addresses = { "10.77.1.1/24", "10.77.1.3/24", "10.78.0.1/16", "fd77:1::1/64" })
class BindingResolverNetworkNamespaceTests {

	private final NetworkInterfaces interfaces = NetworkInterfaces.system();

	private final BindingResolver resolver = new BindingResolver(this.interfaces);

	@Test
	void interfacesAreListedByIndexWithAddressesInTheOrderOfTheSystem() {
		List<InterfaceSnapshot> list = this.interfaces.list();
		assertThat(list).extracting(InterfaceSnapshot::name).containsExactly("lo", "veth0", "veth1");
		assertThat(list).extracting(InterfaceSnapshot::index).isSorted();
		assertThat(list).extracting(InterfaceSnapshot::up).containsOnly(true);
		assertThat(list).extracting(InterfaceSnapshot::loopback).containsExactly(true, false, false);
		assertThat(list).extracting(InterfaceSnapshot::multicast).containsExactly(false, true, true);
		assertThat(list.get(0)).hasToString("lo (127.0.0.1/8, ::1/128)");
		assertThat(list.get(1).toString()).startsWith("veth0 (10.77.1.1/24, 10.78.0.1/16, 10.77.1.3/24, ")
			.contains("fd77:1::1/64")
			.contains("fe80::");
	}

	@Test
	void theBroadcastAddressIsTheSystemsOrComputed(NetworkNamespaces namespaces) throws Exception {
		namespaces.run("ip", "address", "add", "10.79.0.1/16", "broadcast", "10.79.9.255", "dev", "veth1");
		assertThat(broadcast("10.78.0.0/16")).isEqualTo("10.78.255.255");
		assertThat(broadcast("10.79.0.0/16")).isEqualTo("10.79.9.255");
	}

	@Test
	void anAliasIsAnInterface(NetworkNamespaces namespaces) throws Exception {
		namespaces.run("ip", "address", "add", "10.79.0.1/16", "label", "veth1:7", "dev", "veth1");
		assertThat(onInterface("veth1:7", null)).isEqualTo("10.79.0.1");
	}

	@Test
	void anInterfaceResolvesInBothFamilies() throws Exception {
		assertThat(onInterface("veth0", null)).isEqualTo("10.77.1.1");
		assertThat(onInterface("veth0", StandardProtocolFamily.INET6)).isEqualTo("fd77:1::1");
		assertThat(onInterface("lo", StandardProtocolFamily.INET6)).isEqualTo("::1");
	}

	@Test
	void aSubnetResolvesInBothFamilies() throws Exception {
		assertThat(inSubnet("10.78.0.0/16")).isEqualTo("veth0 10.78.0.1");
		assertThat(inSubnet("10.0.0.0/8")).isEqualTo("veth0 10.77.1.1");
		assertThat(inSubnet("10.77.2.0/24")).isEqualTo("veth1 10.77.2.1");
		assertThat(inSubnet("fd77:2::/32")).isEqualTo("veth1 fd77:2::1");
	}

	@Test
	void whatIsResolvedCanBeBound() throws Exception {
		for (String subnet : List.of("10.77.2.0/24", "fd77:2::/32", "fe80::/10", "127.0.0.0/8", "::1/128")) {
			ResolvedBinding resolved = this.resolver.resolve(new SocketBinding.Subnet(IpSubnet.parse(subnet)));
			try (DatagramChannel channel = DatagramChannel.open()) {
				channel.bind(new InetSocketAddress(resolved.address(), 0));
			}
		}
	}

	@Test
	void aLinkLocalAddressKeepsItsZone() throws Exception {
		ResolvedBinding resolved = this.resolver.resolve(new SocketBinding.Subnet(IpSubnet.parse("fe80::/10")));
		assertThat(((Inet6Address) resolved.address()).getScopedInterface().getName()).isEqualTo("veth0");
		assertThat(this.resolver.resolve(new SocketBinding.Fixed("fe80::1%veth1")).address()).isInstanceOfSatisfying(
				Inet6Address.class, (address) -> assertThat(address.getScopedInterface().getName()).isEqualTo("veth1"));
	}

	@Test
	void anInterfaceThatIsDownIsPassedOver(NetworkNamespaces namespaces) {
		namespaces.linkDown("veth1");
		assertThatExceptionOfType(BindingException.class).isThrownBy(() -> onInterface("veth1", null))
			.withMessageStartingWith("Network interface 'veth1' has no IP address: it is down; "
					+ "candidates: lo (127.0.0.1/8, ::1/128), veth0 (10.77.1.1/24, ")
			.withMessageEndingWith(", veth1 (10.77.2.1/24, down)");
		assertThatExceptionOfType(BindingException.class).isThrownBy(() -> inSubnet("10.77.2.0/24"))
			.withMessageStartingWith("No network interface corresponds to subnet '10.77.2.0/24': "
					+ "veth1 has an address in it but is down; candidates: lo (")
			.withMessageEndingWith(", veth1 (10.77.2.1/24, down)");
	}

	@Test
	void anInterfaceWhoseOtherEndIsDownIsDown(NetworkNamespaces namespaces) {
		namespaces.peer("ip", "link", "set", "peer1", "down");
		await().untilAsserted(
				() -> assertThatExceptionOfType(BindingException.class).isThrownBy(() -> onInterface("veth1", null))
					.withMessageStartingWith("Network interface 'veth1' has no IP address: it is down; "));
	}

	@Test
	void anInterfaceWithoutAddressIsNotOneThatDoesNotExist(NetworkNamespaces namespaces) throws Exception {
		namespaces.run("ip", "address", "flush", "dev", "veth1");
		assertThatExceptionOfType(BindingException.class).isThrownBy(() -> onInterface("veth1", null))
			.withMessageStartingWith("Network interface 'veth1' has no IP address: it is up but has no address; ")
			.withMessageEndingWith(", veth1 (no address)");
		namespaces.addAddress("veth1", "10.77.2.9/24");
		assertThat(onInterface("veth1", null)).isEqualTo("10.77.2.9");
		namespaces.run("ip", "link", "del", "veth1");
		assertThatExceptionOfType(BindingException.class).isThrownBy(() -> onInterface("veth1", null))
			.withMessageStartingWith("Network interface 'veth1' has no IP address: there is no such interface, "
					+ "did you mean 'veth0'?; candidates: lo (");
	}

	@Test
	void withoutAnyAddressThereAreStillInterfaces(NetworkNamespaces namespaces) {
		for (String name : List.of("lo", "veth0", "veth1")) {
			namespaces.run("ip", "address", "flush", "dev", name);
		}
		namespaces.linkDown("veth0");
		assertThatExceptionOfType(BindingException.class).isThrownBy(() -> inSubnet("10.0.0.0/8"))
			.withMessage("No network interface corresponds to subnet '10.0.0.0/8': none has an address in it; "
					+ "candidates: lo (no address), veth0 (no address, down), veth1 (no address)");
	}

	@Test
	void aRemovedAddressIsNotFoundAnyMore(NetworkNamespaces namespaces) throws Exception {
		assertThat(inSubnet("10.78.0.0/16")).isEqualTo("veth0 10.78.0.1");
		namespaces.removeAddress("veth0", "10.78.0.1/16");
		assertThatExceptionOfType(BindingException.class).isThrownBy(() -> inSubnet("10.78.0.0/16"))
			.withMessageStartingWith(
					"No network interface corresponds to subnet '10.78.0.0/16': none has an address in it; candidates: ");
	}

	@Test
	void aSubnetIsFollowedToAnotherInterface(NetworkNamespaces namespaces) throws Exception {
		assertThat(inSubnet("10.77.2.0/24")).isEqualTo("veth1 10.77.2.1");
		namespaces.removeAddress("veth1", "10.77.2.1/24");
		namespaces.addAddress("veth0", "10.77.2.5/24");
		assertThat(inSubnet("10.77.2.0/24")).isEqualTo("veth0 10.77.2.5");
	}

	@Test
	void interfacesThatComeAndGoBreakNothing(NetworkNamespaces namespaces) throws Exception {
		Process changes = namespaces.start("sh", "-c", """
				for i in $(seq 60); do
					ip link add veth9 type veth peer name veth8 && ip address add 10.99.0.1/24 dev veth9
					ip link set veth9 up; ip link del veth9
				done
				""");
		while (changes.isAlive()) {
			assertThat(inSubnet("10.77.2.0/24")).isEqualTo("veth1 10.77.2.1");
		}
		assertThat(changes.exitValue()).isZero();
	}

	private String broadcast(String subnet) throws Exception {
		ResolvedBinding resolved = this.resolver.resolve(new SocketBinding.Subnet(IpSubnet.parse(subnet)));
		return resolved.networkInterface().broadcastOf(resolved.address()).getHostAddress();
	}

	private String onInterface(String name, StandardProtocolFamily preferred) throws Exception {
		return IpAddresses.format(this.resolver.resolve(new SocketBinding.Interface(name), preferred).address());
	}

	private String inSubnet(String subnet) throws Exception {
		ResolvedBinding resolved = this.resolver.resolve(new SocketBinding.Subnet(IpSubnet.parse(subnet)));
		return resolved.networkInterface().name() + " " + IpAddresses.format(resolved.address());
	}

}
