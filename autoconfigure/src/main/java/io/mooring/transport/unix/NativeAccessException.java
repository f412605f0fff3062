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

package io.mooring.transport.unix;

import org.jspecify.annotations.Nullable;

import io.mooring.ConnectionException;

/**
 * Exception thrown when a connection requires native code that cannot be called.
 */
public final class NativeAccessException extends ConnectionException {

	/**
	 * Suggested action.
	 */
	private final String action;

	private NativeAccessException(String connection, String message, String action, @Nullable Throwable cause) {
		super(connection, message, cause);
		this.action = action;
	}

	/**
	 * Create an exception for the case that JNA is not on the classpath.
	 * @param connection the name of the connection
	 * @return the exception
	 */
	public static NativeAccessException missing(String connection) {
		return new NativeAccessException(connection,
				"needs JNA, which is not on the class path: Unix datagrams are native calls",
				"Add the dependency net.java.dev.jna:jna, which mooring-spring-boot-starter includes.", null);
	}

	/**
	 * Create an exception for the case that JNA's native library cannot be loaded.
	 * @param connection the name of the connection
	 * @param cause the reason
	 * @return the exception
	 */
	public static NativeAccessException notLoadable(String connection, Throwable cause) {
		String directory = System.getProperty("jna.tmpdir", System.getProperty("java.io.tmpdir"));
		return new NativeAccessException(connection, "needs JNA, whose native part cannot be loaded: " + root(cause),
				"JNA unpacks its native part to a directory below " + directory
						+ " and loads it from there. Where that "
						+ "is not writable or mounted noexec, set the system property jna.tmpdir to a directory that "
						+ "is neither; or install the library (Debian: libjna-jni) and set jna.boot.library.path to "
						+ "its directory. Do not set jna.nounpack, nor deny native access with --illegal-native-access.",
				cause);
	}

	/**
	 * Create an exception for the case that the platform is not supported.
	 * @param connection the name of the connection
	 * @param platform the system and its architecture
	 * @return the exception
	 */
	public static NativeAccessException unsupported(String connection, String platform) {
		return new NativeAccessException(connection,
				"is not supported on " + platform + ": Unix datagrams require 64-bit Linux or macOS",
				"Remove the connection, or declare it in a profile for supported systems.", null);
	}

	private static String root(Throwable cause) {
		Throwable root = cause;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		return String.valueOf(root.getMessage());
	}

	/**
	 * Return the suggested action.
	 * @return a sentence
	 */
	public String getAction() {
		return this.action;
	}

}
