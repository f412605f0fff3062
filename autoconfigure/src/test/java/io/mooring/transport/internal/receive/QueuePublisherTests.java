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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;

import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.mooring.OverflowPolicy;
import io.mooring.test.Interleavings;
import io.mooring.test.ManualExecutor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where the TCK does not look: when a connection closes, and what a subscriber does
 * wrong.
 */
class QueuePublisherTests {

	private final World world = new World();

	@Test
	void completesAfterTheMessagesThatWait() {
		this.world.subscribe();
		this.world.offer(1);
		this.world.close();
		this.world.executor.runAll();
		assertThat(this.world.signals).containsExactly("subscribed");
		this.world.request();
		this.world.executor.runAll();
		assertThat(this.world.signals).containsExactly("subscribed", "1", "complete");
		assertThat(this.world.dispatcher.owner()).isNull();
	}

	@Test
	void doesNotCompleteBeforeOnSubscribeReturns() {
		this.world.onSubscribe = () -> {
			this.world.close();
			this.world.executor.runAll();
		};
		this.world.subscribe();
		assertThat(this.world.signals).containsExactly("subscribed");
		this.world.executor.runAll();
		assertThat(this.world.signals).containsExactly("subscribed", "complete");
	}

	@Test
	void signalsNothingBeforeOnSubscribeReturns() {
		this.world.offer(1);
		this.world.onSubscribe = () -> {
			this.world.request();
			this.world.executor.runAll();
			this.world.signals.add("returned");
		};
		this.world.subscribe();
		this.world.executor.runAll();
		assertThat(this.world.signals).containsExactly("subscribed", "returned", "1");
	}

	@Test
	void aSubscriberThatFailsInOnSubscribeDoesNotKeepTheMessages() {
		this.world.onSubscribe = () -> {
			throw new IllegalStateException("failed in onSubscribe");
		};
		this.world.subscribe();
		this.world.executor.runAll();
		assertThat(this.world.dispatcher.owner()).isNull();
	}

	@Test
	void aSubscriberThatFailsLosesOneMessageAndItsSubscription() {
		this.world.subscribe();
		this.world.failing = true;
		this.world.offer(1);
		this.world.offer(2);
		this.world.request();
		this.world.request();
		this.world.executor.runAll();
		assertThat(this.world.signals).containsExactly("subscribed", "1");
		assertThat(this.world.undelivered).containsExactly(1);
		assertThat(this.world.dispatcher.owner()).isNull();
		assertThat(this.world.queue.poll()).isEqualTo(2);
	}

	@Test
	void aSubscriberFollowsOneThatCancelled() {
		this.world.subscribe();
		this.world.request();
		this.world.cancel();
		this.world.subscribe();
		this.world.offer(1);
		this.world.request();
		this.world.executor.runAll();
		assertThat(this.world.signals).containsExactly("subscribed", "subscribed", "1");
	}

	@Test
	void messagesAndCompletionComeInOrderHoweverItCloses() {
		int count = new Interleavings<>(World::new)
			.actor((world) -> world.offer(1), (world) -> world.offer(2), World::close)
			.actor(World::subscribe, World::request, World::request, World::request)
			.actor(World::runNext, World::runNext)
			.check(World::check);
		assertThat(count).isEqualTo(1260);
	}

	@Test
	void aCancelledSubscriptionIsSilentAndTheRestStays() {
		new Interleavings<>(World::new).actor((world) -> world.offer(1), (world) -> world.offer(2))
			.actor(World::subscribe, World::request, World::cancel)
			.actor(World::runNext, World::runNext)
			.check((world) -> {
				world.executor.runAll();
				List<Integer> messages = new ArrayList<>(world.received());
				Integer left;
				while ((left = world.queue.poll()) != null) {
					messages.add(left);
				}
				assertThat(messages).containsExactly(1, 2);
				assertThat(world.signals).doesNotContain("complete");
				assertThat(world.dispatcher.owner()).isNull();
			});
	}

	private static final class World implements Flow.Subscriber<Integer> {

		private final ManualExecutor executor = new ManualExecutor();

		private final ReceiveQueue<Integer> queue = new ReceiveQueue<>(8, OverflowPolicy.BLOCK, () -> true,
				(message, reason) -> {
				});

		private final Dispatcher<Integer> dispatcher = new Dispatcher<>(this.queue, this.executor, (message) -> {
		}, (message) -> {
		}, IllegalStateException::new, LogFactory.getLog(QueuePublisherTests.class));

		private final List<Integer> undelivered = new ArrayList<>();

		private final QueuePublisher<Integer> publisher = new QueuePublisher<>(this.queue, this.dispatcher,
				this.executor, this.undelivered::add, LogFactory.getLog(QueuePublisherTests.class));

		private final List<String> signals = new ArrayList<>();

		private Runnable onSubscribe = () -> {
		};

		private boolean failing;

		private boolean closedWhileSubscribed;

		private Flow.@Nullable Subscription subscription;

		void subscribe() {
			this.publisher.subscribe(this);
		}

		void request() {
			if (this.subscription != null) {
				this.subscription.request(1);
			}
		}

		void cancel() {
			if (this.subscription != null) {
				this.subscription.cancel();
			}
		}

		void offer(int message) {
			this.queue.tryOffer(message);
		}

		void close() {
			this.closedWhileSubscribed = this.subscription != null;
			this.publisher.complete();
		}

		void runNext() {
			this.executor.runNext();
		}

		List<Integer> received() {
			return this.signals.stream().filter((signal) -> signal.matches("\\d")).map(Integer::valueOf).toList();
		}

		void check() {
			this.executor.runAll();
			List<String> expected = new ArrayList<>(List.of("subscribed", "1", "2"));
			if (this.closedWhileSubscribed) {
				expected.add("complete");
			}
			assertThat(this.signals).isEqualTo(expected);
		}

		@Override
		public void onSubscribe(Flow.Subscription subscription) {
			this.subscription = subscription;
			this.signals.add("subscribed");
			this.onSubscribe.run();
		}

		@Override
		public void onNext(Integer message) {
			this.signals.add(String.valueOf(message));
			if (this.failing) {
				throw new IllegalStateException("failed in onNext");
			}
		}

		@Override
		public void onError(Throwable error) {
			this.signals.add("error");
		}

		@Override
		public void onComplete() {
			this.signals.add("complete");
		}

	}

}
