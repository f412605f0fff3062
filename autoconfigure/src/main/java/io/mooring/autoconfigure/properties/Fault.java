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

import org.jspecify.annotations.Nullable;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.TextResourceOrigin;

/**
 * One thing that is wrong with the declared connections.
 *
 * @param property the name of the property
 * @param value the value that was refused, {@code null} where the property itself is what
 * is wrong; that of a secret is not shown
 * @param reason why it was refused and what would be accepted
 * @param origin where it comes from, {@code null} where that is not known
 */
public record Fault(String property, @Nullable String value, String reason, @Nullable Origin origin) {

	private static final String HIDDEN = "******";

	/**
	 * Hide the value of a secret.
	 * @param property the name of the property
	 * @param value the value, hidden if the property is a secret
	 * @param reason why it was refused
	 * @param origin where it comes from
	 */
	public Fault {
		value = (value != null && isSecret(property)) ? HIDDEN : value;
	}

	static boolean isSecret(String key) {
		String name = key.toLowerCase(Locale.ROOT);
		return name.contains("password") || name.contains("secret") || name.contains("token");
	}

	static String shown(String key, String value) {
		return "\"" + (isSecret(key) ? HIDDEN : value) + "\"";
	}

	private static String text(Origin origin) {
		if (!(origin instanceof TextResourceOrigin text) || text.getResource() == null) {
			return String.valueOf(origin);
		}
		String file = text.getResource().getFilename();
		TextResourceOrigin.Location location = text.getLocation();
		return ((file != null) ? file : text.getResource().getDescription())
				+ ((location != null) ? ":" + (location.getLine() + 1) + ":" + (location.getColumn() + 1) : "");
	}

	static String at(@Nullable Origin origin) {
		Origin source = (origin instanceof PropertySourceOrigin wrapper && wrapper.getOrigin() != null)
				? wrapper.getOrigin() : origin;
		return (source != null) ? " (" + text(source) + ")" : "";
	}

	/**
	 * Return all of it on one line: {@code property: "value" reason (file:line:column)}.
	 */
	@Override
	public String toString() {
		return this.property + ": " + ((this.value != null) ? "\"" + this.value + "\" " : "") + this.reason
				+ at(this.origin);
	}

}
