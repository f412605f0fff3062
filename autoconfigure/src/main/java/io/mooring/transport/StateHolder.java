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

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.mooring.Connection;
import io.mooring.ConnectionState;
import io.mooring.ConnectionStateChangedEvent;
import io.mooring.ConnectionStatus;
import io.mooring.binding.BindingException;

/**
 * The state of a connection, who waits for it and who is to be told. Everything but the
 * reading and the telling happens under the connection's lock.
 */
final class StateHolder {

	private final Connection connection;

	private final Consumer<ConnectionStateChangedEvent> listener;

	private final StateNotices notices;

	private final FailureStreak failures;

	private final List<Waiter> waiters = new ArrayList<>();

	private final Queue<ConnectionStateChangedEvent> events = new ConcurrentLinkedQueue<>();

	private final AtomicInteger telling = new AtomicInteger();

	private volatile ConnectionStatus status = new ConnectionStatus(ConnectionState.DISCONNECTED, Instant.now(), false,
			0, null, null);

	/**
	 * Create a holder in the state DISCONNECTED.
	 * @param connection what it is the state of
	 * @param notices tells the interceptors of the connection
	 * @param listener is told as well
	 * @param failures counts the failed attempts
	 */
	StateHolder(Connection connection, StateNotices notices, Consumer<ConnectionStateChangedEvent> listener,
			FailureStreak failures) {
		this.connection = connection;
		this.failures = failures;
		this.notices = notices;
		this.listener = listener;
	}

	ConnectionStatus status() {
		return this.status;
	}

	ConnectionState state() {
		return this.status.state();
	}

	void wanted(boolean wanted) {
		ConnectionStatus old = this.status;
		this.status = new ConnectionStatus(old.state(), old.since(), wanted, old.attempts(), old.lastError(),
				old.interfaceName());
	}

	void noted(Throwable cause) {
		errorAndAttempts(cause, this.status.attempts());
	}

	void failed(Throwable cause) {
		this.failures.failed();
		errorAndAttempts(cause, this.failures.count());
	}

	void lost(Throwable cause) {
		if (cause instanceof BindingException) {
			// The interfaces changed: what a peer did before has no bearing on it
			this.failures.forget();
		}
		else {
			this.failures.lost();
		}
		errorAndAttempts(cause, this.failures.count());
	}

	void forgetAttempts() {
		this.failures.forget();
		errorAndAttempts(this.status.lastError(), 0);
	}

	private void errorAndAttempts(@Nullable Throwable error, int attempts) {
		ConnectionStatus old = this.status;
		this.status = new ConnectionStatus(old.state(), old.since(), old.wanted(), attempts, error,
				old.interfaceName());
	}

	void connected(@Nullable String interfaceName) {
		this.failures.opened();
		ConnectionState previous = state();
		this.status = new ConnectionStatus(ConnectionState.CONNECTED, Instant.now(), true, 0, null, interfaceName);
		changed(previous, null);
	}

	void change(ConnectionState state, @Nullable Throwable cause) {
		ConnectionStatus old = this.status;
		if (old.state() != state) {
			this.status = new ConnectionStatus(state, Instant.now(), old.wanted(), old.attempts(), old.lastError(),
					null);
			changed(old.state(), cause);
		}
	}

	private void changed(ConnectionState previous, @Nullable Throwable cause) {
		this.waiters.stream()
			.filter((waiter) -> waiter.state() == state())
			.forEach((waiter) -> waiter.latch().countDown());
		ConnectionStateChangedEvent event = new ConnectionStateChangedEvent(this.connection, previous, state(), cause);
		this.events.add(event);
		this.notices.add(event);
	}

	CountDownLatch await(ConnectionState state) {
		Waiter waiter = new Waiter(state, new CountDownLatch((state() == state) ? 0 : 1));
		this.waiters.add(waiter);
		return waiter.latch();
	}

	boolean forget(CountDownLatch latch) {
		return this.waiters.removeIf((waiter) -> waiter.latch() == latch);
	}

	/**
	 * Tell the listener, in order and on one thread at a time. Without the lock, so that
	 * a listener may use the connection.
	 */
	void tell() {
		this.notices.tell();
		if (this.telling.getAndIncrement() != 0) {
			return;
		}
		int missed = 1;
		do {
			ConnectionStateChangedEvent event;
			while ((event = this.events.poll()) != null) {
				this.listener.accept(event);
			}
			missed = this.telling.addAndGet(-missed);
		}
		while (missed != 0);
	}

	private record Waiter(ConnectionState state, CountDownLatch latch) {

	}

}
