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
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

import org.jspecify.annotations.Nullable;

import io.mooring.benchmarks.workload.Frames;
import io.mooring.benchmarks.workload.Workload;

/**
 * Bounded queue with a thread that writes all queued frames together.
 */
final class JdkWriter implements Endpoint {

	private static final byte[] END = new byte[0];

	private final BlockingQueue<byte[]> queue = new ArrayBlockingQueue<>(1024);

	private final SocketChannel channel;

	private final Frames frames;

	private final Messages messages = new Messages((message) -> put((byte[]) message.getPayload()));

	private final Thread writer;

	JdkWriter(SocketChannel channel, Workload workload) {
		this.channel = channel;
		this.frames = Frames.of(workload);
		this.writer = BlockingThread.start("writer", this::write);
	}

	@Override
	public void send(byte[] payload) {
		this.messages.send(payload, Map.of());
	}

	private void put(byte[] payload) {
		try {
			this.queue.put(payload);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private void write() throws IOException, InterruptedException {
		ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
		byte @Nullable [] next = this.queue.take();
		while (next != END) {
			while (next != null && next != END && buffer.remaining() >= next.length + this.frames.overhead()) {
				this.frames.write(next, buffer);
				next = this.queue.poll();
			}
			buffer.flip();
			while (buffer.hasRemaining()) {
				this.channel.write(buffer);
			}
			buffer.clear();
			if (next == null) {
				next = this.queue.take();
			}
		}
	}

	@Override
	public void close() throws Exception {
		put(END);
		this.writer.join();
		this.channel.close();
	}

}
