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

package io.mooring;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Immutable description of a connection: name, type and settings records.
 * <p>
 * Each group of property keys is a settings record, declared next to the code that uses
 * it, so that a transport can add its own.
 */
public final class ConnectionSpec {

	private final String name;

	private final ConnectionType type;

	private final Map<Class<?>, Object> settings;

	/**
	 * Create a spec.
	 * @param name the name
	 * @param type the type
	 * @param settings the settings records, at most one of each class
	 */
	public ConnectionSpec(String name, ConnectionType type, Collection<?> settings) {
		this(name, type, new LinkedHashMap<>());
		settings.forEach((one) -> this.settings.put(one.getClass(), one));
	}

	private ConnectionSpec(String name, ConnectionType type, Map<Class<?>, Object> settings) {
		this.name = name;
		this.type = type;
		this.settings = settings;
	}

	/**
	 * Return the name.
	 * @return the name
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Return the type.
	 * @return the type
	 */
	public ConnectionType type() {
		return this.type;
	}

	/**
	 * Return the settings record of a class.
	 * @param <S> the type of the settings record
	 * @param settings the class of the record
	 * @return the settings
	 * @throws IllegalArgumentException if the spec has no settings of this class
	 */
	public <S> S get(Class<S> settings) {
		Object value = this.settings.get(settings);
		if (value == null) {
			throw new IllegalArgumentException("The spec of '" + this.name + "' has no " + settings.getName());
		}
		return settings.cast(value);
	}

	/**
	 * Return all settings records.
	 * @return an unmodifiable collection
	 */
	public Collection<Object> settings() {
		return Collections.unmodifiableCollection(this.settings.values());
	}

	/**
	 * Return a copy with other settings.
	 * @param replacement the settings record, which replaces the one of the same class
	 * @return the spec
	 */
	public ConnectionSpec with(Object replacement) {
		Map<Class<?>, Object> all = new LinkedHashMap<>(this.settings);
		all.put(replacement.getClass(), replacement);
		return new ConnectionSpec(this.name, this.type, all);
	}

	/**
	 * Return a copy with another name.
	 * @param other the new name
	 * @return the spec
	 */
	public ConnectionSpec withName(String other) {
		return new ConnectionSpec(other, this.type, this.settings);
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof ConnectionSpec spec && this.name.equals(spec.name) && this.type.equals(spec.type)
				&& this.settings.equals(spec.settings);
	}

	@Override
	public int hashCode() {
		return this.name.hashCode();
	}

	@Override
	public String toString() {
		return this.name + " (" + this.type + ") " + List.copyOf(this.settings.values());
	}

}
