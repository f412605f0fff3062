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
 * What a column of a table shows.
 */
public enum Metric {

	/**
	 * Messages a second.
	 */
	RATE("messages/s", "%,.0f", true),

	/**
	 * Round trips a second.
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
	 * Bytes that the contender allocates for a message.
	 */
	ALLOCATED("B", "%.0f", false),

	/**
	 * Share of the datagrams that came after a later one.
	 */
	LATE("out of order", "%.1f %%", false),

	/**
	 * Share of the time in which the peer was at work and did not wait for the contender.
	 */
	PEER("peer busy", "%.0f %%", false),

	/**
	 * Resident memory that a client adds.
	 */
	CLIENT_MEMORY("KiB/client", "%.1f", true),

	/**
	 * Resident memory of the process.
	 */
	MEMORY("MiB in all", "%.0f", false),

	/**
	 * Threads that the clients add.
	 */
	THREADS("threads added", "%.0f", false),

	/**
	 * Time to start the application.
	 */
	START("without, ms", "%.0f", false),

	/**
	 * Time that connections add to that.
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
	 * Return the head of the column.
	 * @return its title
	 */
	public String title() {
		return this.title;
	}

	/**
	 * Return whether spread and ratio are shown as well.
	 * @return true for what a table is about
	 */
	public boolean isCompared() {
		return this.compared;
	}

	String format(double value) {
		return String.format(Locale.ROOT, this.format, value);
	}

}
