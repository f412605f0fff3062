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

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

import org.springframework.integration.channel.DirectChannel;
import org.springframework.messaging.MessageHandler;

/**
 * The channel {@code <name>.in}, whose subscribers decide whether the connection's
 * messages come here. Its last subscriber leaves the dispatcher only after the last
 * message that came for it, so that each finds one.
 */
class ConnectionInboundChannel extends DirectChannel {

	private final Set<MessageHandler> subscribers = new LinkedHashSet<>();

	// Have unsubscribed, and leave the dispatcher with the last message that is under way
	private final Set<MessageHandler> leaving = new LinkedHashSet<>();

	private final LongAdder entered = new LongAdder();

	private final LongAdder left = new LongAdder();

	private volatile boolean subscribed;

	private volatile Runnable listener = () -> {
	};

	/**
	 * Set what to run when {@link #hasSubscribers()} may have changed.
	 * @param listener the listener
	 */
	void setListener(Runnable listener) {
		this.listener = listener;
	}

	/**
	 * Return whether there are subscribers.
	 * @return whether messages can be sent
	 */
	boolean hasSubscribers() {
		return this.subscribed;
	}

	/**
	 * Begin to send a message, for which there will be a subscriber until
	 * {@link #exit()}.
	 * @return whether there is one; otherwise there is nothing to exit from
	 */
	boolean enter() {
		this.entered.increment();
		if (this.subscribed) {
			return true;
		}
		exit();
		return false;
	}

	/**
	 * The message was sent.
	 */
	void exit() {
		this.left.increment();
		if (!this.subscribed) {
			dismissIfQuiet();
		}
	}

	private synchronized void dismissIfQuiet() {
		// Read in this order, their equality means that nothing was under way in between
		long left = this.left.sum();
		if (!this.subscribed && left == this.entered.sum()) {
			dismiss();
		}
	}

	private void dismiss() {
		this.leaving.forEach(super::unsubscribe);
		this.leaving.clear();
	}

	@Override
	public int getSubscriberCount() {
		synchronized (this) {
			return this.subscribers.size();
		}
	}

	@Override
	public boolean subscribe(MessageHandler handler) {
		boolean added = add(handler);
		try {
			this.listener.run();
		}
		catch (RuntimeException ex) {
			if (added) {
				remove(handler);
				dismissIfQuiet();
			}
			throw ex;
		}
		return added;
	}

	private synchronized boolean add(MessageHandler handler) {
		if (!this.leaving.remove(handler)) {
			super.subscribe(handler);
		}
		boolean added = this.subscribers.add(handler);
		this.subscribed = true;
		dismiss();
		return added;
	}

	@Override
	public boolean unsubscribe(MessageHandler handler) {
		if (!remove(handler)) {
			return false;
		}
		if (!this.subscribed) {
			this.listener.run();
			dismissIfQuiet();
		}
		return true;
	}

	private synchronized boolean remove(MessageHandler handler) {
		if (!this.subscribers.remove(handler)) {
			return false;
		}
		this.subscribed = !this.subscribers.isEmpty();
		if (this.subscribed) {
			super.unsubscribe(handler);
		}
		else {
			this.leaving.add(handler);
		}
		return true;
	}

}
