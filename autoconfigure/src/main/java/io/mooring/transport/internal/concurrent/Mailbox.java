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

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;

/**
 * Serial executor of one connection: tasks run in the order of their submission, one at a
 * time. A task may submit others, which run after it. Whatever a task throws is logged.
 */
public final class Mailbox implements Executor {

	private static final ThreadLocal<Mailbox> CURRENT = new ThreadLocal<>();

	private final @Nullable MailboxThreads threads;

	private final Log logger;

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	private final AtomicInteger pending = new AtomicInteger();

	private volatile @Nullable Mailbox awaited;

	/**
	 * Create an empty mailbox.
	 * @param threads run the tasks, {@code null} to run them on the thread that submits
	 * one while no other runs
	 * @param logger logs what tasks throw
	 */
	public Mailbox(@Nullable MailboxThreads threads, Log logger) {
		this.threads = threads;
		this.logger = logger;
	}

	@Override
	public void execute(Runnable task) {
		this.tasks.add(task);
		if (this.pending.getAndIncrement() > 0) {
			return;
		}
		if (this.threads == null) {
			run();
			return;
		}
		try {
			this.threads.executeOrRetry(this::run);
		}
		catch (RejectedExecutionException ex) {
			// The application has ended, and what is left to be closed is closed here
			run();
		}
	}

	private void run() {
		Mailbox outer = CURRENT.get();
		CURRENT.set(this);
		try {
			do {
				run(this.tasks.remove());
			}
			while (this.pending.decrementAndGet() > 0);
		}
		finally {
			if (outer != null) {
				CURRENT.set(outer);
			}
			else {
				CURRENT.remove();
			}
		}
	}

	private void run(Runnable task) {
		try {
			task.run();
		}
		catch (Throwable ex) {
			report(ex);
		}
		if (this.threads != null) {
			// An interrupt of one task is no matter of the next
			Thread.interrupted();
		}
	}

	private void report(Throwable cause) {
		try {
			this.logger.error("A task of the connection failed", cause);
		}
		catch (Throwable ex) {
			// As well out of memory: the tasks after this one matter more
		}
	}

	/**
	 * Wait for something that tasks of this mailbox do, unless they cannot: the calling
	 * thread runs this mailbox itself, or one that this mailbox is waiting for.
	 * @param wait waits
	 */
	public void await(Runnable wait) {
		Mailbox caller = CURRENT.get();
		if (caller == null) {
			wait.run();
			return;
		}
		caller.awaited = this;
		try {
			Mailbox next = this;
			while (next != null && next != caller) {
				next = next.awaited;
			}
			if (next == null) {
				wait.run();
			}
		}
		finally {
			caller.awaited = null;
		}
	}

}
