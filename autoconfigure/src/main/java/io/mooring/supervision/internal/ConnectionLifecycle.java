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
import java.util.concurrent.CompletableFuture;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

import io.mooring.ConnectionStatistics;
import io.mooring.ConnectionTimeoutException;
import io.mooring.DropReason;
import io.mooring.transport.SupervisedConnection;
import io.mooring.transport.settings.StartupSettings;

/**
 * {@link SmartLifecycle} of one connection: opens it in its phase without waiting, or
 * when its role is granted, and closes it when the application stops.
 */
public final class ConnectionLifecycle implements SmartLifecycle {

	private static final Log logger = LogFactory.getLog(ConnectionLifecycle.class);

	private final SupervisedConnection connection;

	private final Duration stopTimeout;

	private volatile boolean running;

	private volatile CompletableFuture<Void> firstAttempt = CompletableFuture.completedFuture(null);

	/**
	 * Create a lifecycle.
	 * @param connection the connection
	 * @param stopTimeout the maximum time to deliver messages that were read and to flush
	 * messages that were accepted
	 */
	public ConnectionLifecycle(SupervisedConnection connection, Duration stopTimeout) {
		this.connection = connection;
		this.stopTimeout = stopTimeout;
	}

	/**
	 * Open the connection, unless it has a role, since a start of the whole application
	 * does not imply that the role is granted.
	 */
	@Override
	public void start() {
		if (getRole() == null) {
			open();
		}
	}

	/**
	 * Open the connection because its role was granted. After a failure it is retried in
	 * the background, regardless of the {@code startup} property.
	 */
	public void startInRole() {
		open();
	}

	private void open() {
		this.running = true;
		this.firstAttempt = this.connection.startOpen();
	}

	/**
	 * Close the connection immediately, without stopping the application.
	 */
	@Override
	public void stop() {
		this.running = false;
		this.connection.close();
	}

	/**
	 * Stop with the application, unless a {@link StartupGate} has closed the connection.
	 */
	@Override
	public void stop(Runnable callback) {
		try {
			shutdown();
		}
		finally {
			callback.run();
		}
	}

	/**
	 * Close the connection on shutdown, with time to deliver messages that were read and
	 * to flush messages that were accepted.
	 */
	void shutdown() {
		this.running = false;
		long before = lost();
		try {
			this.connection.shutdown(this.stopTimeout);
		}
		catch (ConnectionTimeoutException ex) {
			logger.warn("Failed to close connection '" + this.connection.getName() + "'", ex);
		}
		long lost = lost() - before;
		if (lost > 0) {
			logger.warn("Connection '" + this.connection.getName() + "' lost " + lost
					+ " messages on shutdown that it had read or accepted; they are counted as dropped");
		}
	}

	private long lost() {
		ConnectionStatistics statistics = this.connection.getStatistics();
		return statistics.dropped(DropReason.CLOSED) + statistics.dropped(DropReason.NOT_SENT);
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public boolean isAutoStartup() {
		return startup().auto();
	}

	@Override
	public int getPhase() {
		return startup().phase();
	}

	/**
	 * Return the role that opens and closes the connection.
	 * @return the role, {@code null} if the application does
	 */
	public @Nullable String getRole() {
		return startup().role();
	}

	/**
	 * Return the name of the connection.
	 * @return the name
	 */
	public String getConnectionName() {
		return this.connection.getName();
	}

	SupervisedConnection connection() {
		return this.connection;
	}

	StartupSettings startup() {
		return this.connection.getSpec().get(StartupSettings.class);
	}

	CompletableFuture<Void> firstAttempt() {
		return this.firstAttempt;
	}

}
