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

package io.mooring.transport;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Resources shared by the connections of one application, such as event loops. They are
 * created on first use and closed with the application, after the connections.
 */
public final class SharedResources implements AutoCloseable {

	private final Map<Class<?>, AutoCloseable> resources = new HashMap<>();

	private final Deque<AutoCloseable> order = new ArrayDeque<>();

	private boolean closed;

	/**
	 * Return a resource, created at the first call.
	 * @param <R> the type
	 * @param type the class, of which there is one resource
	 * @param factory the factory
	 * @return the resource
	 * @throws IllegalStateException if the resources are closed
	 */
	public synchronized <R extends AutoCloseable> R get(Class<R> type, Supplier<R> factory) {
		if (this.closed) {
			throw new IllegalStateException("the application has ended");
		}
		AutoCloseable resource = this.resources.computeIfAbsent(type, (key) -> {
			AutoCloseable made = factory.get();
			this.order.push(made);
			return made;
		});
		return type.cast(resource);
	}

	/**
	 * Close all resources, the most recent one first.
	 */
	@Override
	public synchronized void close() throws Exception {
		this.closed = true;
		this.resources.clear();
		while (!this.order.isEmpty()) {
			this.order.pop().close();
		}
	}

}
