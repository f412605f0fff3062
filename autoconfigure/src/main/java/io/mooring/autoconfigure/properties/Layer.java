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

import java.util.function.Predicate;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.origin.Origin;

/**
 * Source of keys of one connection: shows the properties that a source has below some
 * prefix as if they were below that of the connection.
 */
final class Layer implements IterableConfigurationPropertySource {

	private final Kind kind;

	private final ConfigurationPropertySource source;

	private final ConfigurationPropertyName sourcePrefix;

	private final ConfigurationPropertyName prefix;

	private final SettingsKeys keys;

	private final Predicate<String> shown;

	/**
	 * Create a layer.
	 * @param kind the kind of layer
	 * @param source the source
	 * @param sourcePrefix the prefix in the source
	 * @param prefix the prefix of the connection
	 * @param keys the keys and groups that there are; groups have no value
	 * @param shown the keys that are shown
	 */
	Layer(Kind kind, ConfigurationPropertySource source, ConfigurationPropertyName sourcePrefix,
			ConfigurationPropertyName prefix, SettingsKeys keys, Predicate<String> shown) {
		this.kind = kind;
		this.source = source;
		this.sourcePrefix = sourcePrefix;
		this.prefix = prefix;
		this.keys = keys;
		this.shown = shown;
	}

	Kind kind() {
		return this.kind;
	}

	/**
	 * Return the key that a name ends with. Boot's subName fails for names below an
	 * element of a list.
	 */
	static String key(ConfigurationPropertyName prefix, ConfigurationPropertyName name) {
		String text = name.toString();
		int end = prefix.toString().length();
		return (text.length() > end) ? text.substring(end + 1) : "";
	}

	private @Nullable ConfigurationPropertyName sourceName(ConfigurationPropertyName name) {
		if (this.prefix.equals(name)) {
			return this.sourcePrefix;
		}
		if (!this.prefix.isAncestorOf(name)) {
			return null;
		}
		String key = key(this.prefix, name);
		return this.shown.test(key) ? this.sourcePrefix.append(key) : null;
	}

	@Override
	public @Nullable ConfigurationProperty getConfigurationProperty(ConfigurationPropertyName name) {
		ConfigurationPropertyName sourceName = sourceName(name);
		ConfigurationProperty property = (sourceName != null && this.keys.findGroup(key(this.prefix, name)) == null
				&& !sourceName.equals(this.sourcePrefix)) ? this.source.getConfigurationProperty(sourceName) : null;
		return (property != null) ? new ConfigurationProperty(name, property.getValue(), origin(property)) : null;
	}

	private @Nullable Origin origin(ConfigurationProperty property) {
		// A map made here is no place to look at
		return (this.source instanceof MapConfigurationPropertySource) ? null : property.getOrigin();
	}

	@Override
	public ConfigurationPropertyState containsDescendantOf(ConfigurationPropertyName name) {
		ConfigurationPropertyName sourceName = sourceName(name);
		return (sourceName != null) ? this.source.containsDescendantOf(sourceName) : ConfigurationPropertyState.ABSENT;
	}

	@Override
	public Stream<ConfigurationPropertyName> stream() {
		return (this.source instanceof IterableConfigurationPropertySource iterable) ? iterable.stream()
			.filter(this.sourcePrefix::isAncestorOf)
			.map((name) -> key(this.sourcePrefix, name))
			.filter(this.shown)
			.map(this.prefix::append) : Stream.empty();
	}

	/**
	 * Kind of layer.
	 */
	enum Kind {

		/**
		 * The connection's own keys.
		 */
		OWN,

		/**
		 * The connection's URL.
		 */
		URL,

		/**
		 * {@code mooring.defaults}.
		 */
		DEFAULTS,

		/**
		 * The defaults of the type.
		 */
		TYPE

	}

}
