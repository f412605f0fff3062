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

package io.mooring.transport.stream.internal.connection;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.mooring.test.Interleavings;

import static org.assertj.core.api.Assertions.assertThat;

class WriteQueueTests {

	private static final IOException CAUSE = new IOException("closed");

	private int starts;

	private final WriteQueue queue = new WriteQueue(2, () -> this.starts++);

	private static Frame frame() {
		return new Frame(new byte[10], 10);
	}

	private Frame put() throws InterruptedException {
		Frame frame = frame();
		assertThat(this.queue.put(frame, OfferPolicy.NONE)).isEqualTo(OfferResult.QUEUED);
		return frame;
	}

	private CompletableFuture<OfferResult> putLater(OfferPolicy patience) {
		CompletableFuture<OfferResult> outcome = new CompletableFuture<>();
		Thread thread = new Thread(() -> {
			try {
				outcome.complete(this.queue.put(frame(), patience));
			}
			catch (InterruptedException ex) {
				outcome.completeExceptionally(ex);
			}
		});
		thread.setDaemon(true);
		thread.start();
		Awaitility.await()
			.until(() -> thread.getState() == Thread.State.TIMED_WAITING || thread.getState() == Thread.State.WAITING);
		return outcome;
	}

	private static OfferResult get(CompletableFuture<OfferResult> outcome) throws Exception {
		return outcome.get(10, TimeUnit.SECONDS);
	}

	@Test
	void theWriterIsStartedOnceForWhatItTakes() throws InterruptedException {
		Frame first = put();
		Frame second = put();
		assertThat(this.starts).isEqualTo(1);
		assertThat(this.queue.next(100)).containsExactly(first, second);
		assertThat(this.queue.done(List.of(first, second), null)).isTrue();
		Frame third = put();
		assertThat(this.starts).isEqualTo(1);
		assertThat(this.queue.next(100)).containsExactly(third);
		assertThat(this.queue.next(100)).isEmpty();
		this.queue.done(List.of(third), null);
		put();
		assertThat(this.starts).isEqualTo(2);
	}

	@Test
	void aFullQueueRefusesTheImpatient() throws InterruptedException {
		put();
		put();
		assertThat(this.queue.put(frame(), OfferPolicy.NONE)).isEqualTo(OfferResult.FULL);
		this.queue.next(100);
		assertThat(this.queue.put(frame(), OfferPolicy.NONE)).isEqualTo(OfferResult.FULL);
	}

	@Test
	void waitsForRoomUntilTheKernelTookSomething() throws Exception {
		Frame first = put();
		put();
		CompletableFuture<OfferResult> third = putLater(OfferPolicy.ENDLESS);
		this.queue.next(10);
		this.queue.flushed();
		assertThat(third).isNotDone();
		this.queue.done(List.of(first), null);
		assertThat(get(third)).isEqualTo(OfferResult.QUEUED);
	}

	@Test
	void waitsForTheEventLoopButNotForTheKernel() throws Exception {
		Frame first = put();
		put();
		CompletableFuture<OfferResult> third = putLater(OfferPolicy.WHILE_TAKEN);
		this.queue.next(10);
		assertThat(third).isNotDone();
		this.queue.flushed();
		assertThat(get(third)).isEqualTo(OfferResult.FULL);
		assertThat(this.queue.put(frame(), OfferPolicy.WHILE_TAKEN)).isEqualTo(OfferResult.FULL);
		this.queue.done(List.of(first), null);
		assertThat(this.queue.put(frame(), OfferPolicy.WHILE_TAKEN)).isEqualTo(OfferResult.QUEUED);
	}

	@Test
	void doesNotWaitWhileSendingIsPaused() throws Exception {
		put();
		put();
		CompletableFuture<OfferResult> third = putLater(OfferPolicy.WHILE_TAKEN);
		this.queue.hold(() -> true);
		assertThat(get(third)).isEqualTo(OfferResult.FULL);
	}

	@Test
	void holdsBackWhatWaits() throws InterruptedException {
		this.queue.hold(() -> true);
		Frame frame = put();
		assertThat(this.starts).isZero();
		assertThat(this.queue.next(100)).isEmpty();
		assertThat(this.queue.putIfEmpty(frame())).isFalse();
		this.queue.hold(() -> false);
		assertThat(this.starts).isEqualTo(1);
		assertThat(this.queue.next(100)).containsExactly(frame);
	}

	@Test
	void aPauseIsNotOverwrittenByWhoLookedBefore() throws InterruptedException {
		AtomicBoolean paused = new AtomicBoolean();
		AtomicReference<Thread> pausing = new AtomicReference<>();
		this.queue.hold(() -> {
			boolean before = paused.get();
			Thread thread = new Thread(() -> {
				paused.set(true);
				this.queue.hold(paused::get);
			});
			pausing.set(thread);
			thread.start();
			Awaitility.await().until(() -> !thread.isAlive() || thread.getState() == Thread.State.WAITING);
			return before;
		});
		pausing.get().join(10_000);
		put();
		assertThat(this.starts).isZero();
	}

