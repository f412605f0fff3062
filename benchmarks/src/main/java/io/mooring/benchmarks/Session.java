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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

import io.mooring.benchmarks.agent.Agent;
import io.mooring.benchmarks.agent.AgentProcess;
import io.mooring.benchmarks.agent.Contender;
import io.mooring.benchmarks.workload.Workload;

/**
 * The processes of a run: one for each contender, and one for their peer.
 */
final class Session implements AutoCloseable {

	private final Map<Contender, AgentProcess> contenders = new EnumMap<>(Contender.class);

	private final Map<String, Double> startsWithout = new HashMap<>();

	private final boolean smoke;

	private final Path directory;

	private final Path counter;

	private @Nullable AgentProcess peer;

	private int round;

	Session(boolean smoke) throws IOException {
		this.smoke = smoke;
		this.directory = Files.createTempDirectory("benchmarks");
		this.counter = this.directory.resolve("counter");
	}

	boolean isSmoke() {
		return this.smoke;
	}

	int rounds() {
		return this.smoke ? 1 : 3;
	}

	/**
	 * Return the duration of the warm-up: longer in the first round, in which the code is
	 * compiled.
	 */
	long warmUpMillis() {
		if (this.smoke) {
			return 30;
		}
		return (this.round == 0) ? 600 : 100;
	}

	/**
	 * Return the number of clients or connections, which is lower in a smoke run.
	 */
	int count(Workload workload) {
		return this.smoke ? Math.min(50, workload.count()) : workload.count();
	}

	long millis() {
		return this.smoke ? 50 : 400;
	}

	void begin(int round) {
		this.round = round;
	}

	AgentProcess contender(Contender contender) throws IOException {
		AgentProcess process = this.contenders.get(contender);
		if (process == null) {
			process = fresh(contender);
			this.contenders.put(contender, process);
		}
		return process;
	}

	/**
	 * Start a separate process, which the caller closes.
	 */
	AgentProcess fresh(Contender contender) throws IOException {
		return start(contender.name());
	}

	AgentProcess peer() throws IOException {
		AgentProcess process = this.peer;
		if (process == null) {
			process = start(Agent.PEER);
			this.peer = process;
		}
		return process;
	}

	/**
	 * Return the startup time without connections, shared by all rows of a round.
	 */
	double startWithout(Contender contender, Callable<Double> measurement) throws Exception {
		String key = contender + " " + this.round;
		Double known = this.startsWithout.get(key);
		if (known == null) {
			known = measurement.call();
			this.startsWithout.put(key, known);
		}
		return known;
	}

	private AgentProcess start(String name) throws IOException {
		List<String> options = new ArrayList<>(List.of("-Djava.io.tmpdir=" + this.directory));
		if (this.smoke) {
			// Too short for the optimizing compiler to pay off
			options.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
		}
		return new AgentProcess(name, this.counter, options);
	}

	/**
	 * Terminate the processes of a failed measurement.
	 */
	void discard(Contender contender) {
		AgentProcess process = this.contenders.remove(contender);
		if (process != null) {
			process.close();
		}
		if (this.peer != null) {
			this.peer.close();
			this.peer = null;
		}
	}

	@Override
	public void close() throws IOException {
		for (Contender contender : Contender.values()) {
			discard(contender);
		}
		FileSystemUtils.deleteRecursively(this.directory);
	}

}
