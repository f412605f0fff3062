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

package io.mooring.autoconfigure.properties;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.origin.Origin;

import io.mooring.transport.SpecProblems;

/**
 * The keys of one connection that were given, whichever way. Who refuses one need not
 * know where it came from.
 */
final class GivenKeys implements SpecProblems {

	private final Map<String, Given> given = new LinkedHashMap<>();

	private final String prefix;

	private final @Nullable Origin origin;

	private final Faults faults;

	/**
	 * Create an empty one.
	 * @param prefix of the names of properties that are missing
	 * @param origin of the connection
	 * @param faults takes what is wrong
	 */
	GivenKeys(String prefix, @Nullable Origin origin, Faults faults) {
		this.prefix = prefix;
		this.origin = origin;
		this.faults = faults;
	}

	void put(String key, Given value) {
		this.given.put(key, value);
	}

	void remove(String key) {
		this.given.remove(key);
	}

	/**
	 * Return the value if the connection itself gives it, rather than the defaults.
	 */
	@Nullable Given own(String key) {
		Given value = this.given.get(key);
		return (value != null && value.own()) ? value : null;
	}

	/**
	 * Return under which key the connection itself gives a list, or an element of it.
	 * @return the key with its index, {@code null} if only the defaults give any
	 */
	@Nullable String ownKey(String list) {
		return keys().stream()
			.filter((key) -> own(key) != null && (key.equals(list) || key.startsWith(list + "[")))
			.findFirst()
			.orElse(null);
	}

	Set<String> keys() {
		return this.given.keySet();
	}

	@Override
	public void reject(String key, String reason) {
		Given value = this.given.get(key);
		this.faults.add((value != null) ? value.refuse(key, reason)
				: new Fault(this.prefix + "." + key, null, reason, this.origin));
	}

	/**
	 * Refuse the connection as a whole.
	 */
	void reject(String reason) {
		this.faults.add(new Fault(this.prefix, null, reason, this.origin));
	}

}
