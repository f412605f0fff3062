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

import java.lang.reflect.Field;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotationUtils;

/**
 * The keys of a connection as {@link ConnectionProperties} has them, such as
 * {@code receive.max-size}. They are found under any spelling that differs in case,
 * dashes and underscores.
 */
final class PropertyKeys {

	static final PropertyKeys INSTANCE = new PropertyKeys();

	private static final Pattern INDEX = Pattern.compile("\\[\\d+\\]");

	private final Map<String, String> keys = new LinkedHashMap<>();

	private final Map<String, String> groups = new LinkedHashMap<>();

	/**
	 * Return the types whose fields are looked at.
	 */
	static Collection<Class<?>> types() {
		return INSTANCE.types;
	}

	private final Set<Class<?>> types = new LinkedHashSet<>();

	private PropertyKeys() {
		add("", ConnectionProperties.class);
	}

	private void add(String prefix, Class<?> type) {
		this.types.add(type);
		for (Field field : type.getDeclaredFields()) {
			if (field.isSynthetic()) {
				continue;
			}
			Name name = AnnotationUtils.getAnnotation(field, Name.class);
			String key = prefix
					+ ((name != null) ? name.value() : DataObjectPropertyName.toDashedForm(field.getName()));
			Class<?> element = ResolvableType.forField(field).asCollection().resolveGeneric();
			if (isGroup(field.getType())) {
				this.groups.put(uniform(key), key);
				add(key + ".", field.getType());
			}
			else if (element != null && isGroup(element)) {
				this.groups.put(uniform(key), key);
				this.groups.put(uniform(key + "[]"), key + "[]");
				add(key + "[].", element);
			}
			else if (element != null) {
				// Values apart, or in one with commas
				this.keys.put(uniform(key + "[]"), key + "[]");
				this.keys.put(uniform(key), key);
			}
			else {
				this.keys.put(uniform(key), key);
			}
		}
	}

	private static boolean isGroup(Class<?> type) {
		return type.getPackage() == ConnectionProperties.class.getPackage();
	}

	/**
	 * Return the key that is meant by a spelling of it.
	 * @param spelling the spelling, with the indexes of lists
	 * @return the key, {@code null} if there is none
	 */
	@Nullable String find(String spelling) {
		String key = this.keys.get(uniform(spelling.replaceAll("\\[\\d+\\]", "[]")));
		return (key != null) ? withIndexes(key, spelling) : null;
	}

	@Nullable String findGroup(String spelling) {
		String group = this.groups.get(uniform(spelling.replaceAll("\\[\\d+\\]", "[]")));
		return (group != null) ? withIndexes(group, spelling) : null;
	}

	private static String withIndexes(String key, String spelling) {
		Matcher index = INDEX.matcher(spelling);
		return Pattern.compile("\\[\\]").matcher(key).replaceAll((match) -> index.find() ? index.group() : "[]");
	}

	Collection<String> all() {
		return this.keys.values();
	}

	/**
	 * Say that there is no such key, and which was probably meant, else which there are.
	 */
	String unknown(String what, String spelling) {
		String meant = Suggestion.closest(INDEX.matcher(spelling).replaceAll("[]"), this.keys.values());
		return "unknown " + what
				+ ((meant != null) ? "; did you mean " + meant + "?"
						: "; known are " + this.keys.values()
							.stream()
							.map((key) -> key.replaceFirst("(\\.|\\[]).*", ""))
							.distinct()
							.collect(Collectors.joining(", ")));
	}

	static String uniform(String spelling) {
		return spelling.replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
	}

	/**
	 * Return the uniform form of a name: its letters and digits in lower case.
	 */
	static String letters(String name) {
		return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
	}

}
