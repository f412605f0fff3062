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
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

import io.mooring.Connection;
import io.mooring.transport.Peer;

/**
 * A TCP socket on loopback that has nothing to do with Mooring, and speaks frames with a
 * length of four bytes in front.
 */
public final class StreamPeerSocket implements Peer {

	private final Socket socket;

	private final DataInputStream input;

	private final DataOutputStream output;

	public StreamPeerSocket(Socket socket) throws IOException {
		this.socket = socket;
		socket.setTcpNoDelay(true);
		socket.setSoTimeout(10_000);
		this.input = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
		this.output = new DataOutputStream(socket.getOutputStream());
	}

	public static StreamPeerSocket accept(ServerSocket server) throws IOException {
		server.setSoTimeout(10_000);
		return new StreamPeerSocket(server.accept());
	}

	public static StreamPeerSocket connect(Connection listener) throws IOException {
		int port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
		return new StreamPeerSocket(new Socket(InetAddress.getLoopbackAddress(), port));
	}

	public static StreamPeerSocket connect(Connection listener, SSLContext tls, String... versions) throws IOException {
		int port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
		Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
		socket.setSoTimeout(10_000);
		SSLSocket tlsSocket = (SSLSocket) tls.getSocketFactory().createSocket(socket, "localhost", port, true);
		if (versions.length > 0) {
			tlsSocket.setEnabledProtocols(versions);
		}
		tlsSocket.startHandshake();
		return new StreamPeerSocket(tlsSocket);
	}

	public static ServerSocket server() throws IOException {
		return new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
	}

	public Socket socket() {
		return this.socket;
	}

	public void write(byte[] bytes) throws IOException {
		this.output.write(bytes);
		this.output.flush();
	}

	public void write(String text) throws IOException {
		write(text.getBytes(StandardCharsets.UTF_8));
	}

	public String readLine() throws IOException {
		StringBuilder line = new StringBuilder();
		int next;
		while ((next = this.input.read()) != '\n') {
			if (next < 0) {
				throw new EOFException("after \"" + line + "\"");
			}
			line.append((char) next);
		}
		return line.toString();
	}

	public int read() throws IOException {
		return this.input.read();
	}

	@Override
	public void send(byte[] bytes) throws IOException {
		synchronized (this.output) {
			byte[] frame = new byte[4 + bytes.length];
			ByteBuffer.wrap(frame).putInt(bytes.length).put(bytes);
			write(frame);
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
		return this.socket.getLocalSocketAddress();
	}

	/**
	 * Close with a reset instead of an end.
	 */
	public void reset() throws IOException {
		this.socket.setSoLinger(true, 0);
		this.socket.close();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
