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

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

import io.mooring.ConnectionSpec;
import io.mooring.ConnectionType;
import io.mooring.transport.settings.SettingsCheck;
import io.mooring.transport.settings.SettingsRules;

/**
 * Binds and checks the settings records of one connection.
 */
final class SpecLoader implements SettingsCheck {

	private final Map<Class<?>, Object> settings = new LinkedHashMap<>();

	private final Set<Class<?>> checked = new HashSet<>();

	private final Layers layers;

	private final TransportTypes types;

	private final PlaceholdersResolver placeholders;

	SpecLoader(Layers layers, TransportTypes types, PlaceholdersResolver placeholders) {
		this.layers = layers;
		this.types = types;
		this.placeholders = placeholders;
	}

	/**
	 * Load the spec.
	 * @param name the name of the connection
	 * @return the spec, {@code null} if anything is wrong with it
	 */
	@Nullable ConnectionSpec load(String name) {
		TransportTypes.Entry entry = this.layers.type();
		if (entry != null) {
			checkKeys(entry);
			checkPath(entry);
		}
		bind();
		List<Class<?>> read = (entry != null) ? entry.settings() : TransportTypes.COMMON;
		if (!this.settings.keySet().containsAll(read)) {
			// A record could not be created, which is a fault
			return null;
		}
		read.forEach(this::get);
		if (entry == null || this.layers.hasFaults()) {
			return null;
		}
		ConnectionSpec spec = new ConnectionSpec(name, entry.type(), this.settings.values());
		entry.factory().validate(spec, this);
		return spec;
	}

	/**
	 * Load the spec without checks.
	 */
	ConnectionSpec bind(String name, ConnectionType type) {
		bind();
		return new ConnectionSpec(name, type, this.settings.values());
	}

	private void bind() {
		Binder binder = new Binder(new ArrayList<>(this.layers.layers()), this.placeholders, Conversions.SERVICE);
		SettingsBindHandler handler = new SettingsBindHandler(this.layers);
		for (Class<?> type : this.types.keys().settings()) {
			String group = SettingsKeys.group(type);
			ConfigurationPropertyName name = this.layers.prefix();
			Object record = binder.bindOrCreate(group.isEmpty() ? name : name.append(group), Bindable.of(type),
					handler);
			if (record != null) {
				this.settings.put(type, record);
			}
		}
	}

	private void checkKeys(TransportTypes.Entry entry) {
		for (String key : this.types.keys().all()) {
			if ("url".equals(key)) {
				continue;
			}
			String single = key.replaceFirst("\\[\\]$", "");
			if (!entry.reads(single) && isOwn(single.replace("[]", "[0]"))) {
				reject(single.replace("[]", "[0]"), "does not apply to the type " + entry.type() + ", which takes "
						+ String.join(", ", entry.shownKeys()) + " and what all types take");
			}
		}
	}

	private void checkPath(TransportTypes.Entry entry) {
		ConnectionUrl url = this.layers.url();
		if (url != null && !url.path().isEmpty() && entry.pathKey() == null) {
			reject("url", "has the path \"" + url.path() + "\", which the type " + entry.type() + " does not take"
					+ (url.path().contains(":") ? "; an address begins with //" : ""));
		}
	}

	@Override
	public <S> S get(Class<S> type) {
		Object value = this.settings.get(type);
		if (value instanceof SettingsRules<?> rules && reads(type) && this.checked.add(type)) {
			value = rules.check(this);
			this.settings.put(type, value);
		}
		if (value == null) {
			throw new IllegalArgumentException("There are no settings " + type.getName());
		}
		return type.cast(value);
	}

	private boolean reads(Class<?> type) {
		TransportTypes.Entry entry = this.layers.type();
		return (entry != null) ? entry.settings().contains(type) : TransportTypes.COMMON.contains(type);
	}

	@Override
	public @Nullable Object value(String key) {
		Class<?> owner = this.types.keys().owner(key);
		Map<String, Object> values = new LinkedHashMap<>();
		if (owner != null) {
			SettingsKeys.values(get(owner), values::put);
		}
		return values.get(key);
	}

	@Override
	public ConnectionType type() {
		TransportTypes.Entry entry = this.layers.type();
		return (entry != null) ? entry.type() : ConnectionType.UDP;
	}

	@Override
	public boolean reads(String key) {
		TransportTypes.Entry entry = this.layers.type();
		return entry != null && entry.reads(key);
	}

	@Override
	public boolean isOwn(String key) {
		return this.layers.isOwn(key);
	}

	@Override
	public boolean isBlank(String key) {
		return this.layers.isBlank(key);
	}

	@Override
	public boolean isGiven(String key) {
		return this.layers.given(key) != null;
	}

	@Override
	public boolean isFaulty(String key) {
		return this.layers.isFaulty(key);
	}

	@Override
	public String suggestion(String word, Collection<String> known) {
		return Suggestion.among(word, known);
	}

	@Override
	public void reject(String key, String reason) {
		this.layers.reject(key, reason);
	}

}
