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

package io.mooring.autoconfigure.shutdown;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import io.mooring.test.Pki;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for applications with connections of every type, started one after the other in
 * one process.
 */
@Tag("soak")
@EnabledOnOs(OS.LINUX)
@Timeout(600)
class RestartTests {

	@TempDir
	Path folder;

	@TempDir
	Path output;

	private final Pki pki = new Pki();

	private final List<String> options = new ArrayList<>();

	@BeforeEach
	void writeCertificates() {
		Pki.write(this.folder.resolve("ca.crt"), this.pki.caPem());
		Pki.write(this.pki.server(), this.folder, "tls");
	}

	@Test
	void fiftyRestartsLeaveNothingBehind() throws Exception {
		List<String> figures = run("count", "50");
		assertThat(figures).contains("threads=[]", "files=true", "done");
		assertThat(figure(figures, "descriptors")).as("%s", figures).isLessThanOrEqualTo(0);
		assertThat(figure(figures, "heap")).as("KiB, %s", figures).isLessThan(16 * 1024);
	}

	@Test
	void aClassLoaderGoesWithItsApplication() throws Exception {
		assertThat(run("load", "io.mooring.autoconfigure.shutdown.", "3")).contains("loaders=0", "done");
	}

	@Test
	void mooringGoesWithItsClassLoader() throws Exception {
		this.options.add("-Devery.without-jna=true");
		assertThat(run("load", "io.mooring.", "3")).contains("loaders=0", "done");
	}

	/**
	 * Two applications with the same declarations, except ports and paths.
	 */
	@Test
	void twoApplicationsInOneProcessDoNotDisturbEachOther() throws Exception {
		assertThat(run("both")).contains("done");
	}

	private static long figure(List<String> figures, String name) {
		return figures.stream()
			.filter((line) -> line.startsWith(name + "="))
			.mapToLong((line) -> Long.parseLong(line.substring(name.length() + 1)))
			.sum();
	}

	private List<String> run(String... arguments) throws IOException, InterruptedException {
		Path console = this.output.resolve("console");
		// Softly reachable objects are collected, too
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
						"-XX:TieredStopAtLevel=1", "-XX:SoftRefLRUPolicyMSPerMB=0"));
		command.addAll(this.options);
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), RestartMain.class.getName(),
				this.folder.toString()));
		command.addAll(List.of(arguments));
		Process process = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(console.toFile())
			.start();
		try {
			assertThat(process.waitFor(9, TimeUnit.MINUTES)).isTrue();
			return Files.readAllLines(console);
		}
		finally {
			process.destroyForcibly().onExit().join();
		}
	}

}
