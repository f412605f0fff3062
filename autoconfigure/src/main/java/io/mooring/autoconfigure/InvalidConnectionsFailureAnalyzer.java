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

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import io.mooring.autoconfigure.properties.Fault;
import io.mooring.autoconfigure.properties.InvalidConnectionsException;

/**
 * Failure analyzer for invalid connection properties, which lists the faults of all
 * connections.
 */
class InvalidConnectionsFailureAnalyzer extends AbstractFailureAnalyzer<InvalidConnectionsException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidConnectionsException cause) {
		String faults = cause.getFaults().stream().map(Fault::toString).collect(Collectors.joining("\n    "));
		int count = cause.getFaults().size();
		return new FailureAnalysis("The declared connections are invalid:\n\n    " + faults, "Correct the "
				+ ((count == 1) ? "property" : count + " properties") + " named above; no connection was opened.",
				cause);
	}

}
