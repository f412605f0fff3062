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

package io.mooring.benchmarks.agent;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

import io.mooring.benchmarks.engine.Endpoint;
import io.mooring.benchmarks.peer.Worker;
import io.mooring.benchmarks.workload.Frames;
import io.mooring.benchmarks.workload.Kind;
import io.mooring.benchmarks.workload.Latencies;
import io.mooring.benchmarks.workload.Task;
import io.mooring.benchmarks.workload.Workload;

/**
 * Task that sends messages or requests through a contender, on one or several threads.
 */
final class Driver implements Task {

	private final Latencies latencies = new Latencies();

	private final LongAdder count = new LongAdder();

	private final List<Worker> callers = new ArrayList<>();

	private final Endpoint endpoint;

	Driver(Endpoint endpoint, Workload workload) {
		this.endpoint = endpoint;
		byte[] payload = Frames.payload(workload.size());
		for (int index = 0; index < workload.count(); index++) {
			this.callers.add(new Worker((workload.kind() == Kind.REQUEST) ? () -> request(payload) : () -> {
				this.endpoint.send(payload);
				this.count.increment();
			}));
		}
		this.callers.forEach(Worker::start);
	}

	private void request(byte[] payload) throws Exception {
		long begin = System.nanoTime();
		byte[] reply = this.endpoint.request(payload);
		this.latencies.add(System.nanoTime() - begin);
		if (!Arrays.equals(payload, reply)) {
			throw new IllegalStateException("A reply is not its request");
		}
		this.count.increment();
	}

	@Override
	public long count() {
		return this.count.sum();
	}

	@Override
	public Map<String, Double> figures() {
		return this.latencies.drain();
	}

	@Override
	public void stop() throws Exception {
		for (Worker caller : this.callers) {
			caller.stop();
		}
	}

	@Override
	public void close() throws Exception {
		this.endpoint.close();
	}

}
