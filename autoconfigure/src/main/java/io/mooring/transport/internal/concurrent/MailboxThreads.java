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

package io.mooring.transport.internal.concurrent;

import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Cached threads on which connections are opened, closed and notified, apart from those
 * that handle messages. Each connection uses one at a time, and another one while a
 * cancelled attempt to open it has not ended. One thread is started in advance: it
 * retries what the system had no thread for.
 */
public final class MailboxThreads implements Executor, AutoCloseable {

	private static final long RETRY_MILLIS = 100;

	private final ThreadPoolExecutor pool;

	private final ScheduledThreadPoolExecutor timer;

	/**
	 * Create the threads.
	 */
	public MailboxThreads() {
		this(threads("mooring-mailbox-"));
	}

	/**
	 * Create the threads.
	 * @param threads creates them
	 */
	public MailboxThreads(ThreadFactory threads) {
		this.pool = new ThreadPoolExecutor(0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(),
				threads);
		this.timer = new ScheduledThreadPoolExecutor(1, threads("mooring-timer-"));
		this.timer.setRemoveOnCancelPolicy(true);
		this.timer.prestartCoreThread();
	}

	private static ThreadFactory threads(String prefix) {
		CustomizableThreadFactory threads = new CustomizableThreadFactory(prefix);
		threads.setDaemon(true);
		return threads;
	}

	/**
	 * Run a task on a thread of its own.
	 * @throws RejectedExecutionException if the application has ended
	 * @throws OutOfMemoryError if the system has no thread
	 */
	@Override
	public void execute(Runnable task) {
		this.pool.execute(task);
	}

	/**
	 * Run a task on a thread of its own, later where the system has no thread now.
	 * @param task the task
	 * @throws RejectedExecutionException if the application has ended
	 */
	void executeOrRetry(Runnable task) {
		try {
			this.pool.execute(task);
		}
		catch (RejectedExecutionException ex) {
			throw ex;
		}
		catch (Throwable ex) {
			schedule(() -> retry(task), RETRY_MILLIS);
		}
	}

	private void retry(Runnable task) {
		try {
			executeOrRetry(task);
		}
		catch (RejectedExecutionException ex) {
			task.run();
		}
	}

	/**
	 * Run a task later on the thread that was started in advance.
	 * @param task the task, which must not block
	 * @param millis the delay in milliseconds
	 * @return a handle that cancels it
	 * @throws RejectedExecutionException if the application has ended
	 */
	public Future<?> schedule(Runnable task, long millis) {
		return this.timer.schedule(task, millis, TimeUnit.MILLISECONDS);
	}

	/**
	 * Interrupt running tasks. Mailboxes continue on their current threads, and then on
	 * those of their callers.
	 */
	@Override
	public void close() {
		this.pool.shutdownNow();
		this.timer.shutdown();
	}

}
