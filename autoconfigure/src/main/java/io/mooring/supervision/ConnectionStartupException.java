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

import java.util.List;
import java.util.stream.Collectors;

import io.mooring.Connection;
import io.mooring.transport.internal.log.Errors;

/**
 * Exception thrown when connections with {@code startup: fail-fast} fail to open at
 * application startup.
 */
public class ConnectionStartupException extends RuntimeException {

	private final transient List<Failure> failures;

	/**
	 * Create an exception that names every connection.
	 * @param failures the connections that did not open, and why
	 */
	public ConnectionStartupException(List<Failure> failures) {
		super(failures.stream().map(Failure::toString).collect(Collectors.joining("; ")), failures.get(0).cause());
		this.failures = List.copyOf(failures);
	}

	/**
	 * Return the failures.
	 * @return a list of at least one failure
	 */
	public List<Failure> getFailures() {
		return this.failures;
	}

	/**
	 * Failure to open a connection.
	 *
	 * @param connection the connection
	 * @param cause the cause
	 */
	public record Failure(Connection connection, Throwable cause) {

		@Override
		public String toString() {
			return "Connection '" + this.connection.getName() + "' (" + this.connection.getType() + ") failed to open: "
					+ Errors.describe(this.cause);
		}

	}

}
