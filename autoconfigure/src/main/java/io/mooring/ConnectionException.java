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

package io.mooring;

import org.jspecify.annotations.Nullable;

/**
 * Exception thrown when an operation of a connection fails. The message begins with the
 * name of the connection.
 */
public class ConnectionException extends RuntimeException {

	/**
	 * The name of the connection.
	 */
	private final String connectionName;

	/**
	 * Create an exception.
	 * @param connectionName the name of the connection
	 * @param message the rest of the message, which follows the name of the connection
	 * @param cause the cause, may be {@code null}
	 */
	public ConnectionException(String connectionName, String message, @Nullable Throwable cause) {
		super("Connection '" + connectionName + "' " + message, cause);
		this.connectionName = connectionName;
	}

	/**
	 * Create an exception.
	 * @param connectionName the name of the connection
	 * @param message the rest of the message, which follows the name of the connection
	 */
	public ConnectionException(String connectionName, String message) {
		this(connectionName, message, null);
	}

	/**
	 * Return the name of the connection.
	 * @return the name
	 */
	public String getConnectionName() {
		return this.connectionName;
	}

}
