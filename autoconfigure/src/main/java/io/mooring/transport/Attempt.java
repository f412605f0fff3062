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

import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * One attempt to open a connection: who waits for it, and the thread that makes it.
 */
final class Attempt {

	private final CompletableFuture<Void> outcome = new CompletableFuture<>();

	private @Nullable Thread thread;

	private boolean cancelled;

	CompletableFuture<Void> outcome() {
		return this.outcome;
	}

	/**
	 * Begins the making.
	 * @throws InterruptedException if the attempt was cancelled before
	 */
	synchronized void begin() throws InterruptedException {
		if (this.cancelled) {
			throw new InterruptedException("cancelled");
		}
		this.thread = Thread.currentThread();
	}

	/**
	 * Ends the making; after this the thread is not interrupted any more.
	 * @return whether the attempt still counts
	 */
	synchronized boolean end() {
		this.thread = null;
		Thread.interrupted();
		return !this.cancelled;
	}

	synchronized void cancel() {
		this.cancelled = true;
		if (this.thread != null) {
			this.thread.interrupt();
		}
	}

}
