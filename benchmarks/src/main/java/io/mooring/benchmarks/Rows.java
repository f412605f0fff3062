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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.mooring.benchmarks.agent.Contender;
import io.mooring.benchmarks.report.Metric;
import io.mooring.benchmarks.workload.Kind;
import io.mooring.benchmarks.workload.Protocol;
import io.mooring.benchmarks.workload.Workload;

/**
 * All rows.
 */
final class Rows {

	private static final List<Metric> RATES = List.of(Metric.RATE, Metric.CPU, Metric.ALLOCATED, Metric.PEER);

	private static final List<Metric> TRIPS = List.of(Metric.P50, Metric.P99, Metric.CPU, Metric.ALLOCATED);

	private static final List<Contender> APPLICATIONS = List.of(Contender.SI, Contender.MOORING, Contender.SI_METERED,
			Contender.MOORING_METERED);

	private final List<Row> rows = new ArrayList<>();

	private Rows() {
	}

	static List<Row> all() {
		Rows all = new Rows();
		all.tcp();
		all.requests();
		all.udp();
		all.unix();
		all.standing();
		return all.rows;
	}

	private void tcp() {
		for (String framing : List.of("length", "crlf")) {
			for (int size : new int[] { 64, 1024 }) {
				add("tcp-in", framing + ", " + size + " B", new Workload(Kind.RECEIVE, Protocol.TCP, framing, size),
						new Flow(), RATES, with(Contender.JDK, Contender.NETTY));
			}
		}
		for (int callers : new int[] { 1, 16 }) {
			for (int size : new int[] { 64, 1024 }) {
				add("tcp-out", callers + ((callers > 1) ? " callers, " : " caller, ") + size + " B",
						new Workload(Kind.SEND, Protocol.TCP, "length", size).withCount(callers), new Flow(), RATES,
						with(Contender.MOORING_BEAN, Contender.JDK, Contender.NETTY));
			}
		}
	}

	private void requests() {
		List<Contender> contenders = with(Contender.JDK, Contender.NETTY);
		add("round-trip", "answers, adapters", new Workload(Kind.ANSWER, Protocol.TCP, "length", 64), new Flow(), TRIPS,
				contenders);
		add("round-trip", "answers, gateway", new Workload(Kind.ANSWER_BY_GATEWAY, Protocol.TCP, "length", 64),
				new Flow(), TRIPS, contenders);
		add("round-trip", "asks, gateway", new Workload(Kind.REQUEST, Protocol.TCP, "length", 64), new Flow(), TRIPS,
				contenders);
	}

	private void udp() {
		List<Contender> receivers = with(Contender.JDK, Contender.NETTY, Contender.NATIVE);
		for (int size : new int[] { 64, 1400 }) {
			add("udp-in", size + " B", new Workload(Kind.RECEIVE, Protocol.UDP, "plain", size), new Flow(),
					List.of(Metric.RATE, Metric.CPU, Metric.ALLOCATED, Metric.LATE, Metric.PEER), receivers);
		}
		for (int size : new int[] { 64, 1400 }) {
			add("udp-lossless", size + " B", new Workload(Kind.RECEIVE, Protocol.UDP, "plain", size), new Lossless(),
					List.of(Metric.RATE, Metric.CPU, Metric.PEER), receivers);
		}
		for (int size : new int[] { 64, 1400 }) {
			add("udp-out", size + " B", new Workload(Kind.SEND, Protocol.UDP, "plain", size), new Flow(),
					List.of(Metric.RATE, Metric.CPU, Metric.ALLOCATED),
					with(Contender.MOORING_BEAN, Contender.JDK, Contender.NETTY));
		}
	}

	private void unix() {
		for (int size : new int[] { 64, 1024 }) {
			add("unix-stream", "length, " + size + " B", new Workload(Kind.RECEIVE, Protocol.UNIX, "length", size),
					new Flow(), RATES,
					List.of(Contender.MOORING, Contender.MOORING_METERED, Contender.JDK, Contender.NETTY));
		}
		for (String variant : List.of("plain", "descriptor", "credentials")) {
			List<Contender> contenders = new ArrayList<>(
					List.of(Contender.MOORING, Contender.MOORING_METERED, Contender.NATIVE));
			if (!"credentials".equals(variant)) {
				contenders.add(Contender.JUNIXSOCKET);
			}
			add("unix-datagram", variant + ", 64 B", new Workload(Kind.RECEIVE, Protocol.UNIX_DATAGRAM, variant, 64),
					new Flow(), RATES, contenders);
		}
	}

	private void standing() {
		Workload workload = new Workload(Kind.HOLD, Protocol.TCP, "length", 64);
		add("idle-clients", "5,000 clients", workload.withCount(5000), Standing::idle,
				List.of(Metric.CLIENT_MEMORY, Metric.MEMORY, Metric.THREADS),
				List.of(Contender.SI, Contender.SI_NIO, Contender.MOORING, Contender.JDK, Contender.NETTY));
		for (int connections : new int[] { 1, 50, 500 }) {
			add("start-up", connections + ((connections > 1) ? " connections" : " connection"),
					new Workload(Kind.START, Protocol.TCP, "length", 64).withCount(connections), Standing::start,
					List.of(Metric.START, Metric.ADDED), List.of(Contender.SI, Contender.MOORING));
		}
		for (int connections : new int[] { 50, 1000 }) {
			add("health", connections + " connections",
					new Workload(Kind.HEALTH, Protocol.TCP, "length", 64).withCount(connections), Standing::health,
					List.of(Metric.P50, Metric.P99), List.of(Contender.MOORING));
		}
	}

	private void add(String family, String name, Workload workload, Measurement measurement, List<Metric> metrics,
			List<Contender> contenders) {
		this.rows.add(new Row(family, name, workload, measurement, metrics, contenders));
	}

	private static List<Contender> with(Contender... bare) {
		return Stream.concat(APPLICATIONS.stream(), Arrays.stream(bare)).toList();
	}

}
