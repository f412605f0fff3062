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
 * Decides when a connection is tried again, in place of the delays of its
 * {@code reconnect} properties. A bean of this type serves the connections that name it
 * by {@code reconnect.policy}, and the only or primary one all that name none.
 * {@code reconnect.enabled} and {@code reconnect.max-attempts} still say whether a
 * connection is tried at all; the other keys a policy finds in the spec of the
 * connection, and they decide where it fails. Called by several threads, but for one
 * connection by one at a time. A call that blocks delays its own connection; one of
 * {@code open()} or {@code close()} takes effect after the policy has returned.
 */
@FunctionalInterface
public interface ReconnectPolicy {

	/**
	 * Return how long to wait before the next attempt.
	 * @param connection the connection
	 * @param attempts the attempts that failed since it was last open for 30 seconds,
	 * somebody asked for it to be open or its interface came back, where being lost
	 * sooner counts as one: 0 when it was just lost after a longer time
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
