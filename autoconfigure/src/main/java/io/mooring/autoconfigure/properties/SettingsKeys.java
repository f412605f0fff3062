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
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.core.ResolvableType;
import org.springframework.util.ReflectionUtils;

/**
 * The keys of a connection as the settings records have them, such as
 * {@code receive.max-size}. They are found under any spelling that differs in case,
 * dashes and underscores.
 */
final class SettingsKeys {

	private static final String DEFAULTS = "mooring.defaults";

	private static final Pattern INDEX = Pattern.compile("\\[\\d+\\]");

	private final Map<String, String> keys = new LinkedHashMap<>();

	private final Map<String, String> groups = new LinkedHashMap<>();

	private final Map<String, Class<?>> owners = new LinkedHashMap<>();

	private final Set<Class<?>> settings = new LinkedHashSet<>();

	/**
	 * Create keys.
	 * @param settings the settings records
	 */
	SettingsKeys(Collection<Class<?>> settings) {
		this.keys.put("url", "url");
		for (Class<?> type : settings) {
			if (this.settings.add(type)) {
				String group = group(type);
				if (!group.isEmpty()) {
					this.groups.put(uniform(group), group);
				}
				add(group.isEmpty() ? "" : group + ".", type, type);
			}
		}
	}

	/**
	 * Return the group of keys that a record has, empty for keys without a group.
	 */
	static String group(Class<?> settings) {
		ConfigurationProperties annotation = settings.getAnnotation(ConfigurationProperties.class);
		String prefix = (annotation != null) ? annotation.value() : "";
		if (!prefix.equals(DEFAULTS) && !prefix.startsWith(DEFAULTS + ".")) {
			throw new IllegalArgumentException(
					settings + " is not annotated with @ConfigurationProperties(\"" + DEFAULTS + "...\")");
		}
		return prefix.equals(DEFAULTS) ? "" : prefix.substring(DEFAULTS.length() + 1);
	}

	private void add(String prefix, Class<?> type, Class<?> owner) {
		for (Field field : type.getDeclaredFields()) {
			if (field.isSynthetic() || Modifier.isStatic(field.getModifiers())) {
				continue;
			}
			String key = prefix + name(field);
			Class<?> element = ResolvableType.forField(field).asCollection().resolveGeneric();
			if (element != null && element.getEnclosingClass() == owner) {
				this.groups.put(uniform(key), key);
				this.groups.put(uniform(key + "[]"), key + "[]");
				this.owners.put(key, owner);
				add(key + "[].", element, owner);
			}
			else {
				if (element != null) {
					// Values apart, or in one with commas
					this.keys.put(uniform(key + "[]"), key + "[]");
				}
				this.keys.put(uniform(key), key);
				this.owners.put(key, owner);
			}
		}
	}

	private static String name(Field field) {
		Name name = field.getAnnotation(Name.class);
		return (name != null) ? name.value() : field.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
	}

	/**
	 * Visit the components of a settings record.
	 * @param settings the record
	 * @param visitor takes keys and values, without those that are {@code null}
	 */
	static void values(Object settings, BiConsumer<String, Object> visitor) {
		String group = group(settings.getClass());
		values(group.isEmpty() ? "" : group + ".", settings, settings.getClass(), visitor);
	}

	private static void values(String prefix, Object settings, Class<?> owner, BiConsumer<String, Object> visitor) {
		for (Field field : settings.getClass().getDeclaredFields()) {
			if (Modifier.isStatic(field.getModifiers())) {
				continue;
			}
			ReflectionUtils.makeAccessible(field);
			Object value = ReflectionUtils.getField(field, settings);
			String key = prefix + name(field);
			if (!(value instanceof List<?> list)) {
				if (value != null) {
					visitor.accept(key, value);
				}
				continue;
			}
			for (int i = 0; i < list.size(); i++) {
				Object element = list.get(i);
				if (element.getClass().getEnclosingClass() == owner) {
					values(key + "[" + i + "].", element, owner, visitor);
				}
				else {
					visitor.accept(key + "[" + i + "]", element);
				}
			}
		}
	}

	Set<Class<?>> settings() {
		return this.settings;
	}

	/**
	 * Return the record that has a key.
	 * @param key the key, with or without indexes
	 * @return the class of the record, {@code null} if it is no key
	 */
	@Nullable Class<?> owner(String key) {
		return this.owners.get(INDEX.matcher(key).replaceAll("[]").replaceFirst("\\[\\]$", ""));
	}

	boolean isList(String key) {
		return this.keys.containsKey(uniform(key + "[]"));
	}

	/**
	 * Return the key that is meant by a spelling of it.
	 * @param spelling the spelling, with the indexes of lists
	 * @return the key, {@code null} if there is none
	 */
	@Nullable String find(String spelling) {
		String key = this.keys.get(uniform(INDEX.matcher(spelling).replaceAll("[]")));
		return (key != null) ? withIndexes(key, spelling) : null;
	}

	@Nullable String findGroup(String spelling) {
		String group = this.groups.get(uniform(INDEX.matcher(spelling).replaceAll("[]")));
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
	 * Return the keys of a group.
	 */
	List<String> members(String group) {
		String prefix = INDEX.matcher(group).replaceAll("[]");
		return all().stream()
			.filter((key) -> key.startsWith(prefix + ".") || key.startsWith(prefix + "[].") && !key.endsWith("[]"))
			.toList();
	}

	/**
	 * Say that there is no such key, and which was probably meant, else which there are
	 * in the group.
	 */
	String unknown(String what, String spelling) {
		String plain = INDEX.matcher(spelling).replaceAll("[]");
		String group = (plain.lastIndexOf('.') >= 0) ? plain.substring(0, plain.lastIndexOf('.')) : "";
		List<String> members = (findGroup(group) != null) ? members(group) : List.of();
		String meant = Suggestion.closest(plain, members.isEmpty() ? all() : members);
		Collection<String> known = members.isEmpty() ? all().stream()
			.map((key) -> key.replaceFirst("(\\.|\\[]).*", ""))
			.collect(Collectors.toCollection(LinkedHashSet::new)) : members;
		return "unknown " + what
				+ ((meant != null) ? "; did you mean " + meant + "?" : "; known are " + String.join(", ", known));
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
