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

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import io.mooring.ConnectionException;
import io.mooring.ConnectionState;
import io.mooring.ConnectionType;
import io.mooring.Datagram;
import io.mooring.DatagramConnection;
import io.mooring.DropReason;
import io.mooring.OverflowPolicy;
import io.mooring.binding.SocketBinding;
import io.mooring.supervision.ReconnectSettings;
import io.mooring.test.SpecBuilder;
import io.mooring.transport.SupervisedConnection;
import io.mooring.transport.internal.receive.MessageSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@Timeout(60)
class UdpConnectionTests extends AbstractUdpConnectionTests {

	private SpecBuilder listen() {
		return SpecBuilder.of("ground", ConnectionType.UDP_LISTEN).local(LOOPBACK, 0);
	}

	@Test
	void whatIsClosedWhileItIsBeingOpenedCanBeOpenedAtOnce() throws Exception {
		int port;
		try (DatagramPeer free = new DatagramPeer()) {
			port = free.port();
		}
		DatagramConnection ground = create(listen().local(LOOPBACK, port));
		for (int i = 0; i < 200; i++) {
			((SupervisedConnection) ground).startOpen();
			// At another moment each time
			LockSupport.parkNanos(i * 5_000);
			ground.close();
			ground.open();
			assertThat(ground.getState()).isEqualTo(ConnectionState.CONNECTED);
			ground.close();
		}
	}

	@Test
	void emptyDatagramIsADatagram() throws Exception {
		DatagramConnection ground = open(listen());
		try (DatagramPeer peer = new DatagramPeer().to(ground)) {
			peer.send(new byte[0]);
			Datagram datagram = ground.receive(SOON);
			assertThat(datagram.payload()).isEmpty();
			assertThat(datagram.sender()).isEqualTo(peer.address());
			ground.send(new byte[0], peer.address());
			assertThat(peer.receive()).isEmpty();
		}
		assertThat(ground.getState()).isEqualTo(ConnectionState.CONNECTED);
		assertThat(ground.getStatistics().received()).isEqualTo(1);
	}

