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
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/**
 * Accepts TLS by the JDK on loopback, and does the handshakes on a thread of its own.
 */
final class TlsPeerServer implements AutoCloseable {

	private final SSLServerSocket socket;

	private final BlockingQueue<SSLSocket> accepted = new LinkedBlockingQueue<>();

	TlsPeerServer(SSLContext context) throws IOException {
		this(context, UnaryOperator.identity());
	}

	TlsPeerServer(SSLContext context, UnaryOperator<SSLParameters> parameters) throws IOException {
		this.socket = (SSLServerSocket) context.getServerSocketFactory()
			.createServerSocket(0, 0, InetAddress.getLoopbackAddress());
		this.socket.setSSLParameters(parameters.apply(this.socket.getSSLParameters()));
		Thread thread = new Thread(this::run, "tls-peer-server");
		thread.setDaemon(true);
		thread.start();
	}

	private void run() {
		while (!this.socket.isClosed()) {
			try {
				SSLSocket peer = (SSLSocket) this.socket.accept();
				shake(peer);
			}
			catch (IOException ex) {
				// Closed
			}
		}
	}

	private void shake(SSLSocket peer) {
		try {
			peer.setSoTimeout(10_000);
			peer.startHandshake();
			this.accepted.add(peer);
		}
		catch (IOException ex) {
			close(peer);
		}
	}

	private static void close(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			// Nothing is left of it
		}
	}

	int port() {
		return this.socket.getLocalPort();
	}

	StreamPeerSocket accept() throws IOException {
		try {
			SSLSocket peer = this.accepted.poll(10, TimeUnit.SECONDS);
			if (peer == null) {
				throw new IOException("Nobody connected");
			}
			return new StreamPeerSocket(peer);
		}
		catch (InterruptedException ex) {
			throw new IOException(ex);
		}
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
		this.accepted.forEach(TlsPeerServer::close);
	}

}
