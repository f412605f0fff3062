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
import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;

/**
 * The {@code mooring} properties. They are bound one connection at a time by
 * {@link ConnectionDeclarations}; this class is what the metadata is made from.
 */
@ConfigurationProperties("mooring")
class MooringProperties {

	/**
	 * Whether the declared connections are made.
	 */
	private boolean enabled = true;

	/**
	 * Keys for all connections. A binding of these (interface, subnet, host) is not used
	 * by a connection that says itself what to bind to.
	 */
	@NestedConfigurationProperty
	private final ConnectionProperties defaults = new ConnectionProperties();

	/**
	 * Connections by name. Names that differ only in case, dashes and underscores are the
	 * same.
	 */
	private final Map<String, ConnectionProperties> connections = new LinkedHashMap<>();

	private final Interfaces interfaces = new Interfaces();

	private final Workers workers = new Workers();

	public Interfaces getInterfaces() {
		return this.interfaces;
	}

	public Workers getWorkers() {
		return this.workers;
	}

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public ConnectionProperties getDefaults() {
		return this.defaults;
	}

	public Map<String, ConnectionProperties> getConnections() {
		return this.connections;
	}

	/**
	 * Threads that call message handlers.
	 */
	static class Workers {

		/**
		 * Maximum number of threads that handle messages of the clients of listeners.
		 * While all are busy, further messages wait and their clients are not read. Not
		 * used with virtual threads (spring.threads.virtual.enabled).
		 */
		private int maxThreads = 200;

		public int getMaxThreads() {
			return this.maxThreads;
		}

		public void setMaxThreads(int maxThreads) {
			this.maxThreads = maxThreads;
		}

	}

	/**
	 * How the network interfaces are watched.
	 */
	static class Interfaces {

		/**
		 * Time between two looks at the network interfaces, which bindings follow. 0 for
		 * no look at all.
		 */
		private Duration pollInterval = Duration.ofSeconds(1);

		public Duration getPollInterval() {
			return this.pollInterval;
		}

		public void setPollInterval(Duration pollInterval) {
			this.pollInterval = pollInterval;
		}

	}

}
