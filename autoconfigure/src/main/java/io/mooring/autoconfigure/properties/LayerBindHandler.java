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

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.util.unit.DataSize;

/**
 * Notes which keys a layer gives, and goes on behind values that cannot be converted.
 * Empty text takes back what a layer below gives.
 */
class LayerBindHandler extends AbstractBindHandler {

	private static final Map<Class<?>, String> ACCEPTED = Map.of(Boolean.class, "true and false", Integer.class,
			"whole numbers", Double.class, "numbers such as 0.5", Duration.class, "durations such as 500ms, 5s or 1m",
			DataSize.class, "sizes such as 1500, 64KB or 4MB");

	/**
	 * A space and a line feed are delimiters like others.
	 */
	private static final String VERBATIM = "framing.delimiter";

	/**
	 * A heartbeat may be a space, a line feed or, in a frame, nothing.
	 */
	private static final String ANYTHING = "heartbeat.payload";

	private final ConfigurationPropertyName prefix;

	private final GivenKeys given;

	private final Source source;

	LayerBindHandler(ConfigurationPropertyName prefix, GivenKeys given, Source source) {
		this.prefix = prefix;
		this.given = given;
		this.source = source;
	}

	@Override
	public <T> @Nullable Bindable<T> onStart(ConfigurationPropertyName name, Bindable<T> target, BindContext context) {
		return this.source.ignores(key(name)) ? null : target;
	}

	@Override
	public @Nullable Object onSuccess(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
			Object result) {
		String key = key(name);
		ConfigurationProperty property = context.getConfigurationProperty();
		if (property != null && isKey(key)) {
			if (result instanceof String text && isNothing(key, text)) {
				this.given.remove(key);
				return result;
			}
			String value = String.valueOf((result instanceof String) ? result : property.getValue());
			this.given.put(key, this.source.given(key, value, property));
			if (result instanceof String && value.contains("${")) {
				this.given.reject(key, "has a placeholder for which there is no property");
				return (target.getValue() != null) ? target.getValue().get() : null;
			}
		}
		return result;
	}

	private static boolean isNothing(String key, String text) {
		return (VERBATIM.equals(key) ? text.isEmpty() : text.isBlank()) && !ANYTHING.equals(key);
	}

	@Override
	public @Nullable Object onFailure(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
			Exception error) throws Exception {
		String key = key(name);
		ConfigurationProperty property = context.getConfigurationProperty();
		if (property != null && isKey(key)) {
			this.given.put(key, this.source.given(key, String.valueOf(value(property, error)), property));
			this.given.reject(key, "is not accepted; " + accepted(target.getType().resolve(Object.class)));
		}
		else if (PropertyKeys.INSTANCE.findGroup(key) == null) {
			throw error;
		}
		else if (error instanceof UnboundConfigurationPropertiesException unbound) {
			this.given.reject(key, "is a list with gaps, or with a value that is no element: "
					+ unbound.getUnboundProperties().stream().map((element) -> element.getName().toString()).toList());
		}
		return (target.getValue() != null) ? target.getValue().get() : null;
	}

	/**
	 * Return the key that a name ends with. Boot's subName fails for names below an
	 * element of a list.
	 */
	private String key(ConfigurationPropertyName name) {
		String text = name.toString();
		int end = this.prefix.toString().length();
		return (text.length() > end) ? text.substring(end + 1) : "";
	}

	private boolean isKey(String key) {
		return PropertyKeys.INSTANCE.find(key) != null;
	}

	private @Nullable Object value(ConfigurationProperty property, Throwable error) {
		for (Throwable cause = error; cause != null; cause = cause.getCause()) {
			if (cause instanceof ConversionFailedException conversion) {
				return conversion.getValue();
			}
		}
		return property.getValue();
	}

	private String accepted(Class<?> type) {
		if (type.isEnum()) {
			return Arrays.stream(type.getEnumConstants())
				.map((constant) -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-'))
				.collect(Collectors.joining(", ", "one of ", " is"));
		}
		return ACCEPTED.getOrDefault(type, "other text") + " are";
	}

	/**
	 * Where a layer comes from.
	 */
	interface Source {

		default boolean ignores(String key) {
			return false;
		}

		Given given(String key, String value, ConfigurationProperty property);

	}

}
