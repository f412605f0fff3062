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
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;

/**
 * Measures messages a second, CPU time a message and bytes allocated a message of both,
 * by turns in one process, with a sender in another. Prints medians.
 */
public final class ReceiveBenchmark {

	private static final int[] SIZES = { 64, 1024 };

	private final int rounds;

	private final long millis;

	private ReceiveBenchmark(int rounds, long millis) {
		this.rounds = rounds;
		this.millis = millis;
	}

	/**
	 * Run all workloads, or send one.
	 * @param args {@code smoke} for a run of half a minute, and the workloads to run, all
	 * unless given; {@code send}, workload, port and size for the sender
	 * @throws Exception if anything fails
	 */
	public static void main(String[] args) throws Exception {
		if (args.length == 4 && "send".equals(args[0])) {
			Workload.valueOf(args[1]).send(Integer.parseInt(args[2]), Integer.parseInt(args[3]));
			return;
		}
		boolean smoke = Arrays.asList(args).contains("smoke");
		System.out.printf("Java %s, %d processors, %s%n", System.getProperty("java.version"),
				Runtime.getRuntime().availableProcessors(), smoke ? "smoke" : "full");
		System.out.printf("%-18s %14s %14s %8s %14s %14s%n", "workload", "SI msg/s", "Mooring msg/s", "ratio",
				"CPU us/msg", "bytes/msg");
		ReceiveBenchmark benchmark = smoke ? new ReceiveBenchmark(1, 700) : new ReceiveBenchmark(7, 2000);
		for (Workload workload : chosen(args)) {
			for (int size : SIZES) {
				benchmark.run(workload, size);
			}
		}
	}

	private static List<Workload> chosen(String[] args) {
		List<Workload> chosen = Arrays.stream(args)
			.filter((arg) -> !"smoke".equals(arg))
			.map((arg) -> Workload.valueOf(arg.toUpperCase(Locale.ROOT).replace('-', '_')))
			.toList();
		return chosen.isEmpty() ? List.of(Workload.values()) : chosen;
	}

	private void run(Workload workload, int size) throws Exception {
		List<Sample> theirs = new ArrayList<>();
		List<Sample> ours = new ArrayList<>();
		// The first round of each warms up
		for (int round = 0; round <= this.rounds; round++) {
			try (Receiver receiver = Receiver.springIntegration(workload)) {
				theirs.add(measure(receiver, workload, size));
			}
			try (Receiver receiver = Receiver.mooring(workload)) {
				ours.add(measure(receiver, workload, size));
			}
		}
		Sample their = median(theirs.subList(1, theirs.size()));
		Sample our = median(ours.subList(1, ours.size()));
		System.out.printf(Locale.ROOT, "%-18s %,14.0f %,14.0f %8.1f %6.2f / %5.2f %6.0f / %5.0f%n",
				workload + " " + size, their.rate(), our.rate(), our.rate() / their.rate(), their.cpuMicros(),
				our.cpuMicros(), their.allocated(), our.allocated());
	}

	private Sample measure(Receiver receiver, Workload workload, int size) throws Exception {
		Process sender = sender(workload, receiver.port(), size);
		try {
			long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
			while (receiver.count() == 0) {
				if (System.nanoTime() > patience || !sender.isAlive()) {
					throw new IllegalStateException("Nothing arrives of " + workload + " " + size);
				}
				TimeUnit.MILLISECONDS.sleep(10);
			}
			TimeUnit.MILLISECONDS.sleep(this.millis / 2);
			Snapshot before = Snapshot.take(receiver);
			TimeUnit.MILLISECONDS.sleep(this.millis);
			return Snapshot.take(receiver).since(before);
		}
		finally {
			sender.destroyForcibly().waitFor();
		}
	}

	private static Process sender(Workload workload, int port, int size) throws IOException {
		String classPath = System.getProperty("java.class.path");
		List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", "-Xmx64m",
				"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
		command.addAll(isJar(classPath) ? List.of("-jar", classPath)
				: List.of("-cp", classPath, ReceiveBenchmark.class.getName()));
		Collections.addAll(command, "send", workload.name(), String.valueOf(port), String.valueOf(size));
		return new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
	}

	private static boolean isJar(String classPath) {
		return classPath.endsWith(".jar") && !classPath.contains(":");
	}

	private static Sample median(List<Sample> samples) {
		return new Sample(median(samples.stream().mapToDouble(Sample::rate).toArray()),
				median(samples.stream().mapToDouble(Sample::cpuMicros).toArray()),
				median(samples.stream().mapToDouble(Sample::allocated).toArray()));
	}

	private static double median(double[] values) {
		Arrays.sort(values);
		int middle = values.length / 2;
		return (values.length % 2 == 1) ? values[middle] : (values[middle - 1] + values[middle]) / 2;
	}

	/**
	 * What was measured.
	 *
	 * @param rate messages a second
	 * @param cpuMicros CPU time of the process a message
	 * @param allocated bytes allocated a message
	 */
	private record Sample(double rate, double cpuMicros, double allocated) {

	}

	/**
	 * The counters of a moment.
	 *
	 * @param nanos when
	 * @param messages how many arrived
	 * @param cpuNanos CPU time of the process
	 * @param allocated bytes that the threads which are there allocated
	 */
	private record Snapshot(long nanos, long messages, long cpuNanos, long allocated) {

		static Snapshot take(Receiver receiver) {
			OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
			ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
			long allocated = Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
				.filter((bytes) -> bytes > 0)
				.sum();
			return new Snapshot(System.nanoTime(), receiver.count(), system.getProcessCpuTime(), allocated);
		}

		Sample since(Snapshot before) {
			double messages = this.messages - before.messages;
			return new Sample(messages / (this.nanos - before.nanos) * 1e9,
					(this.cpuNanos - before.cpuNanos) / messages / 1000,
					(this.allocated - before.allocated) / messages);
		}

	}

}
