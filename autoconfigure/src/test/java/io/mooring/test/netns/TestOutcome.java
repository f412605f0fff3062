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

import java.io.Serializable;

import org.junit.platform.engine.TestExecutionResult;
import org.opentest4j.TestAbortedException;

/**
 * Outcome of a test or a container of tests inside the namespace.
 *
 * @param id the unique id, from the segment of the top-level class on
 * @param status the status; skipped tests are aborted
 * @param failure the cause of a failure or abortion, {@code null} if successful
 */
record TestOutcome(String id, TestExecutionResult.Status status, Throwable failure) implements Serializable {

	TestOutcome(String id, TestExecutionResult.Status status, Throwable failure) {
		this.id = withoutEngine(id);
		this.status = status;
		this.failure = failure;
	}

	static TestOutcome skipped(String id, String reason) {
		return new TestOutcome(id, TestExecutionResult.Status.ABORTED, new TestAbortedException(reason));
	}

	static String withoutEngine(String id) {
		return id.substring(Math.max(0, id.indexOf("[class:")));
	}

	/**
	 * Return the same outcome with a serializable failure.
	 */
	TestOutcome withPlainFailure() {
		AssertionError plain = new AssertionError(this.failure.toString());
		plain.setStackTrace(this.failure.getStackTrace());
		return new TestOutcome(this.id, this.status, plain);
	}

	void rethrow() throws Exception {
		if (this.failure instanceof Error error) {
			throw error;
		}
		if (this.failure != null) {
			throw (Exception) this.failure;
		}
	}

}
