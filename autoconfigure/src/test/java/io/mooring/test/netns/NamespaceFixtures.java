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

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import io.mooring.test.Requirements;
import io.mooring.test.RequiresTools;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Test classes that fail, hang and so on, which only {@link ForkedTests} runs.
 */
final class NamespaceFixtures {

	private NamespaceFixtures() {
	}

	static class Requiring {

		@Test
		@RequiresTools({ "sh", "no-such-program", "nor-this" })
		void isMissing() {
		}

		@Test
		@RequiresTools("sh")
		void isThere() {
		}

		@Test
		void isUnmet() {
			throw Requirements.unmet("Needs what is not here", null);
		}

	}

	@NetworkNamespaceTest
	static class Mixed {

		@Test
		void passes() {
			assertThat(NamespacePair.isInside()).isTrue();
		}

		@Test
		void fails() {
			assertThat(1).as("why").isEqualTo(2);
		}

		@Test
		void failsWithWhatCannotBeSerialized() {
			throw new HoldingException();
		}

		@Test
		void aborts() {
			Assumptions.assumeTrue(!NamespacePair.isInside(), "not here");
		}

		@Test
		@Disabled("on purpose: shows how a disabled test is reported")
		void isDisabled() {
			throw new IllegalStateException();
		}

	}

	@NetworkNamespaceTest
	static class FailingAtFirst {

		@BeforeAll
		static void fail() {
			throw new IllegalStateException("at first");
		}

		@Test
		void isNotRun() {
		}

	}

	@NetworkNamespaceTest
	@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
	static class Ending {

		@Test
		@Order(1)
		void passes() {
		}

		@Test
		@Order(2)
		void ends(NetworkNamespaces namespaces) {
			namespaces.startPeer("sleep", "1000");
			Runtime.getRuntime().halt(7);
		}

	}

	@NetworkNamespaceTest(timeout = 5)
	@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
	static class Hanging {

		@Test
		@Order(1)
		void passes() {
		}

		@Test
		@Order(2)
		void hangs(NetworkNamespaces namespaces) throws Exception {
			namespaces.startPeer("sleep", "1000").waitFor();
		}

	}

	@NetworkNamespaceTest
	static class HangingForLong {

		@Test
		void hangs(NetworkNamespaces namespaces) throws Exception {
			namespaces.startPeer("sleep", "1000").waitFor();
		}

	}

	static class HoldingException extends RuntimeException {

		private final Object held = new Object();

		@Override
		public String toString() {
			return "held " + this.held;
		}

	}

}
