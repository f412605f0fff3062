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
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link InterfaceChange}.
 */
class InterfaceChangeTests {

	private static final SocketBinding ETH0 = new SocketBinding.Interface("eth0");

	private static final SocketBinding SUBNET = new SocketBinding.Subnet(IpSubnet.parse("10.0.0.0/24"));

	private final FakeNetworkInterfaces interfaces = FakeNetworkInterfaces.withLoopback();

	private List<InterfaceSnapshot> before;

	@BeforeEach
	void lookBefore() {
		this.before = this.interfaces.list();
	}

	private InterfaceChange change() {
		InterfaceChange change = new InterfaceChange(this.before, this.interfaces.list());
		lookBefore();
		return change;
	}

	@Test
	void anInterfaceThatAppearsFavoursWhatIsAboutIt() throws Exception {
		this.interfaces.add("eth0", "10.0.0.5/24");
		InterfaceChange change = change();
		assertThat(change.favours(ETH0)).isTrue();
		assertThat(change.favours(SUBNET)).isTrue();
		assertThat(change.favours(new SocketBinding.Fixed("10.0.0.5"))).isTrue();
		assertThat(change.favours(SocketBinding.ANY)).isTrue();
		assertThat(change.favours(new SocketBinding.Interface("eth1"))).isFalse();
		assertThat(change.favours(new SocketBinding.Subnet(IpSubnet.parse("10.0.1.0/24")))).isFalse();
		assertThat(change.favours(new SocketBinding.Fixed("10.0.0.6"))).isFalse();
		assertThat(change.removed(InetAddress.getByName("10.0.0.5"))).isFalse();
	}

	@Test
	void linksThatLeadNowhereFavourOnlyThoseThatNameThem() {
		this.interfaces.add("eth0", "fe80::1/64");
		InterfaceChange change = change();
		assertThat(change.favours(ETH0)).isTrue();
		assertThat(change.favours(SocketBinding.ANY)).isFalse();
	}

	@Test
	void goingDownFavoursNothingAndComingUpDoes() throws Exception {
		this.interfaces.add("eth0", "10.0.0.5/24");
		change();
		this.interfaces.down("eth0");
		InterfaceChange down = change();
		assertThat(down.favours(ETH0)).isFalse();
		assertThat(down.removed(InetAddress.getByName("10.0.0.5"))).isFalse();
		this.interfaces.up("eth0");
		assertThat(change().favours(ETH0)).isTrue();
	}

	@Test
	void anAddressThatIsGoneIsRemovedUnlessAnotherInterfaceHasIt() throws Exception {
		this.interfaces.add("eth0", "10.0.0.5/24").add("eth1", "10.0.1.5/24");
		change();
		this.interfaces.removeAddress("eth0", "10.0.0.5/24").removeAddress("eth1", "10.0.1.5/24");
		this.interfaces.addAddress("eth0", "10.0.1.5/24");
		InterfaceChange change = change();
		assertThat(change.removed(InetAddress.getByName("10.0.0.5"))).isTrue();
		assertThat(change.removed(InetAddress.getByName("10.0.1.5"))).isFalse();
		assertThat(change.removed(InetAddress.getByName("192.0.2.1"))).isFalse();
		assertThat(change.favours(SUBNET)).isFalse();
	}

	@Test
	void anInterfaceThatWasMadeAnewIsGained() {
		this.interfaces.add("eth0", 7, "10.0.0.5/24");
		change();
		this.interfaces.remove("eth0").add("eth0", 8, "10.0.0.5/24");
		assertThat(change().favours(ETH0)).isTrue();
	}

}
