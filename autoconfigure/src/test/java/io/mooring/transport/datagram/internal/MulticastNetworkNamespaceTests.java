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

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.mooring.ConnectionException;
import io.mooring.ConnectionState;
import io.mooring.Datagram;
import io.mooring.Membership;
import io.mooring.MulticastConnection;
import io.mooring.autoconfigure.properties.TestDeclarations;
import io.mooring.test.RequiresTools;
import io.mooring.test.netns.NetworkNamespaceTest;
import io.mooring.test.netns.NetworkNamespaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Groups of both families, over two networks, with peers of another kind.
 */
@NetworkNamespaceTest(addresses = { "10.77.1.1/24", "fd77:1::1/64" },
		peerAddresses = { "10.77.1.2/24", "10.77.1.3/24", "fd77:1::2/64", "fd77:1::3/64" })
@RequiresTools({ "python3", "socat" })
@Timeout(60)
class MulticastNetworkNamespaceTests extends AbstractUdpConnectionTests {

	private static final String GROUP = "239.255.14.50";

	private static final String GROUP6 = "ff15::6789";

	private MulticastConnection multicast(String url) {
		return open(url, MulticastConnection.class);
	}

	private MulticastConnection yml(String... lines) {
		return open(TestDeclarations.yml(lines), MulticastConnection.class);
	}

	private static void send(NetworkNamespaces namespaces, String text, String from, String group) {
		String interfaceAddress = from.startsWith("10.77.2") ? "10.77.2.2" : "10.77.1.2";
		Python.run(namespaces, "through(ipv4('%s'), '%s').sendto(b'%s', ('%s', 14550))", from, interfaceAddress, text,
				group);
	}

	private static void send6(NetworkNamespaces namespaces, String text, String from, String group) {
		String name = from.startsWith("fd77:2") ? "peer1" : "peer0";
		Python.run(namespaces, "through6(ipv6('%s'), '%s').sendto(b'%s', ('%s', 14550))", from, name, text, group);
	}

	@ParameterizedTest
	@ValueSource(strings = { "udp-multicast://239.255.14.50:14550?interface=veth0",
			"udp-multicast://:14550?group=239.255.14.50&interface=10.77.1.1",
			"udp-multicast://239.255.14.50:14550?subnet=10.77.1.0/24",
			"udp-multicast://239.255.14.50:14550?interface=veth0&multicast.bind=any" })
	void receivesItsGroupOnItsInterfaceAndNothingElse(String url, NetworkNamespaces namespaces) {
		MulticastConnection telemetry = multicast(url);
		assertThat(telemetry.getMemberships())
			.containsExactly(new Membership(group(GROUP), "veth0", Set.of(), Set.of()));
		send(namespaces, "wrong interface", "10.77.2.2", GROUP);
		send(namespaces, "wrong group", "10.77.1.2", "239.255.14.51");
		send(namespaces, "right", "10.77.1.2", GROUP);
		Datagram datagram = telemetry.receive(SOON);
		assertThat(text(datagram)).isEqualTo("right");
		assertThat(((InetSocketAddress) datagram.sender()).getAddress()).isEqualTo(group("10.77.1.2"));
		assertThat(telemetry.receive(NOT)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "udp-multicast://[ff15::6789]:14550?interface=veth0",
			"udp-multicast://[ff15::6789%25veth0]:14550", "udp-multicast://[ff15::6789%25veth0]:14550?interface=veth0",
			"udp-multicast://[ff12::6789]:14550?interface=fd77:1::1",
			"udp-multicast://[ff15::6789]:14550?subnet=fd77:1::/64",
			"udp-multicast://[ff15::6789]:14550?interface=veth0&multicast.bind=any" })
	void receivesAnIpv6GroupOnItsInterface(String url, NetworkNamespaces namespaces) {
		String group = url.contains("ff12") ? "ff12::6789" : GROUP6;
		MulticastConnection telemetry = multicast(url);
		send6(namespaces, "wrong interface", "fd77:2::2", group);
		send6(namespaces, "wrong group", "fd77:1::2", "ff15::1");
		send6(namespaces, "right", "fd77:1::2", group);
		Datagram datagram = telemetry.receive(SOON);
		assertThat(text(datagram)).isEqualTo("right");
		assertThat(telemetry.receive(NOT)).isNull();
		telemetry.send(bytes("reply"), datagram.sender());
		assertThat(telemetry.getStatistics().sent()).isEqualTo(1);
	}

