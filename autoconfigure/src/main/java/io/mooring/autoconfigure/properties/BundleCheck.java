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

package io.mooring.autoconfigure.properties;

import org.jspecify.annotations.Nullable;

/**
 * Knows the SSL bundles, which are beans: there are none yet when connections are
 * declared.
 */
@FunctionalInterface
public interface BundleCheck {

	/**
	 * Say what is wrong with a bundle.
	 * @param name the name of the bundle
	 * @param listener whether a listener is to use it, rather than a client
	 * @return a reason to stand behind the name, {@code null} if the bundle will do
	 */
	@Nullable String problem(String name, boolean listener);

}
