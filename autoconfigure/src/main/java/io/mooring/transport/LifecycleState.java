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
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import io.mooring.ConnectionState;
import io.mooring.ConnectionStateChangedEvent;
import io.mooring.ConnectionStatus;
import io.mooring.binding.BindingException;

/**
 * State of a connection with its failed attempts, the threads that wait for a state, and
 * the events that are not published yet. Changed by the mailbox of the connection; only
 * the last error is noted by other threads, too.
 */
final class LifecycleState {

	/**
	 * Minimum time for which a connection must be open to reset its failures. An earlier
	 * loss counts as a failed attempt, so that a peer that accepts and disconnects
	 * immediately is retried with growing delays.
	 */
	static final Duration STABLE = Duration.ofSeconds(30);

	private final AbstractConnection<?> connection;

	private final LongSupplier nanoTime;

	private final AtomicReference<ConnectionStatus> status = new AtomicReference<>(
			new ConnectionStatus(ConnectionState.DISCONNECTED, Instant.now(), false, 0, null, null));

	private final List<Waiter> waiters = new CopyOnWriteArrayList<>();

	private final Queue<ConnectionStateChangedEvent> events = new ArrayDeque<>();

	private int failures;

	private long openedAt;

	/**
	 * Create the state DISCONNECTED.
	 * @param connection the connection
	 * @param nanoTime the clock, as {@link System#nanoTime()}
	 */
	LifecycleState(AbstractConnection<?> connection, LongSupplier nanoTime) {
		this.connection = connection;
		this.nanoTime = nanoTime;
	}

	ConnectionStatus status() {
		return Objects.requireNonNull(this.status.get());
	}

	boolean is(ConnectionState state) {
		return status().state() == state;
	}

	void enabled(boolean enabled) {
		update((old) -> new ConnectionStatus(old.state(), old.since(), enabled, old.attempts(), old.lastError(),
				old.interfaceName()));
	}

	/**
	 * Record an error that does not change the state. Called on any thread.
	 */
	void noted(Throwable cause) {
		update((old) -> new ConnectionStatus(old.state(), old.since(), old.enabled(), old.attempts(), cause,
				old.interfaceName()));
	}

	void failed(Throwable cause) {
		this.failures++;
		count(cause);
	}

	void lost(Throwable cause) {
		// Earlier failures are irrelevant after a change of the interfaces
		boolean early = this.nanoTime.getAsLong() - this.openedAt < STABLE.toNanos();
		this.failures = (early && !(cause instanceof BindingException)) ? this.failures + 1 : 0;
		count(cause);
	}

	void forgetFailures() {
		this.failures = 0;
		count(status().lastError());
	}

	private void count(@Nullable Throwable error) {
		update((old) -> new ConnectionStatus(old.state(), old.since(), old.enabled(), this.failures, error,
				old.interfaceName()));
	}

	void connected(@Nullable String interfaceName) {
		this.openedAt = this.nanoTime.getAsLong();
		change((old) -> new ConnectionStatus(ConnectionState.CONNECTED, Instant.now(), true, 0, null, interfaceName),
				null);
	}

	void change(ConnectionState state, @Nullable Throwable cause) {
		if (!is(state)) {
			change((old) -> new ConnectionStatus(state, Instant.now(), old.enabled(), old.attempts(), old.lastError(),
					null), cause);
		}
	}

	private void change(UnaryOperator<ConnectionStatus> change, @Nullable Throwable cause) {
		ConnectionState previous = update(change).state();
		ConnectionState current = status().state();
		this.waiters.forEach((waiter) -> waiter.reached(current));
		ConnectionStateChangedEvent event = new ConnectionStateChangedEvent(this.connection, previous, current, cause);
		this.events.add(event);
		this.connection.notices().add(event);
	}

	private ConnectionStatus update(UnaryOperator<ConnectionStatus> change) {
		return Objects.requireNonNull(this.status.getAndUpdate(change));
	}

	/**
	 * Return the next unpublished event.
	 * @return the event, {@code null} if there is none
	 */
	@Nullable ConnectionStateChangedEvent nextEvent() {
		return this.events.poll();
	}

	/**
	 * Wait for a state.
	 * @param expected the state
	 * @param timeout the maximum time to wait
	 * @return whether the state was reached in time
	 * @throws InterruptedException if the thread was interrupted
	 */
	boolean await(ConnectionState expected, Duration timeout) throws InterruptedException {
		Waiter waiter = new Waiter(expected, new CountDownLatch(1));
		this.waiters.add(waiter);
		try {
			waiter.reached(status().state());
			return waiter.latch().await(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
		}
		finally {
			this.waiters.remove(waiter);
		}
	}

	private record Waiter(ConnectionState state, CountDownLatch latch) {

		void reached(ConnectionState current) {
			if (current == this.state) {
				this.latch.countDown();
			}
		}

	}

}
