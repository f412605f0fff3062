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

package io.mooring.transport.unix.internal.jna;

import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

import io.mooring.UnixPath;

/**
 * Conversion between {@link UnixPath} and {@code struct sockaddr_un}.
 */
public final class SocketAddresses {

	static final int SIZE = Layouts.SOCKADDR.size();

	private static final int FAMILY = Layouts.SOCKADDR.offset("family");

	private static final int PATH = Layouts.SOCKADDR.offset("path");

	private static final int MAX_PATH = SIZE - PATH - 1;

	private SocketAddresses() {
	}

	/**
	 * Convert the address of a recipient.
	 * @param address a {@link UnixPath} or a {@link UnixDomainSocketAddress}
	 * @return the address
	 * @throws IllegalArgumentException if the address is of another type or too long
	 */
	public static UnixPath from(SocketAddress address) {
		if (address instanceof UnixPath path) {
			return path;
		}
		if (address instanceof UnixDomainSocketAddress unix) {
			String path = unix.getPath().toString();
			return UnixPath.of(path.startsWith("@") ? "./" + path : path);
		}
		throw new IllegalArgumentException("is neither a UnixPath nor a java.net.UnixDomainSocketAddress");
	}

	/**
	 * Write an address.
	 * @return the length
	 */
	static int write(UnixPath path, NativeBlock block, int offset) {
		byte[] name = path.toBytes();
		if (name.length > MAX_PATH) {
			throw new IllegalArgumentException(
					"has " + name.length + " bytes; a path has at most " + MAX_PATH + " on this system");
		}
		family(block, offset);
		ByteBuffer buffer = block.buffer();
		int start = offset + PATH;
		if (path.isAbstract()) {
			// Every byte is significant, so there is no terminating NUL
			buffer.put(start, (byte) 0).put(start + 1, name);
			return PATH + 1 + name.length;
		}
		buffer.put(start, name).put(start + name.length, (byte) 0);
		return PATH + name.length + 1;
	}

	/**
	 * Write an unnamed address, for which Linux chooses an abstract name.
	 * @return the length
	 */
	static int writeUnnamed(NativeBlock block) {
		family(block, 0);
		return PATH;
	}

	private static void family(NativeBlock block, int offset) {
		if (Os.LINUX) {
			block.buffer().putShort(offset + FAMILY, (short) Os.AF_UNIX);
		}
		else {
			block.buffer().put(offset, (byte) SIZE).put(offset + FAMILY, (byte) Os.AF_UNIX);
		}
	}

	static boolean isUnix(NativeBlock block) {
		return (Os.LINUX ? block.buffer().getShort(FAMILY) : block.buffer().get(FAMILY)) == Os.AF_UNIX;
	}

	/**
	 * Read an address.
	 * @param block the memory block
	 * @param offset the offset of the address
	 * @param length the length, as returned by the system call
	 * @return the address, {@code null} if the socket is unnamed
	 */
	static @Nullable UnixPath read(NativeBlock block, int offset, int length) {
		int available = Math.min(length, SIZE) - PATH;
		if (available <= 0) {
			return null;
		}
		byte[] bytes = new byte[available];
		block.buffer().get(offset + PATH, bytes);
		if (Os.LINUX && bytes[0] == 0) {
			byte[] name = new byte[available - 1];
			System.arraycopy(bytes, 1, name, 0, name.length);
			return UnixPath.of(name, true);
		}
		int end = 0;
		while (end < available && bytes[end] != 0) {
			end++;
		}
		byte[] name = new byte[end];
		System.arraycopy(bytes, 0, name, 0, end);
		return (end > 0) ? UnixPath.of(name, false) : null;
	}

}
