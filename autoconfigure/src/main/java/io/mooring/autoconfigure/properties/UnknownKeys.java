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

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.springframework.core.env.PropertySource;

/**
 * Refuses keys that nothing reads, groups that are given a value, and keys that one
 * source spells in two ways. Boot's binding would ignore them.
 */
final class UnknownKeys {

	private final SettingsKeys keys;

	private final Map<Spot, RawProperty> seen = new HashMap<>();

	private final Faults faults;

	UnknownKeys(SettingsKeys keys, Faults faults) {
		this.keys = keys;
		this.faults = faults;
	}

	/**
	 * Check a key of a connection, or one below {@code mooring.defaults}.
	 * @param property the property
	 * @param prefix what the key is below of
	 * @param key the key as it is spelled, may be empty
	 */
	void check(RawProperty property, String prefix, String key) {
		String group = this.keys.findGroup(key);
		String known = this.keys.find(key);
		if (group != null && !"".equals(property.value())) {
			this.faults.add(new Fault(property.name(), String.valueOf(property.value()),
					"is not a group of keys; accepted are " + String.join(", ", this.keys.members(group)),
					property.origin()));
		}
		else if (known != null) {
			checkOnce(property, prefix, SettingsKeys.uniform(known));
		}
		else if (group == null && !key.isEmpty()) {
			refuse(property, key);
		}
	}

	/**
	 * Check a property that is not of a connection: one below {@code mooring.defaults},
	 * or one whose second element looks like a misspelling.
	 */
	void checkOther(RawProperty property, String second, List<String> elements) {
		if ("defaults".equals(second)) {
			String key = String.join(".", elements.subList(2, elements.size()));
			check(property, "mooring.defaults", key);
			if ("url".equals(this.keys.find(key))) {
				this.faults.add(new Fault(property.name(), null, "connections do not share a URL; give each its own",
						property.origin()));
			}
		}
		else if (!"enabled".equals(second)) {
			String meant = Suggestion.closest(second, List.of("connections", "defaults", "enabled"));
			if (meant != null) {
				this.faults.add(new Fault(property.name(), null, "unknown key; did you mean mooring." + meant + "?",
						property.origin()));
			}
		}
	}

	private void checkOnce(RawProperty property, String prefix, String known) {
		RawProperty other = this.seen.putIfAbsent(new Spot(property.source(), prefix + "." + known), property);
		if (other != null) {
			this.faults.add(new Fault(property.name(), String.valueOf(property.value()),
					"is given twice, also as " + other.name() + Fault.at(other.origin()) + "; drop one of them",
					property.origin()));
		}
	}

	private void refuse(RawProperty property, String key) {
		String single = this.keys.find(key.replaceAll("\\[\\d+\\]", ""));
		String reason = (single != null) ? "takes one value, not a list" : this.keys.unknown("key", key);
		this.faults.add(new Fault(property.name(), null, reason, property.origin()));
	}

	private record Spot(PropertySource<?> source, String key) {

	}

}
