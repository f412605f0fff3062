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

package io.mooring.test.netns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

import io.mooring.test.Requirements;

/**
 * Run of a test class in a JVM inside a namespace, with its outcomes.
 */
final class NamespaceRun {

	private final Map<String, TestOutcome> outcomes;

	private final String end;

	private final @Nullable TestAbortedException unmet;

	private NamespaceRun(Map<String, TestOutcome> outcomes, String end, @Nullable TestAbortedException unmet) {
		this.outcomes = outcomes;
		this.end = end;
		this.unmet = unmet;
	}

	/**
	 * Run a test class in new namespaces, which are deleted afterwards. If namespaces
	 * cannot be created, each test is aborted rather than the class, since extensions
	 * with a later {@code beforeAll} would not expect {@code afterAll} without it.
	 */
	static NamespaceRun of(Class<?> testClass, NetworkNamespaceTest settings) {
		NamespacePair pair;
		try {
			pair = create();
		}
		catch (TestAbortedException ex) {
			return new NamespaceRun(Map.of(), "was not started", ex);
		}
		Thread hook = new Thread(pair::delete, "delete-" + pair.name());
		Runtime.getRuntime().addShutdownHook(hook);
		try {
			return run(pair, testClass, settings);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("Interrupted", ex);
		}
		finally {
			pair.delete();
			Runtime.getRuntime().removeShutdownHook(hook);
		}
	}

	private static NamespaceRun run(NamespacePair pair, Class<?> testClass, NetworkNamespaceTest settings)
			throws IOException, InterruptedException {
		Path results = Files.createTempFile("mooring-netns-", ".results");
		Path log = Files.createTempFile("mooring-netns-", ".log");
		try {
			String end = fork(command(pair, testClass, results, settings.jvmArguments()), log, settings.timeout());
			System.out.print(Files.readString(log));
			return new NamespaceRun(TestOutcomes.read(results), end, null);
		}
		finally {
			Files.delete(results);
			Files.delete(log);
		}
	}

	private static NamespacePair create() {
		try {
			return NamespacePair.create();
		}
		catch (AssertionError ex) {
			throw Requirements.unmet("Needs to be allowed to create network namespaces: " + ex.getMessage(), ex);
		}
	}

	private static String fork(List<String> command, Path log, int timeout) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
		try {
			if (process.waitFor(timeout, TimeUnit.SECONDS)) {
				return "ended with " + process.exitValue();
			}
			Commands.run("kill", "-QUIT", Long.toString(process.pid()));
			process.waitFor(2, TimeUnit.SECONDS);
			return "was ended after " + timeout + " seconds";
		}
		finally {
			Commands.end(process);
		}
	}

	private static List<String> command(NamespacePair pair, Class<?> testClass, Path results, String... arguments) {
		List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", pair.name()));
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		ManagementFactory.getRuntimeMXBean()
			.getInputArguments()
			.stream()
			.filter((argument) -> !argument.startsWith("-agent") && !argument.startsWith("-javaagent"))
			.forEach(command::add);
		// Too short-lived for the optimizing compiler to pay off
		command.add("-XX:TieredStopAtLevel=1");
		command.addAll(List.of(arguments));
		command.add(pair.toJvmOption());
		command.add("-cp");
		command.add(System.getProperty("java.class.path"));
		command.addAll(List.of(NamespaceMain.class.getName(), testClass.getName(), results.toString()));
		return command;
	}

	/**
	 * Rethrow the failure of a test, or of the container that prevented it from running.
	 * @param id the unique id of the test
	 */
	void rethrow(String id) throws Exception {
		if (this.unmet != null) {
			throw this.unmet;
		}
		String current = TestOutcome.withoutEngine(id);
		while (true) {
			TestOutcome outcome = this.outcomes.get(current);
			if (outcome != null && (outcome.failure() != null || current.equals(TestOutcome.withoutEngine(id)))) {
				outcome.rethrow();
				return;
			}
			int parent = current.lastIndexOf("/[");
			if (parent < 0) {
				throw new AssertionError("Not run: the JVM in the network namespace " + this.end + ", see its output");
			}
			current = current.substring(0, parent);
		}
	}

	/**
	 * Rethrow the failure of a container itself.
	 * @param id the unique id of the container
	 */
	void rethrowOwn(String id) throws Exception {
		TestOutcome outcome = this.outcomes.get(TestOutcome.withoutEngine(id));
		if (outcome != null) {
			outcome.rethrow();
		}
	}

}
