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
import java.util.stream.Collectors;

/**
 * Execution of a test class in another JVM with another environment, to test extensions.
 */
final class ForkedTests {

	private ForkedTests() {
	}

	static Process start(Class<?> testClass, Path results, String continuousIntegration) throws IOException {
		ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-Djava.io.tmpdir=" + results.getParent(), "-cp",
				System.getProperty("java.class.path"), NamespaceMain.class.getName(), testClass.getName(),
				results.toString());
		builder.environment().put("CI", continuousIntegration);
		return builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
	}

	/**
	 * Run a test class.
	 * @return the outcomes by the name of the method, the class's own by "class"
	 */
	static Map<String, TestOutcome> run(Class<?> testClass, Path directory, String continuousIntegration)
			throws Exception {
		Path results = directory.resolve(testClass.getSimpleName());
		Process process = start(testClass, results, continuousIntegration);
		try {
			process.waitFor();
		}
		finally {
			Commands.end(process);
		}
		return TestOutcomes.read(results)
			.values()
			.stream()
			.collect(Collectors.toMap(ForkedTests::method, (outcome) -> outcome));
	}

	private static String method(TestOutcome outcome) {
		String last = outcome.id().substring(outcome.id().lastIndexOf('[') + 1);
		return (last.startsWith("method:")) ? last.substring("method:".length(), last.indexOf('('))
				: last.substring(0, last.indexOf(':'));
	}

}
