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

import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/**
 * The keys of a connection whose type is known.
 *
 * @param properties the values
 * @param type the type, which reads some of the keys
 * @param given which keys were given, and where to refuse them
 */
record TypedKeys(ConnectionProperties properties, TransportTypes.Entry type, GivenKeys given) {

	/**
	 * Return whether the type reads a key.
	 */
	boolean reads(String key) {
		return this.type.reads(key);
	}

	/**
	 * Return whether the connection itself gives a key, rather than the defaults.
	 */
	boolean isOwn(String key) {
		return this.given.own(key) != null;
	}

	void reject(String key, String reason) {
		this.given.reject(key, reason);
	}

	/**
	 * Return a value if there is one, and the type reads its key.
	 */
	@Nullable String text(String key, @Nullable String value) {
		return (StringUtils.hasText(value) && reads(key)) ? value.strip() : null;
	}

}
