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

package io.mooring.transport.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ServiceNamesTests {

	@Test
	void namesAndAliasesAreReadByProtocol(@TempDir Path directory) throws IOException {
		Path file = Files.writeString(directory.resolve("services"), """
				# services
				ground-link	14550/udp	mavlink glink	# a comment
				ground-link	5760/tcp

				broken
				""");
		ServiceNames services = new ServiceNames(file);
		assertThat(services.find("ground-link", "udp")).isEqualTo(14550);
		assertThat(services.find("glink", "udp")).isEqualTo(14550);
		assertThat(services.find("ground-link", "tcp")).isEqualTo(5760);
		assertThat(services.find("glink", "tcp")).isNull();
		assertThat(services.find("a", "udp")).isNull();
	}

	@Test
	void withoutAFileTheWellKnownRemain(@TempDir Path directory) {
		ServiceNames services = new ServiceNames(directory.resolve("missing"));
		assertThat(services.find("syslog", "udp")).isEqualTo(514);
		assertThat(services.find("snmptrap", "udp")).isEqualTo(162);
		assertThat(services.find("syslog", "tcp")).isNull();
	}

}
