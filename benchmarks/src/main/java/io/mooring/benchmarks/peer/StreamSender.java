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

import io.mooring.benchmarks.workload.Frames;
import io.mooring.benchmarks.workload.Task;
import io.mooring.benchmarks.workload.Workload;

/**
 * Sender of frames, as many as fit into 64 KiB with one call.
 */
final class StreamSender implements Task {

	private static final int JOINED_BYTES = 64 * 1024;

	private final SocketChannel channel;

	private final ByteBuffer joined;

	private final int frames;

	private final Worker worker;

	private volatile long sent;

	StreamSender(Workload workload, String target) throws IOException {
		Frames framing = Frames.of(workload);
		int frame = workload.size() + framing.overhead();
		this.frames = Math.max(1, JOINED_BYTES / frame);
		this.joined = ByteBuffer.allocateDirect(this.frames * frame);
		for (int index = 0; index < this.frames; index++) {
			framing.write(Frames.payload(workload.size()), this.joined);
		}
		this.channel = Sockets.connect(target);
		this.worker = new Worker(this::send);
		this.worker.start();
	}

	private void send() throws IOException {
		Sockets.writeFully(this.channel, this.joined.rewind());
		this.sent += this.frames;
	}

	@Override
	public long count() {
		return this.sent;
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
