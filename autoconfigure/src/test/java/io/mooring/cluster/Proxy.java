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

package io.mooring.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * TCP proxy that can become silent.
 */
final class Proxy implements AutoCloseable {

	private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

	private final Collection<Socket> sockets = new ConcurrentLinkedQueue<>();

	private final int target;

	private volatile boolean silent;

	Proxy(int target) throws IOException {
		this.target = target;
		thread(this::accept);
	}

	private void thread(Task task) {
		Thread thread = new Thread(() -> {
			try {
				task.run();
			}
			catch (IOException ex) {
				// Closed
			}
		}, "proxy");
		thread.setDaemon(true);
		thread.start();
	}

	private void accept() throws IOException {
		while (true) {
			Socket one = this.server.accept();
			Socket other = new Socket(InetAddress.getLoopbackAddress(), this.target);
			this.sockets.add(one);
			this.sockets.add(other);
			thread(() -> copy(one, other));
			thread(() -> copy(other, one));
		}
	}

	private void copy(Socket from, Socket to) throws IOException {
		byte[] buffer = new byte[8192];
		int count;
		while ((count = from.getInputStream().read(buffer)) >= 0) {
			if (!this.silent) {
				to.getOutputStream().write(buffer, 0, count);
			}
		}
	}

	int port() {
		return this.server.getLocalPort();
	}

	void goSilent() {
		this.silent = true;
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		for (Socket socket : this.sockets) {
			socket.close();
		}
	}

	private interface Task {

		void run() throws IOException;

	}

}
