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

import java.util.Locale;

/**
 * Metric shown in a column of a table.
 */
public enum Metric {

	/**
	 * Messages per second.
	 */
	RATE("messages/s", "%,.0f", true),

	/**
	 * Round trips per second.
	 */
	TRIPS("round trips/s", "%,.0f", true),

	/**
	 * Median of the times.
	 */
	P50("p50 µs", "%.1f", true),

	/**
	 * 99th percentile of the times.
	 */
	P99("p99 µs", "%.1f", false),

	/**
	 * CPU time of the contender's process.
	 */
	CPU("CPU µs", "%.2f", false),

	/**
	 * Bytes allocated by the contender per message.
	 */
	ALLOCATED("B", "%.0f", false),

	/**
	 * Share of the datagrams received after a later one.
	 */
	LATE("out of order", "%.1f %%", false),

	/**
	 * Share of the time in which the peer worked and did not wait for the contender.
	 */
	PEER("peer busy", "%.0f %%", false),

	/**
	 * Additional resident memory per client.
	 */
	CLIENT_MEMORY("KiB/client", "%.1f", true),

	/**
	 * Resident memory of the process.
	 */
	MEMORY("MiB in all", "%.0f", false),

	/**
	 * Additional threads for the clients.
	 */
	THREADS("threads added", "%.0f", false),

	/**
	 * Time to start the application.
	 */
	START("without, ms", "%.0f", false),

	/**
	 * Additional startup time with connections.
	 */
	ADDED("added, ms", "%.0f", true);

	private final String title;

	private final String format;

	private final boolean compared;

	Metric(String title, String format, boolean compared) {
		this.title = title;
		this.format = format;
		this.compared = compared;
	}

	/**
	 * Return the title of the column.
	 * @return the title
	 */
	public String title() {
		return this.title;
	}

	/**
	 * Return whether spread and ratio are shown as well.
	 * @return true for the main metric of a table
	 */
	public boolean isCompared() {
		return this.compared;
	}

	String format(double value) {
		return String.format(Locale.ROOT, this.format, value);
	}

}
