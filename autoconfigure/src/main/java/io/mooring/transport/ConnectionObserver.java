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

package io.mooring.transport;

import io.mooring.ConnectionStateChangedEvent;

/**
 * Observer of connections that decides on further attempts; by default, against them.
 * Calls for one connection come one at a time, from its mailbox: one that blocks delays
 * that connection and no other, and {@code open()} and {@code close()} of that connection
 * take effect afterwards, without the call waiting for it.
 */
public interface ConnectionObserver {

	/**
	 * The connection was requested to be open.
	 * @param connection the connection
	 * @throws java.util.concurrent.RejectedExecutionException if the observer is closed
	 */
	default void opening(SupervisedConnection connection) {
	}

	/**
	 * An attempt succeeded.
	 * @param connection the connection
	 */
	default void opened(SupervisedConnection connection) {
	}

	/**
	 * An attempt failed, or an open connection was lost.
	 * @param connection the connection
	 * @param cause the reason
	 * @return whether the observer will call {@link SupervisedConnection#tryOpen()}; if
	 * not the connection is given up
	 */
	default boolean failed(SupervisedConnection connection, Throwable cause) {
		return false;
	}

	/**
	 * The interfaces changed, and the next attempt may succeed now. The failures of the
	 * connection are forgotten.
	 * @param connection the connection, which waits for its next attempt
	 */
	default void favoured(SupervisedConnection connection) {
	}

	/**
	 * The connection was closed on request.
	 * @param connection the connection
	 */
	default void closed(SupervisedConnection connection) {
	}

	/**
	 * The state changed.
	 * @param event the change
	 */
	default void stateChanged(ConnectionStateChangedEvent event) {
	}

}
