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

package io.mooring.test;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.opentest4j.TestAbortedException;

/**
 * Requirements of a test on the machine. A test with an unmet requirement is skipped on a
 * user's machine, and fails in CI.
 */
public final class Requirements {

	private Requirements() {
	}

	/**
	 * Abort the test because a requirement is not met.
	 * @param reason the missing requirement
	 * @param cause the cause, or {@code null}
	 * @return never, for the compiler
	 */
	public static RuntimeException unmet(String reason, Throwable cause) {
		failInContinuousIntegration(reason);
		throw new TestAbortedException(reason, cause);
	}

	static void failInContinuousIntegration(String reason) {
		if ("true".equals(System.getenv("CI"))) {
			throw new AssertionError(reason + ": would be skipped elsewhere, but not with CI=true");
		}
	}

	static boolean isLinux() {
		return System.getProperty("os.name").equals("Linux");
	}

	/**
	 * Return whether the tests run as root.
	 */
	public static boolean isRoot() {
		try {
			return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
		}
		catch (IOException | UnsupportedOperationException ex) {
			return false;
		}
	}

	static boolean hasProgram(String name) {
		String path = System.getenv().getOrDefault("PATH", "");
		return Stream.of(path.split(File.pathSeparator))
			.anyMatch((directory) -> Files.isExecutable(Path.of(directory, name)));
	}

}
