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

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

import static org.awaitility.Awaitility.await;

/**
 * Device to which a cluster has one connection. It records which nodes were connected,
 * and when, as seen by the peer.
 */
final class Device implements AutoCloseable {

	private static final Duration SOON = Duration.ofSeconds(60);

	private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

	private final Collection<Socket> sockets = new ConcurrentLinkedQueue<>();

	private final List<Visit> visits = new CopyOnWriteArrayList<>();

	Device() throws IOException {
		thread(this::accept);
	}

	private void thread(Runnable task) {
		Thread thread = new Thread(task, "device");
		thread.setDaemon(true);
		thread.start();
	}

	private void accept() {
		try {
			while (true) {
				Socket socket = this.server.accept();
				this.sockets.add(socket);
				thread(() -> serve(socket));
			}
		}
		catch (IOException ex) {
			// Closed
		}
	}

	private void serve(Socket socket) {
		Visit visit = new Visit();
		try (socket) {
			BufferedReader reader = new BufferedReader(
					new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
			visit.node = reader.readLine();
			this.visits.add(visit);
			reader.readLine();
		}
		catch (IOException ex) {
			// The node was killed
		}
		visit.end = System.nanoTime();
	}

	int port() {
		return this.server.getLocalPort();
	}

	/**
	 * Wait until a node is connected.
	 * @return the time of the connection
	 */
	long awaitConnected(String node) {
		await().atMost(SOON).pollInterval(Duration.ofMillis(20)).until(() -> isConnected(node));
		return last(node).begin;
	}

	/**
	 * Wait until a node is disconnected.
	 * @return the time of the disconnection
	 */
	long awaitDisconnected(String node) {
		await().atMost(SOON).pollInterval(Duration.ofMillis(20)).until(() -> !isConnected(node));
		return last(node).end;
	}

	boolean isConnected(String node) {
		return this.visits.stream().anyMatch((visit) -> node.equals(visit.node) && visit.end == 0);
	}

	private Visit last(String node) {
		return this.visits.stream()
			.filter((visit) -> node.equals(visit.node))
			.reduce((one, other) -> other)
			.orElseThrow();
	}

	/**
	 * Return how long two nodes were connected simultaneously.
	 */
	Duration overlap(String one, String other) {
		long now = System.nanoTime();
		long nanos = 0;
		for (Visit visit : this.visits) {
			for (Visit another : this.visits) {
				if (one.equals(visit.node) && other.equals(another.node)) {
					nanos += Math.max(0,
							Math.min(visit.end(now), another.end(now)) - Math.max(visit.begin, another.begin));
				}
			}
		}
		return Duration.ofNanos(nanos);
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		for (Socket socket : this.sockets) {
			socket.close();
		}
	}

	private static final class Visit {

		private final long begin = System.nanoTime();

		private volatile String node;

		private volatile long end;

		private long end(long now) {
			return (this.end != 0) ? this.end : now;
		}

	}

}
