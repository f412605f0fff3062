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
import java.nio.channels.SocketChannel;
import java.util.Map;

import io.mooring.benchmarks.workload.Frames;
import io.mooring.benchmarks.workload.Latencies;
import io.mooring.benchmarks.workload.Task;
import io.mooring.benchmarks.workload.Workload;

/**
 * Client that sends one request at a time and measures the time to the reply.
 */
final class RequestingClient implements Task {

	private final Latencies latencies = new Latencies();

	private final SocketChannel channel;

	private final ByteBuffer request;

	private final ByteBuffer reply;

	private final Worker worker;

	private volatile long count;

	RequestingClient(Workload workload, String target) throws IOException {
		this.request = Frames.of(workload).frame(Frames.payload(workload.size()));
		this.reply = ByteBuffer.allocateDirect(this.request.remaining());
		this.channel = Sockets.connect(target);
		this.worker = new Worker(this::exchange);
		this.worker.start();
	}

	private void exchange() throws IOException {
		long begin = System.nanoTime();
		Sockets.writeFully(this.channel, this.request.rewind());
		Sockets.readFully(this.channel, this.reply.clear());
		this.latencies.add(System.nanoTime() - begin);
		if (!this.reply.flip().equals(this.request.rewind())) {
			throw new IllegalStateException("A reply is not its request");
		}
		this.count++;
	}

	@Override
	public long count() {
		return this.count;
	}

	@Override
	public Map<String, Double> figures() {
		return this.latencies.drain();
	}

	@Override
	public void stop() throws Exception {
		this.worker.stop();
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
	}

}
