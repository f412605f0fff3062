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

import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import io.mooring.supervision.ConnectionStartupException;
import io.mooring.supervision.ConnectionStartupException.Failure;

/**
 * Failure analyzer for {@link ConnectionStartupException}.
 */
class ConnectionStartupFailureAnalyzer extends AbstractFailureAnalyzer<ConnectionStartupException> {

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, ConnectionStartupException cause) {
		String description = cause.getFailures().stream().map(Failure::toString).collect(Collectors.joining("\n"));
		String names = cause.getFailures()
			.stream()
			.map((failure) -> "mooring.connections." + failure.connection().getName() + ".startup")
			.collect(Collectors.joining(", "));
		return new FailureAnalysis(description, "Fix the cause, or set " + names
				+ " to 'background' (retry without delaying startup) or 'wait' (retry, and delay startup up to startup-timeout).",
				cause);
	}

}
