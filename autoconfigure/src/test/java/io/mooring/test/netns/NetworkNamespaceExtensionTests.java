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

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.opentest4j.TestAbortedException;

import io.mooring.test.RequiresTools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Tag("netns")
@RequiresTools(value = "ip", root = true)
@Timeout(120)
class NetworkNamespaceExtensionTests {

	@TempDir
	private Path directory;

	@Test
	void eachMethodReportsItsOwnOutcome() throws Exception {
		Map<String, TestOutcome> outcomes = ForkedTests.run(NamespaceFixtures.Mixed.class, this.directory, "");
		assertThat(outcomes.get("passes").failure()).isNull();
		assertThat(outcomes.get("fails").failure()).isInstanceOf(AssertionError.class).hasMessageContaining("why");
		assertThat(outcomes.get("fails").failure().getStackTrace())
			.anyMatch((frame) -> frame.getClassName().equals(NamespaceFixtures.Mixed.class.getName()));
		assertThat(outcomes.get("failsWithWhatCannotBeSerialized").failure()).hasMessageContaining("held");
		assertThat(outcomes.get("aborts").status()).isEqualTo(Status.ABORTED);
		assertThat(outcomes.get("aborts").failure()).isInstanceOf(TestAbortedException.class)
			.hasMessageContaining("not here");
		assertThat(outcomes.get("isDisabled").status()).isEqualTo(Status.ABORTED);
		assertThat(outcomes.get("class").status()).isEqualTo(Status.SUCCESSFUL);
	}

	@Test
	void aClassThatCannotBeginFailsItsMethods() throws Exception {
		Map<String, TestOutcome> outcomes = ForkedTests.run(NamespaceFixtures.FailingAtFirst.class, this.directory, "");
		assertThat(outcomes.get("isNotRun").failure()).isInstanceOf(IllegalStateException.class).hasMessage("at first");
		assertThat(outcomes.get("class").failure()).hasMessage("at first");
	}

	@Test
	void aJvmThatEndsLeavesTheOutcomesThatThereWere() throws Exception {
		Map<String, TestOutcome> outcomes = ForkedTests.run(NamespaceFixtures.Ending.class, this.directory, "");
		assertThat(outcomes.get("passes").failure()).isNull();
		assertThat(outcomes.get("ends").failure())
			.hasMessage("Not run: the JVM in the network namespace ended with 7, see its output");
	}

	@Test
	void aJvmThatHangsIsEnded() throws Exception {
		Map<String, TestOutcome> outcomes = ForkedTests.run(NamespaceFixtures.Hanging.class, this.directory, "");
		assertThat(outcomes.get("passes").failure()).isNull();
		assertThat(outcomes.get("hangs").failure())
			.hasMessage("Not run: the JVM in the network namespace was ended after 5 seconds, see its output");
	}

	@Test
	void nothingIsLeftWhenTheJvmOutsideIsKilled() throws Exception {
		Process outside = ForkedTests.start(NamespaceFixtures.HangingForLong.class, this.directory.resolve("results"),
				"");
		String prefix = "mooring-" + outside.pid() + "-";
		try {
			// Not one of the commands that set the interfaces up
			ProcessHandle peer = await().atMost(Duration.ofSeconds(60))
				.until(() -> peers(prefix + "1-b"), (peers) -> !peers.isEmpty())
				.get(0);
			outside.destroyForcibly();
			await().atMost(Duration.ofSeconds(60)).until(() -> !Commands.run("ip", "netns", "list").contains(prefix));
			assertThat(peer.isAlive()).isFalse();
		}
		finally {
			outside.destroyForcibly();
		}
	}

	private static List<ProcessHandle> peers(String namespace) {
		try {
			return Commands.processesIn(namespace)
				.stream()
				.filter((
						process) -> process.info().command().filter((command) -> command.endsWith("sleep")).isPresent())
				.toList();
		}
		catch (AssertionError ex) {
			// There is no such namespace yet
			return List.of();
		}
	}

}
