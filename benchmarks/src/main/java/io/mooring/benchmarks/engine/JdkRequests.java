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

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Map;

import io.mooring.benchmarks.workload.Frames;
import io.mooring.benchmarks.workload.Workload;

/**
 * Client that writes a request and reads the reply on the caller's thread.
 */
final class JdkRequests implements Endpoint {

	private final SocketChannel channel;

	private final Frames frames;

	private final Messages requests = new Messages((message) -> exchange((byte[]) message.getPayload()));

	private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);

	private byte[] reply = new byte[0];

	JdkRequests(SocketChannel channel, Workload workload) {
		this.channel = channel;
		this.frames = Frames.of(workload);
	}

	@Override
	public byte[] request(byte[] payload) {
		this.requests.send(payload, Map.of());
		return this.reply;
	}

	private void exchange(byte[] payload) {
		try {
			this.frames.write(payload, this.buffer.clear());
			this.buffer.flip();
			while (this.buffer.hasRemaining()) {
				this.channel.write(this.buffer);
			}
			this.reply = read();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private byte[] read() throws IOException {
		this.buffer.clear();
		while (this.channel.read(this.buffer) >= 0) {
			byte[] payload = this.frames.read(this.buffer.flip());
			if (payload != null) {
				return payload;
			}
			this.buffer.compact();
		}
		throw new EOFException("The peer closed the connection");
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
	}

}
