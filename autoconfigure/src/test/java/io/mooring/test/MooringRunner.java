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

package io.mooring.test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.integration.autoconfigure.IntegrationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.mooring.autoconfigure.MooringAutoConfiguration;
import io.mooring.autoconfigure.MooringHealthAutoConfiguration;
import io.mooring.autoconfigure.MooringIntegrationAutoConfiguration;

/**
 * Factory for application context runners with Mooring's auto-configurations and those
 * that it requires.
 */
public final class MooringRunner {

	private MooringRunner() {
	}

	/**
	 * Return a runner with connections and their channels.
	 */
	public static ApplicationContextRunner withChannels() {
		return new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(MooringAutoConfiguration.class,
				IntegrationAutoConfiguration.class, MooringIntegrationAutoConfiguration.class));
	}

	/**
	 * Return a runner that includes the health of the connections.
	 */
	public static ApplicationContextRunner withHealth() {
		return withChannels().withConfiguration(AutoConfigurations.of(MooringHealthAutoConfiguration.class,
				HealthContributorRegistryAutoConfiguration.class, HealthContributorAutoConfiguration.class,
				HealthEndpointAutoConfiguration.class));
	}

}
