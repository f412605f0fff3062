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

import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;

import org.junit.jupiter.api.Test;

import io.mooring.Connection;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the packaged jars of the library.
 */
class ArtifactsIntegrationTests {

	@Test
	void isAnAutomaticModule() throws Exception {
		assertThat(ModuleFinder.of(jar()).find("io.mooring")).hasValueSatisfying((module) -> {
			assertThat(module.descriptor().isAutomatic()).isTrue();
			assertThat(module.descriptor().packages()).contains(Connection.class.getPackageName());
		});
	}

	@Test
	void comesWithItsSources() throws Exception {
		assertThat(entries("sources")).contains("io/mooring/Connection.java",
				"META-INF/additional-spring-configuration-metadata.json");
	}

	@Test
	void comesWithItsJavadoc() throws Exception {
		assertThat(entries("javadoc")).contains("index.html", "io/mooring/Connection.html");
	}

	private static List<String> entries(String classifier) throws Exception {
		Path jar = jar();
		String name = jar.getFileName().toString().replace(".jar", "-" + classifier + ".jar");
		try (JarFile file = new JarFile(jar.resolveSibling(name).toFile())) {
			return file.stream().map(Object::toString).toList();
		}
	}

	private static Path jar() throws Exception {
		Path path = Path.of(Connection.class.getProtectionDomain().getCodeSource().getLocation().toURI());
		assertThat(path).isRegularFile();
		return path;
	}

}
