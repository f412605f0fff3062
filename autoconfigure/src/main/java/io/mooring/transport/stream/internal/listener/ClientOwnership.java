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

package io.mooring.transport.stream.internal.listener;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;

import io.mooring.transport.internal.receive.MessageSource.Attachment;
import io.mooring.transport.internal.receive.PeerFrame;
import io.mooring.transport.stream.internal.connection.AbstractStreamReceiver;

/**
 * Who has the clients of a listener: one owner that takes the frames of all, or those who
 * accept them one by one. Under one lock the owner changes and a client is started, so
 * that none is missed and none is given twice.
 */
final class ClientOwnership {

	private final Clients clients;

	private final AcceptQueue waiting;

	private final Log logger;

	private final Object attaching = new Object();

	private volatile @Nullable ClientOwner owner;

	/**
	 * Begin without an owner.
	 * @param clients the clients
	 * @param maxLeft how many to keep of those that left before anybody asked for them
	 * @param logger tells of clients that go elsewhere
	 */
	ClientOwnership(Clients clients, int maxLeft, Log logger) {
		this.clients = clients;
		this.waiting = new AcceptQueue(maxLeft);
		this.logger = logger;
	}

	/**
	 * Begin to read from a client.
	 */
	void start(AcceptedStream client) {
		synchronized (this.attaching) {
			ClientOwner owner = this.owner;
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
	 * Those that a consumer refused as it was about to be detached are for the next one.
	 */
	void closed(AcceptedStream client) {
		AcceptedStream dropped;
		synchronized (this.attaching) {
			ClientOwner owner = this.owner;
			boolean kept = client.isLeft() && !client.isHandedOut();
			if (owner != null && (owner.isHolding() || !kept)) {
				owner.leave(client);
			}
			dropped = left(client, kept);
		}
		if (dropped != null) {
			dropped.dropUnread();
		}
	}

	private @Nullable AcceptedStream left(AcceptedStream client, boolean kept) {
		if (kept) {
			this.waiting.add(client);
		}
		return this.waiting.left(client);
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
		ClientOwner owner = this.owner;
		return (owner != null) ? owner.name() : null;
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
		ClientOwner owner = new ClientOwner(name, consumer, this.logger);
		synchronized (this.attaching) {
			ClientOwner present = this.owner;
			if (present != null) {
				throw occupied.apply(present.name());
			}
			this.owner = owner;
			Set<AcceptedStream> all = new LinkedHashSet<>();
			if (!owner.isHolding()) {
				all.addAll(this.waiting.takeAll());
			}
			all.addAll(this.clients.unfinished());
			all.forEach(owner::attach);
		}
		wake();
		return new Attachment() {

			@Override
			public void detach() {
				detach(AbstractStreamReceiver.DETACH_TIME);
			}

			@Override
			public void detach(Duration patience) {
				ClientOwnership.this.detach(owner, patience);
			}

		};
	}

	private void detach(ClientOwner owner, Duration patience) {
		List<AcceptedStream> dropped = new ArrayList<>();
		synchronized (this.attaching) {
			if (this.owner != owner) {
				return;
			}
			this.owner = null;
			for (AcceptedStream client : owner.closedClients()) {
				AcceptedStream other = left(client, client.isLeft());
				if (other != null) {
					dropped.add(other);
				}
			}
			if (!owner.isHolding()) {
				this.clients.inOrder().stream().filter((client) -> !client.isHandedOut()).forEach(this.waiting::add);
			}
		}
		owner.detach(patience);
		dropped.forEach(AcceptedStream::dropUnread);
	}

}
