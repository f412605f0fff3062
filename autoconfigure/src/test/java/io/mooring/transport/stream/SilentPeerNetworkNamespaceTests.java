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

package io.mooring.transport.stream;

import java.io.BufferedReader;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.mooring.ConnectionState;
import io.mooring.ConnectionType;
import io.mooring.StreamConnection;
import io.mooring.StreamListener;
import io.mooring.binding.SocketBinding;
import io.mooring.supervision.ReconnectSettings;
import io.mooring.test.Heartbeats;
import io.mooring.test.SpecBuilder;
import io.mooring.test.TestTransports;
import io.mooring.test.netns.NetworkNamespaceTest;
import io.mooring.test.netns.NetworkNamespaces;
import io.mooring.transport.settings.HeartbeatSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Peers that are gone without a word.
 */
@NetworkNamespaceTest
@Timeout(60)
class SilentPeerNetworkNamespaceTests {

	private static final Duration SOON = Duration.ofSeconds(15);

	private static final ReconnectSettings NEVER = SpecBuilder.reconnect(false, Duration.ofSeconds(1), 1,
			Duration.ofSeconds(1), 0, 0);

	private final TestTransports transports = new TestTransports();

	@AfterEach
	void closeAll() {
		this.transports.close();
	}

	private StreamConnection connect(String name, int port, TcpSettings tcp) {
		return connect(name, port, tcp, HeartbeatSettings.NONE);
	}

	private StreamConnection connect(String name, int port, TcpSettings tcp, HeartbeatSettings heartbeat) {
		StreamConnection client = this.transports.create(SpecBuilder.of(name, ConnectionType.TCP)
			.remote(NetworkNamespaces.PEER_ADDRESS, port)
			.reconnect(NEVER)
			.socket(options(tcp))
			.heartbeat(heartbeat)
			.build(), StreamConnection.class);
		client.open();
		return client;
	}

	private static List<Object> options(TcpSettings tcp) {
		return SpecBuilder.socket(null, null, null, null, null, null, tcp);
	}

	/**
	 * Start a peer that accepts and says nothing.
	 * @return its port
	 */
	private static int startServer(NetworkNamespaces namespaces) throws Exception {
		Process peer = namespaces.startPeer("python3", "-c", """
				import socket, time
				s = socket.socket()
				s.bind(('%s', 0))
				s.listen()
				print(s.getsockname()[1], flush=True)
				clients = []
				while True:
				    clients.append(s.accept())
				""".formatted(NetworkNamespaces.PEER_ADDRESS));
		BufferedReader reader = peer.inputReader();
		return Integer.parseInt(reader.readLine());
	}

	@Test
	void unacknowledgedDataIsNoticedWithinTheUserTimeout(NetworkNamespaces namespaces) throws Exception {
		int port = startServer(namespaces);
		StreamConnection patient = connect("patient", port, TcpSettings.DEFAULT);
		StreamConnection keptAlive = connect("kept-alive", port,
				new TcpSettings(true, true, Duration.ofSeconds(1), Duration.ofSeconds(1), 2, null, null));
		StreamConnection timed = connect("timed", port,
				new TcpSettings(true, null, null, null, null, Duration.ofSeconds(2), null));
		namespaces.peer("ip", "link", "set", NetworkNamespaces.PEER_INTERFACE, "down");
		patient.send(new byte[] { 1 });
		keptAlive.send(new byte[] { 1 });
		timed.send(new byte[] { 1 });
		assertThat(timed.awaitState(ConnectionState.DISCONNECTED, SOON)).isTrue();
		assertThat(timed.getStatistics().lastError()).hasMessageContaining("timed out");
		// What user-timeout is for: keep-alive says nothing while data is unacknowledged
		assertThat(keptAlive.getState()).isEqualTo(ConnectionState.CONNECTED);
		assertThat(patient.getState()).isEqualTo(ConnectionState.CONNECTED);
	}

	@Test
	void keepAliveNoticesAPeerThatIsGoneWhileNothingIsSent(NetworkNamespaces namespaces) throws Exception {
		int port = startServer(namespaces);
		StreamConnection patient = connect("patient", port, TcpSettings.DEFAULT);
		StreamConnection keptAlive = connect("kept-alive", port,
				new TcpSettings(true, true, Duration.ofSeconds(1), Duration.ofSeconds(1), 2, null, null));
		namespaces.peer("ip", "link", "set", NetworkNamespaces.PEER_INTERFACE, "down");
		assertThat(keptAlive.awaitState(ConnectionState.DISCONNECTED, SOON)).isTrue();
		assertThat(keptAlive.getStatistics().lastError()).hasMessageContaining("timed out");
		assertThat(patient.getState()).isEqualTo(ConnectionState.CONNECTED);
	}

	@Test
	void heartbeatsNoticeASilentPeerByItsSilenceOrByTheUserTimeout(NetworkNamespaces namespaces) throws Exception {
		int port = startServer(namespaces);
		StreamConnection patient = connect("patient", port, TcpSettings.DEFAULT);
		StreamConnection waiting = connect("waiting", port, TcpSettings.DEFAULT, Heartbeats.of(0, "", 1000));
		StreamConnection asking = connect("asking", port,
				new TcpSettings(true, null, null, null, null, Duration.ofSeconds(2), null),
				Heartbeats.of(200, "PING", 0));
		namespaces.peer("ip", "link", "set", NetworkNamespaces.PEER_INTERFACE, "down");
		assertThat(waiting.awaitState(ConnectionState.DISCONNECTED, SOON)).isTrue();
		assertThat(waiting.getStatistics().lastError()).hasMessage("nothing was received for 1s (heartbeat.timeout)");
		assertThat(asking.awaitState(ConnectionState.DISCONNECTED, SOON)).isTrue();
		assertThat(asking.getStatistics().lastError()).hasMessageContaining("timed out");
		assertThat(patient.getState()).isEqualTo(ConnectionState.CONNECTED);
	}

	@Test
	void aListenerNoticesBothOfItsClients(NetworkNamespaces namespaces) throws Exception {
		SpecBuilder spec = SpecBuilder.of("feed", ConnectionType.TCP_LISTEN)
			.local(new SocketBinding.Fixed(NetworkNamespaces.ADDRESS), 0)
			.socket(options(new TcpSettings(true, true, Duration.ofSeconds(1), Duration.ofSeconds(1), 2,
					Duration.ofSeconds(2), null)));
		StreamListener feed = this.transports.create(spec.build(), StreamListener.class);
		feed.open();
		namespaces.startPeer("python3", "-c", """
				import socket, time
				clients = [socket.create_connection(('%s', %d)) for i in range(2)]
				time.sleep(60)
				""".formatted(NetworkNamespaces.ADDRESS, ((InetSocketAddress) feed.getLocalAddress()).getPort()));
		StreamConnection sentTo = feed.accept(SOON);
		StreamConnection silent = feed.accept(SOON);
		namespaces.peer("ip", "link", "set", NetworkNamespaces.PEER_INTERFACE, "down");
		sentTo.send(new byte[] { 1 });
		assertThat(sentTo.awaitState(ConnectionState.DISCONNECTED, SOON)).isTrue();
		assertThat(silent.awaitState(ConnectionState.DISCONNECTED, SOON)).isTrue();
		await().atMost(SOON).until(() -> feed.getClients().isEmpty());
		assertThat(feed.getState()).isEqualTo(ConnectionState.CONNECTED);
	}

}
