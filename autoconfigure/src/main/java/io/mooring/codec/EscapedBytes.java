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

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Bytes that are written as text: as UTF-8, with the escapes {@code \0}, {@code \t},
 * {@code \n}, {@code \r}, {@code \\} and, for any other byte, {@code \x} and two
 * hexadecimal digits.
 */
public final class EscapedBytes {

	private static final String ESCAPES = "0tnr\\";

	private static final String ESCAPED = "\0\t\n\r\\";

	private final byte[] bytes;

	private EscapedBytes(byte[] bytes) {
		this.bytes = bytes;
	}

	/**
	 * Wrap bytes.
	 * @param bytes the bytes, of which a copy is kept
	 * @return the bytes
	 */
	public static EscapedBytes of(byte... bytes) {
		return new EscapedBytes(bytes.clone());
	}

	/**
	 * Read bytes.
	 * @param text the text with its escapes, such as {@code PING} or {@code \r\n\x1e}
	 * @return the bytes
	 * @throws IllegalArgumentException if it has another escape; the message is a reason
	 * to stand behind the text
	 */
	public static EscapedBytes parse(String text) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		int begin = 0;
		int escape;
		while ((escape = text.indexOf('\\', begin)) >= 0) {
			bytes.writeBytes(text.substring(begin, escape).getBytes(StandardCharsets.UTF_8));
			begin = readEscape(text, escape, bytes);
		}
		bytes.writeBytes(text.substring(begin).getBytes(StandardCharsets.UTF_8));
		return new EscapedBytes(bytes.toByteArray());
	}

	/**
	 * Read an escape.
	 * @return the index behind it
	 */
	private static int readEscape(String text, int index, ByteArrayOutputStream bytes) {
		char kind = (index + 1 < text.length()) ? text.charAt(index + 1) : ' ';
		int known = ESCAPES.indexOf(kind);
		if (known >= 0) {
			bytes.write(ESCAPED.charAt(known));
			return index + 2;
		}
		if (kind == 'x' && index + 4 <= text.length()) {
			int high = Character.digit(text.charAt(index + 2), 16);
			int low = Character.digit(text.charAt(index + 3), 16);
			if (high >= 0 && low >= 0) {
				bytes.write(16 * high + low);
				return index + 4;
			}
		}
		throw new IllegalArgumentException("has the unknown escape \""
				+ text.substring(index, Math.min(index + ((kind == 'x') ? 4 : 2), text.length()))
				+ "\"; accepted are \\0, \\t, \\n, \\r, \\\\ and \\x with two hexadecimal digits, as \\x1e");
	}

	/**
	 * Return the bytes.
	 * @return a copy
	 */
	public byte[] getBytes() {
		return this.bytes.clone();
	}

	/**
	 * Return how many bytes there are.
	 * @return their number
	 */
	public int length() {
		return this.bytes.length;
	}

	/**
	 * Return whether other bytes are the same.
	 * @param other the other bytes
	 * @return whether they are
	 */
	public boolean matches(byte[] other) {
		return Arrays.equals(this.bytes, other);
	}

	/**
	 * Return the bytes to look at.
	 */
	byte[] bytes() {
		return this.bytes;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof EscapedBytes escaped && matches(escaped.bytes);
	}

	@Override
	public int hashCode() {
		return Arrays.hashCode(this.bytes);
	}

	/**
	 * Return the text that {@link #parse} reads, in ASCII.
	 */
	@Override
	public String toString() {
		StringBuilder text = new StringBuilder();
		for (byte next : this.bytes) {
			int escape = ESCAPED.indexOf(next);
			if (escape >= 0) {
				text.append('\\').append(ESCAPES.charAt(escape));
			}
			else if (next >= ' ' && next < 0x7f) {
				text.append((char) next);
			}
			else {
				text.append(String.format("\\x%02x", next & 0xff));
			}
		}
		return text.toString();
	}

}
