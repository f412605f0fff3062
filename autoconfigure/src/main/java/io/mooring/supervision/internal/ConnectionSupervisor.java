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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.mooring.ConnectionStateChangedEvent;
import io.mooring.binding.InterfaceChange;
import io.mooring.binding.InterfaceWatcher;
import io.mooring.supervision.ReconnectPolicy;
import io.mooring.supervision.ReconnectSettings;
import io.mooring.transport.ConnectionObserver;
import io.mooring.transport.SupervisedConnection;
import io.mooring.transport.internal.concurrent.MailboxThreads;

/**
 * Supervisor that retries failed and lost connections after the delays of their
 * {@link ReconnectPolicy}, and closes open connections when it is closed.
 */
public final class ConnectionSupervisor implements ConnectionObserver, AutoCloseable {

	private static final Log logger = LogFactory.getLog(ConnectionSupervisor.class);

	/**
	 * Maximum total time to flush connections that no lifecycle has closed.
	 */
	private static final long CLOSE_NANOS = 2_000_000_000;

	private final ReconnectPolicies policies;

	private final ReconnectPolicy properties = new ExponentialReconnectPolicy();

	private final Consumer<ConnectionStateChangedEvent> listener;

	private final ScheduledThreadPoolExecutor timer;

	private final Map<SupervisedConnection, Supervision> supervised = new ConcurrentHashMap<>();

	private final InterfaceWatcher watcher;

	private final MailboxThreads threads;

	private volatile boolean closed;

	/**
	 * Create a supervisor.
	 * @param policies the reconnect policies
	 * @param listener the listener for state changes
	 * @param watcher the watcher of network interfaces, started with the first connection
	 * and closed with the supervisor
	 * @param threads the fallback timer for when the thread of the supervisor cannot be
	 * started
	 */
	public ConnectionSupervisor(ReconnectPolicies policies, Consumer<ConnectionStateChangedEvent> listener,
			InterfaceWatcher watcher, MailboxThreads threads) {
		this.policies = policies;
		this.listener = listener;
		this.watcher = watcher;
		this.threads = threads;
		// Not a daemon thread: an application that waits for a network stays alive
		this.timer = new ScheduledThreadPoolExecutor(1, (task) -> new Thread(task, "mooring-supervisor"));
		this.timer.setRemoveOnCancelPolicy(true);
		this.timer.setKeepAliveTime(10, TimeUnit.SECONDS);
		this.timer.allowCoreThreadTimeOut(true);
	}

	@Override
	public void opening(SupervisedConnection connection) {
		this.watcher.start(this::interfacesChanged, this::verify);
		cancel(this.supervised.put(connection, new Supervision(null)));
		// Checked afterwards, so that either this method or close() sees the other
		if (this.closed) {
			this.supervised.remove(connection);
			throw new RejectedExecutionException("the application is stopping");
		}
	}

	@Override
	public void opened(SupervisedConnection connection) {
		notifyPolicy(() -> this.policies.of(connection).opened(connection));
	}

	@Override
	public boolean failed(SupervisedConnection connection, Throwable cause) {
		Duration delay = nextDelay(connection, cause);
		if (delay == null) {
			this.supervised.remove(connection);
			return false;
		}
		try {
			this.supervised.put(connection, schedule(connection, delay));
			return true;
		}
		catch (RejectedExecutionException ex) {
			return false;
		}
	}

	private Supervision schedule(SupervisedConnection connection, Duration delay) {
		try {
			return new Supervision(this.timer.schedule(connection::tryOpen, delay.toMillis(), TimeUnit.MILLISECONDS));
		}
		catch (OutOfMemoryError ex) {
			return new Supervision(this.threads.schedule(connection::tryOpen, delay.toMillis()));
		}
	}

	private void interfacesChanged(InterfaceChange change) {
		this.supervised.keySet().forEach((connection) -> connection.interfacesChanged(change));
	}

	private void verify() {
		this.supervised.keySet().forEach((connection) -> {
			try {
				connection.checkPlace();
			}
			catch (Throwable ex) {
				logger.error("Failed to verify connection '" + connection.getName() + "'", ex);
			}
		});
	}

	@Override
	public void favoured(SupervisedConnection connection) {
		Throwable cause = connection.getStatus().lastError();
		Duration delay = (cause != null) ? nextDelay(connection, cause) : null;
		if (delay != null && !this.closed) {
			this.supervised.computeIfPresent(connection, (key, waiting) -> {
				cancel(waiting);
				return schedule(connection, delay);
			});
		}
	}

	private @Nullable Duration nextDelay(SupervisedConnection connection, Throwable cause) {
		int attempts = connection.getStatus().attempts();
		ReconnectSettings reconnect = connection.getSpec().get(ReconnectSettings.class);
		if (!reconnect.enabled() || (reconnect.maxAttempts() > 0 && attempts >= reconnect.maxAttempts())) {
			return null;
		}
		try {
			return this.policies.of(connection).nextDelay(connection, attempts, cause);
		}
		catch (Throwable ex) {
			logger.error("Connection '" + connection.getName()
					+ "': the reconnect policy failed; using the reconnect properties", ex);
			return this.properties.nextDelay(connection, attempts, cause);
		}
	}

	@Override
	public void closed(SupervisedConnection connection) {
		cancel(this.supervised.remove(connection));
		notifyPolicy(() -> this.policies.of(connection).closed(connection));
	}

	private static void cancel(@Nullable Supervision supervision) {
		if (supervision != null && supervision.next() != null) {
			supervision.next().cancel(false);
		}
	}

	private void notifyPolicy(Runnable notification) {
		try {
			notification.run();
		}
		catch (Throwable ex) {
			logger.error("Failed to notify the reconnect policy", ex);
		}
	}

	@Override
	public void stateChanged(ConnectionStateChangedEvent event) {
		try {
			this.listener.accept(event);
		}
		catch (Throwable ex) {
			logger.error("Failed to publish a state change of connection '" + event.connection().getName() + "'", ex);
		}
	}

	@Override
	public void close() {
		this.closed = true;
		this.watcher.close();
		this.timer.shutdownNow();
		long deadline = System.nanoTime() + CLOSE_NANOS;
		for (SupervisedConnection connection : new ArrayList<>(this.supervised.keySet())) {
			try {
				connection.shutdown(Duration.ofNanos(Math.max(deadline - System.nanoTime(), 0)));
			}
			catch (RuntimeException ex) {
				logger.warn("Failed to close connection '" + connection.getName() + "'", ex);
			}
		}
	}

	private record Supervision(@Nullable Future<?> next) {

	}

}
