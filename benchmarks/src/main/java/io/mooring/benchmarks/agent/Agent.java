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

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.mooring.benchmarks.engine.Engine;
import io.mooring.benchmarks.peer.Peers;
import io.mooring.benchmarks.workload.Counter;
import io.mooring.benchmarks.workload.Task;
import io.mooring.benchmarks.workload.Workload;

/**
 * Process of a contender or of the peer, which reads commands from standard input and
 * runs one task at a time.
 */
public final class Agent {

	/**
	 * Name of the process that is the peer of the contenders.
	 */
	public static final String PEER = "peer";

	private final @Nullable Engine engine;

	private final Counter counter;

	private @Nullable Task task;

	private Agent(@Nullable Engine engine, Counter counter) {
		this.engine = engine;
		this.counter = counter;
	}

	/**
	 * Run commands until the standard input ends.
	 * @param name name of a contender, or {@link #PEER}
	 * @param counterFile file of the {@link Counter}
	 * @throws IOException if the standard input cannot be read
	 */
	public static void run(String name, Path counterFile) throws IOException {
		PrintStream output = System.out;
		System.setOut(System.err);
		Engine engine = PEER.equals(name) ? null : Contender.valueOf(name).create();
		Agent agent = new Agent(engine, Counter.map(counterFile));
		BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		for (String command = commands.readLine(); command != null; command = commands.readLine()) {
			output.println(agent.answer(command.split(" ")));
		}
		System.exit(0);
	}

	private String answer(String[] command) {
		try {
			return "ok " + switch (command[0]) {
				case "open" -> open(Workload.parse(command[1]), command[2]);
				case "stop" -> {
					current().stop();
					yield figures();
				}
				case "figures" -> figures();
				case "close" -> close();
				default -> throw new IllegalArgumentException(command[0]);
			};
		}
		catch (Exception | LinkageError ex) {
			ex.printStackTrace();
			return "failed " + ex.toString().replaceAll("\\s+", " ");
		}
	}

	private String open(Workload workload, String target) throws Exception {
		close();
		Task opened = (this.engine != null) ? Contenders.open(this.engine, workload, target, this.counter)
				: Peers.open(workload, target, this.counter);
		this.task = opened;
		return opened.address();
	}

	private String figures() throws Exception {
		Map<String, Double> figures = new LinkedHashMap<>(Resources.take());
		figures.put("count", (double) current().count());
		figures.putAll(current().figures());
		return figures.entrySet().stream().map(Object::toString).collect(Collectors.joining(" "));
	}

	private String close() throws Exception {
		Task closed = this.task;
		this.task = null;
		if (closed != null) {
			closed.close();
		}
		return "-";
	}

	private Task current() {
		if (this.task == null) {
			throw new IllegalStateException("Nothing is open");
		}
		return this.task;
	}

}
