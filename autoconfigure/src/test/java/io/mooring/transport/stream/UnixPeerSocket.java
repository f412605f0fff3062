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

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import io.mooring.transport.Peer;

/**
 * A Unix socket of the JDK that has nothing to do with Mooring, and speaks frames with a
 * length of four bytes in front.
 */
public final class UnixPeerSocket implements Peer {

	private final SocketChannel channel;

	private final DataInputStream input;

	public UnixPeerSocket(SocketChannel channel) {
		this.channel = channel;
		this.input = new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel)));
	}

	public static UnixPeerSocket accept(ServerSocketChannel server) throws IOException {
		return new UnixPeerSocket(server.accept());
	}

	public static UnixPeerSocket connect(Path path) throws IOException {
		return new UnixPeerSocket(SocketChannel.open(UnixDomainSocketAddress.of(path)));
	}

	/**
	 * Listen. What an earlier one left behind is removed.
	 */
	public static ServerSocketChannel server(Path path) throws IOException {
		Files.deleteIfExists(path);
		return ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(path));
	}

	public SocketChannel channel() {
		return this.channel;
	}

	public void write(byte[] bytes) throws IOException {
		ByteBuffer buffer = ByteBuffer.wrap(bytes);
		while (buffer.hasRemaining()) {
			this.channel.write(buffer);
		}
	}

	public void write(String text) throws IOException {
		write(text.getBytes(StandardCharsets.UTF_8));
	}

	public int read() throws IOException {
		return this.input.read();
	}

	@Override
	public void send(byte[] bytes) throws IOException {
		synchronized (this.channel) {
			write(ByteBuffer.allocate(4 + bytes.length).putInt(bytes.length).put(bytes).array());
		}
	}

	@Override
	public byte[] receive() throws IOException {
		byte[] bytes = new byte[this.input.readInt()];
		this.input.readFully(bytes);
		return bytes;
	}

	@Override
	public SocketAddress address() {
		try {
			return this.channel.getRemoteAddress();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
	}

}
