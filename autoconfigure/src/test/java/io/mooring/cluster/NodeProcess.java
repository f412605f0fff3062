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

package io.mooring.cluster;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * {@link Node} in a separate process, which can be killed and frozen.
 */
final class NodeProcess implements AutoCloseable {

	private final Process process;

	private NodeProcess(Process process) {
		this.process = process;
	}

	static NodeProcess start(String name, Class<?> election, Device device, String... args) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-cp", System.getProperty("java.class.path"), Node.class.getName(), election.getName()));
		command.addAll(Node.arguments(name, device, args));
		return new NodeProcess(
				new ProcessBuilder(command).redirectOutput(Redirect.DISCARD).redirectError(Redirect.INHERIT).start());
	}

	void kill() {
		this.process.destroyForcibly();
	}

	void freeze() throws IOException, InterruptedException {
		signal("-STOP");
	}

	void thaw() throws IOException, InterruptedException {
		signal("-CONT");
	}

	private void signal(String signal) throws IOException, InterruptedException {
		Process kill = new ProcessBuilder("kill", signal, Long.toString(this.process.pid())).inheritIO().start();
		if (kill.waitFor() != 0) {
			throw new IOException("kill " + signal + " ended with " + kill.exitValue());
		}
	}

	@Override
	public void close() throws InterruptedException {
		kill();
		this.process.waitFor(30, TimeUnit.SECONDS);
	}

}