	@Test
	void anInterfaceIsGivenByItsIndexToo(NetworkNamespaces namespaces) {
		String index = namespaces.run("cat", "/sys/class/net/veth1/ifindex").strip();
		MulticastConnection telemetry = multicast("udp-multicast://239.255.14.50:14550?interface=" + index);
		assertThat(telemetry.getMemberships()).extracting(Membership::interfaceName).containsExactly("veth1");
		assertThatExceptionOfType(ConnectionException.class)
			.isThrownBy(() -> multicast("udp-multicast://239.255.14.50:14550?interface=veth7"))
			.withMessageContaining("There is no network interface 'veth7'")
			.withMessageContaining("candidates: lo (");
	}

	@Test
	void theSystemChoosesByItsRoutesOrSaysThatThereIsNone(NetworkNamespaces namespaces) {
		assertThatExceptionOfType(ConnectionException.class)
			.isThrownBy(() -> multicast("udp-multicast://239.255.14.50:14550"))
			.withMessageContaining("cannot join 239.255.14.50: no interface is given, and there is no route to it");
		namespaces.run("ip", "route", "add", "239.0.0.0/8", "dev", "veth1");
		MulticastConnection telemetry = multicast("udp-multicast://239.255.14.50:14550");
		assertThat(telemetry.getMemberships()).extracting(Membership::interfaceName).containsExactly("veth1");
		send(namespaces, "right", "10.77.2.2", GROUP);
		assertThat(text(telemetry.receive(SOON))).isEqualTo("right");
	}

	@Test
	void bothFamiliesOnOneSocket(NetworkNamespaces namespaces) {
		MulticastConnection both = yml("type: udp-multicast", "port: 14550", "interface: veth0", "multicast:",
				"  groups:", "  - group: 239.255.14.50", "  - group: ff15::6789");
		send(namespaces, "four", "10.77.1.2", GROUP);
		Datagram four = both.receive(SOON);
		assertThat(text(four)).isEqualTo("four");
		// Not IPv4-mapped
		assertThat(((InetSocketAddress) four.sender()).getAddress().getAddress()).hasSize(4);
		send6(namespaces, "six", "fd77:1::2", GROUP6);
		Datagram six = both.receive(SOON);
		assertThat(text(six)).isEqualTo("six");
		Python peer = Python.start(namespaces, """
				a = join(ipv4("239.255.14.50", 14550), "239.255.14.50", "10.77.1.2")
				b = join6(ipv6("ff15::6789", 14550), "ff15::6789", "peer0")
				print("ready")
				show(a)
				show(b)
				""");
		both.send(bytes("to four"));
		assertThat(peer.line()).isEqualTo("to four from 10.77.1.1 14550");
		both.send(bytes("to six"), new InetSocketAddress(group(GROUP6), 14550));
		assertThat(peer.line()).startsWith("to six from f");
	}

