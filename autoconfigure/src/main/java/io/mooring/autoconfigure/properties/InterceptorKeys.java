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

import java.util.HashSet;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.mooring.ConnectionSpecBuilder;

/**
 * What the keys for interceptors, and {@code +name} in a URL, mean.
 */
final class InterceptorKeys {

	private final List<String> keys;

	private final List<String> names;

	private final GivenKeys given;

	InterceptorKeys(ConnectionProperties properties, @Nullable ConnectionUrl url, GivenKeys given) {
		this.keys = properties.getInterceptors().stream().map(String::strip).toList();
		this.names = (url != null) ? url.interceptors() : List.of();
		this.given = given;
	}

	void apply(ConnectionSpecBuilder spec) {
		String key = this.given.ownKey("interceptors");
		if (this.names.isEmpty()) {
			if (new HashSet<>(this.keys).size() < this.keys.size()) {
				this.given.reject((key != null) ? key : "interceptors", "names an interceptor twice; drop one of them");
			}
			spec.interceptors(this.keys);
			return;
		}
		if (key != null) {
			this.given.reject(key,
					"is given beside +" + String.join("+", this.names) + " in the URL; drop one of them");
		}
		spec.interceptors(this.names);
	}

}
