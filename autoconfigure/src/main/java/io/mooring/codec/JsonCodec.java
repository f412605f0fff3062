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

package io.mooring.codec;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Objects as JSON (RFC 8259), by Jackson 3. A message is one JSON text and nothing behind
 * it. The text {@code null} is no object.
 *
 * @param <T> the type of the object
 */
public final class JsonCodec<T> implements Codec<T> {

	private final JsonMapper mapper;

	private final Class<T> type;

	/**
	 * Create a codec.
	 * @param mapper reads and writes, such as Spring Boot's
	 * @param type what to decode to; {@code Object} stands for maps, lists, strings,
	 * numbers and booleans
	 */
	public JsonCodec(JsonMapper mapper, Class<T> type) {
		this.mapper = mapper;
		this.type = type;
	}

	@Override
	public byte[] encode(T value) {
		try {
			return this.mapper.writeValueAsBytes(value);
		}
		catch (JacksonException ex) {
			throw new CodecException("it cannot be written as JSON: " + ex.getOriginalMessage(), ex);
		}
	}

	@Override
	public T decode(byte[] frame) {
		T value;
		try {
			value = this.mapper.readValue(frame, this.type);
		}
		catch (JacksonException ex) {
			throw new CodecException(
					"the bytes are not JSON of the type " + this.type.getName() + ": " + ex.getOriginalMessage(), ex);
		}
		if (value == null) {
			throw new CodecException("the bytes are the JSON text null");
		}
		return value;
	}

}
