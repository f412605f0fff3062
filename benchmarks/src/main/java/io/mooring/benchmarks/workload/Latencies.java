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

package io.mooring.benchmarks.workload;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import io.mooring.benchmarks.report.Statistics;

/**
 * Recorder of round-trip times since the last report.
 */
public final class Latencies {

	private static final int MAX = 1 << 20;

	private final double[] micros = new double[MAX];

	private int size;

	/**
	 * Add a time. At most a million are recorded.
	 * @param nanos the time
	 */
	public synchronized void add(long nanos) {
		if (this.size < MAX) {
			this.micros[this.size++] = nanos / 1000.0;
		}
	}

	/**
	 * Return median and 99th percentile in microseconds, and reset the recorder.
	 * @return {@code p50} and {@code p99}, empty without round trips
	 */
	public synchronized Map<String, Double> drain() {
		double[] sorted = Arrays.copyOf(this.micros, this.size);
		this.size = 0;
		Map<String, Double> figures = new LinkedHashMap<>();
		if (sorted.length > 0) {
			figures.put("p50", Statistics.percentile(sorted, 50));
			figures.put("p99", Statistics.percentile(sorted, 99));
		}
		return figures;
	}

}
