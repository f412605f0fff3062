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
 * Reader of frames of one size, counted by bytes.
 */
final class StreamSink implements Task {

	private final ServerSocketChannel server = Sockets.listen();

	private final ByteBuffer buffer = ByteBuffer.allocateDirect(256 * 1024);

	private final int frame;

	private volatile long bytes;

	StreamSink(Workload workload) throws IOException {
		this.frame = workload.size() + Frames.of(workload).overhead();
		new Worker(this::read).start();
	}

	private void read() throws IOException {
		SocketChannel accepted = Sockets.accept(this.server);
		int read = accepted.read(this.buffer);
		while (read >= 0) {
			this.bytes += read;
			read = accepted.read(this.buffer.clear());
		}
		accepted.close();
	}

	@Override
	public String address() {
		return String.valueOf(this.server.socket().getLocalPort());
	}

	@Override
	public long count() {
		return this.bytes / this.frame;
	}

	@Override
	public void close() throws IOException {
		this.server.close();
	}

}
