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

package io.mooring.autoconfigure;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.mooring.ConnectionSpec;

/**
 * Registry of the names of declared connections. Only letters and digits are significant.
 * Reserving a name never blocks, so that the holder of a name may call user code.
 */
final class ConnectionNames {

	private final Map<String, Entry> entries = new LinkedHashMap<>();

	private final ReentrantLock lock = new ReentrantLock();

	/**
	 * Create a registry.
	 * @param declared the connections declared by properties
	 */
	ConnectionNames(Collection<ConnectionSpec> declared) {
		declared.forEach((spec) -> this.entries.put(uniform(spec.name()), new Entry(spec, Phase.DECLARED)));
	}

	private static String uniform(String name) {
		return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
	}

	/**
	 * Return the names of the declared connections, in the order of declaration.
	 */
	Set<String> names() {
		return locked(() -> {
			Set<String> names = new LinkedHashSet<>();
			this.entries.values()
				.stream()
				.filter((entry) -> entry.phase == Phase.DECLARED)
				.forEach((entry) -> names.add(entry.spec.name()));
			return Collections.unmodifiableSet(names);
		});
	}

	/**
	 * Find a connection, including one that is being removed.
	 * @param spelling the name in any spelling
	 * @return the entry, {@code null} if there is none
	 */
	@Nullable Entry find(String spelling) {
		return locked(() -> {
			Entry entry = this.entries.get(uniform(spelling));
			return (entry != null && entry.phase != Phase.RESERVED) ? entry : null;
		});
	}

	/**
	 * Reserve a name for a connection. {@link #find} does not return it yet.
	 * @param spec the spec of the connection
	 * @return the entry
	 * @throws IllegalArgumentException if the name is already used
	 */
	Entry reserve(ConnectionSpec spec) {
		return locked(() -> {
			Entry entry = new Entry(spec, Phase.RESERVED);
			Entry other = this.entries.putIfAbsent(uniform(spec.name()), entry);
			if (other != null) {
				throw new IllegalArgumentException(taken(spec.name(), other));
			}
			return entry;
		});
	}

	private static String taken(String name, Entry other) {
		String existing = other.spec.name();
		return "Connection '" + existing + "' already exists"
				+ ((other.phase == Phase.REMOVED) ? ", which is being removed" : "")
				+ (existing.equals(name) ? ""
						: "; '" + name + "' is the same name, since only letters and digits are significant")
				+ "; remove it, or choose another name";
	}

	/**
	 * Publish a connection whose name was reserved.
	 * @param entry the entry of the connection
	 * @param beans the beans of the connection
	 */
	void declared(Entry entry, ConnectionBeans beans) {
		locked(() -> {
			entry.beans = beans;
			entry.phase = Phase.DECLARED;
			return entry;
		});
	}

	boolean isDeclared(Entry entry) {
		return locked(() -> entry.phase == Phase.DECLARED);
	}

	/**
	 * Begin to remove a connection.
	 * @return whether the caller is to remove it
	 */
	boolean beginRemoval(Entry entry) {
		return locked(() -> {
			if (entry.phase != Phase.DECLARED) {
				return false;
			}
			entry.phase = Phase.REMOVED;
			return true;
		});
	}

	/**
	 * Release a name.
	 */
	void free(Entry entry) {
		locked(() -> this.entries.remove(uniform(entry.spec.name()), entry));
	}

	private <T> T locked(Supplier<T> action) {
		this.lock.lock();
		try {
			return action.get();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Entry of a reserved name.
	 */
	static final class Entry {

		private final ConnectionSpec spec;

		private Phase phase;

		private volatile @Nullable ConnectionBeans beans;

		private Entry(ConnectionSpec spec, Phase phase) {
			this.spec = spec;
			this.phase = phase;
		}

		ConnectionSpec spec() {
			return this.spec;
		}

		/**
		 * Return the beans of the connection, {@code null} if it was declared by
		 * properties.
		 */
		@Nullable ConnectionBeans beans() {
			return this.beans;
		}

	}

	private enum Phase {

		RESERVED, DECLARED, REMOVED

	}

}
