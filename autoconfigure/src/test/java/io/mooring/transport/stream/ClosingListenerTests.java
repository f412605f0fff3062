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

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.mooring.StreamListener;
import io.mooring.autoconfigure.properties.TestDeclarations;
import io.mooring.test.TestTransports;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that clients which come while a listener closes do not outlive it.
 */
@Timeout(60)
class ClosingListenerTests {

	private static final int ROUNDS = 40;

	/**
	 * The most for each thread and round.
	 */
	private static final int CLIENTS = 100;

	private final List<Socket> connected = new CopyOnWriteArrayList<>();

	private volatile boolean over;

	@Test
	void noClientOutlivesItsListener() throws Exception {
		try (TestTransports transports = new TestTransports()) {
			StreamListener listener = (StreamListener) transports
				.create(TestDeclarations.url("tcp-listen://127.0.0.1:0?framing.type=line"));
			listener.open();
			for (int round = 0; round < ROUNDS; round++) {
				listener.open();
				int port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
				this.over = false;
				List<Thread> clients = IntStream.range(0, 4).mapToObj((i) -> new Thread(() -> connect(port))).toList();
				clients.forEach(Thread::start);
				assertThat(listener.accept(Duration.ofSeconds(10))).isNotNull();
				listener.close();
				this.over = true;
				for (Thread client : clients) {
					client.join();
				}
				assertThat(listener.getClients()).isEmpty();
				for (Socket socket : this.connected) {
					assertClosed(socket);
				}
				this.connected.clear();
			}
		}
	}

	private void connect(int port) {
		for (int i = 0; i < CLIENTS && !this.over; i++) {
			Socket socket = new Socket();
			try {
				socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
				this.connected.add(socket);
			}
			catch (IOException ex) {
				return;
			}
		}
	}

	private static void assertClosed(Socket socket) throws IOException {
		try (socket) {
			socket.setSoTimeout(10_000);
			// Where the accept queue was full, the kernel only answers to this
			socket.getOutputStream().write('\n');
			assertThat(socket.getInputStream().read()).isEqualTo(-1);
		}
		catch (SocketTimeoutException ex) {
			throw new AssertionError("A client is open after its listener", ex);
		}
		catch (IOException ex) {
			// Reset
		}
	}

}
