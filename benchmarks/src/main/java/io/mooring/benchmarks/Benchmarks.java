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

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.mooring.benchmarks.agent.Agent;
import io.mooring.benchmarks.agent.Contender;
import io.mooring.benchmarks.report.Report;
import io.mooring.benchmarks.report.Samples;

/**
 * Benchmark runner for Mooring, spring-integration-ip and bare engines, measured
 * alternately. Exits with an error if a message is lost in a lossless workload or
 * anything fails, but not because of speed.
 */
public final class Benchmarks {

	private final PrintStream output = new PrintStream(System.out, true, StandardCharsets.UTF_8);

	private final Report report = new Report(this.output);

	private final List<String> failures = new ArrayList<>();

	private Benchmarks() {
	}

	/**
	 * Run the benchmarks.
	 * @param args {@code smoke} or {@code full}, and the names of the tables, by default
	 * all
	 * @throws Exception if the run cannot be started
	 */
	public static void main(String[] args) throws Exception {
		if (args.length == 3 && "agent".equals(args[0])) {
			Agent.run(args[1], Path.of(args[2]));
			return;
		}
		List<String> families = new ArrayList<>(List.of(args));
		boolean smoke = families.remove("smoke");
		families.remove("full");
		List<Row> rows = Rows.all();
		Set<String> known = rows.stream().map(Row::family).collect(Collectors.toCollection(LinkedHashSet::new));
		if (!known.containsAll(families)) {
			System.err.println("Usage: [smoke|full] [table ...], tables are " + known);
			System.exit(2);
		}
		Benchmarks benchmarks = new Benchmarks();
		try (Session session = new Session(smoke)) {
			benchmarks.run(session,
					rows.stream().filter((row) -> families.isEmpty() || families.contains(row.family())).toList());
		}
		System.exit(benchmarks.failures.isEmpty() ? 0 : 1);
	}

	private void run(Session session, List<Row> rows) {
		this.output.printf("Java %s, %d processors, %s%n", System.getProperty("java.version"),
				Runtime.getRuntime().availableProcessors(), session.isSmoke() ? "smoke" : "full");
		String family = "";
		for (Row row : rows) {
			if (!row.family().equals(family)) {
				family = row.family();
				this.report.begin(family, row.metrics());
			}
			print(row, measure(session, row));
		}
		this.failures.forEach((failure) -> this.output.println("FAILED " + failure));
	}

	private Map<Contender, Samples> measure(Session session, Row row) {
		Map<Contender, Samples> samples = new EnumMap<>(Contender.class);
		for (int round = 0; round < session.rounds(); round++) {
			session.begin(round);
			for (Contender contender : row.contenders()) {
				try {
					samples.computeIfAbsent(contender, (key) -> new Samples())
						.add(row.measurement().measure(session, contender, row.workload()));
				}
				catch (Exception ex) {
					this.failures.add(row.family() + ", " + row.name() + ", " + contender.label() + ": " + ex);
					session.discard(contender);
				}
			}
		}
		return samples;
	}

	private void print(Row row, Map<Contender, Samples> samples) {
		String name = row.name();
		for (Contender contender : row.contenders()) {
			this.report.line(name, contender.label(), row.metrics(), samples.get(contender),
					samples.get(contender.baseline()));
			name = "";
		}
	}

}
