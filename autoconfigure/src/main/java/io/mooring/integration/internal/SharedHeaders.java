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

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.MessageHeaders;

/**
 * Message headers that share a map with all messages of a peer. Copying the map would
 * cost more than the rest of a small message, so the copy and the message id are created
 * on first access.
 */
final class SharedHeaders extends MessageHeaders {

	private static final long serialVersionUID = 1L;

	private static final long NONE = -1;

	private final transient Map<String, Object> shared;

	private final transient long timestamp = System.currentTimeMillis();

	private transient volatile @Nullable Map<String, Object> all;

	/**
	 * Create headers.
	 * @param shared the shared headers without id and timestamp; not copied, and must not
	 * change
	 */
	SharedHeaders(Map<String, Object> shared) {
		super(null, ID_VALUE_NONE, NONE);
		this.shared = shared;
	}

	@Override
	protected Map<String, Object> getRawHeaders() {
		Map<String, Object> all = this.all;
		return (all != null) ? all : makeAll();
	}

	private synchronized Map<String, Object> makeAll() {
		Map<String, Object> all = this.all;
		if (all == null) {
			all = new HashMap<>(this.shared);
			all.put(ID, getIdGenerator().generateId());
			all.put(TIMESTAMP, this.timestamp);
			this.all = all;
		}
		return all;
	}

	@Override
	public @Nullable Object get(Object key) {
		return (this.all != null || ID.equals(key) || TIMESTAMP.equals(key)) ? getRawHeaders().get(key)
				: this.shared.get(key);
	}

	@Override
	public <T> @Nullable T get(Object key, Class<T> type) {
		Object value = get(key);
		if (value != null && !type.isInstance(value)) {
			throw new IllegalArgumentException("Incorrect type specified for header '" + key + "'. Expected [" + type
					+ "] but actual type is [" + value.getClass() + "]");
		}
		return type.cast(value);
	}

	@Override
	public boolean containsKey(Object key) {
		return ID.equals(key) || TIMESTAMP.equals(key)
				|| ((this.all != null) ? getRawHeaders() : this.shared).containsKey(key);
	}

	@Override
	public boolean containsValue(Object value) {
		return getRawHeaders().containsValue(value);
	}

	@Override
	public Set<Map.Entry<String, Object>> entrySet() {
		return Collections.unmodifiableMap(getRawHeaders()).entrySet();
	}

	@Override
	public Set<String> keySet() {
		return Collections.unmodifiableSet(getRawHeaders().keySet());
	}

	@Override
	public Collection<Object> values() {
		return Collections.unmodifiableCollection(getRawHeaders().values());
	}

	@Override
	public boolean isEmpty() {
		return false;
	}

	@Override
	public int size() {
		return getRawHeaders().size();
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return this == other || (other instanceof MessageHeaders && getRawHeaders().equals(other));
	}

	@Override
	public int hashCode() {
		return getRawHeaders().hashCode();
	}

	@Override
	public String toString() {
		return getRawHeaders().toString();
	}

	private Object writeReplace() {
		return new Plain(getRawHeaders(), getId(), this.timestamp);
	}

	/**
	 * Serialized form.
	 */
	private static final class Plain extends MessageHeaders {

		private static final long serialVersionUID = 1L;

		Plain(Map<String, Object> headers, @Nullable UUID id, long timestamp) {
			super(headers, id, timestamp);
		}

	}

}
