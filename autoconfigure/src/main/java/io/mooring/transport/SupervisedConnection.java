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

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.mooring.Connection;
import io.mooring.binding.InterfaceChange;

/**
 * Connection with the operations of its supervisor.
 */
public interface SupervisedConnection extends Connection {

	/**
	 * Open the connection without waiting for the result. The attempt has begun on
	 * return, unless a listener or interceptor of the connection blocks.
	 * @return a future that completes when the attempt has succeeded, and fails with its
	 * reason
	 */
	CompletableFuture<Void> startOpen();

	/**
	 * Make the next attempt, if the connection waits for one. Does not block.
	 */
	void tryOpen();

	/**
	 * Handle a change of the network interfaces. An open socket that no longer conforms
	 * to its spec is reported lost. If the connection waits for its next attempt, and
	 * that may succeed now, its failed attempts are reset. Does not block.
	 * @param change the change
	 */
	void interfacesChanged(InterfaceChange change);

	/**
	 * Close the connection on shutdown, with time to deliver bytes read, and to flush
	 * accepted frames while the peer reads. Losses are counted and reported on return. By
	 * default there is nothing to wait for.
	 * @param timeout the maximum total time
	 */
	default void shutdown(Duration timeout) {
		close();
	}

	/**
	 * Check that the open socket is still reachable at its address; otherwise it is
	 * reported lost. Called about once a second. Does not block.
	 */
	void checkPlace();

}
