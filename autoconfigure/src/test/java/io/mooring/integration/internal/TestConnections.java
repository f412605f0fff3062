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

package io.mooring.integration.internal;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.integration.autoconfigure.IntegrationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;

import io.mooring.ConnectionSpec;
import io.mooring.ConnectionType;
import io.mooring.DatagramConnection;
import io.mooring.integration.ip.ConnectionFactoryRegistrar;
import io.mooring.test.SpecBuilder;

/**
 * Application with connections over real sockets, and their channels and adapters.
 */
@Configuration(proxyBeanMethods = false)
@Import(TestConnections.Registrar.class)
public class TestConnections {

	public static ApplicationContextRunner with(ConnectionSpec... specs) {
		return new ApplicationContextRunner()
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.addFirst(new MapPropertySource("specs", Map.of("specs", List.of(specs)))))
			.withConfiguration(AutoConfigurations.of(IntegrationAutoConfiguration.class, TestConnections.class));
	}

	public static ConnectionSpec listener(String name) {
		return listener(name, (builder) -> builder);
	}

	public static ConnectionSpec listener(String name, UnaryOperator<SpecBuilder> customizer) {
		return customizer.apply(SpecBuilder.of(name, ConnectionType.UDP_LISTEN)).build();
	}

	public static ConnectionSpec client(String name, int port) {
		return SpecBuilder.of(name, ConnectionType.UDP).remote("127.0.0.1", port).build();
	}

	static class Registrar implements BeanRegistrar {

		@Override
		@SuppressWarnings("unchecked")
		public void register(BeanRegistry registry, Environment environment) {
			for (ConnectionSpec spec : (List<ConnectionSpec>) environment.getRequiredProperty("specs", List.class)) {
				registry.registerBean(spec.name(), DatagramConnection.class,
						(bean) -> bean.supplier((context) -> new TestDatagramConnection(spec)));
				registry.register(new ConnectionFactoryRegistrar(spec));
			}
		}

	}

}
