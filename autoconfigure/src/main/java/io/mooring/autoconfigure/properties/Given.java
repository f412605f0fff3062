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
import org.springframework.boot.origin.Origin;

/**
 * A value of a key, and where it was given.
 *
 * @param own whether the connection itself gives it, rather than the defaults
 * @param property the property that has it
 * @param value the value
 * @param origin the origin of the property
 * @param url the URL, if it is a parameter of one
 */
record Given(boolean own, String property, String value, @Nullable Origin origin, @Nullable String url) {

	Fault refuse(String key, String reason) {
		if (this.url != null) {
			return new Fault(this.property, this.url,
					"has a wrong " + key + ": " + Fault.shown(key, this.value) + " " + reason, this.origin);
		}
		return new Fault(this.property, this.value, reason, this.origin);
	}

}
