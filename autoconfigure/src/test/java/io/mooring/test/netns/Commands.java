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

package io.mooring.test.netns;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Execution of programs, including their termination.
 */
final class Commands {

	private static final int SECONDS = 30;

	private Commands() {
	}

	static String run(String... command) {
		try {
			Path output = Files.createTempFile("mooring-", ".out");
			try {
				Process process = new ProcessBuilder(command).redirectErrorStream(true)
					.redirectOutput(output.toFile())
					.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
					.start();
				boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
				if (!ended) {
					end(process);
				}
				String text = Files.readString(output, StandardCharsets.UTF_8);
				if (!ended || process.exitValue() != 0) {
					throw new AssertionError("'%s' %s: %s".formatted(String.join(" ", command),
							(ended) ? "failed with " + process.exitValue() : "took over " + SECONDS + " seconds",
							text.strip()));
				}
				return text;
			}
			finally {
				Files.delete(output);
			}
		}
		catch (IOException ex) {
			throw new AssertionError("Cannot run " + String.join(" ", command), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("Interrupted", ex);
		}
	}

	/**
	 * Terminate a process and its descendants, and wait for that.
	 */
	static void end(Process process) {
		end(Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList());
	}

	static void end(List<ProcessHandle> handles) {
		handles.forEach(ProcessHandle::destroyForcibly);
		handles.forEach((handle) -> handle.onExit().orTimeout(SECONDS, TimeUnit.SECONDS).join());
	}

	/**
	 * Return the processes in a namespace.
	 */
	static List<ProcessHandle> processesIn(String namespace) {
		return run("ip", "netns", "pids", namespace).lines()
			.flatMap((pid) -> ProcessHandle.of(Long.parseLong(pid.strip())).stream())
			.collect(Collectors.toList());
	}

}
