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
import java.nio.ByteOrder;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import com.sun.jna.Memory;

import io.mooring.benchmarks.engine.NativeSocket;
import io.mooring.benchmarks.workload.Counter;
import io.mooring.benchmarks.workload.Protocol;
import io.mooring.benchmarks.workload.Task;
import io.mooring.benchmarks.workload.Workload;

/**
 * Sender of numbered datagrams, up to 32 with one call: at a rate, or as many as a window
 * allows.
 */
final class DatagramSender implements Task {

	private static final int BATCH = 32;

	private static final int WINDOW = 64;

	private static final int CONTROL = 24;

	private final Workload workload;

	private final Counter received;

	private final NativeSocket socket;

	private final Memory headers = new Memory(BATCH * (long) NativeSocket.HEADER);

	private final Memory vectors = new Memory(BATCH * 16L);

	private final Memory control = new Memory(CONTROL);

	private final Memory payloadMemory;

	private final ByteBuffer payloads;

	private final Worker worker;

	private volatile long sent;

	private volatile long waited;

	private long due = System.nanoTime();

	DatagramSender(Workload workload, String target, Counter received) throws IOException {
		this.workload = workload;
		this.received = received;
		this.payloadMemory = new Memory(BATCH * (long) workload.size());
		this.payloads = NativeSocket.block(this.payloadMemory).order(ByteOrder.BIG_ENDIAN);
		prepare("descriptor".equals(workload.variant()));
		this.socket = NativeSocket.connect(target);
		this.worker = new Worker(this::step);
		this.worker.start();
	}

	private void prepare(boolean descriptor) {
		this.headers.clear();
		ByteBuffer header = NativeSocket.block(this.headers);
		ByteBuffer vector = NativeSocket.block(this.vectors);
		// One SCM_RIGHTS of SOL_SOCKET with the descriptor of standard input
		NativeSocket.block(this.control).putLong(Long.BYTES * 2 + Integer.BYTES).putInt(1).putInt(1).putInt(0);
		for (int index = 0; index < BATCH; index++) {
			vector.putLong(NativeSocket.addressOf(this.payloadMemory) + (long) index * this.workload.size())
				.putLong(this.workload.size());
			int offset = index * NativeSocket.HEADER;
			header.putLong(offset + 16, NativeSocket.addressOf(this.vectors) + index * 16L).putLong(offset + 24, 1);
			if (descriptor) {
				header.putLong(offset + 32, NativeSocket.addressOf(this.control)).putLong(offset + 40, CONTROL);
			}
		}
	}

	private void step() throws IOException {
		int batch = (this.workload.rate() > 0) ? awaitTime() : awaitWindow();
		for (int index = 0; index < batch; index++) {
			this.payloads.putLong(index * this.workload.size(), this.sent + index + 1);
		}
		int offset = 0;
		while (offset < batch) {
			offset += this.socket.send(NativeSocket.addressOf(this.headers) + (long) offset * NativeSocket.HEADER,
					batch - offset);
		}
		this.sent += batch;
	}

	private int awaitWindow() {
		if (this.workload.protocol() == Protocol.UNIX_DATAGRAM) {
			// The kernel blocks the sender
			return BATCH;
		}
		long begin = System.nanoTime();
		while (this.sent - this.received.get() > WINDOW - BATCH) {
			if (!this.worker.isRunning()) {
				return 0;
			}
			if (System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(5)) {
				throw new IllegalStateException(
						this.sent - this.received.get() + " datagrams of a window of " + WINDOW + " were lost");
			}
			Thread.yield();
		}
		this.waited += System.nanoTime() - begin;
		return BATCH;
	}

	private int awaitTime() {
		long interval = TimeUnit.SECONDS.toNanos(BATCH) / this.workload.rate();
		long begin = System.nanoTime();
		// Time in which the process did not run is not compensated
		this.due = Math.max(this.due + interval, begin - interval);
		while (System.nanoTime() < this.due) {
			Thread.yield();
		}
		this.waited += System.nanoTime() - begin;
		return BATCH;
	}

	@Override
	public long count() {
		return this.sent;
	}

	@Override
	public Map<String, Double> figures() {
		return Map.of("waited", (double) this.waited);
	}

	@Override
	public void stop() throws Exception {
		this.worker.stop();
	}

	@Override
	public void close() {
		this.socket.close();
	}

}
