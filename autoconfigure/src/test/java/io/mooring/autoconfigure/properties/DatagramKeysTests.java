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

package io.mooring.autoconfigure.properties;

import java.net.InetAddress;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.mooring.ConnectionSpec;
import io.mooring.ConnectionType;
import io.mooring.Direction;
import io.mooring.IntegrationMode;
import io.mooring.IpMode;
import io.mooring.MulticastBind;
import io.mooring.StartupMode;
import io.mooring.binding.IpSubnet;
import io.mooring.binding.SocketBinding;
import io.mooring.integration.IntegrationSettings;
import io.mooring.test.SpecBuilder;
import io.mooring.transport.datagram.BroadcastSettings;
import io.mooring.transport.datagram.Group;
import io.mooring.transport.datagram.MulticastSettings;
import io.mooring.transport.settings.AddressSettings;
import io.mooring.transport.settings.FlowSettings;
import io.mooring.transport.settings.SocketSettings;
import io.mooring.transport.settings.StartupSettings;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the keys and URLs of the broadcast and multicast types mean, and what is said
 * about wrong ones.
 */
class DatagramKeysTests {

	private static final String GROUND = "mooring.connections.ground";

	@Test
	void thePathStandsForTheInterfaceOrTheSubnet() {
		assertThat(AddressSettings.binding(url("udp-broadcast-in:eth0?port=4242")))
			.isEqualTo(new SocketBinding.Interface("eth0"));
		SocketBinding subnet = new SocketBinding.Subnet(IpSubnet.parse("192.168.1.0/24"));
		assertThat(AddressSettings.binding(url("udp-broadcast-in:192.168.1.0/24?port=4242"))).isEqualTo(subnet);
		assertThat(AddressSettings.binding(url("udp-subnet:192.168.1.0/24?port=4242"))).isEqualTo(subnet);
		assertThat(AddressSettings.localPort(url("udp-subnet:192.168.1.0/24?port=4242"))).isEqualTo(4242);
		assertThat(AddressSettings.binding(url("udp-broadcast:eth0?port=4242")))
			.isEqualTo(new SocketBinding.Interface("eth0"));
		assertThat(
				AddressSettings.binding(Declared.ground("type: udp-broadcast-in", "interface: 192.168.1.0/24").spec()))
			.isEqualTo(subnet);
	}

	@Test
	void defaultsAreThoseOfTheType() {
		assertThat(url("udp-broadcast-in:eth0").get(FlowSettings.class).direction()).isEqualTo(Direction.RECEIVE);
		assertThat(url("udp-broadcast:eth0").get(BroadcastSettings.class))
			.isEqualTo(SpecBuilder.broadcast(true, null, null, null));
		assertThat(url("udp-subnet:10.0.0.0/8").get(BroadcastSettings.class).isEnabled()).isTrue();
		assertThat(url("udp-listen:").get(BroadcastSettings.class).isEnabled()).isFalse();
		ConnectionSpec multicast = url("udp-multicast://239.255.14.50:14550");
		assertThat(multicast.get(MulticastSettings.class)).isEqualTo(SpecBuilder
			.multicast(List.of(Group.of("239.255.14.50", null, List.of())), null, 1, null, null, true, false, null));
		assertThat(multicast.get(StartupSettings.class).mode()).isEqualTo(StartupMode.FAIL_FAST);
		assertThat(url("udp-multicast://239.255.14.50:14550?interface=eth0").get(StartupSettings.class).mode())
			.isEqualTo(StartupMode.BACKGROUND);
	}

