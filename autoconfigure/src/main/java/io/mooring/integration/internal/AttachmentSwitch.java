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

package io.mooring.integration.internal;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.mooring.transport.internal.receive.ConsumerThread;
import io.mooring.transport.internal.receive.MessageSource;

/**
 * Keeps a consumer attached to a source for as long as a condition holds. Nothing is
 * locked while it attaches or detaches, and the consumer itself may change the condition.
 *
 * @param <M> the type of a message
 */
class AttachmentSwitch<M> {

	private final MessageSource<M> source;

	private final String owner;

	private final Predicate<? super M> consumer;

	private final BooleanSupplier condition;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition idle = this.lock.newCondition();

	private boolean busy;

	private MessageSource.@Nullable Attachment attachment;

	private volatile boolean refused;

	/**
	 * Create a switch that has not attached.
	 * @param source where to attach
	 * @param owner who attaches
	 * @param consumer takes a message, or returns {@code false}, upon which it gets no
	 * further one until {@link #update()} finds that the condition holds
	 * @param condition whether to be attached
	 */
	AttachmentSwitch(MessageSource<M> source, String owner, Predicate<? super M> consumer, BooleanSupplier condition) {
		this.source = source;
		this.owner = owner;
		this.consumer = consumer;
		this.condition = condition;
	}

	/**
	 * Look at the condition again, and attach or detach accordingly. Detaching waits for
	 * the message that the consumer is at, unless the thread is within a consumer itself.
	 * @throws IllegalStateException if something else is attached to the source
	 */
	void update() {
		update(null);
	}

	/**
	 * Look at the condition again, and wait no longer for the consumer than told.
	 * @param patience how long to wait, {@code null} for as long as it takes
	 */
	void update(@Nullable Duration patience) {
		this.lock.lock();
		try {
			while (this.busy) {
				if (ConsumerThread.isCurrent()) {
					// Who is busy may wait for this thread, and looks again
					return;
				}
				this.idle.awaitUninterruptibly();
			}
			while (true) {
				boolean wanted = this.condition.getAsBoolean();
				if (wanted == (this.attachment != null) && !(wanted && this.refused)) {
					return;
				}
				// One that is only renewed keeps nobody waiting
				change(this.attachment, wanted ? Duration.ZERO : patience);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	boolean isAttached() {
		this.lock.lock();
		try {
			return this.attachment != null;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void change(MessageSource.@Nullable Attachment current, @Nullable Duration patience) {
		this.busy = true;
		MessageSource.Attachment next = null;
		this.lock.unlock();
		try {
			if (current != null && patience != null) {
				current.detach(patience);
			}
			else if (current != null) {
				current.detach();
			}
			else {
				this.refused = false;
				next = this.source.attach(this.owner, this::consume);
			}
		}
		finally {
			this.lock.lock();
			this.attachment = next;
			this.busy = false;
			this.idle.signalAll();
		}
	}

	private void consume(M message) {
		if (!this.consumer.test(message)) {
			this.refused = true;
			// The condition may have changed before this could be seen
			if (!this.consumer.test(message)) {
				throw new MessageSource.Refusal();
			}
		}
	}

}
