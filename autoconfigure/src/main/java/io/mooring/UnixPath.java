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

package io.mooring;

import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Address of a Unix socket: a path in the file system or, on Linux, a name in the
 * abstract namespace, written with a leading {@code @} (unix(7)). A file whose name
 * begins with {@code @} is written {@code ./@name}.
 */
public final class UnixPath extends SocketAddress {

	/**
	 * Maximum number of bytes in an address: 108 less the NUL that terminates a path or
	 * precedes an abstract name.
	 */
	public static final int MAX_BYTES = 107;

	/**
	 * Address of an unbound socket, such as that of most clients.
	 */
	public static final UnixPath UNNAMED = new UnixPath(new byte[0], false);

	private static final long serialVersionUID = 1L;

	/**
	 * The bytes, without the NUL that terminates a path or precedes an abstract name.
	 */
	private final byte[] name;

	/**
	 * Whether the name is abstract.
	 */
	private final boolean abstractName;

	private UnixPath(byte[] name, boolean abstractName) {
		this.name = name;
		this.abstractName = abstractName;
	}

	/**
	 * Parse an address.
	 * @param text a path, or {@code @} and an abstract name
	 * @return the address
	 * @throws IllegalArgumentException if the text is empty, too long or contains a NUL;
	 * the message is a predicate to follow the value
	 */
	public static UnixPath of(String text) {
		boolean abstractName = text.startsWith("@");
		byte[] name = (abstractName ? text.substring(1) : text).getBytes(StandardCharsets.UTF_8);
		if (name.length == 0) {
			throw new IllegalArgumentException("is empty; accepted are a path, and @name for an abstract address");
		}
		if (name.length > MAX_BYTES) {
			throw new IllegalArgumentException(
					"has " + name.length + " bytes; the address of a Unix socket has at most " + MAX_BYTES);
		}
		if (text.indexOf('\0') >= 0) {
			throw new IllegalArgumentException("contains a NUL character");
		}
		return new UnixPath(name, abstractName);
	}

	/**
	 * Create an address from the bytes of a native address.
	 * @param name the bytes, without the NUL that terminates a path or precedes an
	 * abstract name
	 * @param abstractName whether the address is in the abstract namespace
	 * @return the address
	 */
	public static UnixPath of(byte[] name, boolean abstractName) {
		return new UnixPath(name.clone(), abstractName);
	}

	/**
	 * Return whether the address is in the abstract namespace and has no file.
	 * @return whether the address is abstract
	 */
	public boolean isAbstract() {
		return this.abstractName;
	}

	/**
	 * Return whether the address is that of an unbound socket, to which a peer can
	 * neither connect nor send.
	 * @return whether the address is unnamed
	 */
	public boolean isUnnamed() {
		return this.name.length == 0 && !this.abstractName;
	}

	/**
	 * Return the bytes of the name.
	 * @return a copy, without the NUL that terminates a path or precedes an abstract name
	 */
	public byte[] toBytes() {
		return this.name.clone();
	}

	/**
	 * Return the path of the file.
	 * @return the path
	 * @throws IllegalStateException if the address is abstract or unnamed
	 */
	public Path toFile() {
		if (this.abstractName) {
			throw new IllegalStateException(this + " is an abstract name and has no file");
		}
		if (isUnnamed()) {
			throw new IllegalStateException("An unnamed address has no file");
		}
		return Path.of(new String(this.name, StandardCharsets.UTF_8));
	}

	@Override
	public boolean equals(Object other) {
		return (other instanceof UnixPath path) && this.abstractName == path.abstractName
				&& Arrays.equals(this.name, path.name);
	}

	@Override
	public int hashCode() {
		return Arrays.hashCode(this.name);
	}

	/**
	 * Return the address in the syntax of {@link #of(String)}. Control characters are
	 * written as {@code \x} and their hexadecimal code, an unnamed address as
	 * {@code unnamed}.
	 */
	@Override
	public String toString() {
		if (isUnnamed()) {
			return "unnamed";
		}
		StringBuilder text = new StringBuilder();
		if (this.abstractName) {
			text.append('@');
		}
		else if (this.name.length > 0 && this.name[0] == '@') {
			text.append("./");
		}
		new String(this.name, StandardCharsets.UTF_8).chars().forEach((character) -> {
			if (Character.isISOControl(character)) {
				text.append(String.format("\\x%02x", character));
			}
			else {
				text.append((char) character);
			}
		});
		return text.toString();
	}

}
