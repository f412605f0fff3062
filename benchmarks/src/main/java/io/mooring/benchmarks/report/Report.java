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

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Report with tables in Markdown.
 */
public final class Report {

	private final PrintStream output;

	/**
	 * Create a report.
	 * @param output the output to print to
	 */
	public Report(PrintStream output) {
		this.output = output;
	}

	/**
	 * Begin a table.
	 * @param title the title of the table
	 * @param metrics the columns
	 */
	public void begin(String title, List<Metric> metrics) {
		List<String> heads = new ArrayList<>(List.of(title, ""));
		for (Metric metric : metrics) {
			heads.add(metric.title());
			if (metric.isCompared()) {
				heads.addAll(List.of("spread", "× SI"));
			}
		}
		this.output.println();
		print(heads);
		print(heads.stream().map((head) -> "---").toList());
	}

	/**
	 * Print one line.
	 * @param row name of the row
	 * @param contender name of the contender
	 * @param metrics the columns
	 * @param samples the samples
	 * @param baseline the samples of the baseline, if available
	 */
	public void line(String row, String contender, List<Metric> metrics, Samples samples, @Nullable Samples baseline) {
		List<String> cells = new ArrayList<>(List.of(row, contender));
		for (Metric metric : metrics) {
			Double median = samples.median(metric);
			cells.add((median != null) ? metric.format(median) : "–");
			if (metric.isCompared()) {
				Double base = (baseline != null) ? baseline.median(metric) : null;
				cells.add((median != null) ? String.format(Locale.ROOT, "±%.0f %%", samples.spread(metric)) : "–");
				cells.add((median != null && base != null && base != 0)
						? String.format(Locale.ROOT, "%.2f", median / base) : "–");
			}
		}
		print(cells);
	}

	private void print(List<String> cells) {
		this.output.println("| " + String.join(" | ", cells) + " |");
		this.output.flush();
	}

}
