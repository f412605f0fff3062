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

package io.mooring.binding;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Poller of the network interfaces, shared by all connections. Changes are polled because
 * sockets report them late or never: a socket bound to an IPv6 address that was removed
 * continues to send.
 */
public final class InterfaceWatcher implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(InterfaceWatcher.class);

	private final NetworkInterfaces interfaces;

	private final Duration interval;

	private @Nullable ScheduledThreadPoolExecutor timer;

	private boolean closed;

	private List<InterfaceSnapshot> last = List.of();

	private boolean failing;

	/**
	 * Create a watcher that is not started.
	 * @param interfaces the interfaces
	 * @param interval the polling interval; zero or less disables polling
	 */
	public InterfaceWatcher(NetworkInterfaces interfaces, Duration interval) {
		this.interfaces = interfaces;
		this.interval = interval;
	}

	/**
	 * Start polling. Does nothing if the watcher is started or closed.
	 * @param listener the callback for changes, called on the daemon thread of the
	 * watcher
	 * @param look a further task for every poll, run on the same thread
	 */
	public synchronized void start(Consumer<InterfaceChange> listener, Runnable look) {
		if (this.timer != null || this.closed || this.interval.isZero() || this.interval.isNegative()) {
			return;
		}
		this.last = this.interfaces.list();
		ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, InterfaceWatcher::thread);
		timer.scheduleWithFixedDelay(() -> look(listener, look), this.interval.toNanos(), this.interval.toNanos(),
				TimeUnit.NANOSECONDS);
		this.timer = timer;
	}

	private static Thread thread(Runnable task) {
		Thread thread = new Thread(task, "mooring-interfaces");
		thread.setDaemon(true);
		return thread;
	}

	private void look(Consumer<InterfaceChange> listener, Runnable look) {
		try {
			look.run();
			List<InterfaceSnapshot> now = this.interfaces.list();
			InterfaceChange change = new InterfaceChange(this.last, now);
			if (!change.before().equals(change.after())) {
				this.last = now;
				logger.debug("The network interfaces changed to " + now);
				listener.accept(change);
			}
			this.failing = false;
		}
		catch (Throwable ex) {
			if (!this.failing) {
				this.failing = true;
				logger.error("Failed to list the network interfaces; retrying, further failures are logged at DEBUG",
						ex);
			}
			else {
				logger.debug("Failed to list the network interfaces", ex);
			}
		}
	}

	@Override
	public synchronized void close() {
		this.closed = true;
		if (this.timer != null) {
			this.timer.shutdownNow();
		}
	}

}
