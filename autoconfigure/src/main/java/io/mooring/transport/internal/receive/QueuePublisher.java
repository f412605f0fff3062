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

import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;

import io.mooring.transport.internal.receive.MessageSource.Attachment;

/**
 * Publisher of the messages of a queue for one subscriber at a time, by demand.
 *
 * @param <M> the type of a message
 */
public final class QueuePublisher<M> implements Flow.Publisher<M> {

	private final ReceiveQueue<M> queue;

	private final Dispatcher<M> dispatcher;

	private final Executor executor;

	private final Consumer<M> undelivered;

	private final Log logger;

	private final AtomicInteger completions = new AtomicInteger();

	private volatile @Nullable QueueSubscription current;

	/**
	 * Create a publisher.
	 * @param queue the queue
	 * @param dispatcher the dispatcher, which excludes other consumers
	 * @param executor the executor for subscribers
	 * @param undelivered the handler for messages whose subscriber failed
	 * @param logger the logger for failures of subscribers
	 */
	public QueuePublisher(ReceiveQueue<M> queue, Dispatcher<M> dispatcher, Executor executor, Consumer<M> undelivered,
			Log logger) {
		this.queue = queue;
		this.dispatcher = dispatcher;
		this.executor = executor;
		this.undelivered = undelivered;
		this.logger = logger;
	}

	@Override
	public void subscribe(Flow.Subscriber<? super M> subscriber) {
		QueueSubscription subscription = new QueueSubscription(Objects.requireNonNull(subscriber));
		int completions = this.completions.get();
		String owner = "the subscriber " + subscriber;
		try {
			subscription.attachment = this.dispatcher.attach(owner, null);
		}
		catch (IllegalStateException ex) {
			subscriber.onSubscribe(new NoSubscription());
			subscriber.onError(ex);
			return;
		}
		this.current = subscription;
		if (this.completions.get() != completions) {
			// Possibly before the subscription was registered
			subscription.completing = true;
		}
		this.queue.onAvailable(subscription::schedule);
		try {
			subscriber.onSubscribe(subscription);
		}
		catch (Throwable ex) {
			subscription.fail(ex);
		}
		subscription.begin();
	}

	/**
	 * Complete the subscription after the queued messages.
	 */
	public void complete() {
		this.completions.incrementAndGet();
		QueueSubscription subscription = this.current;
		if (subscription != null) {
			subscription.completing = true;
			subscription.schedule();
		}
	}

	private static final class NoSubscription implements Flow.Subscription {

		@Override
		public void request(long n) {
		}

		@Override
		public void cancel() {
		}

	}

	private final class QueueSubscription implements Flow.Subscription {

		private final Flow.Subscriber<? super M> subscriber;

		private final AtomicLong demand = new AtomicLong();

		// Busy until onSubscribe has returned: nothing is signalled meanwhile (rule 1.3)
		private final AtomicInteger work = new AtomicInteger(1);

		private volatile Attachment attachment = () -> {
		};

		private volatile boolean completing;

		private volatile boolean done;

		private volatile @Nullable Throwable error;

		QueueSubscription(Flow.Subscriber<? super M> subscriber) {
			this.subscriber = subscriber;
		}

		@Override
		public void request(long n) {
			if (n <= 0) {
				this.error = new IllegalArgumentException(
						"request(" + n + "): at least 1 must be asked for (rule 3.9)");
			}
			else {
				this.demand.accumulateAndGet(n, (have, more) -> (have + more < 0) ? Long.MAX_VALUE : have + more);
			}
			schedule();
		}

		@Override
		public void cancel() {
			end();
		}

		private boolean end() {
			synchronized (this) {
				if (this.done) {
					return false;
				}
				this.done = true;
			}
			QueuePublisher.this.queue.onAvailable(() -> {
			});
			QueuePublisher.this.current = null;
			this.attachment.detach();
			return true;
		}

		private void schedule() {
			if (!this.done && this.work.getAndIncrement() == 0) {
				begin();
			}
		}

		private void begin() {
			try {
				QueuePublisher.this.executor.execute(this::drain);
			}
			catch (RejectedExecutionException ex) {
				end();
			}
		}

		/**
		 * End the subscription of a subscriber that threw, which it must not (rule 2.13).
		 */
		private void fail(Throwable cause) {
			end();
			QueuePublisher.this.logger.error("A subscription has ended: its subscriber failed", cause);
		}

		private void drain() {
			int missed = this.work.get();
			do {
				try {
					emit();
				}
				catch (Throwable ex) {
					fail(ex);
				}
				missed = this.work.addAndGet(-missed);
			}
			while (missed != 0);
		}

		private void next(M message) {
			try {
				this.subscriber.onNext(message);
			}
			catch (Throwable ex) {
				QueuePublisher.this.undelivered.accept(message);
				throw ex;
			}
		}

		private void emit() {
			M message;
			while (!this.done && this.error == null && this.demand.get() > 0
					&& (message = QueuePublisher.this.queue.poll()) != null) {
				if (this.demand.get() != Long.MAX_VALUE) {
					this.demand.decrementAndGet();
				}
				next(message);
			}
			Throwable error = this.error;
			if (error != null && end()) {
				this.subscriber.onError(error);
			}
			else if (this.completing && QueuePublisher.this.queue.isEmpty() && end()) {
				this.subscriber.onComplete();
			}
		}

	}

}