	@Test
	void aSourceSpecificGroupHasItsSourcesOnly(NetworkNamespaces namespaces) {
		MulticastConnection one = yml("type: udp-multicast", "port: 14550", "multicast:", "  groups:",
				"  - group: 232.1.2.3", "    interface: veth0", "    sources: [10.77.1.3]");
		send(namespaces, "not from", "10.77.1.2", "232.1.2.3");
		send(namespaces, "from", "10.77.1.3", "232.1.2.3");
		assertThat(text(one.receive(SOON))).isEqualTo("from");
		one.join("232.1.2.3", "veth0", "10.77.1.2");
		assertThat(one.getMemberships()).containsExactly(
				new Membership(group("232.1.2.3"), "veth0", Set.of(group("10.77.1.2"), group("10.77.1.3")), Set.of()));
		send(namespaces, "now from", "10.77.1.2", "232.1.2.3");
		assertThat(text(one.receive(SOON))).isEqualTo("now from");
		one.leave("232.1.2.3", "veth0", "10.77.1.3");
		send(namespaces, "no more", "10.77.1.3", "232.1.2.3");
		assertThat(one.receive(NOT)).isNull();
		assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> one.join("232.1.2.3", "veth0", null))
			.withMessageContaining("it is joined for single sources; leave it first");
		one.leave("232.1.2.3", "veth0", "10.77.1.2");
		assertThat(one.getMemberships()).isEmpty();
		assertThat(one.getState()).isEqualTo(ConnectionState.CONNECTED);
	}

	@Test
	void anIpv6SourceSpecificGroupHasItsSourcesOnly(NetworkNamespaces namespaces) {
		MulticastConnection one = yml("type: udp-multicast", "port: 14550", "multicast:", "  groups:",
				"  - group: ff35::1", "    interface: veth0", "    sources: 'fd77:1::3'");
		send6(namespaces, "not from", "fd77:1::2", "ff35::1");
		send6(namespaces, "from", "fd77:1::3", "ff35::1");
		assertThat(text(one.receive(SOON))).isEqualTo("from");
		assertThat(one.receive(NOT)).isNull();
	}

	@Test
	void aBlockedSourceIsNotHeardUntilItIsUnblocked(NetworkNamespaces namespaces) {
		for (boolean six : new boolean[] { false, true }) {
			String group = six ? GROUP6 : GROUP;
			String blocked = six ? "fd77:1::3" : "10.77.1.3";
			MulticastConnection telemetry = multicast("udp-multicast://:14550?interface=veth0&group=" + group);
			telemetry.block(group, null, blocked);
			telemetry.close();
			telemetry.open();
			assertThat(telemetry.getMemberships().get(0).blocked()).containsExactly(group(blocked));
			sendEither(namespaces, "blocked", blocked, group);
			sendEither(namespaces, "heard", six ? "fd77:1::2" : "10.77.1.2", group);
			assertThat(text(telemetry.receive(SOON))).isEqualTo("heard");
			telemetry.unblock(group, "veth0", blocked);
			sendEither(namespaces, "heard again", blocked, group);
			assertThat(text(telemetry.receive(SOON))).isEqualTo("heard again");
			assertThatExceptionOfType(ConnectionException.class)
				.isThrownBy(() -> telemetry.unblock(group, "veth0", blocked))
				.withMessageContaining("it is not blocked");
			telemetry.close();
		}
	}

	private static void sendEither(NetworkNamespaces namespaces, String text, String from, String group) {
		if (from.indexOf(':') >= 0) {
			send6(namespaces, text, from, group);
		}
		else {
			send(namespaces, text, from, group);
		}
	}

	@Test
	void whatIsJoinedAtRunTimeIsJoinedAgainAfterReopening(NetworkNamespaces namespaces) {
		MulticastConnection telemetry = multicast(
				"udp-multicast://239.255.14.50:14550?interface=veth0&multicast.bind=any");
		telemetry.join("239.255.14.51", "veth1", null);
		telemetry.leave(GROUP, null, null);
		telemetry.close();
		assertThat(telemetry.getMemberships())
			.containsExactly(new Membership(group("239.255.14.51"), "veth1", Set.of(), Set.of()));
		telemetry.open();
		send(namespaces, "left", "10.77.1.2", GROUP);
		send(namespaces, "joined", "10.77.2.2", "239.255.14.51");
		assertThat(text(telemetry.receive(SOON))).isEqualTo("joined");
		assertThat(telemetry.receive(NOT)).isNull();
		telemetry.leaveAll();
		assertThat(telemetry.getMemberships()).isEmpty();
		telemetry.close();
		assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> telemetry.join(GROUP, "veth0", null))
			.withMessageContaining("is not open");
	}

	@Test
	void sendsToTheGroupThroughItsInterface(NetworkNamespaces namespaces) {
		Python peer = Python.start(namespaces, """
				a = join(ipv4("239.255.14.50", 14550), "239.255.14.50", "10.77.2.2")
				a.setsockopt(socket.IPPROTO_IP, 12, 1)
				a.setsockopt(socket.IPPROTO_IP, socket.IP_RECVTOS, 1)
				print("ready")
				data, ancillary, flags, sender = a.recvmsg(100, 100)
				print(data.decode(), sender[0], sender[1], sorted(int.from_bytes(d, "little") for l, t, d in ancillary))
				""");
		MulticastConnection out = multicast("udp-multicast+wr://239.255.14.50:14550?interface=veth1&multicast.ttl=7"
				+ "&socket.precedence=5&multicast.join=false");
		assertThat(out.getMemberships()).isEmpty();
		out.send(bytes("out"));
		assertThat(peer.line()).isEqualTo("out 10.77.2.1 14550 [7, 160]");
		assertThat(out.getOption(StandardSocketOptions.IP_MULTICAST_TTL)).isEqualTo(7);
		assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> out.join(GROUP, "veth0", null))
			.withMessageContaining("send-only");
	}

	@Test
	void theInterfaceToSendThroughIsAnotherWhereItIsGiven(NetworkNamespaces namespaces) {
		Python peer = Python.start(namespaces, """
				a = join(ipv4("239.255.14.50", 14550), "239.255.14.50", "10.77.2.2")
				print("ready")
				show(a)
				""");
		MulticastConnection telemetry = multicast(
				"udp-multicast://239.255.14.50:14550?interface=veth0&multicast.interface=veth1");
		telemetry.send(bytes("across"));
		assertThat(peer.line()).isEqualTo("across from 10.77.2.1 14550");
		send(namespaces, "joined", "10.77.1.2", GROUP);
	}

	@Test
	void theMachineHearsItselfUnlessLoopbackIsOff() {
		MulticastConnection out = multicast("udp-multicast://239.255.14.50:14550?interface=veth0");
		out.send(bytes("self"));
		assertThat(text(out.receive(SOON))).isEqualTo("self");
		out.close();
		MulticastConnection silent = multicast(
				"udp-multicast://239.255.14.50:14550?interface=veth0&multicast.loopback=false");
		silent.send(bytes("self"));
		assertThat(silent.receive(NOT)).isNull();
	}

	@Test
	void bindingDecidesWhatElseArrives(NetworkNamespaces namespaces) {
		MulticastConnection any = multicast("udp-multicast://239.255.14.50:14550?interface=veth0&multicast.bind=any");
		unicast(namespaces);
		assertThat(text(any.receive(SOON))).isEqualTo("unicast");
		any.close();
		MulticastConnection group = multicast("udp-multicast://239.255.14.50:14550?interface=veth0");
		assertThat(group.getLocalAddress()).isEqualTo(new InetSocketAddress(GROUP, 14550));
		unicast(namespaces);
		assertThat(group.receive(NOT)).isNull();
		group.close();
		MulticastConnection address = multicast(
				"udp-multicast://239.255.14.50:14550?interface=veth0&multicast.bind=interface");
		assertThat(address.getLocalAddress()).isEqualTo(new InetSocketAddress("10.77.1.1", 14550));
		unicast(namespaces);
		assertThat(text(address.receive(SOON))).isEqualTo("unicast");
	}

	private static void unicast(NetworkNamespaces namespaces) {
		Python.run(namespaces, "ipv4('10.77.1.2').sendto(b'unicast', ('10.77.1.1', 14550))");
	}

	@Test
	void groupsThatOthersJoinedDoNotLeakIntoIt(NetworkNamespaces namespaces) {
		MulticastConnection other = multicast("udp-multicast://239.255.14.60:14550?interface=veth0");
		MulticastConnection other6 = multicast("udp-multicast://[ff15::60]:14550?interface=veth0");
		MulticastConnection any = multicast("udp-multicast://239.255.14.50:14550?interface=veth0&multicast.bind=any");
		MulticastConnection bound6 = multicast("udp-multicast://[ff15::50]:14550?interface=veth0");
		send(namespaces, "four", "10.77.1.2", "239.255.14.60");
		send6(namespaces, "six", "fd77:1::2", "ff15::60");
		assertThat(text(other.receive(SOON))).isEqualTo("four");
		assertThat(text(other6.receive(SOON))).isEqualTo("six");
		assertThat(any.receive(NOT)).isNull();
		assertThat(bound6.receive(NOT)).isNull();
	}

	@Test
	void anMdnsPortIsSharedWithAnotherProgram(NetworkNamespaces namespaces) throws Exception {
		String program = """
				import socket
				s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
				s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
				s.bind(("", 5353))
				s.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP,
				             socket.inet_aton("224.0.0.251") + socket.inet_aton("10.77.1.1"))
				print("ready", flush=True)
				print(s.recv(100).decode(), flush=True)
				""";
		Process responder = namespaces.start("python3", "-u", "-c", program);
		assertThat(responder.inputReader().readLine()).isEqualTo("ready");
		MulticastConnection mdns = multicast("udp-multicast://224.0.0.251:mdns?interface=veth0");
		Python.run(namespaces, "through(ipv4(), '10.77.1.2').sendto(b'query', ('224.0.0.251', 5353))");
		assertThat(text(mdns.receive(SOON))).isEqualTo("query");
		assertThat(responder.inputReader().readLine()).isEqualTo("query");
	}

	@Test
	void socatSpeaksToAGroup(NetworkNamespaces namespaces) {
		MulticastConnection telemetry = multicast("udp-multicast://239.255.14.50:14550?interface=veth0");
		namespaces.peer("sh", "-c",
				"printf hi | socat -u - UDP4-DATAGRAM:239.255.14.50:14550,ip-multicast-if=10.77.1.2");
		assertThat(text(telemetry.receive(SOON))).isEqualTo("hi");
	}

	@Test
	void emptyAndLargestDatagramsAndBurstsArrive(NetworkNamespaces namespaces) {
		MulticastConnection telemetry = multicast("udp-multicast://239.255.14.50:14550?interface=veth0");
		Python.run(namespaces, """
				s = through(ipv4("10.77.1.2"), "10.77.1.2")
				s.sendto(b"", ("239.255.14.50", 14550))
				s.sendto(b"x" * 65507, ("239.255.14.50", 14550))
				for i in range(500):
				    s.sendto(str(i).encode(), ("239.255.14.50", 14550))
				""");
		assertThat(telemetry.receive(SOON).payload()).isEmpty();
		assertThat(telemetry.receive(SOON).payload()).hasSize(65507);
		for (int i = 0; i < 500; i++) {
			assertThat(text(telemetry.receive(SOON))).isEqualTo(Integer.toString(i));
		}
	}

	@Test
	void badInputLeavesTheConnectionUsable(NetworkNamespaces namespaces) {
		MulticastConnection telemetry = multicast(
				"udp-multicast://239.255.14.50:14550?interface=veth0&multicast.ip-mode=dual&multicast.bind=any");
		refused(() -> telemetry.join("10.1.2.3", "veth0", null),
				"cannot use the group \"10.1.2.3\": it is not a multicast");
		refused(() -> telemetry.join("ff15::1%veth1", "veth0", null), "its zone is a different one, veth1");
		refused(() -> telemetry.join(GROUP6, "veth7", null), "There is no network interface 'veth7'");
		refused(() -> telemetry.join("239.1.1.1", "veth0", "fd77:1::2"), "of the other family than the group");
		refused(() -> telemetry.join("239.1.1.1", "veth0", "239.1.1.2"), "is not the address of a sender");
		refused(() -> telemetry.join("239.1.1.1", "veth0", "nobody"), "it is not an address");
		refused(() -> telemetry.join(GROUP, "veth0", "10.77.1.2"), "it is joined for all senders; leave it first");
		refused(() -> telemetry.leave("239.1.1.1", "veth0", null), "is not a member of 239.1.1.1 on veth0");
		refused(() -> telemetry.leave(GROUP, "veth0", "10.77.1.2"), "cannot leave the source 10.77.1.2");
		refused(() -> telemetry.send(new byte[65508]), "the maximum of a datagram is 65507");
		MulticastConnection bound = multicast("udp-multicast://239.255.14.50:14550?interface=veth0");
		refused(() -> bound.join("239.1.1.1", "veth0", null), "set multicast.bind to any");
		MulticastConnection only = multicast("udp-multicast://239.255.14.50:14551?interface=veth0&multicast.only=true");
		refused(() -> only.send(new byte[1], new InetSocketAddress("10.77.1.2", 9)), "multicast.only");
		only.send(new byte[1]);
		telemetry.join("239.1.1.1", "veth1", null);
		send(namespaces, "still here", "10.77.1.2", GROUP);
		assertThat(text(telemetry.receive(SOON))).isEqualTo("still here");
	}

	private static void refused(Runnable call, String message) {
		assertThatExceptionOfType(ConnectionException.class).isThrownBy(call::run).withMessageContaining(message);
	}

	@Test
	void theLimitsOfTheKernelAreNamed() {
		MulticastConnection telemetry = multicast(
				"udp-multicast://239.255.14.50:14550?interface=veth0&multicast.ip-mode=dual&multicast.bind=any");
		for (int i = 1; i < 20; i++) {
			telemetry.join("239.1.1." + i, "veth0", null);
		}
		refused(() -> telemetry.join("239.1.1.20", "veth0", null),
				"the limit net.ipv4.igmp_max_memberships = 20 is reached");
		telemetry.leave("239.1.1.19", "veth0", null);
		for (int i = 1; i <= 10; i++) {
			telemetry.join("232.1.1.1", "veth0", "10.9.9." + i);
		}
		refused(() -> telemetry.join("232.1.1.1", "veth0", "10.9.9.11"), "the limit net.ipv4.igmp_max_msf = 10");
		for (int i = 1; i <= 64; i++) {
			telemetry.join("ff35::1", "veth0", "fd77:9::" + i);
		}
		refused(() -> telemetry.join("ff35::1", "veth0", "fd77:9::65"), "the limit net.ipv6.mld_max_msf");
		assertThat(telemetry.getMemberships()).hasSize(21);
		telemetry.close();
		telemetry.open();
		assertThat(telemetry.getMemberships()).hasSize(21);
	}

	@Test
	void twentyGroupsOnTwoInterfacesWithSourcesLeaveNothingBehind(NetworkNamespaces namespaces) {
		namespaces.run("sysctl", "-qw", "net.ipv4.igmp_max_memberships=100");
		MulticastConnection telemetry = multicast(
				"udp-multicast://239.255.14.50:14550?interface=veth0&multicast.ip-mode=dual&multicast.bind=any");
		String before = memberships(namespaces);
		int changes = 0;
		for (int round = 0; round < 9; round++) {
			for (int i = 1; i <= 20; i++) {
				for (String name : new String[] { "veth0", "veth1" }) {
					telemetry.join("232.1.1." + i, name, "10.9.9.1");
					telemetry.join("232.1.1." + i, name, "10.9.9.2");
					telemetry.join("ff35::" + i, name, "fd77:9::1");
					changes += 3;
				}
			}
			assertThat(telemetry.getMemberships()).hasSize(81);
			for (int i = 1; i <= 20; i++) {
				for (String name : new String[] { "veth0", "veth1" }) {
					telemetry.leave("232.1.1." + i, name, "10.9.9.2");
					telemetry.leave("232.1.1." + i, name, null);
					telemetry.leave("ff35::" + i, name, null);
				}
			}
		}
		assertThat(changes).isGreaterThanOrEqualTo(1000);
		assertThat(telemetry.getMemberships()).hasSize(1);
		assertThat(memberships(namespaces)).isEqualTo(before);
	}

	/**
	 * Timers of reports come and go, members and users do not.
	 */
	private static String memberships(NetworkNamespaces namespaces) {
		return namespaces.run("sh", "-c", "awk '{print $1,$2,$3}' /proc/self/net/igmp; awk '{print $2,$3,$4}' "
				+ "/proc/self/net/igmp6; cat /proc/self/net/mcfilter /proc/self/net/mcfilter6");
	}

	@Test
	void aReopenedConnectionFollowsARecreatedInterface(NetworkNamespaces namespaces) {
		MulticastConnection telemetry = multicast("udp-multicast://239.255.14.50:14550?interface=veth0");
		namespaces.run("ip", "link", "del", "veth0");
		assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> telemetry.send(new byte[1]));
		await().atMost(SOON).until(() -> telemetry.getState() != ConnectionState.CONNECTED);
		namespaces.run("ip", "link", "add", "veth0", "type", "veth", "peer", "name", "veth9");
		namespaces.run("ip", "link", "set", "veth9", "up");
		namespaces.linkUp("veth0");
		namespaces.addAddress("veth0", "10.77.1.1/24");
		telemetry.open();
		telemetry.send(bytes("self"));
		assertThat(text(telemetry.receive(SOON))).isEqualTo("self");
	}

	private static InetAddress group(String text) {
		try {
			return InetAddress.getByName(text);
		}
		catch (UnknownHostException ex) {
			throw new AssertionError(ex);
		}
	}

}
