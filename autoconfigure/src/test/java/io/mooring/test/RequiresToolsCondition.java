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

package io.mooring.test;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Condition that evaluates every {@link RequiresTools} on an element, including those on
 * its annotations.
 */
class RequiresToolsCondition implements ExecutionCondition {

	@Override
	public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
		List<String> missing = new ArrayList<>();
		context.getElement()
			.map((element) -> AnnotationSupport.findRepeatableAnnotations(element, RequiresTools.class))
			.orElse(List.of())
			.forEach((required) -> missing.addAll(missing(required)));
		if (missing.isEmpty()) {
			return ConditionEvaluationResult.enabled("Everything that is needed is there");
		}
		String reason = "Needs " + String.join(", ", missing);
		Requirements.failInContinuousIntegration(reason);
		return ConditionEvaluationResult.disabled(reason);
	}

	private static List<String> missing(RequiresTools required) {
		List<String> missing = new ArrayList<>();
		if (required.root() && !Requirements.isLinux()) {
			missing.add("Linux");
		}
		if (required.root() && !Requirements.isRoot()) {
			missing.add("root");
		}
		for (String program : required.value()) {
			if (!Requirements.hasProgram(program)) {
				missing.add("the program " + program);
			}
		}
		return missing;
	}

}
