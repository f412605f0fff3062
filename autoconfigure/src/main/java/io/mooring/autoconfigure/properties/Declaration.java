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

import java.util.Locale;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * A connection that something declares.
 *
 * @param name its name
 * @param first the first of its properties
 */
record Declaration(String name, RawProperty first) {

	static final String PREFIX = "mooring.connections";

	/**
	 * Return the prefix of the connection's properties as it is shown.
	 */
	String property() {
		return PREFIX + "." + this.name;
	}

	/**
	 * Return the prefix under which the connection's properties are bound. Dashes are
	 * kept for the variables that have underscores in their place.
	 */
	ConfigurationPropertyName bindingName() {
		return ConfigurationPropertyName.of(PREFIX).append(this.name.toLowerCase(Locale.ROOT).replace('_', '-'));
	}

}
