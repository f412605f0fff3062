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

import java.util.Arrays;

/**
 * Statistics of samples.
 */
public final class Statistics {

	private Statistics() {
	}

	/**
	 * Return the median.
	 * @param values at least one value, in any order
	 * @return the middle value, or the mean of the two in the middle
	 */
	public static double median(double... values) {
		double[] sorted = sorted(values);
		int middle = sorted.length / 2;
		return (sorted.length % 2 == 1) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
	}

	/**
	 * Return half the distance from the smallest to the largest value, in percent of the
	 * median.
	 * @param values at least one value, in any order
	 * @return the spread, 0 if the median is 0
	 */
	public static double spread(double... values) {
		double[] sorted = sorted(values);
		double median = median(sorted);
		return (median != 0) ? (sorted[sorted.length - 1] - sorted[0]) / 2 / median * 100 : 0;
	}

	/**
	 * Return the smallest value that is not exceeded by the given share of all values.
	 * @param values at least one value, in any order
	 * @param percent the share, above 0 and at most 100
	 * @return the percentile
	 */
	public static double percentile(double[] values, double percent) {
		double[] sorted = sorted(values);
		return sorted[Math.max(0, (int) Math.ceil(percent / 100 * sorted.length) - 1)];
	}

	private static double[] sorted(double[] values) {
		if (values.length == 0) {
			throw new IllegalArgumentException("There are no values");
		}
		double[] sorted = values.clone();
		Arrays.sort(sorted);
		return sorted;
	}

}
