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

import org.springframework.util.StringUtils;

/**
 * Checks {@code role} against {@code auto-startup}: either the role or the application
 * opens a connection. What the connection itself gives outranks the defaults.
 */
final class RoleKeys {

	private final ConnectionProperties properties;

	private final GivenKeys given;

	RoleKeys(ConnectionProperties properties, GivenKeys given) {
		this.properties = properties;
		this.given = given;
	}

	void check() {
		String role = this.properties.getRole();
		if (!StringUtils.hasText(role) || !Boolean.TRUE.equals(this.properties.getAutoStartup())) {
			return;
		}
		boolean ownRole = this.given.own("role") != null;
		boolean ownStart = this.given.own("auto-startup") != null;
		if (ownStart && !ownRole) {
			this.given.reject("auto-startup", "does not go with mooring.defaults.role: \"" + role.strip()
					+ "\", which opens the connection; an empty role leaves it out of that");
		}
		else if (ownStart || !ownRole) {
			this.given.reject("auto-startup",
					"does not go with the role \"" + role.strip() + "\", which opens the connection; drop one of them");
		}
	}

}
