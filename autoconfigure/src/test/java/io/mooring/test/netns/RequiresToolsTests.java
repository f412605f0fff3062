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
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult.Status;

import static org.assertj.core.api.Assertions.assertThat;

class RequiresToolsTests {

	@TempDir
	private Path directory;

	@Test
	void whatIsMissingSkipsWithTheReasonOnAUsersMachine() throws Exception {
		Map<String, TestOutcome> outcomes = ForkedTests.run(NamespaceFixtures.Requiring.class, this.directory, "");
		assertThat(outcomes.get("isMissing").status()).isEqualTo(Status.ABORTED);
		assertThat(outcomes.get("isMissing").failure())
			.hasMessage("Needs the program no-such-program, the program nor-this");
		assertThat(outcomes.get("isUnmet").status()).isEqualTo(Status.ABORTED);
		assertThat(outcomes.get("isThere").status()).isEqualTo(Status.SUCCESSFUL);
	}

	@Test
	void whatIsMissingFailsInContinuousIntegration() throws Exception {
		Map<String, TestOutcome> outcomes = ForkedTests.run(NamespaceFixtures.Requiring.class, this.directory, "true");
		assertThat(outcomes.get("isMissing").status()).isEqualTo(Status.FAILED);
		assertThat(outcomes.get("isMissing").failure()).hasStackTraceContaining("Needs the program no-such-program, "
				+ "the program nor-this: would be skipped elsewhere, but not with CI=true");
		assertThat(outcomes.get("isUnmet").status()).isEqualTo(Status.FAILED);
		assertThat(outcomes.get("isThere").status()).isEqualTo(Status.SUCCESSFUL);
	}

}
