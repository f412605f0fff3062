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

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

import io.mooring.benchmarks.workload.Frames;
import io.mooring.benchmarks.workload.Task;
import io.mooring.benchmarks.workload.Workload;

/**
 * Server that sends back each frame.
 */
final class EchoServer implements Task {

	private final ServerSocketChannel server = Sockets.listen();

	private final ByteBuffer buffer;

	private volatile long count;

	EchoServer(Workload workload) throws IOException {
		this.buffer = ByteBuffer.allocateDirect(workload.size() + Frames.of(workload).overhead());
		new Worker(this::serve).start();
	}

	private void serve() throws IOException {
		try (SocketChannel client = Sockets.accept(this.server)) {
			while (client.read(this.buffer) >= 0) {
				if (!this.buffer.hasRemaining()) {
					Sockets.writeFully(client, this.buffer.flip());
					this.buffer.clear();
					this.count++;
				}
			}
		}
	}

	@Override
	public String address() {
		return String.valueOf(this.server.socket().getLocalPort());
	}

	@Override
	public long count() {
		return this.count;
	}

	@Override
	public void close() throws IOException {
		this.server.close();
	}

}
