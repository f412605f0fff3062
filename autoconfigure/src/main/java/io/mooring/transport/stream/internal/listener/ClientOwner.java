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
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;

import io.mooring.transport.internal.log.Addresses;
import io.mooring.transport.internal.receive.ConsumerThread;
import io.mooring.transport.internal.receive.MessageSource.Attachment;
import io.mooring.transport.internal.receive.PeerFrame;
import io.mooring.transport.stream.internal.connection.AbstractStreamReceiver;

/**
 * Who takes the frames of all clients of a listener, and what it has attached to them.
 */
final class ClientOwner {

	private final String name;

	private final @Nullable Consumer<? super PeerFrame> consumer;

	private final Log logger;

	private final Map<AcceptedStream, Attachment> attachments = new ConcurrentHashMap<>();

	/**
	 * Create an owner that has nothing yet.
	 * @param name its name
	 * @param consumer takes the frames, {@code null} to leave them where they are
	 * @param logger tells of clients whose frames go elsewhere
	 */
	ClientOwner(String name, @Nullable Consumer<? super PeerFrame> consumer, Log logger) {
		this.name = name;
		this.consumer = consumer;
		this.logger = logger;
	}

	String name() {
		return this.name;
	}

	/**
	 * Return whether the frames are only kept, for a consumer that is to come.
	 */
	boolean isHolding() {
		return this.consumer == null;
	}

	/**
	 * Take the frames of a client, unless somebody has asked for them.
	 */
	void attach(AcceptedStream client) {
		if (client.isOver() && !client.isLeft()) {
			return;
		}
		try {
			this.attachments.put(client,
					(this.consumer != null) ? client.attachFrames(this.name, this.consumer) : client.hold(this.name));
		}
		catch (IllegalStateException ex) {
			this.logger.debug(
					"The frames of " + Addresses.toString(client.peer().getRemoteAddress()) + " stay where they go",
					ex);
		}
	}

	/**
	 * Return the clients that were closed before all of their frames were taken.
	 */
	List<AcceptedStream> closedClients() {
		return this.attachments.keySet().stream().filter(AcceptedStream::isOver).toList();
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

	/**
	 * Let go of all clients, once what was read is delivered.
	 * @param patience how long to wait for that; not at all within a consumer
	 */
	void detach(Duration patience) {
		if (ConsumerThread.isCurrent() || patience.isZero()) {
			this.attachments.values().forEach((attachment) -> attachment.detach(Duration.ZERO));
			return;
		}
		long deadline = System.nanoTime() + patience.toNanos();
		this.attachments.keySet().forEach((client) -> client.inbound().suspend(true));
		this.attachments.forEach((client, attachment) -> {
			client.inbound().awaitEmpty(deadline);
			AbstractStreamReceiver.detach(attachment, deadline);
			client.inbound().suspend(false);
		});
	}

}
