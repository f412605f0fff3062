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

package io.mooring.benchmarks.engine;

import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;

/**
 * Linux datagram socket with direct system calls, each for many datagrams.
 */
public final class NativeSocket implements AutoCloseable {

	/**
	 * Receive buffer size of the bare engines.
	 */
	public static final int RECEIVE_BUFFER = 4 << 20;

	/**
	 * Bytes of a {@code struct mmsghdr}.
	 */
	public static final int HEADER = 64;

	private static final int AF_UNIX = 1;

	private static final int AF_INET = 2;

	private static final int SOCK_DGRAM = 2;

	private static final int SOL_SOCKET = 1;

	private static final int SO_RCVBUF = 8;

	private static final int SO_PASSCRED = 16;

	private final boolean unix;

	private final int descriptor;

	private NativeSocket(boolean unix) {
		this.unix = unix;
		this.descriptor = Calls.socket(unix ? AF_UNIX : AF_INET, SOCK_DGRAM, 0);
	}

	/**
	 * Bind a socket.
	 * @param path its path, or the empty text for UDP at any free port of 127.0.0.1
	 * @param credentials whether to receive the credentials of senders
	 * @return the socket
	 */
	public static NativeSocket bind(String path, boolean credentials) {
		NativeSocket socket = new NativeSocket(!path.isEmpty());
		socket.option(SO_RCVBUF, RECEIVE_BUFFER);
		if (credentials) {
			socket.option(SO_PASSCRED, 1);
		}
		Memory address = address(path.isEmpty() ? "0" : path);
		Calls.bind(socket.descriptor, addressOf(address), (int) address.size());
		return socket;
	}

	/**
	 * Connect a socket.
	 * @param target a port of 127.0.0.1, or a path
	 * @return the socket
	 */
	public static NativeSocket connect(String target) {
		Memory address = address(target);
		NativeSocket socket = new NativeSocket(target.startsWith("/"));
		Calls.connect(socket.descriptor, addressOf(address), (int) address.size());
		return socket;
	}

	private static Memory address(String target) {
		if (target.startsWith("/")) {
			byte[] path = target.getBytes(StandardCharsets.UTF_8);
			Memory memory = new Memory(2 + path.length + 1L);
			memory.clear();
			block(memory).putShort((short) AF_UNIX).put(path);
			return memory;
		}
		Memory memory = new Memory(16);
		memory.clear();
		block(memory).putShort((short) AF_INET)
			.order(ByteOrder.BIG_ENDIAN)
			.putShort((short) Integer.parseInt(target))
			.put(new byte[] { 127, 0, 0, 1 });
		return memory;
	}

	/**
	 * Return the bytes of native memory.
	 * @param memory the memory
	 * @return a buffer in the order of the machine
	 */
	public static ByteBuffer block(Memory memory) {
		return memory.getByteBuffer(0, memory.size()).order(ByteOrder.nativeOrder());
	}

	/**
	 * Return the address of native memory.
	 * @param memory the memory
	 * @return its address
	 */
	public static long addressOf(Memory memory) {
		return Pointer.nativeValue(memory);
	}

	private void option(int name, int value) {
		Memory memory = new Memory(Integer.BYTES);
		memory.setInt(0, value);
		Calls.setsockopt(this.descriptor, SOL_SOCKET, name, addressOf(memory), Integer.BYTES);
	}

	/**
	 * Return the local port.
	 * @return the port
	 */
	public int port() {
		Memory address = new Memory(16);
		Memory length = new Memory(Integer.BYTES);
		length.setInt(0, 16);
		Calls.getsockname(this.descriptor, addressOf(address), addressOf(length));
		return block(address).order(ByteOrder.BIG_ENDIAN).getShort(2) & 0xffff;
	}

	/**
	 * Receive datagrams, waiting for at least one.
	 * @param headers address of {@code struct mmsghdr}s
	 * @param count their number
	 * @param millis the timeout in milliseconds
	 * @return number of datagrams, 0 on timeout
	 */
	public int receive(long headers, int count, int millis) {
		int received = Calls.recvmmsg(this.descriptor, headers, count, 0x40, 0);
		if (received < 0) {
			Memory poll = new Memory(8);
			poll.setInt(0, this.descriptor);
			poll.setInt(4, 1);
			Calls.poll(addressOf(poll), 1, millis);
			return 0;
		}
		return received;
	}

	/**
	 * Send datagrams, waiting for room.
	 * @param headers address of {@code struct mmsghdr}s
	 * @param count their number
	 * @return the number sent
	 * @throws SocketException if no datagram can be sent
	 */
	public int send(long headers, int count) throws SocketException {
		int sent = Calls.sendmmsg(this.descriptor, headers, count, 0);
		if (sent < 0) {
			throw new SocketException("sendmmsg failed with error " + Native.getLastError());
		}
		return sent;
	}

	/**
	 * Close a received descriptor.
	 * @param descriptor the number of the descriptor
	 */
	public static void close(int descriptor) {
		Calls.close(descriptor);
	}

	@Override
	public void close() {
		close(this.descriptor);
	}

	/**
	 * Functions of the C library.
	 */
	static final class Calls {

		static {
			Native.register(Calls.class, "c");
		}

		private Calls() {
		}

		static native int socket(int domain, int type, int protocol);

		static native int bind(int fd, long address, int length);

		static native int connect(int fd, long address, int length);

		static native int getsockname(int fd, long address, long length);

		static native int setsockopt(int fd, int level, int name, long value, int length);

		static native int recvmmsg(int fd, long headers, int count, int flags, long timeout);

		static native int sendmmsg(int fd, long headers, int count, int flags);

		static native int poll(long descriptors, long count, int millis);

		static native int close(int fd);

	}

}
