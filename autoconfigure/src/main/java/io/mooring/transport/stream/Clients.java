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

package io.mooring.transport.stream;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;

import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;

import io.mooring.transport.Addresses;
import io.mooring.transport.MessageSource.Attachment;
import io.mooring.transport.PeerFrame;

/**
 * The clients of a listener, and who has them: one owner that takes the frames of all, or
 * those who accept them one by one.
 */
final class Clients {

	private final Map<String, AcceptedStream> clients = new ConcurrentHashMap<>();

	/**
	 * Those of them, and of those that left, whose frames are not all handed on.
	 */
	private final Set<AcceptedStream> unfinished = ConcurrentHashMap.newKeySet();

	private final AtomicLong accepted = new AtomicLong();

	private final AcceptQueue waiting;

	private final Log logger;

	private final Object attaching = new Object();

	private volatile @Nullable Owner owner;

	Clients(int maxLeft, Log logger) {
		this.waiting = new AcceptQueue(maxLeft);
		this.logger = logger;
	}

	/**
	 * Return the place in the order of the next client.
	 * @return the place
	 */
	long next() {
		return this.accepted.incrementAndGet();
	}

	void add(AcceptedStream client) {
		this.unfinished.add(client);
		this.clients.put(client.peer().getId(), client);
	}

	void remove(AcceptedStream client) {
		this.clients.remove(client.peer().getId());
	}

	/**
	 * A client was refused that was just added.
	 */
	void refuse(AcceptedStream client) {
		remove(client);
		this.unfinished.remove(client);
	}

	/**
	 * Return all clients, and those that left and whose frames are not all handed on.
	 */
	List<AcceptedStream> unfinished() {
		return List.copyOf(this.unfinished);
	}

	@Nullable AcceptedStream get(String id) {
		return this.clients.get(id);
	}

	Collection<AcceptedStream> all() {
		return this.clients.values();
	}

	List<AcceptedStream> inOrder() {
		return this.clients.values().stream().sorted(Comparator.comparingLong(AcceptedStream::order)).toList();
	}

	/**
	 * Begin to read from a client.
	 */
	void start(AcceptedStream client) {
		synchronized (this.attaching) {
			Owner owner = this.owner;
			if (owner != null) {
				// Before anything is read
				owner.attach(client);
			}
			client.startOpen();
			if (owner == null || owner.isHolding()) {
				this.waiting.add(client);
			}
		}
	}

	/**
	 * A client is closed, and its frames were handed on as far as anybody took them.
	 */
	void closed(AcceptedStream client) {
		remove(client);
		this.unfinished.remove(client);
		Owner owner = this.owner;
		if (owner != null) {
			owner.leave(client);
		}
		AcceptedStream dropped = this.waiting.left(client);
		if (dropped != null) {
			dropped.dropUnread();
		}
	}

	/**
	 * Let go of those that nobody has asked for, as the listener is closed.
	 */
	void dropWaiting() {
		this.waiting.takeAll().forEach(AcceptedStream::dropUnread);
	}

	/**
	 * Hand out the client that waits longest.
	 * @param timeout how long to wait for one
	 * @return the client, {@code null} if there was none
	 * @throws InterruptedException if the thread was interrupted while waiting
	 */
	@Nullable AcceptedStream accept(Duration timeout) throws InterruptedException {
		AcceptedStream client = this.waiting.poll(timeout);
		if (client != null) {
			client.handOut();
		}
		return client;
	}

	/**
	 * End the waiting.
	 */
	void wake() {
		this.waiting.wake();
	}

	/**
	 * Return who takes the frames of all clients.
	 * @return its name, {@code null} if nobody does
	 */
	@Nullable String owner() {
		Owner owner = this.owner;
		return (owner != null) ? owner.name : null;
	}

	/**
	 * Let somebody take the frames of all clients.
	 * @param name its name
	 * @param consumer takes the frames, {@code null} to leave them where they are
	 * @param occupied makes the exception if somebody else does
	 * @return ends it, once what was read is delivered
	 */
	Attachment attach(String name, @Nullable Consumer<? super PeerFrame> consumer,
			Function<String, RuntimeException> occupied) {
		Owner owner = new Owner(name, consumer);
		synchronized (this.attaching) {
			Owner present = this.owner;
			if (present != null) {
				throw occupied.apply(present.name);
			}
			this.owner = owner;
			Set<AcceptedStream> all = new LinkedHashSet<>();
			if (!owner.isHolding()) {
				all.addAll(this.waiting.takeAll());
			}
			all.addAll(this.clients.values());
			all.forEach(owner::attach);
		}
		wake();
		return () -> detach(owner);
	}

	private void detach(Owner owner) {
		synchronized (this.attaching) {
			if (this.owner != owner) {
				return;
			}
			this.owner = null;
			if (!owner.isHolding()) {
				inOrder().stream().filter((client) -> !client.isHandedOut()).forEach(this.waiting::add);
			}
		}
		owner.detach(System.nanoTime() + AbstractStreamReceiver.DETACH_NANOS);
	}

	/**
	 * Who takes the frames of all clients.
	 */
	private final class Owner {

		private final String name;

		private final @Nullable Consumer<? super PeerFrame> consumer;

		private final Map<AcceptedStream, Attachment> attachments = new ConcurrentHashMap<>();

		Owner(String name, @Nullable Consumer<? super PeerFrame> consumer) {
			this.name = name;
			this.consumer = consumer;
		}

		/**
		 * Return whether the frames are only kept, for a consumer that is to come.
		 */
		boolean isHolding() {
			return this.consumer == null;
		}

		/**
		 * A client is closed.
		 */
		void leave(AcceptedStream client) {
			Attachment attachment = this.attachments.remove(client);
			if (attachment != null && isHolding()) {
				attachment.detach();
			}
		}

		void attach(AcceptedStream client) {
			try {
				this.attachments.put(client, (this.consumer != null) ? client.attachFrames(this.name, this.consumer)
						: client.hold(this.name));
			}
			catch (IllegalStateException ex) {
				Clients.this.logger.debug(
						"The frames of " + Addresses.toString(client.peer().getRemoteAddress()) + " stay where they go",
						ex);
			}
		}

		void detach(long deadline) {
			this.attachments.keySet().forEach((client) -> client.inbound().suspend(true));
			this.attachments.forEach((client, attachment) -> {
				client.inbound().awaitEmpty(deadline);
				attachment.detach();
				client.inbound().suspend(false);
			});
		}

	}

}
