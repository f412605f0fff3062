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
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Program that sends requests to a group at a constant rate and counts the replies,
 * without Mooring.
 */
public final class PacedPeer {

	private PacedPeer() {
	}

	/**
	 * Print the number of requests, of distinct replies, and of their source addresses.
	 * @param args group, port, name of the interface, requests per second, requests
	 */
	public static void main(String[] args) throws Exception {
		InetSocketAddress group = new InetSocketAddress(InetAddress.getByName(args[0]), Integer.parseInt(args[1]));
		int rate = Integer.parseInt(args[3]);
		int count = Integer.parseInt(args[4]);
		try (MulticastSocket socket = new MulticastSocket()) {
			socket.setNetworkInterface(NetworkInterface.getByName(args[2]));
			socket.setReceiveBufferSize(8 * 1024 * 1024);
			socket.setSoTimeout(3000);
			BitSet answered = new BitSet();
			Set<SocketAddress> responders = ConcurrentHashMap.newKeySet();
			Thread counter = new Thread(() -> count(socket, count, answered, responders));
			counter.start();
			send(socket, group, rate, count);
			counter.join();
			System.out.println(count + " asked, " + answered.cardinality() + " answered, by " + responders.size());
		}
	}

	private static void send(DatagramSocket socket, InetSocketAddress group, int rate, int count) throws IOException {
		long start = System.nanoTime();
		for (int i = 0; i < count; i++) {
			long due = start + i * 1_000_000_000L / rate;
			for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
				LockSupport.parkNanos(left);
			}
			byte[] request = ByteBuffer.allocate(Integer.BYTES).putInt(i).array();
			socket.send(new DatagramPacket(request, request.length, group));
		}
	}

	private static void count(DatagramSocket socket, int count, BitSet answered, Set<SocketAddress> responders) {
		DatagramPacket packet = new DatagramPacket(new byte[Integer.BYTES], Integer.BYTES);
		try {
			while (answered.cardinality() < count) {
				socket.receive(packet);
				answered.set(ByteBuffer.wrap(packet.getData()).getInt());
				responders.add(packet.getSocketAddress());
			}
		}
		catch (SocketTimeoutException ex) {
			// No further replies
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
