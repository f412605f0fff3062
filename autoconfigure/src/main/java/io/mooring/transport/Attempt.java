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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

import io.mooring.binding.InterfaceChange;

/**
 * Attempt to open a connection.
 */
final class Attempt {

	/**
	 * Maximum time to wait for earlier attempts, which may hold the port or path. Name
	 * resolution, for example, does not respond to interrupts.
	 */
	private static final Duration EARLIER_TIMEOUT = Duration.ofSeconds(5);

	private final CompletableFuture<Void> outcome = new CompletableFuture<>();

	private final CompletableFuture<Void> over = new CompletableFuture<>();

	private final CompletableFuture<?> earlier;

	private @Nullable Thread thread;

	private boolean cancelled;

	private @Nullable InterfaceChange missed;

	/**
	 * Create an attempt that has not begun.
	 * @param earlier the future that completes when cancelled attempts have released
	 * their resources
	 */
	Attempt(CompletableFuture<?> earlier) {
		this.earlier = earlier;
	}

	/**
	 * Return the future for callers of {@code open}.
	 */
	CompletableFuture<Void> outcome() {
		return this.outcome;
	}

	/**
	 * Return the future that completes when the attempt has released or handed over its
	 * resources.
	 */
	CompletableFuture<Void> over() {
		return this.over;
	}

	/**
	 * Begin after earlier attempts have ended.
	 * @throws InterruptedException if the attempt was cancelled
	 */
	void begin() throws InterruptedException {
		synchronized (this) {
			if (this.cancelled) {
				throw new InterruptedException("cancelled");
			}
			this.thread = Thread.currentThread();
		}
		try {
			this.earlier.get(EARLIER_TIMEOUT.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (ExecutionException | TimeoutException ex) {
			// If a resource is still held, opening reports it
		}
	}

	/**
	 * End the attempt. Afterwards the thread is no longer interrupted.
	 */
	synchronized void end() {
		this.thread = null;
		if (this.cancelled) {
			Thread.interrupted();
		}
	}

	synchronized void cancel() {
		this.cancelled = true;
		if (this.thread != null) {
			this.thread.interrupt();
		}
	}

	/**
	 * Record a change of the interfaces that the attempt may have missed. Called by the
	 * mailbox.
	 */
	void changed(InterfaceChange change) {
		this.missed = (this.missed != null) ? this.missed.and(change) : change;
	}

	@Nullable InterfaceChange missed() {
		return this.missed;
	}

}
