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

package io.mooring.demo;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

/**
 * Execution of shell commands.
 */
final class Commands {

	private Commands() {
	}

	/**
	 * Skip the test if a program is missing, or fail it with {@code CI=true}.
	 * @param program the name of the program
	 */
	static void require(String program) {
		boolean found = Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
			.anyMatch((directory) -> Files.isExecutable(Path.of(directory, program)));
		String missing = "'" + program + "' is not installed";
		if (!found && "true".equals(System.getenv("CI"))) {
			fail(missing + ", and CI=true says that it must be");
		}
		if (!found) {
			abort(missing);
		}
	}

	/**
	 * Run a command in a shell.
	 * @param directory the working directory
	 * @param command the command
	 * @return the output
	 */
	static String run(Path directory, String command) throws IOException, InterruptedException {
		Path output = Files.createTempFile(directory, "command", ".txt");
		Process process = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
		try {
			assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("'%s' ends within 30 s", command).isTrue();
		}
		finally {
			process.destroyForcibly();
		}
		String printed = new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
		assertThat(process.exitValue()).as("'%s' printed %s", command, printed).isZero();
		return printed;
	}

}
