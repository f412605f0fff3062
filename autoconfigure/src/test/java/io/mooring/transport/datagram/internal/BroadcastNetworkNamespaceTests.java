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

import java.net.InetSocketAddress;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.mooring.ConnectionException;
import io.mooring.DatagramConnection;
import io.mooring.test.RequiresTools;
import io.mooring.test.netns.NetworkNamespaceTest;
import io.mooring.test.netns.NetworkNamespaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Broadcasts to and from peers of another kind, over two networks.
 */
@NetworkNamespaceTest
@RequiresTools({ "python3", "socat", "logger" })
@Timeout(60)
class BroadcastNetworkNamespaceTests extends AbstractUdpConnectionTests {

	private static Python listener(NetworkNamespaces namespaces, String address, int port) {
		return Python.start(namespaces, """
				s = ipv4("%s", %d)
				print("ready")
				show(s)
				""", address, port);
	}

	private static void broadcastFromPeer(NetworkNamespaces namespaces, String text, String from, String to, int port) {
		Python.run(namespaces, "ipv4('%s').sendto(b'%s', ('%s', %d))", from, text, to, port);
	}

	@ParameterizedTest
	@CsvSource({ "udp-broadcast-in:veth0?port=4242, 10.77.1.255",
			"udp-broadcast-in:10.77.1.0/24?port=4242, 10.77.1.255",
			"udp-broadcast-in:?interface=10.77.0.0/16&port=4242, 10.77.1.255",
			"udp-broadcast-in:?subnet=10.77.2.0/24&port=4242, 10.77.2.255" })
	void receivesTheBroadcastsOfItsNetworkAndNothingElse(String url, String broadcast, NetworkNamespaces namespaces) {
		DatagramConnection in = open(url);
		assertThat(in.getLocalAddress()).isEqualTo(new InetSocketAddress(broadcast, 4242));
		assertThat(in.canSend()).isFalse();
		String prefix = broadcast.substring(0, broadcast.lastIndexOf('.'));
		String other = prefix.equals("10.77.1") ? "10.77.2" : "10.77.1";
		broadcastFromPeer(namespaces, "elsewhere", other + ".2", other + ".255", 4242);
		broadcastFromPeer(namespaces, "unicast", prefix + ".2", prefix + ".1", 4242);
		broadcastFromPeer(namespaces, "here", prefix + ".2", broadcast, 4242);
		assertThat(text(in.receive(SOON))).isEqualTo("here");
		assertThat(in.receive(NOT)).isNull();
		assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> in.send(new byte[1]))
			.withMessageContaining("receive-only");
	}

	@Test
	void broadcastInWithAFixedBindingIsBoundToIt(NetworkNamespaces namespaces) {
		DatagramConnection in = open("udp-broadcast-in://0.0.0.0:4242");
		broadcastFromPeer(namespaces, "here", "10.77.2.2", "10.77.2.255", 4242);
		assertThat(text(in.receive(SOON))).isEqualTo("here");
	}

	@Test
	void broadcastInNeedsABroadcastAddress(NetworkNamespaces namespaces) {
		assertThatExceptionOfType(ConnectionException.class)
			.isThrownBy(() -> open("udp-broadcast-in:fd77:1::/64?port=4242"))
			.withMessageContaining("there is none for /fd77:1:0:0:0:0:0:1 of the interface veth0 (");
	}

	@ParameterizedTest
	@CsvSource({ "udp-broadcast:veth0?port=4242, 10.77.1.255:4242, 10.77.1.255",
			"udp-broadcast:veth1?port=4243&broadcast.port=4242, 10.77.2.255:4242, 10.77.2.255",
			"udp-broadcast:10.77.1.0/24?port=4242, 10.77.1.255:4242, 10.77.1.255",
			"udp-broadcast:?broadcast.interface=veth0&port=4242, 255.255.255.255:4242, 255.255.255.255",
			"udp-broadcast:?broadcast.interface=veth1&port=4242, 255.255.255.255:4242, 255.255.255.255",
			"udp-broadcast://10.77.2.1:4242?broadcast.address=10.77.2.255, 10.77.2.255:4242, 10.77.2.255",
			"udp-subnet:10.77.1.0/24?port=4242, 10.77.1.255:4242, 10.77.1.255",
			"udp-listen:?interface=veth0&broadcast.port=4242, 10.77.1.255:4242, 10.77.1.255" })
	void broadcastsThroughTheRightInterfaceOnly(String url, String broadcast, String bound,
			NetworkNamespaces namespaces) {
		DatagramConnection out = open(url);
		assertThat(out.canBroadcast()).isTrue();
		assertThat(out.getBroadcastAddress()).hasToString("/" + broadcast);
		boolean first = url.contains("veth0") || url.contains("10.77.1.");
		Python here = Python.start(namespaces, """
				a = ipv4("%s", 4242)
				a.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, b"%s")
				b = ipv4("%s", 4242)
				b.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, b"%s")
				print("ready")
				show(a)
				b.settimeout(0.3)
				try:
				    print(b.recv(100))
				except TimeoutError:
				    print("nothing")
				""", bound, first ? "peer0" : "peer1", bound, first ? "peer1" : "peer0");
		out.broadcast(bytes("hello"));
		int port = ((InetSocketAddress) out.getLocalAddress()).getPort();
		assertThat(here.line()).isEqualTo("hello from " + (first ? "10.77.1.1 " : "10.77.2.1 ") + port);
		assertThat(here.line()).isEqualTo("nothing");
	}

	@Test
	void sendWithoutRecipientBroadcastsWhereThatIsTheTypesDefault(NetworkNamespaces namespaces) {
		Python peer = listener(namespaces, "10.77.1.255", 4242);
		open("udp-broadcast:veth0?port=4242").send(bytes("by default"));
		assertThat(peer.line()).startsWith("by default from 10.77.1.1");
		DatagramConnection listen = open("udp-listen:?interface=veth0&broadcast.port=4243");
		assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> listen.send(new byte[1]))
			.withMessageContaining("has no default recipient: a udp-listen requires");
	}

	@Test
	void aPortThatTheSystemPicksDoesNotStick() {
		DatagramConnection out = open("udp-broadcast:veth0");
		int first = out.getBroadcastAddress().getPort();
		assertThat(out.getLocalAddress()).isEqualTo(new InetSocketAddress("10.77.1.1", first));
		out.close();
		assertThat(out.getBroadcastAddress()).isNull();
		out.open();
		assertThat(out.getBroadcastAddress().getPort())
			.isEqualTo(((InetSocketAddress) out.getLocalAddress()).getPort());
	}

	@Test
	void theOverrideHoldsUntilItIsResetOrTheConnectionClosed(NetworkNamespaces namespaces) {
		DatagramConnection out = open("udp-subnet:10.77.1.0/24?port=4242");
		InetSocketAddress override = new InetSocketAddress("10.77.1.2", 4250);
		out.setBroadcastAddress(override);
		assertThat(out.getBroadcastAddress()).isEqualTo(override);
		Python peer = listener(namespaces, "10.77.1.2", 4250);
		out.broadcast(bytes("overridden"));
		assertThat(peer.line()).isEqualTo("overridden from 10.77.1.1 4242");
		out.setBroadcastAddress(null);
		assertThat(out.getBroadcastAddress()).isEqualTo(new InetSocketAddress("10.77.1.255", 4242));
		out.setBroadcastAddress(override);
		out.close();
		out.open();
		assertThat(out.getBroadcastAddress()).isEqualTo(new InetSocketAddress("10.77.1.255", 4242));
		assertThatExceptionOfType(ConnectionException.class)
			.isThrownBy(() -> out.setBroadcastAddress(new InetSocketAddress("::1", 1)))
			.withMessageContaining("IPv6 has no broadcasts");
	}

	@Test
	void whileBroadcastsAreOffNothingOfThemWorks() {
		for (String url : new String[] { "udp-listen:?interface=veth0",
				"udp-subnet:10.77.1.0/24?broadcast.enabled=false" }) {
			DatagramConnection off = open(url);
			assertThat(off.canBroadcast()).isFalse();
			assertThat(off.getBroadcastAddress()).isNull();
			assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> off.broadcast(new byte[1]))
				.withMessage(
						"Connection 'ground' cannot broadcast: broadcasts are off; broadcast.enabled turns them on");
			assertThatExceptionOfType(ConnectionException.class)
				.isThrownBy(() -> off.setBroadcastAddress(new InetSocketAddress("10.77.1.255", 1)))
				.withMessageContaining("broadcasts are off");
			assertThatExceptionOfType(ConnectionException.class)
				.isThrownBy(() -> off.send(new byte[1], new InetSocketAddress("10.77.1.255", 4242)))
				.withMessageContaining("Permission denied; a broadcast address requires broadcast.enabled");
			off.setBroadcastAddress(null);
		}
	}

	@Test
	void aSocketForBothFamiliesBroadcastsToo(NetworkNamespaces namespaces) {
		namespaces.run("ip", "route", "add", "default", "via", "10.77.1.2");
		DatagramConnection both = open("udp-listen:?broadcast.port=4242");
		assertThat(both.getBroadcastAddress()).hasToString("/255.255.255.255:4242");
		Python peer = listener(namespaces, "255.255.255.255", 4242);
		both.broadcast(bytes("both"));
		assertThat(peer.line()).startsWith("both from 10.77.1.1");
	}

	@Test
	void ipv6HasNothingToBroadcastTo() {
		DatagramConnection out = open("udp-subnet:fd77:1::/64?port=4242");
		assertThat(out.getBroadcastAddress()).isNull();
		assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> out.broadcast(new byte[1]))
			.withMessageContaining("IPv6");
	}

	@Test
	void repliesToABroadcastArrive(NetworkNamespaces namespaces) {
		DatagramConnection out = open("udp-broadcast:veth0?port=4242");
		Python.start(namespaces, """
				s = ipv4("10.77.1.255", 4242)
				r = ipv4("10.77.1.2", 4242)
				print("ready")
				data, sender = s.recvfrom(100)
				r.sendto(b"I am here", sender)
				""");
		out.broadcast(bytes("who is there?"));
		assertThat(text(out.receive(SOON))).isEqualTo("I am here");
	}

	@Test
	void theLoggerOfUtilLinuxReachesASubnetListener(NetworkNamespaces namespaces) {
		DatagramConnection syslog = open("udp-subnet:10.77.1.0/24?port=5514");
		namespaces.peer("logger", "--udp", "--server", "10.77.1.1", "--port", "5514", "hello from logger");
		assertThat(text(syslog.receive(SOON))).endsWith("hello from logger");
	}

	@Test
	void socatBroadcastsToABroadcastListener(NetworkNamespaces namespaces) {
		DatagramConnection in = open("udp-broadcast-in:veth1?port=4242");
		namespaces.peer("sh", "-c", "printf hi | socat -u - UDP4-DATAGRAM:10.77.2.255:4242,broadcast");
		assertThat(text(in.receive(SOON))).isEqualTo("hi");
	}

}
