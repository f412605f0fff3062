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

package io.mooring.integration.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * Peer of a connection.
 */
class Peer implements AutoCloseable {

	private final DatagramSocket socket;

	Peer() {
		try {
			this.socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
			this.socket.setSoTimeout(10_000);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	InetSocketAddress address() {
		return (InetSocketAddress) this.socket.getLocalSocketAddress();
	}

	int port() {
		return this.socket.getLocalPort();
	}

	void send(String text, SocketAddress to) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		try {
			this.socket.send(new DatagramPacket(bytes, bytes.length, to));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	String receive() {
		DatagramPacket packet = new DatagramPacket(new byte[1024], 1024);
		try {
			this.socket.receive(packet);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
	}

	@Override
	public void close() {
		this.socket.close();
	}

}