	@Test
	void everyKeyArrives() throws Exception {
		ConnectionSpec spec = Declared
			.ground("type: udp-multicast", "port: mdns", "group: 'ff02::6789%eth0'", "interface: eth0",
					"socket.precedence: 7", "integration: {mode: gateway, reply-timeout: 2s}", "multicast:",
					"  interface: eth1", "  ttl: 9", "  loopback: false", "  ip-mode: dual", "  bind: any", "  groups:",
					"  - {group: 232.1.2.3, interface: eth2, sources: [10.0.0.1, 10.0.0.2]}",
					"  - {group: 239.1.1.1, sources: '10.0.0.3,10.0.0.4'}")
			.spec();
		assertThat(spec.type()).isEqualTo(ConnectionType.UDP_MULTICAST);
		assertThat(AddressSettings.localPort(spec)).isEqualTo(5353);
		assertThat(spec.get(SocketSettings.class).precedence()).isEqualTo(7);
		assertThat(spec.get(IntegrationSettings.class).mode()).isEqualTo(IntegrationMode.GATEWAY);
		assertThat(spec.get(IntegrationSettings.class).replyTimeout()).hasSeconds(2);
		assertThat(spec.get(MulticastSettings.class)).isEqualTo(SpecBuilder.multicast(
				List.of(new Group(InetAddress.getByName("ff02::6789"), "eth0", "eth0", List.of()),
						Group.of("232.1.2.3", "eth2", addresses("10.0.0.1", "10.0.0.2")),
						Group.of("239.1.1.1", null, addresses("10.0.0.3", "10.0.0.4"))),
				"eth1", 9, false, IpMode.DUAL, true, false, MulticastBind.ANY));
		assertThat(url("udp-listen:?broadcast.port=4242&broadcast.address=10.0.0.255").get(BroadcastSettings.class))
			.isEqualTo(SpecBuilder.broadcast(true, InetAddress.getByName("10.0.0.255"), 4242, null));
		assertThat(url("udp-multicast://:1?multicast.groups[0].group=239.1.1.1&multicast.groups[0].interface=eth3")
			.get(MulticastSettings.class)
			.groups()).containsExactly(Group.of("239.1.1.1", "eth3", List.of()));
	}

	private static List<InetAddress> addresses(String... texts) throws Exception {
		return List.of(InetAddress.getByName(texts[0]), InetAddress.getByName(texts[1]));
	}

