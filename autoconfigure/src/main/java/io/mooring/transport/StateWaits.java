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
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import io.mooring.ConnectionException;
import io.mooring.ConnectionState;
import io.mooring.ConnectionTimeoutException;

/**
 * The threads that wait for a connection: for the outcome of an attempt, for a state, or
 * for the end of a closing.
 */
final class StateWaits {

	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

	private final AbstractConnection<?> connection;

	private final StateHolder state;

	private final ReentrantLock lock;

	private final Condition closed;

	/**
	 * Create it.
	 * @param connection the connection
	 * @param state its state
	 * @param lock the lock of the connection
	 */
	StateWaits(AbstractConnection<?> connection, StateHolder state, ReentrantLock lock) {
		this.connection = connection;
		this.state = state;
		this.lock = lock;
		this.closed = lock.newCondition();
	}

	/**
	 * Wait for an attempt to open.
	 * @param outcome that of the attempt
	 * @param timeout how long to wait
	 * @throws ConnectionException if it failed, takes longer, or the thread was
	 * interrupted
	 */
	void awaitOpen(CompletableFuture<Void> outcome, Duration timeout) {
		try {
			outcome.get(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
		}
		catch (ExecutionException ex) {
			Throwable cause = Objects.requireNonNullElse(ex.getCause(), ex);
			throw (cause instanceof ConnectionException exception) ? exception
					: this.connection.exception("cannot be opened: " + Errors.describe(cause), cause);
		}
		catch (TimeoutException ex) {
			throw new ConnectionTimeoutException(this.connection.getName(),
					"was not open after " + timeout.toSeconds() + "s");
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw this.connection.exception("cannot be opened: the thread was interrupted", ex);
		}
	}

	/**
	 * Wait for a state.
	 * @param wanted the state
	 * @param timeout how long to wait
	 * @return whether it came in time
	 * @throws InterruptedException if the thread was interrupted
	 */
	boolean await(ConnectionState wanted, Duration timeout) throws InterruptedException {
		CountDownLatch latch = begin(wanted);
		try {
			return latch.await(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
		}
		finally {
			end(latch);
		}
	}

	private CountDownLatch begin(ConnectionState wanted) {
		this.lock.lock();
		try {
			return this.state.await(wanted);
		}
		finally {
			this.lock.unlock();
		}
	}

	private void end(CountDownLatch latch) {
		this.lock.lock();
		try {
			this.state.forget(latch);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Wait until nobody is closing the connection. Called under its lock, which is let go
	 * of meanwhile; an interrupt is kept for later.
	 * @throws ConnectionTimeoutException if that takes too long
	 */
	void awaitClosed() {
		long nanos = CLOSE_TIMEOUT.toNanos();
		boolean interrupted = false;
		while (this.state.state() == ConnectionState.DISCONNECTING) {
			if (nanos <= 0) {
				throw new ConnectionTimeoutException(this.connection.getName(),
						"was not closed after " + CLOSE_TIMEOUT.toSeconds() + "s");
			}
			try {
				nanos = this.closed.awaitNanos(nanos);
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * The closing has ended. Called under the lock of the connection.
	 */
	void closed() {
		this.closed.signalAll();
	}

}
