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

package io.mooring.health;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the health component of a connection.
 *
 * @param enabled whether the connection has a health component
 * @param importance effect of the connection while it is not connected
 */
@ConfigurationProperties("mooring.defaults.health")
public record HealthSettings(@DefaultValue("true") boolean enabled, @DefaultValue("required") Importance importance) {

	/**
	 * Effect of a connection on the health of the application while it is not connected.
	 */
	public enum Importance {

		/**
		 * Report DOWN.
		 */
		REQUIRED,

		/**
		 * Report DEGRADED, which does not make the application DOWN.
		 */
		OPTIONAL

	}

}
