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

/**
 * Workload of a contender and its peer.
 *
 * @param kind kind of work
 * @param protocol protocol
 * @param variant framing of a stream, {@code length} or {@code crlf}; ancillary data of a
 * Unix datagram, {@code plain}, {@code descriptor} or {@code credentials}; else
 * {@code plain}
 * @param size bytes of a payload
 * @param count number of callers, or of connections
 * @param rate datagrams per second sent by the peer, 0 for as many as the window allows
 */
public record Workload(Kind kind, Protocol protocol, String variant, int size, int count, int rate) {

	/**
	 * Create a workload for one caller and without a rate.
	 * @param kind kind of work
	 * @param protocol protocol
	 * @param variant framing or ancillary data
	 * @param size bytes of a payload
	 */
	public Workload(Kind kind, Protocol protocol, String variant, int size) {
		this(kind, protocol, variant, size, 1, 0);
	}

	/**
	 * Return the workload of another process.
	 * @param text from {@link #toText()}
	 * @return the workload
	 */
	public static Workload parse(String text) {
		String[] parts = text.split(",");
		return new Workload(Kind.valueOf(parts[0]), Protocol.valueOf(parts[1]), parts[2], Integer.parseInt(parts[3]),
				Integer.parseInt(parts[4]), Integer.parseInt(parts[5]));
	}

	/**
	 * Return this as one word, for another process.
	 * @return the text
	 */
	public String toText() {
		return this.kind + "," + this.protocol + "," + this.variant + "," + this.size + "," + this.count + ","
				+ this.rate;
	}

	/**
	 * Return the same workload with another number of callers or connections.
	 * @param count the number
	 * @return the workload
	 */
	public Workload withCount(int count) {
		return new Workload(this.kind, this.protocol, this.variant, this.size, count, this.rate);
	}

	/**
	 * Return the same workload at another rate.
	 * @param rate datagrams per second
	 * @return the workload
	 */
	public Workload withRate(int rate) {
		return new Workload(this.kind, this.protocol, this.variant, this.size, this.count, rate);
	}

}
