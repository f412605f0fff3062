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

import org.jspecify.annotations.Nullable;

/**
 * The bytes after each frame of the framing {@code delimiter}. Written as
 * {@link EscapedBytes} are.
 */
public final class Delimiter {

	private final EscapedBytes bytes;

	private Delimiter(EscapedBytes bytes) {
		if (bytes.length() == 0) {
			throw new IllegalArgumentException("is empty; accepted are one or more bytes");
		}
		this.bytes = bytes;
	}

	/**
	 * Make a delimiter of bytes.
	 * @param bytes the bytes, one at least
	 * @return the delimiter
	 */
	public static Delimiter of(byte... bytes) {
		return new Delimiter(EscapedBytes.of(bytes));
	}

	/**
	 * Read a delimiter.
	 * @param text the text with its escapes, such as {@code ;} or {@code \r\n\x1e}
	 * @return the delimiter
	 * @throws IllegalArgumentException if it is empty or has another escape; the message
	 * is a reason to stand behind the text
	 */
	public static Delimiter parse(String text) {
		return new Delimiter(EscapedBytes.parse(text));
	}

	/**
	 * Return the bytes.
	 * @return a copy
	 */
	public byte[] getBytes() {
		return this.bytes.getBytes();
	}

	/**
	 * Return the bytes to look at.
	 */
	byte[] bytes() {
		return this.bytes.bytes();
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Delimiter delimiter && this.bytes.equals(delimiter.bytes);
	}

	@Override
	public int hashCode() {
		return this.bytes.hashCode();
	}

	/**
	 * Return the text that {@link #parse} reads, in ASCII.
	 */
	@Override
	public String toString() {
		return this.bytes.toString();
	}

}
