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

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Thread pools that open connections and call user code. They accept every task until
 * they are closed; tasks wait while the thread limit of the pool or of the process is
 * reached. Not an {@link Executor} itself, since as a bean it would replace that of the
 * application.
 */
public final class Workers implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(Workers.class);

	private static final String PREFIX = "mooring-worker-";

	private final Executor executor;

	private final Executor handlers;

	/**
	 * Create workers.
	 * @param virtual whether to use virtual threads, whose number is not limited
	 * @param maxThreads the maximum number of platform threads that handle messages of
	 * accepted clients
	 */
	public Workers(boolean virtual, int maxThreads) {
		if (virtual) {
			this.executor = virtualThreads();
			this.handlers = this.executor;
		}
		else {
			this.executor = new Pool(threads(PREFIX), Integer.MAX_VALUE);
			this.handlers = new Pool(threads("mooring-handler-"), maxThreads);
		}
	}

	Workers(ThreadFactory threads, int maxThreads) {
		this.executor = new Pool(threads, Integer.MAX_VALUE);
		this.handlers = new Pool(threads, maxThreads);
	}

	private static Executor virtualThreads() {
		SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor(PREFIX);
		executor.setVirtualThreads(true);
		return executor;
	}

	private static ThreadFactory threads(String prefix) {
		CustomizableThreadFactory threads = new CustomizableThreadFactory(prefix);
		threads.setDaemon(true);
		return threads;
	}

	/**
	 * Return the executor for tasks of declared connections. It has no thread limit,
	 * since each connection has few tasks.
	 * @return the executor
	 */
	public Executor executor() {
		return this.executor;
	}

	/**
	 * Return the executor for messages of accepted clients, of which there may be
	 * thousands.
	 * @return the executor
	 */
	public Executor handlers() {
		return this.handlers;
	}

	@Override
	public void close() {
		close(this.executor);
		close(this.handlers);
	}

	private static void close(Executor executor) {
		if (executor instanceof Pool pool) {
			pool.shutdownNow();
		}
		else if (executor instanceof SimpleAsyncTaskExecutor tasks) {
			tasks.close();
		}
	}

	/**
	 * Thread pool that prefers an idle thread to a new one and a new one to the queue.
	 * One thread is kept alive, so that queued tasks always run.
	 */
	private static final class Pool extends ThreadPoolExecutor {

		private final Tasks tasks;

		Pool(ThreadFactory threads, int maxThreads) {
			this(threads, maxThreads, new Tasks());
		}

		private Pool(ThreadFactory threads, int maxThreads, Tasks tasks) {
			super(1, maxThreads, 30, TimeUnit.SECONDS, tasks, threads, (task, pool) -> ((Pool) pool).await(task));
			this.tasks = tasks;
			prestartCoreThread();
		}

		@Override
		public void execute(Runnable task) {
			Runnable guarded = () -> {
				try {
					task.run();
				}
				catch (Throwable ex) {
					// The thread would terminate, possibly without a replacement
					logger.error("Failed to run a task", ex);
				}
			};
			try {
				super.execute(guarded);
			}
			catch (Error ex) {
				// The thread limit of the process is reached
				await(guarded);
			}
		}

		private void await(Runnable task) {
			boolean open = !isShutdown();
			if (open) {
				this.tasks.add(task);
			}
			if (!open || (isShutdown() && this.tasks.remove(task))) {
				throw new RejectedExecutionException("The workers are closed");
			}
		}

	}

	private static final class Tasks extends LinkedTransferQueue<Runnable> {

		@Override
		public boolean offer(Runnable task) {
			return tryTransfer(task);
		}

		@Override
		public boolean add(Runnable task) {
			return super.offer(task);
		}

	}

}
