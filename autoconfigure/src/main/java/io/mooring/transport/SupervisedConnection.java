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
 * A connection as its supervisor sees it.
 */
public interface SupervisedConnection extends Connection {

	/**
	 * Open without waiting for the attempt, as {@link #open()} does with it. When this
	 * returns it has begun, unless a listener or interceptor of the connection blocks.
	 * @return completes when the attempt succeeded, or exceptionally with the reason
	 */
	CompletableFuture<Void> startOpen();

	/**
	 * Make the next attempt, if the connection still waits for one. Does not block.
	 */
	void tryOpen();

	/**
	 * The network interfaces of the machine changed. What is open and does not fit them
	 * any more is reported lost; what fits is not touched. Where the connection waits for
	 * its next attempt, which may succeed now, its failed attempts are forgotten. Does
	 * not block.
	 * @param change what changed
	 */
	void interfacesChanged(InterfaceChange change);

	/**
	 * Close as the application ends: {@link #close()}, but with time for what was read to
	 * be handed on, and for what was accepted to be taken by the kernel as long as it
	 * takes any. What is lost even so is counted, and reported, when this returns. Unless
	 * overridden, there is nothing that waits.
	 * @param timeout the most time for all of it
	 */
	default void shutdown(Duration timeout) {
		close();
	}

	/**
	 * Look whether others still find what is open where it was opened; what they do not
	 * is reported lost. Called about once a second, and does not block.
	 */
	void checkPlace();

}
