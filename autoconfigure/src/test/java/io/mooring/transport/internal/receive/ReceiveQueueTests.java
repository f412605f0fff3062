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

package io.mooring.transport.internal.receive;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.mooring.OverflowPolicy;
import io.mooring.test.Interleavings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class ReceiveQueueTests {

	private final List<String> lost = new CopyOnWriteArrayList<>();

	private volatile boolean accepting = true;

	private ReceiveQueue<Integer> queue(int capacity, OverflowPolicy overflow) {
		return new ReceiveQueue<>(capacity, overflow, () -> this.accepting,
				(message, reason) -> this.lost.add(message + " " + reason));
	}

	private static List<Integer> left(ReceiveQueue<Integer> queue) {
		List<Integer> left = new ArrayList<>();
		Integer message;
		while ((message = queue.poll()) != null) {
			left.add(message);
		}
		return left;
	}

	private static void offer(ReceiveQueue<Integer> queue, int message) {
		try {
			queue.offer(message, () -> true);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static Thread waiting(Runnable task) {
		Thread thread = new Thread(task);
		thread.setDaemon(true);
		thread.start();
		Awaitility.await()
			.until(() -> thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING);
		return thread;
	}

	private static void join(Thread thread) throws InterruptedException {
		thread.join(10_000);
		assertThat(thread.isAlive()).isFalse();
	}

	@Test
	void aFullQueueLosesItsOldestMessage() {
		ReceiveQueue<Integer> queue = queue(2, OverflowPolicy.DROP_OLDEST);
		assertThat(IntStream.range(0, 3).allMatch(queue::tryOffer)).isTrue();
		offer(queue, 3);
		assertThat(left(queue)).containsExactly(2, 3);
		assertThat(this.lost).containsExactly("0 QUEUE_FULL", "1 QUEUE_FULL");
	}

	@Test
	void aFullQueueLosesTheNewestMessage() {
		ReceiveQueue<Integer> queue = queue(2, OverflowPolicy.DROP_NEWEST);
		assertThat(IntStream.range(0, 3).allMatch(queue::tryOffer)).isTrue();
		offer(queue, 3);
		assertThat(left(queue)).containsExactly(0, 1);
		assertThat(this.lost).containsExactly("2 QUEUE_FULL", "3 QUEUE_FULL");
	}

	@Test
	void aFullQueueRefusesAndTellsOnceWhenHalfOfItIsFree() {
		ReceiveQueue<Integer> queue = queue(4, OverflowPolicy.BLOCK);
		List<Boolean> room = new ArrayList<>();
		queue.onRoom(() -> room.add(true));
		assertThat(IntStream.range(0, 4).allMatch(queue::tryOffer)).isTrue();
		assertThat(queue.tryOffer(4)).isFalse();
		assertThat(queue.tryOffer(4)).isFalse();
		queue.poll();
		assertThat(room).isEmpty();
		queue.poll();
		assertThat(room).hasSize(1);
		assertThat(left(queue)).containsExactly(2, 3);
		assertThat(room).hasSize(1);
		assertThat(this.lost).isEmpty();
	}

	@Test
	void clearingAFullQueueTellsOfTheRoom() {
		ReceiveQueue<Integer> queue = queue(1, OverflowPolicy.BLOCK);
		List<Boolean> room = new ArrayList<>();
		queue.onRoom(() -> room.add(true));
		queue.tryOffer(0);
		queue.tryOffer(1);
		queue.clear();
		assertThat(room).hasSize(1);
		assertThat(this.lost).containsExactly("0 CLOSED");
	}

	@Test
	void aClosedConnectionLosesWhatIsOffered() {
		this.accepting = false;
		ReceiveQueue<Integer> queue = queue(1, OverflowPolicy.BLOCK);
		assertThat(queue.tryOffer(0)).isTrue();
		offer(queue, 1);
		assertThat(left(queue)).isEmpty();
		assertThat(this.lost).containsExactly("0 CLOSED", "1 CLOSED");
	}

	@Test
	void aMessageDoesNotComeIntoAQueueThatIsClearedMeanwhile() throws InterruptedException {
		AtomicReference<ReceiveQueue<Integer>> queue = new AtomicReference<>();
		AtomicReference<Thread> closing = new AtomicReference<>();
		queue.set(new ReceiveQueue<>(1, OverflowPolicy.BLOCK, () -> {
			Thread thread = new Thread(() -> queue.get().clear());
			closing.set(thread);
			thread.start();
			Awaitility.await().until(() -> !thread.isAlive() || thread.getState() == Thread.State.WAITING);
			return true;
		}, (message, reason) -> this.lost.add(message + " " + reason)));
		queue.get().tryOffer(0);
		join(closing.get());
		assertThat(left(queue.get())).isEmpty();
		assertThat(this.lost).containsExactly("0 CLOSED");
	}

	@Test
	void anOfferWaitsForRoom() throws InterruptedException {
		ReceiveQueue<Integer> queue = queue(1, OverflowPolicy.BLOCK);
		queue.tryOffer(0);
		Thread offering = waiting(() -> offer(queue, 1));
		assertThat(queue.poll()).isEqualTo(0);
		join(offering);
		assertThat(queue.poll()).isEqualTo(1);
	}

	@Test
	void anOfferThatWaitsIsLostWithTheSocket() throws InterruptedException {
		ReceiveQueue<Integer> queue = queue(1, OverflowPolicy.BLOCK);
		queue.tryOffer(0);
		boolean[] open = { true };
		Thread offering = waiting(() -> {
			try {
				queue.offer(1, () -> open[0]);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		open[0] = false;
		queue.release();
		join(offering);
		assertThat(left(queue)).containsExactly(0);
		assertThat(this.lost).containsExactly("1 CLOSED");
	}

	@Test
	void anOfferThatWaitsDoesNotComeIntoAQueueThatWasCleared() throws InterruptedException {
		ReceiveQueue<Integer> queue = queue(1, OverflowPolicy.BLOCK);
		queue.tryOffer(0);
		Thread offering = waiting(() -> offer(queue, 1));
		this.accepting = false;
		queue.clear();
		join(offering);
		assertThat(left(queue)).isEmpty();
		assertThat(this.lost).containsExactlyInAnyOrder("0 CLOSED", "1 CLOSED");
	}

	@Test
	void aWaitEndsWithAMessageAndWhenItIsWoken() throws InterruptedException {
		ReceiveQueue<Integer> queue = queue(1, OverflowPolicy.BLOCK);
		List<@Nullable Integer> received = new ArrayList<>();
		Runnable receive = () -> {
			try {
				received.add(queue.poll(Duration.ofMinutes(1)));
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		};
		Thread receiving = waiting(receive);
		queue.tryOffer(0);
		join(receiving);
		receiving = waiting(receive);
		queue.wake(new IllegalStateException());
		join(receiving);
		assertThat(received).containsExactly(0, null);
	}

	@Test
	void requestsAreServedInOrderAndThoseThatEndedTakeNothing() {
		ReceiveQueue<Integer> queue = queue(4, OverflowPolicy.BLOCK);
		CompletableFuture<Integer> first = queue.request();
		CompletableFuture<Integer> second = queue.request();
		CompletableFuture<Integer> third = queue.request();
		CompletableFuture<Integer> fourth = queue.request();
		first.cancel(true);
		third.complete(-1);
		queue.tryOffer(0);
		offer(queue, 1);
		queue.tryOffer(2);
		assertThat(second).isCompletedWithValue(0);
		assertThat(fourth).isCompletedWithValue(1);
		assertThat(queue.request()).isCompletedWithValue(2);
		assertThat(this.lost).isEmpty();
	}

	@Test
	void asManyRequestsArePendingAsThereIsRoomForMessages() {
		ReceiveQueue<Integer> queue = queue(2, OverflowPolicy.BLOCK);
		CompletableFuture<Integer> first = queue.request();
		queue.request();
		assertThatIllegalStateException().isThrownBy(queue::request).withMessageContaining("receive.capacity");
		first.cancel(true);
		assertThat(queue.request()).isNotDone();
	}

	@Test
	void wakingFailsTheRequests() {
		ReceiveQueue<Integer> queue = queue(2, OverflowPolicy.BLOCK);
		CompletableFuture<Integer> request = queue.request();
		queue.wake(new IllegalStateException("closed"));
		assertThat(request).isCompletedExceptionally();
		queue.tryOffer(0);
		assertThat(queue.poll()).isEqualTo(0);
	}

	@ParameterizedTest
	@EnumSource
	void everyMessageGoesToOnePlaceInOrder(OverflowPolicy overflow) {
		int count = new Interleavings<>(() -> new World(overflow))
			.actor((world) -> world.offer(1), (world) -> world.offer(2), (world) -> world.offer(3))
			.actor(World::poll, World::request, World::cancel)
			.actor(World::request, World::poll)
			.actor(World::close)
			.check(World::check);
		assertThat(count).isEqualTo(9 * 8 * 7 * 6 * 5 * 4 * 3 * 2 / (6 * 6 * 2));
	}

	private static final class World {

		private final List<Integer> lost = new ArrayList<>();

		private final List<Integer> received = new ArrayList<>();

		private final List<CompletableFuture<Integer>> requests = new ArrayList<>();

		private final List<Integer> refused = new ArrayList<>();

		private final ReceiveQueue<Integer> queue;

		private boolean accepting = true;

		World(OverflowPolicy overflow) {
			this.queue = new ReceiveQueue<>(2, overflow, () -> this.accepting,
					(message, reason) -> this.lost.add(message));
		}

		void offer(int message) {
			if (!this.queue.tryOffer(message)) {
				this.refused.add(message);
			}
		}

		void poll() {
			Integer message = this.queue.poll();
			if (message != null) {
				this.received.add(message);
			}
		}

		void request() {
			CompletableFuture<Integer> request = this.queue.request();
			request.thenAccept(this.received::add);
			this.requests.add(request);
		}

		void cancel() {
			this.requests.get(0).cancel(true);
		}

		void close() {
			this.accepting = false;
			this.queue.wake(new IllegalStateException("closed"));
			this.queue.clear();
		}

		void check() {
			assertThat(this.queue.isEmpty()).isTrue();
			assertThat(this.received).isSorted();
			List<Integer> all = new ArrayList<>(this.received);
			all.addAll(this.lost);
			all.addAll(this.refused);
			assertThat(all).containsExactlyInAnyOrder(1, 2, 3);
		}

	}

}
