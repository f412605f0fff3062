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

package io.mooring.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.mooring.test.netns.NetworkNamespaces;

/**
 * Python process as peer.
 */
final class FaultPeer {

	private static final String SCRIPT = script();

	private final Process process;

	private final BufferedReader output;

	private FaultPeer(Process process) {
		this.process = process;
		this.output = process.inputReader();
		String line = line();
		if (!"ready".equals(line)) {
			throw new AssertionError(line + "\n" + String.join("\n", this.output.lines().toList()));
		}
	}

	private static String script() {
		try {
			return Path.of(FaultPeer.class.getResource("peer.py").toURI()).toString();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Start a peer in the namespace of the peers, and wait until it is open.
	 */
	static FaultPeer start(NetworkNamespaces namespaces, Object... arguments) {
		return new FaultPeer(namespaces.startPeer(command(List.of("python3"), arguments)));
	}

	/**
	 * Start a peer whose streams end with RST.
	 */
	static FaultPeer startResetting(NetworkNamespaces namespaces, Object... arguments) {
		return new FaultPeer(namespaces.startPeer(command(List.of("env", "RESET=1", "python3"), arguments)));
	}

	/**
	 * Start a peer in the namespace of the test.
	 */
	static FaultPeer startHere(NetworkNamespaces namespaces, Object... arguments) {
		return new FaultPeer(namespaces.start(command(List.of("python3"), arguments)));
	}

	private static String[] command(List<String> program, Object... arguments) {
		return Stream.of(program, List.of("-u", SCRIPT), Stream.of(arguments).map(String::valueOf).toList())
			.flatMap(List::stream)
			.toArray(String[]::new);
	}

	/**
	 * Kill the process. The kernel ends its connections.
	 */
	void kill() {
		this.process.descendants().forEach(ProcessHandle::destroyForcibly);
		this.process.destroyForcibly().onExit().join();
	}

	/**
	 * Write a line to it.
	 */
	void tell(String line) {
		try {
			this.process.getOutputStream().write((line + "\n").getBytes());
			this.process.getOutputStream().flush();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return the next line that it writes.
	 */
	String line() {
		try {
			return this.output.readLine();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
