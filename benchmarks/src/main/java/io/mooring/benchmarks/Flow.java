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
import java.util.concurrent.TimeUnit;

import io.mooring.benchmarks.agent.AgentProcess;
import io.mooring.benchmarks.agent.Contender;
import io.mooring.benchmarks.report.Metric;
import io.mooring.benchmarks.workload.Kind;
import io.mooring.benchmarks.workload.Protocol;
import io.mooring.benchmarks.workload.Workload;

/**
 * {@link Measurement} of continuous messages or round trips, which verifies afterwards
 * that none was lost.
 */
final class Flow implements Measurement {

	private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

	@Override
	public Map<Metric, Double> measure(Session session, Contender contender, Workload workload) throws Exception {
		AgentProcess subject = session.contender(contender);
		AgentProcess peer = session.peer();
		AgentProcess server = workload.kind().isServer() ? subject : peer;
		AgentProcess client = workload.kind().isServer() ? peer : subject;
		client.open(workload, server.open(workload, "-"));
		AgentProcess counting = isCountedByContender(workload) ? subject : peer;
		awaitCount(counting, 1);
		TimeUnit.MILLISECONDS.sleep(session.warmUpMillis());
		Map<String, Double> before = subject.figures();
		Map<String, Double> peerBefore = peer.figures();
		Map<String, Double> after;
		Map<String, Double> peerAfter;
		double messages;
		long end = System.nanoTime() + PATIENCE_NANOS;
		do {
			TimeUnit.MILLISECONDS.sleep(session.millis());
			after = subject.figures();
			peerAfter = peer.figures();
			messages = (counting == subject) ? difference(before, after, "count")
					: difference(peerBefore, peerAfter, "count");
		}
		while (messages == 0 && System.nanoTime() < end);
		double sent = client.stop().get("count");
		if (workload.protocol() != Protocol.UDP || workload.kind() != Kind.SEND) {
			awaitCount((client == subject) ? peer : counting, sent);
		}
		requireNothingWrong(subject.figures());
		client.closeTask();
		server.closeTask();
		if (messages == 0) {
			throw new IllegalStateException("Nothing came any more");
		}
		Map<Metric, Double> samples = new EnumMap<>(Metric.class);
		double nanos = (counting == subject) ? difference(before, after, "nanos")
				: difference(peerBefore, peerAfter, "nanos");
		samples.put(Metric.RATE, messages / nanos * 1e9);
		samples.put(Metric.TRIPS, messages / nanos * 1e9);
		samples.put(Metric.CPU, difference(before, after, "cpu") / messages / 1000);
		samples.put(Metric.ALLOCATED, difference(before, after, "allocated") / messages);
		samples.put(Metric.PEER, busy(peerBefore, peerAfter));
		samples.put(Metric.LATE, difference(before, after, "late") / messages * 100);
		Map<String, Double> times = (client == subject) ? after : peerAfter;
		if (times.containsKey("p50")) {
			samples.put(Metric.P50, times.get("p50"));
			samples.put(Metric.P99, times.get("p99"));
		}
		return samples;
	}

	/**
	 * Return whether the contender counts the messages, rather than the peer.
	 */
	private static boolean isCountedByContender(Workload workload) {
		return switch (workload.kind()) {
			case SEND -> workload.protocol() == Protocol.UDP;
			case ANSWER, ANSWER_BY_GATEWAY -> false;
			default -> true;
		};
	}

	static double difference(Map<String, Double> before, Map<String, Double> after, String figure) {
		return after.getOrDefault(figure, 0.0) - before.getOrDefault(figure, 0.0);
	}

	/**
	 * Return the percentage of time in which the peer used the processor and did not wait
	 * for the contender or for its time to send.
	 */
	static double busy(Map<String, Double> before, Map<String, Double> after) {
		double worked = difference(before, after, "cpu") - difference(before, after, "waited");
		return Math.max(0, worked / difference(before, after, "nanos") * 100);
	}

	static void requireNothingWrong(Map<String, Double> figures) {
		if (figures.getOrDefault("wrong", 0.0) > 0) {
			throw new IllegalStateException(figures.get("wrong") + " messages are not as they were sent");
		}
	}

	static void awaitCount(AgentProcess process, double count) throws InterruptedException {
		long end = System.nanoTime() + PATIENCE_NANOS;
		double came = process.figures().get("count");
		while (came < count) {
			if (System.nanoTime() > end) {
				throw new IllegalStateException("%.0f of %.0f messages arrived".formatted(came, count));
			}
			TimeUnit.MILLISECONDS.sleep(2);
			came = process.figures().get("count");
		}
		if (count > 1 && came > count) {
			throw new IllegalStateException("%.0f messages arrived of %.0f sent".formatted(came, count));
		}
	}

}
