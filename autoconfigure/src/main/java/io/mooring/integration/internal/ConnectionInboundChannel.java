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

import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.integration.channel.DirectChannel;
import org.springframework.messaging.MessageHandler;

/**
 * Channel {@code <name>.in}, to which messages are sent while it has subscribers. The
 * last subscriber is removed only after the adapter has detached, so that no message is
 * sent without a subscriber.
 */
class ConnectionInboundChannel extends DirectChannel {

	private final AtomicInteger leaving = new AtomicInteger();

	private volatile Runnable listener = () -> {
	};

	/**
	 * Set the callback for changes of {@link #hasSubscribers()}.
	 * @param listener the callback
	 */
	void setListener(Runnable listener) {
		this.listener = listener;
	}

	/**
	 * Return whether there are subscribers that are not being removed.
	 * @return whether messages can be sent
	 */
	boolean hasSubscribers() {
		return getSubscriberCount() > this.leaving.get();
	}

	@Override
	public boolean subscribe(MessageHandler handler) {
		boolean added = super.subscribe(handler);
		try {
			this.listener.run();
		}
		catch (RuntimeException ex) {
			if (added) {
				super.unsubscribe(handler);
			}
			throw ex;
		}
		return added;
	}

	@Override
	public boolean unsubscribe(MessageHandler handler) {
		this.leaving.incrementAndGet();
		try {
			this.listener.run();
			return super.unsubscribe(handler);
		}
		finally {
			this.leaving.decrementAndGet();
			this.listener.run();
		}
	}

}
