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
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.mooring.benchmarks.workload.Workload;

/**
 * Handle of an {@link Agent} in the measuring process.
 */
public final class AgentProcess implements AutoCloseable {

	private static final long PATIENCE_SECONDS = 60;

	private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

	private final String name;

	private final Process process;

	private final PrintStream commands;

	/**
	 * Start an agent.
	 * @param name name of a contender, or {@link Agent#PEER}
	 * @param counterFile file of the counter
	 * @param options options of the JVM
	 * @throws IOException if the process cannot be started
	 */
	public AgentProcess(String name, Path counterFile, List<String> options) throws IOException {
		this.name = name;
		List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", "-Xmx512m"));
		command.addAll(options);
		String classPath = System.getProperty("java.class.path");
		if (classPath.endsWith(".jar") && !classPath.contains(":")) {
			Collections.addAll(command, "-jar", classPath);
		}
		else {
			Collections.addAll(command, "-cp", classPath, "io.mooring.benchmarks.Benchmarks");
		}
		Collections.addAll(command, "agent", name, counterFile.toString());
		this.process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		this.commands = new PrintStream(this.process.getOutputStream(), true, StandardCharsets.UTF_8);
		Thread reader = new Thread(this::read, name + " answers");
		reader.setDaemon(true);
		reader.start();
	}

	private void read() {
		try (BufferedReader output = this.process.inputReader(StandardCharsets.UTF_8)) {
			for (String line = output.readLine(); line != null; line = output.readLine()) {
				this.answers.add(line);
			}
		}
		catch (IOException ex) {
			this.answers.add("failed " + ex);
		}
		this.answers.add("failed the process ended");
	}

	/**
	 * Open a task.
	 * @param workload the workload
	 * @param target the endpoint to connect to, {@code -} for none
	 * @return the endpoint of the task, {@code -} for none
	 */
	public String open(Workload workload, String target) {
		return call("open " + workload.toText() + " " + target);
	}

	/**
	 * Return the figures of the process and of its task.
	 * @return figures by name
	 */
	public Map<String, Double> figures() {
		return parse(call("figures"));
	}

	/**
	 * Stop sending.
	 * @return figures by name
	 */
	public Map<String, Double> stop() {
		return parse(call("stop"));
	}

	/**
	 * Close the task.
	 */
	public void closeTask() {
		call("close");
	}

	private static Map<String, Double> parse(String text) {
		Map<String, Double> figures = new HashMap<>();
		for (String figure : text.split(" ")) {
			String[] parts = figure.split("=");
			figures.put(parts[0], Double.valueOf(parts[1]));
		}
		return figures;
	}

	private String call(String command) {
		this.commands.println(command);
		String answer = null;
		try {
			answer = this.answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		if (answer == null) {
			throw new IllegalStateException(this.name + " does not answer '" + command + "'");
		}
		if (!answer.startsWith("ok ")) {
			throw new IllegalStateException(this.name + ", '" + command + "': " + answer);
		}
		return answer.substring("ok ".length());
	}

	/**
	 * End the process.
	 */
	@Override
	public void close() {
		this.process.destroyForcibly().onExit().join();
	}

}
