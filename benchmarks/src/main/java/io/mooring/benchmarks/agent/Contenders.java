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

import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.mooring.benchmarks.engine.BootApplication;
import io.mooring.benchmarks.engine.Consumer;
import io.mooring.benchmarks.engine.Endpoint;
import io.mooring.benchmarks.engine.Engine;
import io.mooring.benchmarks.workload.Counter;
import io.mooring.benchmarks.workload.Kind;
import io.mooring.benchmarks.workload.Latencies;
import io.mooring.benchmarks.workload.Task;
import io.mooring.benchmarks.workload.Workload;

/**
 * Factory for the contender's side of workloads.
 */
final class Contenders {

	private Contenders() {
	}

	static Task open(Engine engine, Workload workload, String target, Counter counter) throws Exception {
		return switch (workload.kind()) {
			case RECEIVE, HOLD -> {
				counter.reset();
				Consumer consumer = new Consumer(workload, counter);
				yield new Receiving(engine.receive(workload, consumer), consumer, counter, workload.kind());
			}
			case ANSWER, ANSWER_BY_GATEWAY -> new Answering(engine.answer(workload));
			case SEND, REQUEST -> new Driver(engine.connect(workload, target), workload);
			case START, HEALTH -> new Running(engine, workload);
		};
	}

	/**
	 * Task that receives messages.
	 */
	private record Receiving(Endpoint endpoint, Consumer consumer, Counter counter, Kind kind) implements Task {

		@Override
		public String address() {
			return this.endpoint.address();
		}

		@Override
		public long count() {
			return this.counter.get();
		}

		@Override
		public Map<String, Double> figures() throws Exception {
			if (this.kind == Kind.HOLD) {
				return Resources.takeMemory();
			}
			return Map.of("wrong", (double) this.consumer.wrong(), "late", (double) this.consumer.late());
		}

		@Override
		public void close() throws Exception {
			this.endpoint.close();
		}

	}

	/**
	 * Task that replies to requests, which the peer counts.
	 */
	private record Answering(Endpoint endpoint) implements Task {

		@Override
		public String address() {
			return this.endpoint.address();
		}

		@Override
		public long count() {
			return 0;
		}

		@Override
		public void close() throws Exception {
			this.endpoint.close();
		}

	}

	/**
	 * Task of an application with connections.
	 */
	private static final class Running implements Task {

		private final BootApplication application;

		private final double millis;

		private final boolean health;

		Running(Engine engine, Workload workload) {
			long begin = System.nanoTime();
			this.application = engine.start(workload.count());
			this.millis = (System.nanoTime() - begin) / 1e6;
			this.health = workload.kind() == Kind.HEALTH;
		}

		@Override
		public long count() {
			return 0;
		}

		@Override
		public Map<String, Double> figures() {
			if (!this.health) {
				return Map.of("millis", this.millis);
			}
			latencies();
			return latencies();
		}

		private Map<String, Double> latencies() {
			Latencies latencies = new Latencies();
			long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
			for (long begin = System.nanoTime(); begin < end; begin = System.nanoTime()) {
				String status = this.application.health();
				latencies.add(System.nanoTime() - begin);
				if (!"UP".equals(status)) {
					throw new IllegalStateException("The health is " + status);
				}
			}
			return latencies.drain();
		}

		@Override
		public void close() {
			this.application.close();
		}

	}

}
