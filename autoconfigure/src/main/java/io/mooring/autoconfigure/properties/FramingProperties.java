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
import org.springframework.util.unit.DataSize;

/**
 * How messages stand in a stream.
 */
class FramingProperties {

	/**
	 * What tells one frame from the next.
	 */
	private io.mooring.codec.Framing.@Nullable Type type;

	/**
	 * Bytes of the length in front of a frame, where the type is "length": 1, 2 or 4.
	 */
	private @Nullable Integer lengthBytes;

	/**
	 * Bytes behind a frame, where the type is "delimiter": text, with the escapes \0, \t,
	 * \n, \r, \\ and, for any other byte, \x with two hexadecimal digits.
	 */
	private @Nullable String delimiter;

	/**
	 * Length of every frame, where the type is "fixed". If a size suffix is not
	 * specified, bytes are used.
	 */
	private @Nullable DataSize size;

	/**
	 * Longest frame, both ways. If a size suffix is not specified, bytes are used.
	 */
	private @Nullable DataSize maxSize;

	public io.mooring.codec.Framing.@Nullable Type getType() {
		return this.type;
	}

	public void setType(io.mooring.codec.Framing.@Nullable Type type) {
		this.type = type;
	}

	public @Nullable Integer getLengthBytes() {
		return this.lengthBytes;
	}

	public void setLengthBytes(@Nullable Integer lengthBytes) {
		this.lengthBytes = lengthBytes;
	}

	public @Nullable String getDelimiter() {
		return this.delimiter;
	}

	public void setDelimiter(@Nullable String delimiter) {
		this.delimiter = delimiter;
	}

	public @Nullable DataSize getSize() {
		return this.size;
	}

	public void setSize(@Nullable DataSize size) {
		this.size = size;
	}

	public @Nullable DataSize getMaxSize() {
		return this.maxSize;
	}

	public void setMaxSize(@Nullable DataSize maxSize) {
		this.maxSize = maxSize;
	}

}
