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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.apache.commons.logging.LogFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import io.mooring.OverflowPolicy;
import io.mooring.test.Interleavings;
import io.mooring.test.ManualExecutor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class DispatcherTests {

	private final World world = new World();

	private static void dispatch(World world, int message) throws InterruptedException {
		world.dispatcher.dispatch(message, () -> true);
	}

	@Test
	void whatWasQueuedIsDeliveredBeforeWhatIsReadLater() throws InterruptedException {
		dispatch(this.world, 1);
		dispatch(this.world, 2);
		this.world.attach();
		assertThat(this.world.delivered).isEmpty();
		dispatch(this.world, 3);
		assertThat(this.world.delivered).containsExactly(1, 2, 3);
		this.world.executor.runAll();
		assertThat(this.world.finished).containsExactly(1, 2, 3);
	}

	@Test
	void whatWasQueuedIsDeliveredThoughNothingIsRead() throws InterruptedException {
		dispatch(this.world, 1);
		this.world.attach();
		this.world.executor.runAll();
		assertThat(this.world.delivered).containsExactly(1);
	}

	@Test
	void aHolderLeavesMessagesInTheQueue() throws InterruptedException {
		MessageSource.Attachment attachment = this.world.dispatcher.attach("the publisher", null);
		dispatch(this.world, 1);
		assertThat(this.world.dispatcher.owner()).isEqualTo("the publisher");
		assertThat(this.world.executor.size()).isZero();
		attachment.detach();
		assertThat(this.world.dispatcher.owner()).isNull();
		assertThat(this.world.queue.poll()).isEqualTo(1);
	}

	@Test
	void thereIsOneOwner() {
		this.world.attach();
		assertThatIllegalStateException().isThrownBy(() -> this.world.dispatcher.attach("another", null))
			.withMessageContaining("flow 1");
		this.world.detach();
		this.world.detach();
		this.world.dispatcher.attach("another", null);
		assertThat(this.world.dispatcher.owner()).isEqualTo("another");
	}

	@Test
	void requestsThatWereMadeBeforeEndWithTheAttaching() throws InterruptedException {
		CompletableFuture<Integer> request = this.world.queue.request();
		MessageSource.Attachment attachment = this.world.dispatcher.attach("the publisher", null);
		assertThat(request).failsWithin(Duration.ZERO)
			.withThrowableThat()
			.withMessageContaining("the messages go to the publisher");
		dispatch(this.world, 1);
		assertThat(this.world.queue.poll()).isEqualTo(1);
		attachment.detach();
	}

	@Test
	void aWaitThatBeganBeforeEndsWithTheAttaching() throws InterruptedException {
		CompletableFuture<Boolean> nothing = new CompletableFuture<>();
		Thread receiving = new Thread(() -> {
			try {
				nothing.complete(this.world.queue.poll(Duration.ofMinutes(1)) == null);
			}
			catch (InterruptedException ex) {
				nothing.completeExceptionally(ex);
			}
		});
		receiving.start();
		Awaitility.await().until(() -> receiving.getState() == Thread.State.TIMED_WAITING);
		this.world.dispatcher.attach("the publisher", null);
		dispatch(this.world, 1);
		receiving.join(10_000);
		assertThat(nothing).isCompletedWithValue(true);
		assertThat(this.world.queue.poll()).isEqualTo(1);
	}

	@Test
	void aConsumerThatThrowsLosesOneMessage() throws InterruptedException {
		this.world.attach((message) -> {
			if (message == 1) {
				Thread.currentThread().interrupt();
				throw new LinkageError();
			}
		});
		dispatch(this.world, 1);
		assertThat(Thread.currentThread().isInterrupted()).isFalse();
		dispatch(this.world, 2);
		assertThat(this.world.delivered).containsExactly(1, 2);
		assertThat(this.world.undelivered).containsExactly(1);
		assertThat(this.world.finished).containsExactly(1, 2);
	}

	@Test
	void aConsumerThatDetachesItselfGetsNoFurtherMessage() {
		this.world.attach((message) -> {
			if (message == 2) {
				this.world.detach();
			}
		});
		assertThat(this.world.dispatcher.dispatch(List.of(1, 2, 3), 0, () -> true)).isEqualTo(3);
		assertThat(this.world.delivered).containsExactly(1, 2);
		assertThat(this.world.queue.poll()).isEqualTo(3);
	}

	@Test
	void aListIsTakenAsFarAsThereIsRoom() {
		List<Integer> messages = List.of(1, 2, 3, 4, 5);
		assertThat(this.world.dispatcher.dispatch(messages, 0, () -> true)).isEqualTo(4);
		assertThat(this.world.queue.poll()).isEqualTo(1);
		assertThat(this.world.dispatcher.dispatch(messages, 4, () -> true)).isEqualTo(5);
		this.world.attach();
		assertThat(this.world.dispatcher.dispatch(List.of(6), 0, () -> true)).isEqualTo(1);
		assertThat(this.world.delivered).containsExactly(2, 3, 4, 5, 6);
	}

	@Test
	void aListIsTakenAsFarAsItIsOpen() {
		this.world.attach();
		assertThat(this.world.dispatcher.dispatch(List.of(1, 2, 3), 0, () -> this.world.delivered.size() < 2))
			.isEqualTo(2);
		assertThat(this.world.delivered).containsExactly(1, 2);
	}

	@Test
	void detachingWaitsForTheMessageThatTheConsumerIsAt() throws InterruptedException {
		CountDownLatch busy = new CountDownLatch(1);
		CountDownLatch goOn = new CountDownLatch(1);
		this.world.attach((message) -> {
			busy.countDown();
			try {
				goOn.await(10, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		Thread reader = new Thread(() -> this.world.dispatcher.dispatch(List.of(1, 2), 0, () -> true));
		reader.start();
		busy.await(10, TimeUnit.SECONDS);
		Thread detaching = new Thread(this.world::detach);
		detaching.start();
		Awaitility.await().until(() -> detaching.getState() == Thread.State.TIMED_WAITING);
		assertThat(this.world.finished).isEmpty();
		goOn.countDown();
		detaching.join(10_000);
		reader.join(10_000);
		assertThat(this.world.delivered).containsExactly(1);
		assertThat(this.world.queue.poll()).isEqualTo(2);
	}

	@Test
	void detachingGivesUpAfterItsPatience() throws InterruptedException {
		CountDownLatch busy = new CountDownLatch(1);
		CountDownLatch goOn = new CountDownLatch(1);
		this.world.attach((message) -> {
			busy.countDown();
			try {
				goOn.await(10, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		Thread reader = new Thread(() -> this.world.dispatcher.dispatch(List.of(1), 0, () -> true));
		reader.start();
		busy.await(10, TimeUnit.SECONDS);
		this.world.attachments.get(0).detach(Duration.ZERO);
		assertThat(this.world.dispatcher.owner()).isNull();
		assertThat(this.world.finished).isEmpty();
		goOn.countDown();
		reader.join(10_000);
	}

	@Test
	void aListIsNotKeptWaitingByAnotherThreadAndIsAskedForAgain() throws InterruptedException {
		CountDownLatch busy = new CountDownLatch(1);
		CountDownLatch goOn = new CountDownLatch(1);
		AtomicInteger free = new AtomicInteger();
		this.world.dispatcher.onFree(free::incrementAndGet);
		dispatch(this.world, 1);
		this.world.attach((message) -> {
			busy.countDown();
			try {
				goOn.await(10, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		Thread worker = new Thread(this.world::runNext);
		worker.start();
		assertThat(busy.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(this.world.dispatcher.dispatch(List.of(2), 0, () -> true)).isZero();
		assertThat(this.world.dispatcher.isHeldUp()).isTrue();
		assertThat(free).hasValue(0);
		goOn.countDown();
		worker.join(10_000);
		assertThat(free).hasPositiveValue();
		assertThat(this.world.dispatcher.dispatch(List.of(2), 0, () -> true)).isEqualTo(1);
		assertThat(this.world.dispatcher.isHeldUp()).isFalse();
		assertThat(this.world.delivered).containsExactly(1, 2);
	}

	@Test
	void aRefusedMessageStaysTheFirstForTheNextConsumer() throws InterruptedException {
		this.world.attachments.add(this.world.dispatcher.attach("refusing", (message) -> {
			throw new MessageSource.Refusal();
		}));
		dispatch(this.world, 1);
		assertThat(this.world.dispatcher.dispatch(List.of(2, 3), 0, () -> true)).isEqualTo(2);
		assertThat(this.world.undelivered).isEmpty();
		assertThat(this.world.finished).isEmpty();
		this.world.detach();
		this.world.attach();
		this.world.executor.runAll();
		assertThat(this.world.delivered).containsExactly(1, 2, 3);
	}

	@Test
	void aConsumerDetachesAnotherConnectionWithoutWaitingForIt() throws Exception {
		CountDownLatch busy = new CountDownLatch(1);
		CountDownLatch goOn = new CountDownLatch(1);
		this.world.attach((message) -> {
			busy.countDown();
			try {
				goOn.await(10, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		Thread reader = new Thread(() -> this.world.dispatchAll(1));
		reader.start();
		assertThat(busy.await(10, TimeUnit.SECONDS)).isTrue();
		World other = new World();
		other.attach((message) -> this.world.detach());
		dispatch(other, 1);
		assertThat(this.world.finished).isEmpty();
		assertThat(this.world.dispatcher.owner()).isNull();
		goOn.countDown();
		reader.join(10_000);
	}

	@Test
	void attachesAlthoughTheExecutorHasEnded() throws InterruptedException {
		Dispatcher<Integer> dispatcher = new Dispatcher<>(this.world.queue, (task) -> {
			throw new RejectedExecutionException();
		}, (message) -> {
		}, (message) -> {
		}, IllegalStateException::new, LogFactory.getLog(DispatcherTests.class));
		dispatcher.dispatch(1, () -> true);
		List<Integer> delivered = new ArrayList<>();
		dispatcher.attach("flow", delivered::add);
		dispatcher.dispatch(2, () -> true);
		assertThat(delivered).containsExactly(1, 2);
	}

	@Test
	void ownersComeAndGoAndNoMessageIsLostOrOvertakesAnother() {
		int count = new Interleavings<>(World::new)
			.actor((world) -> dispatch(world, 1), (world) -> world.dispatchAll(2, 3), (world) -> dispatch(world, 4))
			.actor(World::attach, World::detach, World::attach)
			.actor(World::runNext, World::runNext)
			.check(World::check);
		assertThat(count).isEqualTo(560);
	}

	private static final class World {

		private final ManualExecutor executor = new ManualExecutor();

		private final ReceiveQueue<Integer> queue = new ReceiveQueue<>(4, OverflowPolicy.BLOCK, () -> true,
				(message, reason) -> {
				});

		private final List<Integer> undelivered = new ArrayList<>();

		private final List<Integer> finished = new ArrayList<>();

		private final Dispatcher<Integer> dispatcher = new Dispatcher<>(this.queue, this.executor,
				this.undelivered::add, this.finished::add,
				(owner) -> new IllegalStateException("the messages go to " + owner),
				LogFactory.getLog(DispatcherTests.class));

		private final List<Integer> delivered = new ArrayList<>();

		private final List<MessageSource.Attachment> attachments = new ArrayList<>();

		void attach() {
			attach((message) -> {
			});
		}

		void attach(Consumer<Integer> consumer) {
			this.attachments.add(this.dispatcher.attach("flow " + (this.attachments.size() + 1), (message) -> {
				this.delivered.add(message);
				consumer.accept(message);
			}));
		}

		void detach() {
			this.attachments.get(0).detach();
		}

		void dispatchAll(Integer... messages) {
			this.dispatcher.dispatch(List.of(messages), 0, () -> true);
		}

		void runNext() {
			this.executor.runNext();
		}

		void check() {
			this.executor.runAll();
			assertThat(this.delivered).containsExactly(1, 2, 3, 4);
			assertThat(this.finished).containsExactly(1, 2, 3, 4);
		}

	}

}
