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
import java.util.function.Consumer;

/**
 * Source of received messages, to which one consumer can be attached.
 *
 * @param <M> the type of a message
 */
public interface MessageSource<M> {

	/**
	 * Hand all messages to a consumer, beginning with those that wait in the queue, one
	 * at a time and in order. What the consumer throws is logged and counted, except for
	 * {@link Refusal}.
	 * @param owner the name of the consumer, for exception messages
	 * @param consumer the consumer, called on the reading thread
	 * @return detaches, and waits for the message that the consumer is at unless the
	 * thread is within a consumer itself
	 * @throws IllegalStateException if another consumer is attached; the message names it
	 */
	Attachment attach(String owner, Consumer<? super M> consumer);

	/**
	 * Thrown by a consumer that takes no further messages until it is attached again. The
	 * message stays the first of those to come.
	 */
	final class Refusal extends RuntimeException {

		/**
		 * Create a refusal.
		 */
		public Refusal() {
			super("The consumer takes no further messages", null, false, false);
		}

	}

	/**
	 * Detaches a consumer.
	 */
	@FunctionalInterface
	interface Attachment {

		/**
		 * Detach. Does nothing the second time.
		 */
		void detach();

		/**
		 * Detach, and wait no longer for the message that the consumer is at than told,
		 * where that can be bounded.
		 * @param patience how long to wait
		 */
		default void detach(Duration patience) {
			detach();
		}

	}

}
