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

package io.mooring.benchmarks;

import java.util.EnumMap;
import java.util.Map;

import io.mooring.benchmarks.agent.AgentProcess;
import io.mooring.benchmarks.agent.Contender;
import io.mooring.benchmarks.report.Metric;
import io.mooring.benchmarks.workload.Workload;

/**
 * Measurements of memory, startup and health, each in a new process.
 */
final class Standing {

	private Standing() {
	}

	/**
	 * Measure memory and threads of idle clients that sent one frame.
	 */
	static Map<Metric, Double> idle(Session session, Contender contender, Workload workload) throws Exception {
		int clients = session.count(workload);
		AgentProcess peer = session.peer();
		try (AgentProcess subject = session.fresh(contender)) {
			String address = subject.open(workload, "-");
			Map<String, Double> before = subject.figures();
			peer.open(workload.withCount(clients), address);
			Flow.awaitCount(subject, clients);
			Map<String, Double> after = subject.figures();
			peer.closeTask();
			Map<Metric, Double> samples = new EnumMap<>(Metric.class);
			samples.put(Metric.CLIENT_MEMORY, Flow.difference(before, after, "rss") / clients / 1024);
			samples.put(Metric.MEMORY, after.get("rss") / 1024 / 1024);
			samples.put(Metric.THREADS, Flow.difference(before, after, "threads"));
			return samples;
		}
	}

	/**
	 * Measure the startup time without connections, and the additional time with them.
	 */
	static Map<Metric, Double> start(Session session, Contender contender, Workload workload) throws Exception {
		double without = session.startWithout(contender,
				() -> run(session, contender, workload.withCount(0)).get("millis"));
		double with = run(session, contender, workload).get("millis");
		Map<Metric, Double> samples = new EnumMap<>(Metric.class);
		samples.put(Metric.START, without);
		samples.put(Metric.ADDED, with - without);
		return samples;
	}

	/**
	 * Measure the health endpoint.
	 */
	static Map<Metric, Double> health(Session session, Contender contender, Workload workload) throws Exception {
		Map<String, Double> figures = run(session, contender, workload);
		return new EnumMap<>(Map.of(Metric.P50, figures.get("p50"), Metric.P99, figures.get("p99")));
	}

	private static Map<String, Double> run(Session session, Contender contender, Workload workload) throws Exception {
		try (AgentProcess subject = session.fresh(contender)) {
			subject.open(workload.withCount(session.count(workload)), "-");
			return subject.figures();
		}
	}

}
