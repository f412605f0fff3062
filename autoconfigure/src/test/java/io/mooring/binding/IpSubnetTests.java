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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class IpSubnetTests {

	@ParameterizedTest
	@CsvSource({ "192.168.1.0/24,192.168.1.0/24", "127.0.0.0/8,127.0.0.0/8", "0.0.0.0/0,0.0.0.0/0",
			"10.1.2.3/32,10.1.2.3/32", "10.0.0.128/25,10.0.0.128/25", "fe80::/10,fe80::/10", "::/0,::/0",
			"::1/128,::1/128", "2001:DB8:0:0:0:0:0:0/32,2001:db8::/32", "2001:db8:0:1::/64,2001:db8:0:1::/64",
			"1:0:0:2::/64,1:0:0:2::/64", "1:0:0:2:0:0:0:3/128,1:0:0:2::3/128",
			"64:ff9b::1.2.3.4/128,64:ff9b::102:304/128" })
	void isParsedAndWrittenInItsShortestForm(String text, String expected) {
		assertThat(IpSubnet.parse(text)).hasToString(expected).isEqualTo(IpSubnet.parse(expected));
	}

	@ParameterizedTest
	@CsvSource({ "192.168.1.5/24,192.168.1.0/24", "10.255.0.1/9,10.128.0.0/9", "1.2.3.4/0,0.0.0.0/0",
			"fe80::1/10,fe80::/10", "2001:db8::1/64,2001:db8::/64" })
	void hostBitsAreRefusedWithTheNetworkThatWasMeant(String text, String meant) {
		assertThatIllegalArgumentException().isThrownBy(() -> IpSubnet.parse(text))
			.withMessage("has host bits set; did you mean " + meant + "?");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/", "192.168.1.0", "192.168.1.0/", "/24", "192.168.1/24", "192.168.1.256/24",
			"192.168.01.0/24", "192.168.1.0/-1", "192.168.1.0/255.255.255.0", "192.168.1.0/24/24", " 192.168.1.0/24",
			"localhost/8", "no-such-host.invalid/8", "fe80::%eth0/10", "fe80::1::/10", "[fe80::]/10", "fe80:/10",
			":/10", "12345::/16", "eth0/24", "10.0.0.0/99999999999" })
	void whatIsNoSubnetIsRefusedWithAnExample(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> IpSubnet.parse(text))
			.withMessage("is not a subnet in CIDR notation such as 192.168.1.0/24");
	}

	@Test
	void prefixesOutOfRangeAreRefusedWithTheRange() {
		assertThatIllegalArgumentException().isThrownBy(() -> IpSubnet.parse("10.0.0.0/33"))
			.withMessage("has a prefix length of 33; an IPv4 subnet has one from 0 to 32");
		assertThatIllegalArgumentException().isThrownBy(() -> IpSubnet.parse("fe80::/129"))
			.withMessage("has a prefix length of 129; an IPv6 subnet has one from 0 to 128");
	}

	@Test
	void mappedAddressesAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> IpSubnet.parse("::ffff:10.0.0.0/104"))
			.withMessage("is an IPv4-mapped subnet; use IPv4 notation such as 10.0.0.0/24");
	}

	@ParameterizedTest
	@CsvSource({ "192.168.1.0/24,192.168.1.255,true", "192.168.1.0/24,192.168.2.0,false",
			"10.0.0.128/25,10.0.0.127,false", "0.0.0.0/0,8.8.8.8,true", "0.0.0.0/0,::1,false", "::/0,8.8.8.8,false",
			"fe80::/10,febf::1,true", "fe80::/10,fec0::1,false", "10.1.2.3/32,10.1.2.3,true",
			"10.1.2.3/32,10.1.2.2,false" })
	void containsTheAddressesWithItsPrefix(String subnet, String address, boolean expected) throws Exception {
		assertThat(IpSubnet.parse(subnet).contains(InetAddress.getByName(address))).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "192.168.1.0/24,192.168.1.255", "10.0.0.0/8,10.255.255.255", "10.0.0.128/30,10.0.0.131" })
	void theLastIpv4AddressIsForBroadcasts(String subnet, String expected) throws Exception {
		assertThat(IpSubnet.parse(subnet).getBroadcastAddress()).isEqualTo(InetAddress.getByName(expected));
	}

	@ParameterizedTest
	@ValueSource(strings = { "10.0.0.0/31", "10.0.0.0/32", "fe80::/10" })
	void whatCannotBroadcastHasNoBroadcastAddress(String subnet) {
		assertThat(IpSubnet.parse(subnet).getBroadcastAddress()).isNull();
	}

	@Test
	void isTheNetworkOfAnAddress() throws Exception {
		assertThat(IpSubnet.of(InetAddress.getByName("10.1.2.3"), 20)).isEqualTo(IpSubnet.parse("10.1.0.0/20"));
		assertThatIllegalArgumentException().isThrownBy(() -> IpSubnet.of(InetAddress.getByName("10.1.2.3"), 64))
			.withMessage("has a prefix length of 64; an IPv4 subnet has one from 0 to 32");
	}

}
