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
 * {@link SmartLifecycle} right after the phase of some connections, which blocks
 * application startup until {@code fail-fast} connections have made their first attempt
 * and {@code wait} connections are open or timed out, concurrently. On shutdown it closes
 * all connections of the phase.
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
	 * @param lifecycles the lifecycles of all connections at startup; those of other
	 * phases and those with a role, which may be granted at any time, are ignored
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
			throw new IllegalStateException("The thread was interrupted while waiting for connections to open", ex);
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
				failures.add(new Failure(lifecycle.connection(), new TimeoutException("no attempt completed within "
						+ lifecycle.startup().timeout().toMillis() + "ms (startup-timeout)")));
			}
		}
		else if (mode == StartupMode.WAIT && !awaitOpen(lifecycle, left)) {
			Throwable error = lifecycle.connection().getStatus().lastError();
			logger.warn("Connection '" + lifecycle.connection().getName() + "' "
					+ ((lifecycle.connection().getState() == ConnectionState.DISCONNECTED) ? "was given up"
							: "did not open within " + lifecycle.startup().timeout().toMillis()
									+ "ms (startup-timeout)")
					+ "; continuing startup without it" + ((error != null) ? ": " + Errors.describe(error) : ""));
		}
	}

	/**
	 * Wait until a connection is open, given up or timed out.
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
	 * Close the connections of the phase concurrently, and wait for that. Not in the
	 * phase itself, since flows stop there, including those that handle lost frames, and
	 * since the container, which counts the parts of a flow as members of the phase, does
	 * not wait for all other members.
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
