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

import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.origin.Origin;

/**
 * Finds out which connections are declared. Names with the same letters and digits are
 * one connection, spelled as the sources spell it that are not there to override others.
 */
final class Declarations {

	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*");

	/**
	 * Keys that make a variable declare a connection: others may be somebody else's, as
	 * those that Kubernetes sets for a service called {@code mooring-connections}.
	 */
	private static final Set<String> DECLARING_KEYS = Set.of("url", "type");

	private final SettingsKeys keys;

	private final Map<String, Declaration> declarations = new LinkedHashMap<>();

	private final Set<String> refusedNames = new HashSet<>();

	private final Faults faults;

	Declarations(SettingsKeys keys, Faults faults) {
		this.keys = keys;
		this.faults = faults;
	}

	static boolean isName(String name) {
		return NAME.matcher(name).matches();
	}

	static Fault wrongName(String name, @Nullable Origin origin) {
		return new Fault(Declaration.PREFIX, name,
				"is not a name of a connection; accepted are letters, digits, '-' and '_', "
						+ "the first a letter or digit",
				origin);
	}

	/**
	 * Return what is declared.
	 * @param properties those of all sources, the sources that override others last
	 * @return the declarations, in the order of the properties
	 */
	Collection<Declaration> find(List<RawProperty> properties) {
		UnknownKeys unknownKeys = new UnknownKeys(this.keys, this.faults);
		for (RawProperty property : properties) {
			if (property.isVariable()) {
				continue;
			}
			List<String> elements = property.elements();
			if (elements.size() < 2 || !"mooring".equals(SettingsKeys.letters(elements.get(0)))) {
				continue;
			}
			String second = SettingsKeys.letters(elements.get(1).replaceFirst("\\[.*", ""));
			if ("connections".equals(second)) {
				String key = String.join(".", elements.subList(Math.min(3, elements.size()), elements.size()));
				if (declare(property, elements, key) && property.isStrict()) {
					unknownKeys.check(property, Declaration.PREFIX + "." + elements.get(2), key);
				}
			}
			else if (property.isStrict()) {
				unknownKeys.checkOther(property, second, elements);
			}
		}
		properties.stream().filter(RawProperty::isVariable).forEach(this::declareByVariable);
		return this.declarations.values();
	}

	/**
	 * Note the connection that a property belongs to.
	 * @return whether it has a name, and the key is to be looked at
	 */
	private boolean declare(RawProperty property, List<String> elements, String key) {
		if (elements.size() < 3) {
			if (property.isStrict() && (elements.get(1).contains("[") || hasValue(property))) {
				this.faults.add(new Fault(property.name(), null,
						"connections are declared as a map by name, neither as a list nor as a value",
						property.origin()));
			}
			return false;
		}
		String name = elements.get(2);
		if (elements.get(1).contains("[")) {
			return property.isStrict() && refuseName(property, elements.get(1).replaceFirst("[^\\[]*", ""));
		}
		if (!isName(name)) {
			return property.isStrict() && refuseName(property, name);
		}
		if (key.isEmpty() && hasValue(property)) {
			if (property.isStrict()) {
				this.faults.add(new Fault(property.name(), String.valueOf(property.value()),
						"is not a group of keys; did you mean " + property.name() + ".url?", property.origin()));
			}
			return false;
		}
		if (!key.isEmpty() && this.keys.find(key) == null) {
			String dotted = dottedName(name, key);
			if (dotted != null) {
				return property.isStrict() && refuseName(property, dotted);
			}
			if (!property.isStrict()) {
				return false;
			}
		}
		declare(name, property);
		return true;
	}

	private boolean hasValue(RawProperty property) {
		return !"".equals(property.value());
	}

	private boolean refuseName(RawProperty property, String name) {
		if (this.refusedNames.add(name)) {
			this.faults.add(wrongName(name, property.origin()));
		}
		return false;
	}

	/**
	 * Return the name with a dot that was probably meant: what follows its first part is
	 * no key, but becomes one without its beginning.
	 */
	private @Nullable String dottedName(String name, String key) {
		String rest = key;
		String dotted = name;
		while (rest.indexOf('.') >= 0) {
			String part = rest.substring(0, rest.indexOf('.'));
			if (this.keys.findGroup(part) != null) {
				return null;
			}
			dotted += "." + part;
			rest = rest.substring(part.length() + 1);
			if (this.keys.find(rest) != null) {
				return dotted;
			}
		}
		return null;
	}

	private void declare(String name, RawProperty property) {
		Declaration added = new Declaration(name, property);
		Declaration known = this.declarations.putIfAbsent(SettingsKeys.letters(name), added);
		if (known == null || known.name().equals(name) || !property.decidesSpelling()) {
			return;
		}
		if (!known.first().decidesSpelling()) {
			this.declarations.put(SettingsKeys.letters(name), added);
		}
		else if (this.refusedNames.add(name)) {
			this.faults.add(new Fault(added.property(), null,
					"is one connection with " + known.property() + Fault.at(known.first().origin())
							+ ", since only letters and digits count; spell it one way, or choose another name",
					property.origin()));
		}
	}

	private void declareByVariable(RawProperty property) {
		String[] parts = property.name().split("[._]");
		if (parts.length < 4 || !parts[1].equalsIgnoreCase("connections")) {
			return;
		}
		for (int end = parts.length - 1; end > 2; end--) {
			String name = Arrays.stream(parts, 2, end).collect(Collectors.joining());
			if (this.declarations.containsKey(SettingsKeys.letters(name))) {
				return;
			}
		}
		boolean declares = parts.length == 4 && DECLARING_KEYS.contains(SettingsKeys.letters(parts[3]));
		if (declares && isName(parts[2])) {
			declare(parts[2].toLowerCase(Locale.ROOT), property);
		}
	}

}
