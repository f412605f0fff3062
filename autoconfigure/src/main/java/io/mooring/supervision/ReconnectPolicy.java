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

package io.mooring.supervision;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.mooring.Connection;

/**
 * Decides when a connection is tried again. One that is a bean serves all connections in
 * place of the {@code reconnect} properties. Called by several threads, but for one
 * connection by one at a time; must not block, nor open or close the connection.
 */
@FunctionalInterface
public interface ReconnectPolicy {

	/**
	 * Return how long to wait before the next attempt.
	 * @param connection the connection
	 * @param attempts the attempts that failed since it was last open, 0 when it was just
	 * lost
	 * @param cause what failed last
	 * @return the delay, {@code null} to give up
	 */
	@Nullable Duration nextDelay(Connection connection, int attempts, Throwable cause);

	/**
	 * The connection was opened.
	 * @param connection the connection
	 */
	default void opened(Connection connection) {
	}

	/**
	 * The connection was closed on purpose.
	 * @param connection the connection
	 */
	default void closed(Connection connection) {
	}

}
