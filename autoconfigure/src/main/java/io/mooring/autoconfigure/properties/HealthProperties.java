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

import io.mooring.ConnectionSpec.Importance;

/**
 * How the connection counts in the health of the application.
 */
class HealthProperties {

	/**
	 * Whether the connection has a health component.
	 */
	private @Nullable Boolean enabled;

	/**
	 * How the connection counts while it is not connected.
	 */
	private @Nullable Importance importance;

	public @Nullable Boolean getEnabled() {
		return this.enabled;
	}

	public void setEnabled(@Nullable Boolean enabled) {
		this.enabled = enabled;
	}

	public @Nullable Importance getImportance() {
		return this.importance;
	}

	public void setImportance(@Nullable Importance importance) {
		this.importance = importance;
	}

}
