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

import java.util.Map;

/**
 * Task of one process: the contender's or the peer's side of a workload.
 */
public interface Task extends AutoCloseable {

	/**
	 * Return the endpoint for the other side.
	 * @return a port or a path, or {@code -} if nothing listens
	 */
	default String address() {
		return "-";
	}

	/**
	 * Return the messages received, or sent if this side only sends.
	 * @return number of messages since the task was opened
	 */
	long count();

	/**
	 * Return further figures.
	 * @return figures by name
	 * @throws Exception if they are not available
	 */
	default Map<String, Double> figures() throws Exception {
		return Map.of();
	}

	/**
	 * Stop sending, and wait until the last message is sent.
	 * @throws Exception if sending failed
	 */
	default void stop() throws Exception {
	}

	@Override
	void close() throws Exception;

}
