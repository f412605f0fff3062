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

package io.mooring.supervision.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.context.SmartLifecycle;

import io.mooring.ConnectionState;
import io.mooring.StartupMode;
import io.mooring.supervision.ConnectionStartupException;
import io.mooring.supervision.ConnectionStartupException.Failure;
import io.mooring.transport.SupervisedConnection;
import io.mooring.transport.internal.log.Errors;

/**
 * Holds the application's start, right after the phase of some connections, until those
 * that fail fast made their attempt and those to wait for are open or out of time. All
 * are awaited together. At the end, which comes to it before that phase, it closes them.
 */
public final class StartupGate implements SmartLifecycle {

	private static final Log logger = LogFactory.getLog(StartupGate.class);

	private static final long LOOK_NANOS = 100_000_000;

	private final int phase;

	private final Supplier<? extends Collection<ConnectionLifecycle>> lifecycles;

	private volatile boolean running;

	/**
	 * Create a gate.
	 * @param phase the phase of the connections
	 * @param lifecycles all connections at the time of the start; those of other phases
	 * are passed over, as are those with a role, which may be granted at any time
	 */
	public StartupGate(int phase, Supplier<? extends Collection<ConnectionLifecycle>> lifecycles) {
		this.phase = phase;
		this.lifecycles = lifecycles;
	}

	@Override
	public void start() {
		this.running = true;
		long start = System.nanoTime();
		List<Failure> failures = new ArrayList<>();
		try {
			for (ConnectionLifecycle lifecycle : this.lifecycles.get()) {
				if (lifecycle.getPhase() == this.phase && lifecycle.getRole() == null && lifecycle.isRunning()) {
					Duration left = lifecycle.startup().timeout().minusNanos(System.nanoTime() - start);
					await(lifecycle, left.isNegative() ? Duration.ZERO : left, failures);
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while connections were being opened", ex);
		}
		if (!failures.isEmpty()) {
			throw new ConnectionStartupException(failures);
		}
	}

	private void await(ConnectionLifecycle lifecycle, Duration left, List<Failure> failures)
			throws InterruptedException {
		StartupMode mode = lifecycle.startup().mode();
		if (mode == StartupMode.FAIL_FAST) {
			try {
				lifecycle.firstAttempt().get(TimeUnit.NANOSECONDS.convert(left), TimeUnit.NANOSECONDS);
			}
			catch (ExecutionException ex) {
				failures.add(new Failure(lifecycle.connection(), (ex.getCause() != null) ? ex.getCause() : ex));
			}
			catch (TimeoutException ex) {
				failures.add(new Failure(lifecycle.connection(), new TimeoutException(
						"not open after " + lifecycle.startup().timeout().toMillis() + "ms (startup-timeout)")));
			}
		}
		else if (mode == StartupMode.WAIT && !awaitOpen(lifecycle, left)) {
			Throwable error = lifecycle.connection().getStatus().lastError();
			logger.warn("Going on without '" + lifecycle.connection().getName() + "', which "
					+ ((lifecycle.connection().getState() == ConnectionState.DISCONNECTED) ? "was given up"
							: "was not open after " + lifecycle.startup().timeout().toMillis() + "ms (startup-timeout)")
					+ ((error != null) ? ": " + Errors.describe(error) : ""));
		}
	}

	/**
	 * Wait for a connection until it is open, given up or out of time.
	 */
	private static boolean awaitOpen(ConnectionLifecycle lifecycle, Duration left) throws InterruptedException {
		SupervisedConnection connection = lifecycle.connection();
		long start = System.nanoTime();
		long total = TimeUnit.NANOSECONDS.convert(left);
		long nanos = total;
		while (nanos > 0) {
			if (connection.awaitState(ConnectionState.CONNECTED, Duration.ofNanos(Math.min(nanos, LOOK_NANOS)))) {
				return true;
			}
			if (lifecycle.firstAttempt().isDone() && connection.getState() == ConnectionState.DISCONNECTED) {
				return false;
			}
			nanos = total - (System.nanoTime() - start);
		}
		return connection.getState() == ConnectionState.CONNECTED;
	}

	/**
	 * Close the connections of the phase, all at the same time, and wait for that. Not in
	 * the phase itself: flows stop there, and with them those who are told of what is
	 * lost; and the container does not wait for all that stops beside a flow, as the
	 * parts of the flow count as members of the phase.
	 */
	@Override
	public void stop() {
		this.running = false;
		List<Thread> stopping = new ArrayList<>();
		for (ConnectionLifecycle lifecycle : this.lifecycles.get()) {
			if (lifecycle.getPhase() == this.phase && lifecycle.isRunning()) {
				Thread thread = new Thread(lifecycle::shutdown, lifecycle.getConnectionName() + "-stop");
				thread.setDaemon(true);
				thread.start();
				stopping.add(thread);
			}
		}
		try {
			for (Thread thread : stopping) {
				thread.join();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return (this.phase < Integer.MAX_VALUE) ? this.phase + 1 : this.phase;
	}

}
