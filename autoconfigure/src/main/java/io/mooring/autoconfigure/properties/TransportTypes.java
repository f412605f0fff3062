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

import java.util.Collection;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.mooring.ConnectionType;
import io.mooring.transport.TransportFactories;
import io.mooring.transport.TransportFactory;

/**
 * The types that there are, as a declaration spells them, and the keys that they read.
 */
final class TransportTypes {

	private static final List<String> COMMON_KEYS = List.of("url", "type", "direction", "startup", "startup-timeout",
			"auto-startup", "phase", "role", "reconnect", "receive.capacity", "receive.overflow", "codec", "charset",
			"payload-type", "interceptors", "integration", "health");

	private final TransportFactories transports;

	TransportTypes(TransportFactories transports) {
		this.transports = transports;
	}

	@Nullable Entry find(String scheme) {
		ConnectionType type = this.transports.type(scheme.strip().toLowerCase(Locale.ROOT));
		return (type != null) ? new Entry(type, this.transports.factory(type)) : null;
	}

	/**
	 * Say which type was probably meant, and which there are.
	 */
	String known(String scheme) {
		return Suggestion.among(scheme, names()) + " (known are " + String.join(", ", names()) + ")";
	}

	List<String> names() {
		return this.transports.types().stream().map(ConnectionType::getScheme).sorted().toList();
	}

	/**
	 * A type and what makes its connections.
	 *
	 * @param type the type
	 * @param factory makes its connections
	 */
	record Entry(ConnectionType type, TransportFactory factory) {

		/**
		 * Return whether the type reads a key.
		 */
		boolean reads(String key) {
			return covers(COMMON_KEYS, key) || covers(this.factory.getKeys(this.type), key);
		}

		/**
		 * Return the key that the path of a URL stands for.
		 * @return the key, {@code null} if the type takes no path
		 */
		@Nullable String pathKey() {
			return this.factory.getPathKey(this.type);
		}

		private boolean covers(Collection<String> keys, String key) {
			return keys.stream()
				.anyMatch((known) -> key.equals(known) || key.startsWith(known + ".") || key.startsWith(known + "["));
		}

	}

}
