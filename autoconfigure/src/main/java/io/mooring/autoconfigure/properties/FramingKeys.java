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
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

import io.mooring.ConnectionSpecBuilder;
import io.mooring.codec.Delimiter;
import io.mooring.codec.Framing;
import io.mooring.codec.Framing.Type;

/**
 * What the keys for framing mean. Those that do not go with the type are refused, unless
 * they are defaults.
 */
final class FramingKeys {

	private final FramingProperties keys;

	private final GivenKeys given;

	private final boolean read;

	private final boolean typeKnown;

	private boolean valid = true;

	/**
	 * Create it.
	 * @param properties what was given
	 * @param type the type of the connection, {@code null} if that is not known
	 * @param given where to refuse keys
	 */
	FramingKeys(ConnectionProperties properties, TransportTypes.@Nullable Entry type, GivenKeys given) {
		this.keys = properties.getFraming();
		this.read = type != null && type.reads("framing");
		this.typeKnown = this.keys.getType() != null || given.own("framing.type") == null;
		this.given = given;
	}

	void apply(ConnectionSpecBuilder spec) {
		Framing defaults = spec.build().framing();
		Type type = Objects.requireNonNullElse(this.keys.getType(), defaults.type());
		Integer maxSize = bytes("framing.max-size", this.keys.getMaxSize());
		int limit = (maxSize != null) ? maxSize : defaults.maxSize();
		int lengthBytes = lengthBytes(type, defaults.lengthBytes());
		Delimiter delimiter = delimiter(type);
		int size = size(type, limit);
		if (this.valid && this.read) {
			spec.framing(new Framing(type, lengthBytes, delimiter, size, limit));
		}
	}

	private int lengthBytes(Type type, int defaults) {
		Integer bytes = this.keys.getLengthBytes();
		if (bytes != null && !Set.of(1, 2, 4).contains(bytes)) {
			reject("framing.length-bytes", "is not a length that is known; accepted are 1, 2 and 4");
		}
		return (isUsed("framing.length-bytes", bytes, type, Type.LENGTH) && bytes != null) ? bytes : defaults;
	}

	private @Nullable Delimiter delimiter(Type type) {
		String text = this.keys.getDelimiter();
		Delimiter delimiter = null;
		try {
			delimiter = (text != null && !text.isEmpty()) ? Delimiter.parse(text) : null;
		}
		catch (IllegalArgumentException ex) {
			reject("framing.delimiter", String.valueOf(ex.getMessage()));
		}
		if (this.read && type == Type.DELIMITER && (text == null || text.isEmpty())) {
			reject("framing.delimiter", "missing; framing.type delimiter needs what stands behind a frame, such as "
					+ "\";\", \"\\0\" or \"\\x1e\"");
		}
		return isUsed("framing.delimiter", delimiter, type, Type.DELIMITER) ? delimiter : null;
	}

	private int size(Type type, int limit) {
		Integer size = bytes("framing.size", this.keys.getSize());
		if (this.read && type == Type.FIXED && this.keys.getSize() == null) {
			reject("framing.size", "missing; framing.type fixed needs the length of a frame in bytes");
		}
		if (!isUsed("framing.size", size, type, Type.FIXED) || size == null) {
			return 0;
		}
		if (size > limit) {
			reject("framing.size", "is more than framing.max-size, " + limit + "B; accepted is that or less");
		}
		return size;
	}

	private boolean isUsed(String key, @Nullable Object value, Type type, Type its) {
		if (value != null && type != its && this.typeKnown && this.given.own(key) != null) {
			reject(key, "has no meaning but with framing.type " + its.name().toLowerCase(Locale.ROOT));
		}
		return type == its;
	}

	private @Nullable Integer bytes(String key, @Nullable DataSize value) {
		if (value == null) {
			return null;
		}
		if (value.toBytes() < 1 || value.toBytes() > Integer.MAX_VALUE) {
			reject(key, "is out of range; accepted is 1B to 2047MB");
			return null;
		}
		return (int) value.toBytes();
	}

	private void reject(String key, String reason) {
		this.valid = false;
		this.given.reject(key, reason);
	}

}
