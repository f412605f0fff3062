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

package io.mooring.test;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;

/**
 * Executor whose tasks are run by the test, one by one, on its own thread.
 */
public final class ManualExecutor implements Executor {

	private final Deque<Runnable> tasks = new ArrayDeque<>();

	@Override
	public void execute(Runnable task) {
		this.tasks.add(task);
	}

	public int size() {
		return this.tasks.size();
	}

	/**
	 * Run the oldest task, if there is one.
	 */
	public void runNext() {
		Runnable task = this.tasks.poll();
		if (task != null) {
			task.run();
		}
	}

	/**
	 * Run all tasks, including tasks that they add.
	 */
	public void runAll() {
		while (!this.tasks.isEmpty()) {
			runNext();
		}
	}

}
