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

import java.time.Duration;
import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The {@code mooring} properties that are not of connections; for the metadata.
 *
 * @param enabled whether to create the declared connections
 * @param connections connections by name. Names that differ only in case, dashes and
 * underscores are the same. Keys are those of mooring.defaults, and "url"
 * @param interfaces watching of network interfaces
 * @param workers threads that call message handlers
 */
@ConfigurationProperties("mooring")
record MooringProperties(@DefaultValue("true") boolean enabled, Map<String, Map<String, Object>> connections,
		@DefaultValue Interfaces interfaces, @DefaultValue Workers workers) {

	/**
	 * Watching of network interfaces.
	 *
	 * @param pollInterval interval between two polls of the network interfaces, which
	 * bindings follow; 0 to never poll
	 */
	record Interfaces(@DefaultValue("1s") Duration pollInterval) {

	}

	/**
	 * Threads that call message handlers.
	 *
	 * @param maxThreads maximum number of threads that handle messages of the clients of
	 * listeners. While all are busy, further messages wait and their clients are not
	 * read. Not used with virtual threads (spring.threads.virtual.enabled)
	 */
	record Workers(@DefaultValue("200") int maxThreads) {

	}

}
