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
import java.nio.file.Path;
import java.util.Map;

import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Main class of the JVM inside the namespace, which runs one test class. It terminates,
 * with its child processes, when the JVM outside is gone.
 */
public final class NamespaceMain {

	private static final Object END = new Object();

	private static final Map<String, String> CONCURRENT_WHERE_ASKED_FOR = Map.of(
			"junit.jupiter.execution.parallel.enabled", "true", "junit.jupiter.execution.parallel.config.strategy",
			"fixed", "junit.jupiter.execution.parallel.config.fixed.parallelism", "64");

	private NamespaceMain() {
	}

	/**
	 * Run a test class.
	 * @param args the name of the class and the file for the outcomes
	 */
	public static void main(String[] args) throws IOException {
		Thread watcher = new Thread(NamespaceMain::endWithOutside, "outside-watcher");
		watcher.setDaemon(true);
		watcher.start();
		LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
			.selectors(DiscoverySelectors.selectClass(args[0]))
			.filters(EngineFilter.includeEngines("junit-jupiter"))
			.configurationParameters(CONCURRENT_WHERE_ASKED_FOR)
			.build();
		try (TestOutcomes.Writer writer = new TestOutcomes.Writer(Path.of(args[1]))) {
			LauncherFactory.create().execute(request, writer);
		}
		synchronized (END) {
			System.exit(0);
		}
	}

	private static void endWithOutside() {
		try {
			while (System.in.read() != -1) {
				continue;
			}
		}
		catch (IOException ex) {
			// Equivalent to the end of the stream
		}
		// Terminating the processes may end the test, which must not end this loop early
		synchronized (END) {
			try {
				NamespacePair.inside().delete();
			}
			finally {
				Runtime.getRuntime().halt(1);
			}
		}
	}

}
