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
import java.net.InetAddress;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class BindingResolverTests {

	private final FakeNetworkInterfaces interfaces = FakeNetworkInterfaces.withLoopback();

	private final BindingResolver resolver = new BindingResolver(this.interfaces);

	private String onInterface(String name) throws Exception {
		return text(this.resolver.resolve(new SocketBinding.Interface(name)));
	}

	private String onInterface(String name, StandardProtocolFamily preferred) throws Exception {
		return text(this.resolver.resolve(new SocketBinding.Interface(name), preferred));
	}

	private String inSubnet(String subnet) throws Exception {
		return text(this.resolver.resolve(new SocketBinding.Subnet(IpSubnet.parse(subnet))));
	}

	private static String text(ResolvedBinding binding) {
		return binding.networkInterface().name() + " " + IpAddresses.format(binding.address());
	}

	@Nested
	class FixedBinding {

		@Test
		void anyAddressIsNone() throws Exception {
			assertThat(BindingResolverTests.this.resolver.resolve(SocketBinding.ANY))
				.isEqualTo(new ResolvedBinding(null, null));
		}

		@Test
		void anAddressIsTakenWhetherOrNotAnInterfaceHasIt() throws Exception {
			assertThat(fixed("10.9.9.9", null)).isEqualTo(InetAddress.getByName("10.9.9.9"));
			assertThat(fixed("10.9.9.9", StandardProtocolFamily.INET6)).isEqualTo(InetAddress.getByName("10.9.9.9"));
			assertThat(fixed("fd00::9", StandardProtocolFamily.INET)).isEqualTo(InetAddress.getByName("fd00::9"));
		}

		@Test
		void aZoneIsKept() throws Exception {
			assertThat(fixed("fe80::1%1", null)).isInstanceOfSatisfying(Inet6Address.class,
					(address) -> assertThat(address.getScopeId()).isOne());
		}

		@Test
		void aHostNameIsLookedUp() throws Exception {
			assertThat(fixed("localhost", null).isLoopbackAddress()).isTrue();
			assertThat(fixed("localhost", StandardProtocolFamily.INET)).isEqualTo(InetAddress.getByName("127.0.0.1"));
		}

		@Test
		void aZoneThatIsNoInterfaceIsAnError() {
			assertThatExceptionOfType(UnknownHostException.class).isThrownBy(() -> fixed("fe80::1%none", null));
		}

		private InetAddress fixed(String host, StandardProtocolFamily preferred) throws UnknownHostException {
			ResolvedBinding resolved = BindingResolverTests.this.resolver.resolve(new SocketBinding.Fixed(host),
					preferred);
			assertThat(resolved.networkInterface()).isNull();
			return resolved.address();
		}

	}

	@Nested
	class InterfaceBinding {

		@Test
		void prefersIpv4() throws Exception {
			BindingResolverTests.this.interfaces.add("eth0", "fd00::5/64", "10.0.0.5/24");
			assertThat(onInterface("eth0")).isEqualTo("eth0 10.0.0.5");
			assertThat(onInterface("eth0", StandardProtocolFamily.INET)).isEqualTo("eth0 10.0.0.5");
		}

		@Test
		void takesIpv6WhereItIsPreferredOrAllThereIs() throws Exception {
			BindingResolverTests.this.interfaces.add("eth0", "10.0.0.5/24", "fd00::5/64").add("eth1", "fd01::5/64");
			assertThat(onInterface("eth0", StandardProtocolFamily.INET6)).isEqualTo("eth0 fd00::5");
			assertThat(onInterface("eth1")).isEqualTo("eth1 fd01::5");
		}

		@Test
		void takesIpv4WhereThatIsAllThereIs() throws Exception {
			BindingResolverTests.this.interfaces.add("eth0", "10.0.0.5/24");
			assertThat(onInterface("eth0", StandardProtocolFamily.INET6)).isEqualTo("eth0 10.0.0.5");
		}

		@Test
		void takesLinkLocalIpv6OnlyWhereThereIsNoOther() throws Exception {
			BindingResolverTests.this.interfaces.add("eth0", "fe80::5/128", "fd00::5/64").add("eth1", "fe80::6/64");
			assertThat(onInterface("eth0")).isEqualTo("eth0 fd00::5");
			assertThat(onInterface("eth1")).isEqualTo("eth1 fe80::6");
		}

		@Test
		void takesTheLongestPrefixThenTheFirst() throws Exception {
			BindingResolverTests.this.interfaces.add("eth0", "10.0.0.5/8", "10.1.0.5/16", "10.2.0.5/16");
			assertThat(onInterface("eth0")).isEqualTo("eth0 10.1.0.5");
		}

		@Test
		void loopbackHasAnAddressToo() throws Exception {
			assertThat(onInterface("lo")).isEqualTo("lo 127.0.0.1");
			assertThat(onInterface("lo", StandardProtocolFamily.INET6)).isEqualTo("lo ::1");
		}

		@Test
		void followsAChangedAddress() throws Exception {
			BindingResolverTests.this.interfaces.add("eth0", "10.0.0.5/24");
			assertThat(onInterface("eth0")).isEqualTo("eth0 10.0.0.5");
			BindingResolverTests.this.interfaces.removeAddress("eth0", "10.0.0.5/24").addAddress("eth0", "10.0.0.6/24");
			assertThat(onInterface("eth0")).isEqualTo("eth0 10.0.0.6");
		}

		@Test
		void saysThatThereIsNone() {
			BindingResolverTests.this.interfaces.add("eth0", "10.0.0.5/24").down("eth0");
			assertThatExceptionOfType(BindingException.class).isThrownBy(() -> onInterface("wlan0"))
				.withMessage("Network interface 'wlan0' has no IP address: there is no such interface; "
						+ "candidates: lo (127.0.0.1/8, ::1/128), eth0 (10.0.0.5/24, down)");
		}

		@Test
		void saysThatItIsDown() {
			BindingResolverTests.this.interfaces.add("eth0", "10.0.0.5/24").down("eth0");
			assertThatExceptionOfType(BindingException.class).isThrownBy(() -> onInterface("eth0"))
				.withMessage("Network interface 'eth0' has no IP address: it is down; "
						+ "candidates: lo (127.0.0.1/8, ::1/128), eth0 (10.0.0.5/24, down)");
		}

		@Test
		void saysThatItHasNoAddress() {
			BindingResolverTests.this.interfaces.add("eth0");
			assertThatExceptionOfType(BindingException.class).isThrownBy(() -> onInterface("eth0"))
				.withMessage("Network interface 'eth0' has no IP address: it is up but has no address; "
						+ "candidates: lo (127.0.0.1/8, ::1/128), eth0 (no address)");
		}

		@Test
		void saysThatTheMachineHasNone() {
			BindingResolverTests.this.interfaces.remove("lo");
			assertThatExceptionOfType(BindingException.class).isThrownBy(() -> onInterface("eth0"))
				.withMessage(
						"Network interface 'eth0' has no IP address: there is no such interface; candidates: none");
		}

		@Test
		void suggestsACloseName() {
			BindingResolverTests.this.interfaces.add("eth0", "10.0.0.5/24");
			for (String name : new String[] { "ETH0", "eth1", "et0", "eth00", "eht0" }) {
				assertThatExceptionOfType(BindingException.class).isThrownBy(() -> onInterface(name))
					.withMessage("Network interface '" + name + "' has no IP address: there is no such interface"
							+ ((name.equals("eht0")) ? "" : ", did you mean 'eth0'?")
							+ "; candidates: lo (127.0.0.1/8, ::1/128), eth0 (10.0.0.5/24)");
			}
		}

	}

	@Nested
	class SubnetBinding {

		@Test
		void takesTheInterfaceThatHasAnAddressInIt() throws Exception {
			BindingResolverTests.this.interfaces.add("eth0", "10.0.0.5/24").add("eth1", "10.1.0.5/24", "fd01::5/64");
			assertThat(inSubnet("10.1.0.0/16")).isEqualTo("eth1 10.1.0.5");
			assertThat(inSubnet("fd01::/16")).isEqualTo("eth1 fd01::5");
			assertThat(inSubnet("127.0.0.0/8")).isEqualTo("lo 127.0.0.1");
		}

		@Test
		void takesWhatIsUp() throws Exception {
			BindingResolverTests.this.interfaces.add("eth0", "10.0.0.5/24").add("eth1", "10.0.0.6/24").down("eth0");
			assertThat(inSubnet("10.0.0.0/24")).isEqualTo("eth1 10.0.0.6");
			BindingResolverTests.this.interfaces.up("eth0");
			assertThat(inSubnet("10.0.0.0/24")).isEqualTo("eth0 10.0.0.5");
		}

		@Test
		void takesLoopbackLast() throws Exception {
			BindingResolverTests.this.interfaces.addAddress("lo", "10.0.0.1/32").add("eth0", "10.0.0.5/24");
			assertThat(inSubnet("10.0.0.0/24")).isEqualTo("eth0 10.0.0.5");
		}

		@Test
		void takesTheLongestPrefix() throws Exception {
			BindingResolverTests.this.interfaces.add("eth0", "10.0.0.5/16").add("eth1", "10.0.0.6/24");
			assertThat(inSubnet("10.0.0.0/8")).isEqualTo("eth1 10.0.0.6");
		}

		@Test
		void takesTheLowestIndexAmongEqualPrefixes() throws Exception {
			BindingResolverTests.this.interfaces.add("eth7", 7, "10.0.0.7/24").add("eth3", 3, "10.0.0.3/24");
			assertThat(inSubnet("10.0.0.0/8")).isEqualTo("eth3 10.0.0.3");
		}

		@Test
		void takesTheFirstAddressOfAnInterface() throws Exception {
			BindingResolverTests.this.interfaces.add("eth0", "10.0.0.7/24", "10.0.0.6/24");
			assertThat(inSubnet("10.0.0.0/8")).isEqualTo("eth0 10.0.0.7");
		}

		@Test
		void takesLinkLocalIpv6Last() throws Exception {
			BindingResolverTests.this.interfaces.add("eth0", "fe80::5/128").add("eth1", "fe80::6/64", "2001:db8::6/48");
			assertThat(inSubnet("::/0")).isEqualTo("eth1 2001:db8::6");
			assertThat(inSubnet("fe80::/10")).isEqualTo("eth0 fe80::5");
		}

		@Test
		void followsASubnetToAnotherInterface() throws Exception {
			BindingResolverTests.this.interfaces.add("eth0", "10.0.0.5/24").add("eth1", "10.1.0.5/24");
			assertThat(inSubnet("10.0.0.0/24")).isEqualTo("eth0 10.0.0.5");
			BindingResolverTests.this.interfaces.removeAddress("eth0", "10.0.0.5/24").addAddress("eth1", "10.0.0.6/24");
			assertThat(inSubnet("10.0.0.0/24")).isEqualTo("eth1 10.0.0.6");
		}

		@Test
		void saysThatNoneHasAnAddressInIt() {
			BindingResolverTests.this.interfaces.add("eth0", "10.0.0.5/24").add("eth1");
			assertThatExceptionOfType(BindingException.class).isThrownBy(() -> inSubnet("10.1.0.0/16"))
				.withMessage("No network interface corresponds to subnet '10.1.0.0/16': none has an address in it; "
						+ "candidates: lo (127.0.0.1/8, ::1/128), eth0 (10.0.0.5/24), eth1 (no address)");
		}

		@Test
		void saysThatThoseThatHaveAnAddressInItAreDown() {
			BindingResolverTests.this.interfaces.add("eth0", "10.0.0.5/24").down("eth0");
			assertThatExceptionOfType(BindingException.class).isThrownBy(() -> inSubnet("10.0.0.0/24"))
				.withMessage("No network interface corresponds to subnet '10.0.0.0/24': eth0 has an address in it "
						+ "but is down; candidates: lo (127.0.0.1/8, ::1/128), eth0 (10.0.0.5/24, down)");
			BindingResolverTests.this.interfaces.add("eth1", "10.0.0.6/24").down("eth1");
			assertThatExceptionOfType(BindingException.class).isThrownBy(() -> inSubnet("10.0.0.0/24"))
				.withMessageStartingWith("No network interface corresponds to subnet '10.0.0.0/24': eth0, eth1 have "
						+ "an address in it but are down; candidates: ");
		}

	}

}
