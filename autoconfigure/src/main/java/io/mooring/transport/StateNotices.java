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

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import io.mooring.ConnectionStateChangedEvent;

/**
 * Notifier of the interceptors of one connection for state changes: in order, and for the
 * opening before the first message.
 */
final class StateNotices {

	private final InterceptorChain interceptors;

	private final @Nullable Executor executor;

	private final Queue<ConnectionStateChangedEvent> events = new ConcurrentLinkedQueue<>();

	private final ReentrantLock telling = new ReentrantLock();

	/**
	 * Create notices.
	 * @param interceptors the interceptors
	 * @param executor the serial executor for changes on threads that must not block,
	 * {@code null} to notify on the calling thread
	 */
	StateNotices(InterceptorChain interceptors, @Nullable Executor executor) {
		this.interceptors = interceptors;
		this.executor = executor;
	}

	/**
	 * Add a change. Called by the mailbox of the connection.
	 */
	void add(ConnectionStateChangedEvent event) {
		if (!this.interceptors.isEmpty()) {
			this.events.add(event);
		}
	}

	/**
	 * Notify the interceptors, on this thread or asynchronously.
	 */
	void tell() {
		if (this.events.isEmpty()) {
			return;
		}
		if (this.executor == null) {
			tellAll();
		}
		else {
			this.executor.execute(this::tellAll);
		}
	}

	/**
	 * Notify the interceptors on this thread, or wait for another thread that does.
	 */
	void tellAll() {
		if (this.telling.isHeldByCurrentThread()) {
			return;
		}
		this.telling.lock();
		try {
			ConnectionStateChangedEvent event;
			while ((event = this.events.poll()) != null) {
				this.interceptors.stateChanged(event);
			}
		}
		finally {
			this.telling.unlock();
		}
	}

}
