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

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

/**
 * The clients of a listener: those that are there, and those that left behind frames. Who
 * has them is the matter of {@link ClientOwnership}.
 */
final class Clients {

	private final Map<String, AcceptedStream> clients = new ConcurrentHashMap<>();

	/**
	 * Those of them, and of those that left, whose frames are not all handed on.
	 */
	private final Set<AcceptedStream> unfinished = ConcurrentHashMap.newKeySet();

	private final AtomicLong accepted = new AtomicLong();

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

	/**
	 * A client is there no more; its frames may be.
	 */
	void remove(AcceptedStream client) {
		this.clients.remove(client.peer().getId());
	}

	/**
	 * A client is there no more, nor are its frames.
	 */
	void removeFinished(AcceptedStream client) {
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

}
