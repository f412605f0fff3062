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
import org.springframework.util.ClassUtils;
import org.springframework.util.unit.DataSize;

/**
 * Goes on after values that cannot be converted, so that all faults come from one pass.
 * Blank text takes back the value of a layer below.
 */
class SettingsBindHandler extends AbstractBindHandler {

	private static final Map<Class<?>, String> ACCEPTED = Map.of(Boolean.class, "true and false", Integer.class,
			"whole numbers", Double.class, "numbers such as 0.5", Duration.class, "durations such as 500ms, 5s or 1m",
			DataSize.class, "sizes such as 1500, 64KB or 4MB");

	private final Layers layers;

	SettingsBindHandler(Layers layers) {
		this.layers = layers;
	}

	@Override
	public @Nullable Object onSuccess(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
			Object result) {
		if (!(result instanceof String text) || !isValue(name, context)) {
			return result;
		}
		if (text.contains("${")) {
			this.layers.reject(key(name), "has a placeholder for which there is no property");
			return null;
		}
		return text.isBlank() ? null : text.strip();
	}

	@Override
	public @Nullable Object onFailure(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
			Exception error) throws Exception {
		if (error instanceof UnboundConfigurationPropertiesException unbound) {
			this.layers.reject(key(name), "is a list with gaps, or with a value that is no element: "
					+ unbound.getUnboundProperties().stream().map((element) -> element.getName().toString()).toList());
			return null;
		}
		if (key(name).isEmpty() || this.layers.isGroup(key(name))) {
			rejectGroup(key(name), target, error);
			return null;
		}
		if (!isValue(name, context)) {
			throw error;
		}
		Given given = this.layers.given(key(name));
		this.layers.reject(key(name), (given != null && given.value().contains("${"))
				? "has a placeholder for which there is no property" : reason(target, error));
		return null;
	}

	/**
	 * Refuse a group whose record cannot be created, unless a value of it is refused
	 * already or the type does not read it.
	 */
	private void rejectGroup(String group, Bindable<?> target, Exception error) {
		Class<?> record = target.getType().resolve(Object.class);
		TransportTypes.Entry type = this.layers.type();
		if (type != null && !type.settings().contains(record)
				&& !type.settings().contains(record.getEnclosingClass())) {
			return;
		}
		if (group.isEmpty() ? !this.layers.hasFaultyKeys() : !this.layers.isFaulty(group)) {
			this.layers.reject(group, "is not accepted: " + rootMessage(error));
		}
	}

	private boolean isValue(ConfigurationPropertyName name, BindContext context) {
		ConfigurationProperty property = context.getConfigurationProperty();
		return property != null && property.getName().equals(name);
	}

	private String key(ConfigurationPropertyName name) {
		return Layer.key(this.layers.prefix(), name);
	}

	private static String reason(Bindable<?> target, Exception error) {
		Class<?> type = ClassUtils.resolvePrimitiveIfNecessary(target.getType().resolve(Object.class));
		if (type.isEnum()) {
			return "is not accepted; " + Arrays.stream(type.getEnumConstants())
				.map((constant) -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-'))
				.collect(Collectors.joining(", ", "one of ", " is"));
		}
		if (ACCEPTED.containsKey(type)) {
			return "is not accepted; " + ACCEPTED.get(type) + " are";
		}
		return rootMessage(error);
	}

	private static String rootMessage(Exception error) {
		Throwable cause = error;
		while (cause.getCause() != null) {
			cause = cause.getCause();
		}
		return (cause.getMessage() != null) ? cause.getMessage() : cause.toString();
	}

}
