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

package io.mooring.transport.internal.binding;

import java.net.UnknownHostException;
import java.util.Objects;

import org.junit.jupiter.api.Test;

import io.mooring.binding.BindingException;
import io.mooring.binding.BindingResolver;
import io.mooring.binding.FakeNetworkInterfaces;
import io.mooring.binding.IpAddresses;
import io.mooring.binding.IpSubnet;
import io.mooring.binding.SocketBinding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ListenBinding}.
 */
class ListenBindingTests {

	private static final SocketBinding ETH0 = new SocketBinding.Interface("eth0");

	private final FakeNetworkInterfaces interfaces = FakeNetworkInterfaces.withLoopback().add("eth0", "fe80::5/64");

	private final ListenBinding binding = new ListenBinding(new BindingResolver(this.interfaces));

	private String resolve(SocketBinding binding) throws UnknownHostException {
		return IpAddresses.format(Objects.requireNonNull(this.binding.resolve(binding).address()));
	}

	@Test
	void aLinkLocalAddressServesWhereThereWasNoOther() throws Exception {
		assertThat(resolve(ETH0)).isEqualTo("fe80::5");
		this.interfaces.removeAddress("eth0", "fe80::5/64").addAddress("eth0", "fe80::6/64");
		assertThat(resolve(ETH0)).isEqualTo("fe80::6");
	}

	@Test
	void aLinkLocalAddressIsNoSubstituteUntilTheBindingIsReset() throws Exception {
		this.interfaces.addAddress("eth0", "10.0.0.1/24");
		assertThat(resolve(ETH0)).isEqualTo("10.0.0.1");
		this.interfaces.removeAddress("eth0", "10.0.0.1/24");
		assertThatExceptionOfType(BindingException.class).isThrownBy(() -> resolve(ETH0))
			.withMessageContaining("eth0")
			.withMessageContaining("fe80:0:0:0:0:0:0:5")
			.withMessageContaining("10.0.0.1");
		this.interfaces.addAddress("eth0", "fd00::1/64");
		assertThat(resolve(ETH0)).isEqualTo("fd00::1");
		this.interfaces.removeAddress("eth0", "fd00::1/64");
		assertThatExceptionOfType(BindingException.class).isThrownBy(() -> resolve(ETH0))
			.withMessageContaining("fd00:0:0:0:0:0:0:1");
		this.binding.reset();
		assertThat(resolve(ETH0)).isEqualTo("fe80::5");
	}

	@Test
	void aSubnetSaysItselfWhetherLinkLocalAddressesAreMeant() throws Exception {
		assertThat(resolve(new SocketBinding.Subnet(IpSubnet.parse("fe80::/10")))).isEqualTo("fe80::5");
		this.interfaces.addAddress("eth0", "10.0.0.1/24");
		assertThat(resolve(ETH0)).isEqualTo("10.0.0.1");
		assertThat(resolve(new SocketBinding.Subnet(IpSubnet.parse("fe80::/10")))).isEqualTo("fe80::5");
	}

}
