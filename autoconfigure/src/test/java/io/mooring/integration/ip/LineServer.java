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

package io.mooring.integration.ip;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * Server that replies to lines, or passes them to the test.
 */
public final class LineServer implements AutoCloseable {

	private final ServerSocket server;

	private final UnaryOperator<String> answer;

	private final BlockingQueue<Socket> clients = new LinkedBlockingQueue<>();

	private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

	private LineServer(int port, UnaryOperator<String> answer) throws IOException {
		this.server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
		this.answer = answer;
		start(this::accept);
	}

	/**
	 * Start a server.
	 * @param answer the function that creates the reply to a line, {@code null} for no
	 * reply
	 */
	public static LineServer answering(UnaryOperator<String> answer) throws IOException {
		return new LineServer(0, answer);
	}

	public static LineServer silent() throws IOException {
		return new LineServer(0, (line) -> null);
	}

	public LineServer again() throws IOException {
		return new LineServer(port(), this.answer);
	}

	private static void start(Runnable task) {
		Thread thread = new Thread(task, "line-server");
		thread.setDaemon(true);
		thread.start();
	}

	public int port() {
		return this.server.getLocalPort();
	}

	private void accept() {
		try {
			while (true) {
				Socket client = this.server.accept();
				client.setTcpNoDelay(true);
				this.clients.add(client);
				start(() -> serve(client));
			}
		}
		catch (IOException ex) {
			// Closed by the test
		}
	}

	private void serve(Socket client) {
		try (BufferedReader reader = new BufferedReader(
				new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8))) {
			String line;
			while ((line = reader.readLine()) != null) {
				this.lines.add(line);
				String answer = this.answer.apply(line);
				if (answer != null) {
					write(client, answer);
				}
			}
		}
		catch (IOException ex) {
			// Closed by either side
		}
	}

	public static void write(Socket client, String line) throws IOException {
		client.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Wait for the next client.
	 */
	public Socket client() throws InterruptedException {
		Socket client = this.clients.poll(20, TimeUnit.SECONDS);
		if (client == null) {
			throw new AssertionError("No client came");
		}
		return client;
	}

	/**
	 * Wait for the next line of any client.
	 */
	public String line() throws InterruptedException {
		return this.lines.poll(20, TimeUnit.SECONDS);
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		for (Socket client : this.clients) {
			client.close();
		}
	}

}
