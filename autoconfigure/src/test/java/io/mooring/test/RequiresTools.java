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

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Programs that a test class or method needs. If one is missing, the test is skipped with
 * the reason on a user's machine, and fails in CI (environment variable {@code CI=true}).
 * All occurrences on an element apply, including those on its other annotations.
 *
 * @see Requirements for requirements that only the test itself can check
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Repeatable(RequiresTools.All.class)
@Tag("tools")
@ExtendWith(RequiresToolsCondition.class)
public @interface RequiresTools {

	/**
	 * Names of programs that must be on the path.
	 */
	String[] value() default {};

	/**
	 * Whether root is needed, and so Linux.
	 */
	boolean root() default false;

	/**
	 * Container of several occurrences.
	 */
	@Target({ ElementType.TYPE, ElementType.METHOD })
	@Retention(RetentionPolicy.RUNTIME)
	@Inherited
	@Tag("tools")
	@ExtendWith(RequiresToolsCondition.class)
	@interface All {

		/**
		 * The occurrences.
		 */
		RequiresTools[] value();

	}

}
