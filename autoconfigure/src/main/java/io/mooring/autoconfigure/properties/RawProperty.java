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
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * A property as its source spells it. Binding would hide the spelling: to a
 * {@link ConfigurationPropertySource}, {@code my conn} is {@code myconn}.
 *
 * @param source the source
 * @param name the name
 */
record RawProperty(EnumerablePropertySource<?> source, String name) {

	private static final Pattern ELEMENT = Pattern.compile("\\[(?<key>[^\\]]*\\D[^\\]]*)\\]|[^.\\[]+(\\[\\d+\\])*");

	@Nullable Object value() {
		return this.source.getProperty(this.name);
	}

	Origin origin() {
		return PropertySourceOrigin.get(this.source, this.name);
	}

	/**
	 * Return the elements of the name. A numeric index is part of the element it belongs
	 * to, a key in brackets is an element.
	 */
	List<String> elements() {
		List<String> elements = new ArrayList<>();
		Matcher matcher = ELEMENT.matcher(this.name);
		while (matcher.find()) {
			elements.add((matcher.group("key") != null) ? matcher.group("key") : matcher.group());
		}
		return elements;
	}

	/**
	 * Return whether unknown keys of the source are refused, rather than taken for
	 * somebody else's, as Boot does it with those of the system.
	 */
	boolean isStrict() {
		return !isVariable()
				&& !StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME.equals(this.source.getName());
	}

	/**
	 * Return whether the source says how the name of a connection is spelled. Those meant
	 * for overriding others do not.
	 */
	boolean decidesSpelling() {
		return isStrict() && !(this.source instanceof CommandLinePropertySource);
	}

	/**
	 * Return whether it is an environment variable.
	 */
	boolean isVariable() {
		return this.source instanceof SystemEnvironmentPropertySource;
	}

	static List<RawProperty> of(Iterable<PropertySource<?>> sources) {
		List<RawProperty> properties = new ArrayList<>();
		for (PropertySource<?> source : sources) {
			if (source instanceof EnumerablePropertySource<?> enumerable) {
				for (String name : enumerable.getPropertyNames()) {
					if (name.regionMatches(true, 0, "mooring", 0, 7)) {
						properties.add(new RawProperty(enumerable, name));
					}
				}
			}
		}
		return properties;
	}

}
