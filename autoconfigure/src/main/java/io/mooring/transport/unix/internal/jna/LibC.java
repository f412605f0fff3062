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

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;

/**
 * System calls of both Linux and macOS. Memory addresses are {@code long}, which JNA
 * passes without conversion; this requires a 64-bit system.
 */
public final class LibC {

	static {
		Native.register(LibC.class, NativeLibrary.getInstance(Platform.C_LIBRARY_NAME));
	}

	private LibC() {
	}

	public static native int socket(int domain, int type, int protocol);

	public static native int bind(int fd, long address, int length);

	public static native int connect(int fd, long address, int length);

	public static native int getsockname(int fd, long address, long length);

	public static native int getpeername(int fd, long address, long length);

	public static native int getsockopt(int fd, int level, int option, long value, long length);

	public static native int setsockopt(int fd, int level, int option, long value, int length);

	public static native long sendmsg(int fd, long header, int flags);

	public static native long recvmsg(int fd, long header, int flags);

	public static native int poll(long descriptors, long count, int timeoutMillis);

	public static native int pipe(long descriptors);

	public static native long write(int fd, long bytes, long count);

	public static native int dup2(int from, int to);

	public static native long lseek(int fd, long offset, int whence);

	/**
	 * Without the third argument, which is variadic and passed differently on some
	 * systems.
	 */
	public static native int fcntl(int fd, int command);

	/**
	 * Without the third argument, as {@link #fcntl}.
	 */
	public static native int ioctl(int fd, long request);

	public static native int fchmod(int fd, int mode);

	public static native int close(int fd);

	public static native String strerror(int errno);

	public static int errno() {
		return Native.getLastError();
	}

}
