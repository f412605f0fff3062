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
 * Policy for the delays between attempts to open a connection, in place of its
 * {@code reconnect} properties. A bean of this type is used by connections that name it
 * by {@code reconnect.policy}; the only or primary bean is used by all others.
 * <p>
 * {@code reconnect.enabled} and {@code reconnect.max-attempts} still apply. The other
 * {@code reconnect} properties are available from the spec of the connection, and are
 * used if the policy throws an exception.
 * <p>
 * Implementations must be thread-safe; calls for one connection do not overlap. A call
 * that blocks delays its connection only. Calls of {@code open()} and {@code close()}
 * take effect after the policy has returned.
 */
@FunctionalInterface
public interface ReconnectPolicy {

	/**
	 * Return the delay before the next attempt.
	 * @param connection the connection
	 * @param attempts the number of failed attempts since the connection was last open
	 * for 30 seconds, {@code open()} was called or its interface changed; a loss within
	 * 30 seconds counts as a failed attempt; 0 after the loss of a connection that was
	 * open longer
	 * @param cause the last error
	 * @return the delay, {@code null} to give up
	 */
	@Nullable Duration nextDelay(Connection connection, int attempts, Throwable cause);

	/**
	 * Handle the opening of a connection.
	 * @param connection the connection
	 */
	default void opened(Connection connection) {
	}

	/**
	 * Handle the closing of a connection by the application.
	 * @param connection the connection
	 */
	default void closed(Connection connection) {
	}

}
