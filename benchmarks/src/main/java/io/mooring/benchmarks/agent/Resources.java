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

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;

/**
 * Resource usage of this process.
 */
final class Resources {

	private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory
		.getOperatingSystemMXBean();

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private Resources() {
	}

	static Map<String, Double> take() {
		Map<String, Double> figures = new LinkedHashMap<>();
		figures.put("nanos", (double) System.nanoTime());
		figures.put("cpu", (double) SYSTEM.getProcessCpuTime());
		figures.put("allocated",
				(double) Arrays.stream(THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds()))
					.filter((bytes) -> bytes > 0)
					.sum());
		return figures;
	}

	/**
	 * Return the memory of the process after a garbage collection, and its threads.
	 */
	static Map<String, Double> takeMemory() throws IOException {
		System.gc();
		Map<String, Double> figures = new LinkedHashMap<>();
		figures.put("threads", (double) THREADS.getThreadCount());
		for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
			if (line.startsWith("VmRSS:")) {
				figures.put("rss", Double.parseDouble(line.replaceAll("[^0-9]", "")) * 1024);
			}
		}
		return figures;
	}

}
