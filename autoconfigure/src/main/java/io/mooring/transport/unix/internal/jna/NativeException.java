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
 * Exception thrown when a system call fails.
 */
public class NativeException extends IOException {

	private final int errno;

	/**
	 * Create an exception.
	 * @param action the failed action, such as {@code cannot bind to /run/x}; empty for
	 * the reason only
	 * @param errno the error number
	 */
	NativeException(String action, int errno) {
		super((action.isEmpty() ? "" : action + ": ") + LibC.strerror(errno));
		this.errno = errno;
	}

	public int errno() {
		return this.errno;
	}

	/**
	 * Check the result of a system call, right after it.
	 */
	static int check(int result, String action) throws NativeException {
		if (result < 0) {
			throw new NativeException(action, LibC.errno());
		}
		return result;
	}

}
