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

package io.mooring.benchmarks.peer;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * Blocking stream sockets of the peers.
 */
final class Sockets {

	private Sockets() {
	}

	static SocketChannel connect(String target) throws IOException {
		if (target.startsWith("/")) {
			return SocketChannel.open(UnixDomainSocketAddress.of(target));
		}
		SocketChannel channel = SocketChannel
			.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(target)));
		channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
		return channel;
	}

	static ServerSocketChannel listen() throws IOException {
		return ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
	}

	static SocketChannel accept(ServerSocketChannel server) throws IOException {
		SocketChannel channel = server.accept();
		channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
		return channel;
	}

	static void writeFully(SocketChannel channel, ByteBuffer bytes) throws IOException {
		while (bytes.hasRemaining()) {
			channel.write(bytes);
		}
	}

	static void readFully(SocketChannel channel, ByteBuffer bytes) throws IOException {
		while (bytes.hasRemaining()) {
			if (channel.read(bytes) < 0) {
				throw new EOFException("The contender closed the connection");
			}
		}
	}

}
