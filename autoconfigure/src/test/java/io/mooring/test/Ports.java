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

package io.mooring.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import io.mooring.Connection;

/**
 * Local ports of connections, and free ports for programs that cannot report theirs.
 */
public final class Ports {

	private static final Duration SOON = Duration.ofSeconds(30);

	private Ports() {
	}

	/**
	 * Return the local port of an open IP connection.
	 */
	public static int of(Connection connection) {
		return ((InetSocketAddress) connection.getLocalAddress()).getPort();
	}

	/**
	 * Connect to a listener on loopback, with a socket that has a timeout.
	 */
	public static Socket connect(Connection listener) throws IOException {
		Socket socket = new Socket(InetAddress.getLoopbackAddress(), of(listener));
		socket.setSoTimeout((int) SOON.toMillis());
		return socket;
	}

	/**
	 * Return a free port on loopback, below the ephemeral range, so that no other process
	 * takes it before the program does.
	 */
	public static int free() {
		for (int attempt = 0; attempt < 100; attempt++) {
			int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
			try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
				return socket.getLocalPort();
			}
			catch (BindException ex) {
				// The next one
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
		throw new IllegalStateException("No port is free");
	}

}
