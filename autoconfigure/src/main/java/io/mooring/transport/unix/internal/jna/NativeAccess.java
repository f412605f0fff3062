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

import java.util.Objects;

import com.sun.jna.Native;
import com.sun.jna.Platform;
import org.springframework.util.ClassUtils;

import io.mooring.transport.unix.NativeAccessException;

/**
 * Check that native code can be called.
 */
public final class NativeAccess {

	private NativeAccess() {
	}

	/**
	 * Load JNA.
	 * @param connection the name of the connection that requires it
	 * @throws NativeAccessException if JNA cannot be loaded
	 */
	public static void require(String connection) {
		if (!ClassUtils.isPresent("com.sun.jna.Native", NativeAccess.class.getClassLoader())) {
			throw NativeAccessException.missing(connection);
		}
		Thread thread = Thread.currentThread();
		ClassLoader loader = thread.getContextClassLoader();
		try {
			// JNA's cleaner thread lives as long as the JVM, and would retain the
			// application's
			thread.setContextClassLoader(jna(NativeAccess.class.getClassLoader()));
			load(connection);
		}
		catch (LinkageError ex) {
			throw NativeAccessException.notLoadable(connection, ex);
		}
		finally {
			thread.setContextClassLoader(loader);
		}
	}

	private static ClassLoader jna(ClassLoader own) {
		return Objects.requireNonNullElse(ClassUtils.resolveClassName("com.sun.jna.Native", own).getClassLoader(), own);
	}

	/**
	 * A separate method, since it links JNA's classes.
	 */
	private static void load(String connection) {
		if (!(Platform.isLinux() || Platform.isMac()) || Native.POINTER_SIZE != Long.BYTES) {
			throw NativeAccessException.unsupported(connection, Platform.RESOURCE_PREFIX);
		}
		LibC.strerror(0);
	}

}
