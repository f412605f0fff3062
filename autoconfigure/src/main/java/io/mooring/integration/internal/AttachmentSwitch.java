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
 * Switch that keeps a consumer attached to a source while a condition holds. No lock is
 * held while it attaches or detaches, and the consumer itself may change the condition.
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
	 * @param source the source of messages
	 * @param owner the name of the consumer
	 * @param consumer the consumer, which may return {@code false} to be suspended until
	 * {@link #update()} finds that the condition holds
	 * @param condition whether to be attached
	 */
	AttachmentSwitch(MessageSource<M> source, String owner, Predicate<? super M> consumer, BooleanSupplier condition) {
		this.source = source;
		this.owner = owner;
		this.consumer = consumer;
		this.condition = condition;
	}

	/**
	 * Evaluate the condition, and attach or detach accordingly. Detaching waits for the
	 * message in progress, unless called within a consumer.
	 * @throws IllegalStateException if another consumer is attached to the source
	 */
	void update() {
		update(null);
	}

	/**
	 * Evaluate the condition, with a limited wait for the consumer.
	 * @param patience the maximum time to wait, {@code null} for no limit
	 */
	void update(@Nullable Duration patience) {
		this.lock.lock();
		try {
			while (this.busy) {
				if (ConsumerThread.isCurrent()) {
					// The updating thread may wait for this thread, and evaluates the
					// condition again
					return;
				}
				this.idle.awaitUninterruptibly();
			}
			while (true) {
				boolean enabled = this.condition.getAsBoolean();
				if (enabled == (this.attachment != null) && !(enabled && this.refused)) {
					return;
				}
				// A renewal does not wait
				change(this.attachment, enabled ? Duration.ZERO : patience);
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
			// The condition may have changed before the attachment was visible
			if (!this.consumer.test(message)) {
				throw new MessageSource.Refusal();
			}
		}
	}

}