	private static ConnectionSpec url(String url) {
		return TestDeclarations.url(url);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					udp-subnet:?port=1 | ground.subnet: missing; the type udp-subnet needs the network in which to bind, such as 192.168.1.0/24
					udp-subnet:192.168.1.5/24 | has a wrong subnet: "192.168.1.5/24" has host bits set; did you mean 192.168.1.0/24?
					udp-subnet:192.168.1.0/24?subnet=10.0.0.0/8 | gives subnet twice, as the path "192.168.1.0/24"; drop one of them
					udp-broadcast-in:10.0.0.1/8 | has a wrong interface: "10.0.0.1/8" has host bits set; did you mean 10.0.0.0/8?
					udp-broadcast-in:eth0?direction=both | has a wrong direction: "both" cannot be combined with the type udp-broadcast-in, which is receive-only; drop it
					udp-broadcast-in+wr:eth0 | has a wrong direction: "send" cannot be combined with the type udp-broadcast-in, which is receive-only; drop it
					udp-broadcast-in:eth0?broadcast.port=1 | has a wrong broadcast.port: "1" does not apply to the type udp-broadcast-in
					udp-broadcast:eth0?broadcast.enabled=false | has a wrong broadcast.enabled: "false" cannot be combined with the type udp-broadcast; accepted is true, or the type udp-listen
					udp-broadcast+rd:eth0 | has a wrong direction: "receive" is receive, but broadcasts are on
					udp-broadcast:eth0?broadcast.interface=eth1 | has a wrong broadcast.interface: "eth1" cannot be combined with the binding to interface eth0, which determines the interface of broadcasts; drop one of them
					udp-broadcast:eth0?broadcast.address=fe80::1 | has a wrong broadcast.address: "fe80::1" is not an IPv4 address; IPv6 has no broadcasts
					udp-broadcast:eth0?broadcast.address=everybody | has a wrong broadcast.address: "everybody" is not an address
					udp-listen:?broadcast.address=10.0.0.255 | has a wrong broadcast.address: "10.0.0.255" is given while broadcasts are off; set broadcast.enabled to true, or drop it
					udp-subnet:10.0.0.0/8?broadcast.enabled=false&broadcast.port=1 | has a wrong broadcast.port: "1" is given while broadcasts are off
					udp-listen:?broadcast.port=0 | has a wrong broadcast.port: "0" is out of range; accepted are 1 to 65535 and service names
					udp:?multicast.ttl=1 | has a wrong multicast.ttl: "1" does not apply to the type udp,
					udp-multicast://:1 | ground.group: missing; the type udp-multicast needs a group, such as 239.255.14.50, or multicast.groups
					udp-multicast://10.0.0.7:1 | has a wrong host: "10.0.0.7" is not a multicast address; accepted are 224.0.0.0 to 239.255.255.255, and addresses that begin with ff
					udp-multicast://:1?group=radio.example | has a wrong group: "radio.example" is not a multicast address
					udp-multicast://239.1.1.1:1?group=239.1.1.2 | has a wrong host: "239.1.1.1" is an alias of group, which is also set; drop one of them
					udp-multicast://[ff15::1]:1 | ground.group: has the IPv6 group ff15::1 without interface; accepted are an interface, or a zone as in ff15::1%eth0
					udp-multicast://[ff15::1%25eth0]:1?interface=eth1 | has a wrong host: "ff15::1%eth0" has the zone eth0, but the interface is eth1; drop one of them
					udp-multicast://239.1.1.1:1?multicast.ttl=256 | has a wrong multicast.ttl: "256" is out of range; accepted are 1 to 255
					udp-multicast://239.1.1.1:1?multicast.ip-mode=ipv6 | has a wrong multicast.ip-mode: "ipv6" cannot be combined with the group 239.1.1.1; accepted are ipv4 and dual
					udp-multicast://239.1.1.1:1?multicast.bind=group&multicast.groups[0].group=239.1.1.2 | has a wrong multicast.bind: "group" applies only to a single group
					udp-multicast://239.1.1.1:1?multicast.only=true&integration.mode=gateway | has a wrong multicast.only: "true" cannot be combined with integration.mode: gateway
					udp-multicast://:1?multicast.groups[0].group=232.1.1.1&multicast.groups[0].sources=fe80::1 | has the source fe80:0:0:0:0:0:0:1, which is of the other family than the group 232.1.1.1
					udp-multicast://:1?multicast.groups[0].group=232.1.1.1&multicast.groups[0].sources=me | has a wrong multicast.groups[0].sources: "me" is not an address
					udp-multicast://:1?multicast.groups[0].interface=eth0 | ground.multicast.groups[0].group: missing; each of the groups needs an address
					udp-multicast://:1?multicast.groups[0].group=232.1.1.1&multicast.groups[0].sources=10.0.0.1&multicast.join=false | has a wrong multicast.join: "false" is false, but the group 232.1.1.1 has sources
					udp-listen:?socket.precedence=8 | has a wrong socket.precedence: "8" is out of range; accepted are 0 to 7
					udp-listen+rd:?integration.mode=gateway | has a wrong integration.mode: "gateway" cannot be combined with the direction RECEIVE: a gateway needs requests and replies
					udp://10.0.0.7:1?integration.mode=gateway&integration.inbound-channel=x | has a wrong integration.inbound-channel: "x" cannot be combined with integration.mode: gateway
					udp-listen:?integration.reply-timeout=-1s | has a wrong integration.reply-timeout: "-1s" is not positive""")
	void whatIsWrongIsSaid(String url, String fault) {
		List<String> faults = Declared.ground("url: '" + url + "'").faults();
		assertThat(faults).anySatisfy((found) -> assertThat(found).contains(fault));
	}

	@Test
	void anElementThatIsNoGroupOfKeysIsRefused() {
		assertThat(Declared.ground("type: udp-multicast", "multicast.groups: [239.1.1.1, 239.1.1.2]").faults()).first()
			.asString()
			.startsWith(GROUND + ".multicast.groups[0]: \"239.1.1.1\" is not a group of keys; accepted are "
					+ "multicast.groups[].group, multicast.groups[].interface, multicast.groups[].sources");
		assertThat(Declared.ground("type: udp-multicast", "multicast.groups: [{grupp: 239.1.1.1}]").faults()).first()
			.asString()
			.startsWith(GROUND + ".multicast.groups[0].grupp: unknown key; did you mean multicast.groups[].group?");
		assertThat(Declared.ground("type: udp-multicast", "multicast.groups[1].group: 239.1.1.1").faults()).first()
			.asString()
			.startsWith(GROUND + ".multicast.groups: is a list with gaps");
	}

}
