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

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import io.mooring.ConnectionSpec;
import io.mooring.autoconfigure.properties.ConnectionDeclarations;
import io.mooring.autoconfigure.properties.InvalidConnectionsException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

@ExtendWith(OutputCaptureExtension.class)
class InvalidConnectionsFailureAnalyzerTests {

	@Test
	void aStartPrintsAllFaultsOneALineAndNoStackTrace(@TempDir Path directory, CapturedOutput output) throws Exception {
		Path yml = Files.writeString(directory.resolve("application.yml"), """
				mooring:
				  connections:
				    ground:
				      port: 70000
				    my conn:
				      port: 70000
				""");
		SpringApplication application = new SpringApplication(Loading.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		assertThatException().isThrownBy(() -> application.run("--spring.config.location=" + yml))
			.havingRootCause()
			.isInstanceOf(InvalidConnectionsException.class);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.containsPattern(
					"(?m)^ {4}mooring\\.connections: \"my conn\" is not a name .* \\(application\\.yml:6:13\\)$")
			.containsPattern(
					"(?m)^ {4}mooring\\.connections\\.ground: has neither a type .* \\(application\\.yml:4:13\\)$")
			.contains("Correct the 2 properties named above; no connection was opened.")
			.doesNotContain("\tat ");
	}

	@Configuration(proxyBeanMethods = false)
	static class Loading {

		@Bean
		List<ConnectionSpec> specs(Environment environment) {
			return new ConnectionDeclarations(environment).load().specs();
		}

	}

}
