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

import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;

import io.mooring.Connection;
import io.mooring.Connections;

/**
 * Health contributor of the declared connections, with one child per connection name.
 */
public final class ConnectionsHealthContributor implements CompositeHealthContributor {

	private final Connections connections;

	/**
	 * Create a contributor.
	 * @param connections the connections
	 */
	public ConnectionsHealthContributor(Connections connections) {
		this.connections = connections;
	}

	@Override
	public @Nullable HealthContributor getContributor(String name) {
		return this.connections.names().contains(name) ? indicator(name) : null;
	}

	@Override
	public Stream<Entry> stream() {
		return this.connections.names().stream().mapMulti((name, entries) -> {
			HealthContributor indicator = indicator(name);
			if (indicator != null) {
				entries.accept(new Entry(name, indicator));
			}
		});
	}

	private @Nullable HealthContributor indicator(String name) {
		Connection connection;
		try {
			connection = this.connections.get(name);
		}
		catch (IllegalArgumentException ex) {
			// Removed concurrently
			return null;
		}
		return connection.getSpec().get(HealthSettings.class).enabled() ? new ConnectionHealthIndicator(connection)
				: null;
	}

}
