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

package io.mooring.supervision.internal;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.mooring.Connection;
import io.mooring.supervision.ReconnectPolicy;
import io.mooring.supervision.ReconnectSettings;

/**
 * Registry of reconnect policies: the policy of a connection is the one named by
 * {@code reconnect.policy}, else the default policy bean, else its {@code reconnect}
 * properties.
 */
public final class ReconnectPolicies {

	private final ReconnectPolicy others;

	private final Function<String, ReconnectPolicy> lookup;

	private final Map<String, ReconnectPolicy> named = new ConcurrentHashMap<>();

	/**
	 * Create a registry.
	 * @param others the policy of connections without {@code reconnect.policy},
	 * {@code null} to use their properties
	 * @param lookup the lookup of a policy by bean name, called once for each name
	 */
	public ReconnectPolicies(@Nullable ReconnectPolicy others, Function<String, ReconnectPolicy> lookup) {
		this.others = (others != null) ? others : new ExponentialReconnectPolicy();
		this.lookup = lookup;
	}

	ReconnectPolicy of(Connection connection) {
		String name = connection.getSpec().get(ReconnectSettings.class).policy();
		return (name != null) ? this.named.computeIfAbsent(name, this.lookup) : this.others;
	}

}
