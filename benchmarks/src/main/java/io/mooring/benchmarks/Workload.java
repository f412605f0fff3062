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

package io.mooring.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What is sent.
 */
enum Workload {

	/**
	 * TCP, a length of four bytes in front.
	 */
	TCP_LENGTH,

	/**
	 * TCP, a carriage return and a line feed behind.
	 */
	TCP_CRLF,

	/**
	 * UDP.
	 */
	UDP;

	private static final int JOINED_BYTES = 64 * 1024;

	/**
	 * Send as fast as it goes until the process is ended.
	 * @param port where to, on loopback
	 * @param size the bytes of a message
	 * @throws IOException when the other side closes
	 */
	void send(int port, int size) throws IOException {
		if (this == UDP) {
			try (DatagramSocket socket = new DatagramSocket()) {
				socket.connect(InetAddress.getLoopbackAddress(), port);
				DatagramPacket packet = new DatagramPacket(payload(size), size);
				while (true) {
					socket.send(packet);
				}
			}
		}
		byte[] frame = frame(payload(size));
		ByteBuffer joined = ByteBuffer.allocate(Math.max(1, JOINED_BYTES / frame.length) * frame.length);
		while (joined.hasRemaining()) {
			joined.put(frame);
		}
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			OutputStream output = socket.getOutputStream();
			while (true) {
				output.write(joined.array());
			}
		}
	}

	private byte[] frame(byte[] payload) {
		return (this == TCP_LENGTH)
				? ByteBuffer.allocate(4 + payload.length).putInt(payload.length).put(payload).array()
				: ByteBuffer.allocate(payload.length + 2).put(payload).put((byte) '\r').put((byte) '\n').array();
	}

	private static byte[] payload(int size) {
		byte[] payload = new byte[size];
		Arrays.fill(payload, (byte) 'x');
		return payload;
	}

}
