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

package io.mooring.benchmarks.report;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Samples of all rounds of one contender.
 */
public final class Samples {

	private final Map<Metric, List<Double>> values = new EnumMap<>(Metric.class);

	/**
	 * Add the samples of a round.
	 * @param round samples by metric
	 */
	public void add(Map<Metric, Double> round) {
		round.forEach((metric, value) -> this.values.computeIfAbsent(metric, (key) -> new ArrayList<>()).add(value));
	}

	/**
	 * Return the median.
	 * @param metric the metric
	 * @return the median, or {@code null} if there are no samples
	 */
	public @Nullable Double median(Metric metric) {
		double[] samples = samples(metric);
		return (samples.length > 0) ? Statistics.median(samples) : null;
	}

	double spread(Metric metric) {
		return Statistics.spread(samples(metric));
	}

	private double[] samples(Metric metric) {
		return this.values.getOrDefault(metric, List.of()).stream().mapToDouble(Double::doubleValue).toArray();
	}

}
