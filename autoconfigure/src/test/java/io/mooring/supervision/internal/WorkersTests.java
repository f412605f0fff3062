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

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.hamcrest.Matchers.is;

class WorkersTests {

	private final AtomicInteger done = new AtomicInteger();

	private final AtomicInteger started = new AtomicInteger();

	private final CountDownLatch goOn = new CountDownLatch(1);

	private void block() {
		this.started.incrementAndGet();
		try {
			this.goOn.await(10, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.done.incrementAndGet();
	}

	@Test
	void tasksWaitWhereThereAreNoMoreThreads() {
		AtomicInteger threads = new AtomicInteger();
		ThreadFactory factory = (task) -> {
			if (threads.incrementAndGet() > 3) {
				throw new OutOfMemoryError("unable to create native thread");
			}
			return new Thread(task);
		};
		try (Workers workers = new Workers(factory, 1000)) {
			for (int i = 0; i < 50; i++) {
				workers.executor().execute(this::block);
			}
			assertThat(threads).hasValueGreaterThan(3);
			this.goOn.countDown();
			Awaitility.await().untilAtomic(this.done, is(50));
		}
	}

	@Test
	void aTaskThatThrowsTakesNoThreadWithIt() {
		AtomicInteger threads = new AtomicInteger();
		ThreadFactory factory = (task) -> {
			threads.incrementAndGet();
			return new Thread(task);
		};
		try (Workers workers = new Workers(factory, 1)) {
			for (int i = 0; i < 50; i++) {
				workers.handlers().execute(() -> {
					this.done.incrementAndGet();
					throw new OutOfMemoryError();
				});
			}
			Awaitility.await().untilAtomic(this.done, is(50));
			assertThat(threads).hasValue(2);
		}
	}

	@Test
	void handlersHaveAsManyThreadsAsTold() {
		try (Workers workers = new Workers(false, 5)) {
			for (int i = 0; i < 50; i++) {
				workers.handlers().execute(this::block);
			}
			Awaitility.await().untilAtomic(this.started, is(5));
			workers.executor().execute(this::block);
			Awaitility.await().untilAtomic(this.started, is(6));
			this.goOn.countDown();
			Awaitility.await().untilAtomic(this.done, is(51));
		}
	}

	@Test
	void threadsThatAreFreeAreUsedAgain() {
		List<Thread> threads = new CopyOnWriteArrayList<>();
		try (Workers workers = new Workers((task) -> {
			Thread thread = new Thread(task);
			threads.add(thread);
			return thread;
		}, 5)) {
			for (int i = 0; i < 20; i++) {
				Awaitility.await().untilAtomic(this.done, is(i));
				Awaitility.await()
					.untilAsserted(
							() -> assertThat(threads).extracting(Thread::getState).containsOnly(Thread.State.WAITING));
				workers.handlers().execute(this.done::incrementAndGet);
			}
			Awaitility.await().untilAtomic(this.done, is(20));
			assertThat(threads).hasSize(2);
		}
	}

	@Test
	void nothingRunsAfterTheEnd() {
		Workers workers = new Workers(false, 1);
		workers.close();
		assertThatExceptionOfType(RejectedExecutionException.class)
			.isThrownBy(() -> workers.executor().execute(this::block));
		assertThatExceptionOfType(RejectedExecutionException.class)
			.isThrownBy(() -> workers.handlers().execute(this::block));
	}

}
