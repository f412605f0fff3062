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

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;

import io.mooring.Connection;
import io.mooring.transport.Peer;

/**
 * A UDP socket on loopback that has nothing to do with Mooring.
 */
final class DatagramPeer implements Peer {

	private final DatagramSocket socket;

	private SocketAddress target;

	DatagramPeer() throws IOException {
		this.socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
		this.socket.setSoTimeout(10_000);
	}

	DatagramPeer to(Connection connection) {
		InetSocketAddress local = (InetSocketAddress) connection.getLocalAddress();
		this.target = local.getAddress().isAnyLocalAddress()
				? new InetSocketAddress(InetAddress.getLoopbackAddress(), local.getPort()) : local;
		return this;
	}

	int port() {
		return this.socket.getLocalPort();
	}

	@Override
	public void send(byte[] bytes) throws IOException {
		this.socket.send(new DatagramPacket(bytes, bytes.length, this.target));
	}

	void send(byte[] bytes, SocketAddress to) throws IOException {
		this.socket.send(new DatagramPacket(bytes, bytes.length, to));
	}

	@Override
	public byte[] receive() throws IOException {
		return receiveFrom().bytes();
	}

	Received receiveFrom() throws IOException {
		DatagramPacket packet = new DatagramPacket(new byte[65535], 65535);
		this.socket.receive(packet);
		return new Received(Arrays.copyOf(packet.getData(), packet.getLength()), packet.getSocketAddress());
	}

	@Override
	public SocketAddress address() {
		return this.socket.getLocalSocketAddress();
	}

	@Override
	public void close() {
		this.socket.close();
	}

	record Received(byte[] bytes, SocketAddress sender) {

	}

}
