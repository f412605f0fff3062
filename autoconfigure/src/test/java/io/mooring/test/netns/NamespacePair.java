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

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Unique names of two network namespaces.
 *
 * @param name the name of the one that the test runs in
 * @param peer the name of the one of its peers
 */
record NamespacePair(String name, String peer) {

	private static final String PROPERTY = "io.mooring.test.netns";

	private static final AtomicInteger COUNTER = new AtomicInteger();

	/**
	 * Create two namespaces with only a loopback interface, which is up, since a JVM that
	 * finds no IPv6 address at startup disables IPv6.
	 */
	static NamespacePair create() {
		NamespacePair pair = of("mooring-" + ProcessHandle.current().pid() + "-" + COUNTER.incrementAndGet());
		try {
			pair.forEach((namespace) -> {
				Commands.run("ip", "netns", "add", namespace);
				Commands.run("ip", "-netns", namespace, "link", "set", "lo", "up");
			});
			return pair;
		}
		catch (AssertionError ex) {
			pair.delete();
			throw ex;
		}
	}

	static boolean isInside() {
		return System.getProperty(PROPERTY) != null;
	}

	static NamespacePair inside() {
		return of(System.getProperty(PROPERTY));
	}

	private static NamespacePair of(String prefix) {
		return new NamespacePair(prefix + "-a", prefix + "-b");
	}

	/**
	 * Return the option that tells a JVM that it is inside.
	 */
	String toJvmOption() {
		return "-D" + PROPERTY + "=" + this.name.substring(0, this.name.length() - 2);
	}

	/**
	 * Terminate all processes in the namespaces except this one, and delete existing
	 * namespaces.
	 */
	void delete() {
		String existing = Commands.run("ip", "netns", "list");
		forEach((namespace) -> {
			if (existing.lines().anyMatch((line) -> line.split(" ")[0].equals(namespace))) {
				Commands.end(Commands.processesIn(namespace)
					.stream()
					.filter((process) -> !process.equals(ProcessHandle.current()))
					.toList());
				Commands.run("ip", "netns", "del", namespace);
			}
		});
	}

	private void forEach(Consumer<String> action) {
		action.accept(this.peer);
		action.accept(this.name);
	}

}
