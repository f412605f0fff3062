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

package io.mooring.autoconfigure;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NativeAccessFailureAnalyzer}, with processes that lack a requirement.
 */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
class NativeAccessFailureAnalyzerTests {

	@Test
	void saysWhatToAddWithoutJna() throws Exception {
		String classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !entry.contains("net/java/dev/jna"))
			.collect(Collectors.joining(File.pathSeparator));
		assertThat(run(classPath))
			.contains("Connection 'notify' needs JNA, which is not on the class path: Unix datagrams are native calls")
			.contains("Add the dependency net.java.dev.jna:jna, which mooring-spring-boot-starter includes.");
	}

	@Test
	void saysWhatToSetWhereTheNativePartCannotBeLoaded() throws Exception {
		assertThat(run(System.getProperty("java.class.path"), "-Djna.tmpdir=/proc/none", "-Djna.nosys=true"))
			.contains("Connection 'notify' needs JNA, whose native part cannot be loaded: ")
			.contains("set the system property jna.tmpdir to a directory that is neither");
	}

	private static String run(String classPath, String... options) throws Exception {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.add("-XX:TieredStopAtLevel=1");
		command.addAll(List.of(options));
		command.addAll(List.of("-cp", classPath, Application.class.getName(),
				"--mooring.connections.notify.url=unix-datagram-listen:@never", "--spring.jmx.enabled=false"));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
		assertThat(output).contains("APPLICATION FAILED TO START");
		return output;
	}

	@EnableAutoConfiguration
	public static class Application {

		public static void main(String[] args) {
			SpringApplication.run(Application.class, args);
		}

	}

}
