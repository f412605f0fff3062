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

package io.mooring.binding;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import io.mooring.test.RequiresTools;

import static org.assertj.core.api.Assertions.assertThat;

class SystemNetworkInterfacesTests {

	/**
	 * A snapshot that lacks an address would close connections bound to it.
	 */
	@Test
	@Timeout(60)
	@EnabledOnOs(OS.LINUX)
	@RequiresTools("sh")
	void withTooFewDescriptorsFailsRatherThanLeavesOutInterfacesOrAddresses() throws Exception {
		Process process = new ProcessBuilder("sh", "-c", "ulimit -n 200 && exec \"$@\"", "sh",
				Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), FewDescriptorsMain.class.getName())
			.redirectErrorStream(true)
			.start();
		List<String> outcomes = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines()
			.toList();
		assertThat(process.waitFor()).as(() -> outcomes.toString()).isZero();
		assertThat(outcomes).hasSize(11).startsWith("0 left: none").endsWith("10 left: all").allMatch((line) -> {
			String outcome = line.substring(line.indexOf(": ") + 2);
			return outcome.equals("all") || outcome.equals("none");
		});
	}

}