	@Test
	void aFrameOfNoUseBehindOthersIsAddedToAnEmptyQueueOnly() throws InterruptedException {
		Frame frame = frame();
		assertThat(this.queue.putIfEmpty(frame)).isTrue();
		assertThat(this.queue.putIfEmpty(frame())).isFalse();
		this.queue.next(100);
		assertThat(this.queue.putIfEmpty(frame())).isFalse();
		this.queue.done(List.of(frame), null);
		assertThat(this.queue.putIfEmpty(frame())).isTrue();
		this.queue.close(CAUSE);
		assertThat(this.queue.putIfEmpty(frame())).isFalse();
	}

	@Test
	void closingGivesWhatIsLostOnceAndWakesWhoWaits() throws Exception {
		Frame first = put();
		Frame second = put();
		CompletableFuture<OfferResult> third = putLater(OfferPolicy.ENDLESS);
		assertThat(this.queue.next(10)).containsExactly(first);
		assertThat(this.queue.close(CAUSE)).containsExactly(second);
		assertThat(this.queue.close(new IOException())).isEmpty();
		assertThat(this.queue.closed()).isSameAs(CAUSE);
		assertThat(get(third)).isEqualTo(OfferResult.CLOSED);
		assertThat(this.queue.next(10)).isEmpty();
		assertThat(this.queue.putBack(first)).isFalse();
		assertThat(this.queue.done(List.of(first), CAUSE)).isTrue();
		assertThat(this.queue.isEmpty()).isTrue();
	}

	@Test
	void whatFailsWithTheChannelWaitsForTheReason() throws InterruptedException {
		Frame first = put();
		Frame second = put();
		this.queue.next(10);
		assertThat(this.queue.done(List.of(first), new ClosedChannelException())).isFalse();
		assertThat(this.queue.close(CAUSE)).containsExactly(first, second);
		assertThat(this.queue.isEmpty()).isTrue();
	}

	@Test
	void afterItsEndItTakesNoMoreButGoesOnWithWhatWaits() throws Exception {
		Frame first = put();
		Frame second = put();
		CompletableFuture<OfferResult> third = putLater(OfferPolicy.ENDLESS);
		this.queue.end();
		assertThat(get(third)).isEqualTo(OfferResult.CLOSED);
		assertThat(this.queue.awaitEmpty(System.nanoTime(), Long.MAX_VALUE / 4)).isFalse();
		assertThat(this.queue.awaitEmpty(System.nanoTime() + TimeUnit.HOURS.toNanos(1), -1)).isFalse();
		assertThat(this.queue.next(100)).containsExactly(first, second);
		CompletableFuture<Boolean> empty = CompletableFuture.supplyAsync(() -> this.queue
			.awaitEmpty(System.nanoTime() + TimeUnit.SECONDS.toNanos(10), TimeUnit.SECONDS.toNanos(10)));
		this.queue.done(List.of(first, second), null);
		assertThat(empty.get(10, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void doesNotWaitForWhatIsHeldBack() throws InterruptedException {
		put();
		this.queue.hold(() -> true);
		assertThat(this.queue.awaitEmpty(System.nanoTime() + TimeUnit.HOURS.toNanos(1), TimeUnit.HOURS.toNanos(1)))
			.isFalse();
	}

	@Test
	void everyFrameIsTakenOrLostOrRefusedOnceHoweverItCloses() {
		int count = new Interleavings<>(World::new).actor(World::put, World::put, World::put)
			.actor(World::next, World::done, World::next, World::done)
			.actor(World::hold, World::release)
			.actor(World::close)
			.check(World::check);
		assertThat(count).isEqualTo(12600);
	}

	@Test
	void aWriterIsAtItWheneverSomethingWaits() {
		new Interleavings<>(World::new).actor(World::put, World::put)
			.actor(World::hold, World::release)
			.actor(World::write, World::write)
			.check((world) -> {
				world.write();
				assertThat(world.queue.isEmpty()).isTrue();
			});
	}

	private static final class World {

		private final WriteQueue queue = new WriteQueue(2, () -> this.started = true);

		private boolean started;

		private final List<Frame> put = new ArrayList<>();

		private final List<Frame> ended = new ArrayList<>();

		private List<Frame> writing = List.of();

		private @Nullable Throwable failure;

		void put() throws InterruptedException {
			Frame frame = frame();
			this.put.add(frame);
			if (this.queue.put(frame, OfferPolicy.NONE) != OfferResult.QUEUED) {
				this.ended.add(frame);
			}
		}

		void next() {
			if (this.started) {
				this.writing = this.queue.next(10);
				this.started = !this.writing.isEmpty();
			}
		}

		void done() {
			if (!this.writing.isEmpty() && this.queue.done(this.writing, this.failure)) {
				this.ended.addAll(this.writing);
			}
			this.writing = List.of();
		}

		void write() {
			while (this.started) {
				next();
				done();
			}
		}

		void hold() {
			this.queue.hold(() -> true);
		}

		void release() {
			this.queue.hold(() -> false);
		}

		void close() {
			this.failure = new ClosedChannelException();
			this.ended.addAll(this.queue.close(CAUSE));
		}

		void check() {
			done();
			assertThat(this.ended).hasSameSizeAs(this.put);
			assertThat(this.put).allMatch((frame) -> this.ended.stream().anyMatch((ended) -> ended == frame));
			assertThat(this.queue.isEmpty()).isTrue();
		}

	}

}