	@Test
	void anEmptyDatagramThatJavaWouldNotSendIsRefused() throws Exception {
		try (DatagramPeer peer = new DatagramPeer()) {
			DatagramConnection client = open(
					SpecBuilder.of("client", ConnectionType.UDP).remote("127.0.0.1", peer.port()));
			assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> client.send(new byte[0]))
				.withMessage("Connection 'client' cannot send an empty datagram: Java silently discards it on a "
						+ "connected socket");
			assertThat(client.getStatistics().sent()).isZero();
			assertThat(client.getStatistics().dropped(DropReason.SEND_FAILED)).isOne();
		}
	}

	@Test
	void carriesTheLargestDatagramBothWays() throws Exception {
		DatagramConnection ground = open(listen());
		byte[] largest = new byte[65507];
		largest[65506] = 42;
		try (DatagramPeer peer = new DatagramPeer().to(ground)) {
			peer.send(largest);
			Datagram datagram = ground.receive(SOON);
			assertThat(datagram.payload()).isEqualTo(largest);
			assertThat(datagram.truncated()).isFalse();
			ground.send(largest, peer.address());
			assertThat(peer.receive()).isEqualTo(largest);
			assertThatExceptionOfType(ConnectionException.class)
				.isThrownBy(() -> ground.send(new byte[65508], peer.address()))
				.withMessage("Connection 'ground' cannot send 65508 bytes: the maximum of a datagram is 65507");
			ground.send(new byte[1], peer.address());
			assertThat(peer.receive()).hasSize(1);
		}
	}

	@Test
	void whatIsLongerThanTheMaximumIsCutAndSaysSo() throws Exception {
		DatagramConnection ground = open(
				listen().receive(SpecBuilder.receive(10, OverflowPolicy.DROP_OLDEST, 4, true)));
		try (DatagramPeer peer = new DatagramPeer().to(ground)) {
			peer.send(new byte[] { 1, 2, 3, 4, 5 });
			peer.send(new byte[] { 1, 2, 3, 4 });
			Datagram cut = ground.receive(SOON);
			assertThat(cut.payload()).containsExactly(1, 2, 3, 4);
			assertThat(cut.truncated()).isTrue();
			assertThat(ground.receive(SOON).truncated()).isFalse();
		}
		assertThat(ground.getStatistics().dropped(DropReason.TRUNCATED)).isEqualTo(1);
	}

	@Test
	void listenerNeedsToBeToldTheRecipient() {
		DatagramConnection ground = open(listen());
		assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> ground.send(new byte[1]))
			.withMessageStartingWith("Connection 'ground' has no default recipient: a udp-listen requires");
	}

	@Test
	void badRecipientFailsThatDatagramAlone() throws Exception {
		DatagramConnection ground = open(listen());
		assertThatExceptionOfType(ConnectionException.class)
			.isThrownBy(() -> ground.send(new byte[1], InetSocketAddress.createUnresolved("nowhere.invalid", 9)))
			.withMessageContaining("unknown host");
		assertThatExceptionOfType(ConnectionException.class)
			.isThrownBy(() -> ground.send(new byte[1], new InetSocketAddress("::1", 9)))
			.withMessageContaining("cannot send to [0:0:0:0:0:0:0:1]:9");
		assertThatExceptionOfType(ConnectionException.class)
			.isThrownBy(() -> ground.send(new byte[1], new InetSocketAddress("255.255.255.255", 9)))
			.withMessageContaining("cannot send to 255.255.255.255:9");
		assertThat(ground.getState()).isEqualTo(ConnectionState.CONNECTED);
		assertThat(ground.getStatistics().dropped(DropReason.SEND_FAILED)).isEqualTo(2);
		assertThat(ground.getStatistics().lastError()).isNotNull();
	}

	@Test
	void clientSendsToItsRemoteOnly() throws Exception {
		try (DatagramPeer peer = new DatagramPeer(); DatagramPeer other = new DatagramPeer()) {
			DatagramConnection client = open(
					SpecBuilder.of("client", ConnectionType.UDP).remote("localhost", peer.port()));
			client.send(new byte[] { 7 }, peer.address());
			assertThat(peer.receive()).containsExactly(7);
			assertThatExceptionOfType(ConnectionException.class)
				.isThrownBy(() -> client.send(new byte[1], other.address()))
				.withMessageContaining("it is connected to 127.0.0.1:" + peer.port());
			assertThat(client.getRemoteAddress()).isEqualTo(peer.address());
		}
	}

	@Test
	void remoteThatIsNotThereDoesNotCloseTheClient() throws Exception {
		int port;
		try (DatagramPeer peer = new DatagramPeer()) {
			port = peer.port();
		}
		DatagramConnection client = open(SpecBuilder.of("client", ConnectionType.UDP).remote("127.0.0.1", port));
		client.send(new byte[1]);
		await().atMost(SOON).until(() -> client.getStatistics().dropped(DropReason.SEND_FAILED) == 1);
		assertThat(client.getState()).isEqualTo(ConnectionState.CONNECTED);
		assertThat(client.getStatistics().lastError()).isNotNull();
		try (DatagramSocket late = new DatagramSocket(new InetSocketAddress("127.0.0.1", port))) {
			late.setSoTimeout(10_000);
			client.send(new byte[1]);
			late.receive(new DatagramPacket(new byte[1], 1));
		}
	}

	@Test
	void unknownHostIsAnErrorThatTheSupervisorGetsOver() throws Exception {
		DatagramConnection client = create(SpecBuilder.of("client", ConnectionType.UDP).remote("nowhere.invalid", 9));
		assertThatExceptionOfType(ConnectionException.class).isThrownBy(client::open)
			.withMessageContaining("unknown host nowhere.invalid");
		assertThat(client.getState()).isEqualTo(ConnectionState.CONNECTING);
		assertThat(client.getStatus().enabled()).isTrue();
		client.close();
		assertThat(client.getState()).isEqualTo(ConnectionState.DISCONNECTED);
	}

	@Test
	void portThatIsTakenIsNamedAndUsedOnceItIsFree() throws Exception {
		try (DatagramSocket occupant = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
			int port = occupant.getLocalPort();
			DatagramConnection ground = create(listen().local(LOOPBACK, port));
			assertThatExceptionOfType(ConnectionException.class).isThrownBy(ground::open)
				.withMessage("Connection 'ground' cannot be opened: cannot bind to 127.0.0.1:" + port
						+ ": Address already in use");
			assertThat(ground.getStatus().lastError()).hasMessageContaining("Address already in use");
			occupant.close();
			assertThat(ground.awaitState(ConnectionState.CONNECTED, SOON)).isTrue();
			assertThat(ground.getStatus().lastError()).isNull();
			assertThat(((InetSocketAddress) ground.getLocalAddress()).getPort()).isEqualTo(port);
		}
	}

	@Test
	void withoutReconnectingAFailedAttemptIsTheLast() throws Exception {
		try (DatagramSocket occupant = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
			ReconnectSettings never = SpecBuilder.reconnect(false, Duration.ofMillis(1), 1, Duration.ofMillis(1), 0, 0);
			DatagramConnection ground = create(listen().local(LOOPBACK, occupant.getLocalPort()).reconnect(never));
			assertThatExceptionOfType(ConnectionException.class).isThrownBy(ground::open);
			assertThat(ground.getState()).isEqualTo(ConnectionState.DISCONNECTED);
			assertThat(ground.getStatus().enabled()).isTrue();
		}
	}

	@Test
	void repliesThroughAWildcardSocketToBothFamilies() throws Exception {
		DatagramConnection ground = open(
				SpecBuilder.of("ground", ConnectionType.UDP_LISTEN).local(SocketBinding.ANY, 0));
		int port = ((InetSocketAddress) ground.getLocalAddress()).getPort();
		for (String host : new String[] { "127.0.0.1", "::1" }) {
			try (DatagramSocket peer = new DatagramSocket(new InetSocketAddress(host, 0))) {
				peer.setSoTimeout(10_000);
				peer.send(new DatagramPacket(new byte[] { 1 }, 1, InetAddress.getByName(host), port));
				Datagram datagram = ground.receive(SOON);
				assertThat(((InetSocketAddress) datagram.sender()).getAddress()).isEqualTo(InetAddress.getByName(host));
				ground.send(new byte[] { 2 }, datagram.sender());
				peer.receive(new DatagramPacket(new byte[1], 1));
			}
		}
	}

	@Test
	void optionsOfTheSocketCanBeReadAndSet() {
		DatagramConnection ground = open(listen().socket(SpecBuilder.socket(20_000, 30_000, true, null, null, null)));
		assertThat(ground.getOption(StandardSocketOptions.SO_REUSEADDR)).isTrue();
		assertThat(ground.getOption(StandardSocketOptions.SO_RCVBUF)).isBetween(20_000, 40_000);
		ground.setOption(StandardSocketOptions.IP_TOS, 0x20);
		assertThat(ground.getOption(StandardSocketOptions.IP_TOS)).isEqualTo(0x20);
		ground.close();
		assertThatExceptionOfType(ConnectionException.class)
			.isThrownBy(() -> ground.getOption(StandardSocketOptions.IP_TOS));
	}

	@Test
	void bufferGrowsAsFarAsTheKernelLetsIt() {
		int modest = open(listen().receive(SpecBuilder.receive(10, OverflowPolicy.DROP_OLDEST, 100, false)))
			.getOption(StandardSocketOptions.SO_RCVBUF);
		int most = open(listen()).getOption(StandardSocketOptions.SO_RCVBUF);
		assertThat(most).isGreaterThanOrEqualTo(modest);
	}

	@Test
	@EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux tells what its kernel dropped")
	void whatTheKernelDropsBehindASlowConsumerIsCounted() throws Exception {
		DatagramConnection ground = open(listen().socket(SpecBuilder.socket(4096, null, null, null, null, null)));
		CountDownLatch release = new CountDownLatch(1);
		AtomicInteger delivered = new AtomicInteger();
		source(ground).attach("the test", (datagram) -> {
			hold(release);
			delivered.incrementAndGet();
		});
		int count = 500;
		try (DatagramPeer peer = new DatagramPeer().to(ground)) {
			for (int i = 0; i < count; i++) {
				peer.send(new byte[100]);
			}
		}
		await().atMost(SOON).until(() -> ground.getStatistics().dropped(DropReason.KERNEL) > 0);
		release.countDown();
		await().atMost(SOON).until(() -> delivered.get() + ground.getStatistics().dropped(DropReason.KERNEL) == count);
		long drops = ground.getStatistics().dropped(DropReason.KERNEL);
		ground.close();
		assertThat(ground.getStatistics().dropped(DropReason.KERNEL)).isEqualTo(drops);
	}

	@SuppressWarnings("unchecked")
	private static MessageSource<Datagram> source(DatagramConnection connection) {
		return (MessageSource<Datagram>) connection;
	}

	private static void hold(CountDownLatch latch) {
		try {
			latch.await(30, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
