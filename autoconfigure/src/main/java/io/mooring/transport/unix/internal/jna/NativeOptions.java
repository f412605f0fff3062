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

import java.io.IOException;

/**
 * Integer socket options of the level SOL_SOCKET.
 */
public final class NativeOptions {

	private static final int MAX_BUFFER = 32 * 1024 * 1024;

	private NativeOptions() {
	}

	public static int get(int fd, int option) throws IOException {
		NativeBlock value = new NativeBlock(2L * Integer.BYTES);
		value.buffer().putInt(0, 0).putInt(Integer.BYTES, Integer.BYTES);
		NativeException.check(
				LibC.getsockopt(fd, Os.SOL_SOCKET, option, value.address(), value.address() + Integer.BYTES),
				"cannot read a socket option");
		return value.buffer().getInt(0);
	}

	public static void set(int fd, int option, int number) throws IOException {
		NativeBlock value = new NativeBlock(Integer.BYTES);
		value.buffer().putInt(0, number);
		NativeException.check(LibC.setsockopt(fd, Os.SOL_SOCKET, option, value.address(), Integer.BYTES),
				"cannot set a socket option to " + number);
	}

	/**
	 * Raise a buffer size by doubling, up to the maximum of the kernel.
	 */
	public static void maximize(int fd, int option) throws IOException {
		int size = get(fd, option);
		while (size < MAX_BUFFER) {
			try {
				set(fd, option, Math.min(2 * size, MAX_BUFFER));
			}
			catch (NativeException ex) {
				// macOS rejects more than its maximum; Linux reduces it
				return;
			}
			int granted = get(fd, option);
			if (granted <= size) {
				return;
			}
			size = granted;
		}
	}

}
