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

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.MessageHandler;

import io.mooring.benchmarks.workload.Frames;
import io.mooring.benchmarks.workload.Protocol;
import io.mooring.benchmarks.workload.Workload;

/**
 * Server with a blocking thread for each client.
 */
final class JdkListener implements Endpoint {

	private final ServerSocketChannel server;

	private final Workload workload;

	private final @Nullable MessageHandler consumer;

	private final Queue<SocketChannel> clients = new ConcurrentLinkedQueue<>();

	JdkListener(ServerSocketChannel server, Workload workload, @Nullable MessageHandler consumer) {
		this.server = server;
		this.workload = workload;
		this.consumer = consumer;
		BlockingThread.start("accept", this::accept);
	}

	@Override
	public String address() {
		try {
			SocketAddress local = this.server.getLocalAddress();
			return (local instanceof InetSocketAddress address) ? String.valueOf(address.getPort()) : local.toString();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void accept() throws IOException {
		while (true) {
			SocketChannel client = this.server.accept();
			if (this.workload.protocol() == Protocol.TCP) {
				client.setOption(StandardSocketOptions.TCP_NODELAY, true);
			}
			this.clients.add(client);
			BlockingThread.start("client", () -> read(client));
		}
	}

	private void read(SocketChannel client) throws IOException {
		Frames frames = Frames.of(this.workload);
		Map<String, Object> headers = Messages.headers(client.getRemoteAddress());
		Messages messages = new Messages((this.consumer != null) ? this.consumer
				: (message) -> write(client, frames.frame((byte[]) message.getPayload())));
		ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
		while (client.read(buffer) >= 0) {
			buffer.flip();
			for (byte[] payload = frames.read(buffer); payload != null; payload = frames.read(buffer)) {
				messages.send(payload, headers);
			}
			buffer.compact();
		}
		client.close();
	}

	private static void write(SocketChannel client, ByteBuffer frame) {
		try {
			while (frame.hasRemaining()) {
				client.write(frame);
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		for (SocketChannel client : this.clients) {
			client.close();
		}
	}

}
