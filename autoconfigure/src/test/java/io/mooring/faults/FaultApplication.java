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

package io.mooring.faults;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import io.mooring.Connection;
import io.mooring.ConnectionState;
import io.mooring.ConnectionStatistics;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Spring Boot application with connections.
 */
final class FaultApplication implements AutoCloseable {

	private static final Duration SOON = Duration.ofSeconds(20);

	private final ConfigurableApplicationContext context;

	private FaultApplication(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/**
	 * Run an application. They start one at a time, since each configures logging.
	 * @param properties as in {@code name.url=tcp://…}, without
	 * {@code mooring.connections}, or of Spring
	 */
	static synchronized FaultApplication run(String... properties) {
		Map<String, Object> all = new LinkedHashMap<>();
		Arrays.stream(properties)
			.map((property) -> property.split("=", 2))
			.forEach((property) -> all
				.put((property[0].startsWith("spring.") ? "" : "mooring.connections.") + property[0], property[1]));
		return new FaultApplication(new SpringApplicationBuilder(Configuration.class).web(WebApplicationType.NONE)
			.properties(all)
			.properties("spring.main.banner-mode=off", "spring.main.log-startup-info=false",
					"spring.main.register-shutdown-hook=false", "logging.level.root=error")
			.run());
	}

	/**
	 * Return a connection, when it is open.
	 */
	<C extends Connection> C connected(String name, Class<C> type) throws InterruptedException {
		C connection = get(name, type);
		assertThat(connection.awaitState(ConnectionState.CONNECTED, SOON))
			.as(() -> connection + ": " + connection.getStatus())
			.isTrue();
		return connection;
	}

	<C extends Connection> C get(String name, Class<C> type) {
		return this.context.getBean(name, type);
	}

	/**
	 * Return a condition that is true after a connection was lost, or failed to open,
	 * from now on.
	 */
	static BooleanSupplier lost(Connection connection) {
		ConnectionStatistics before = connection.getStatistics();
		return () -> connection.getStatistics().failures() > before.failures();
	}

	@Override
	public void close() {
		this.context.close();
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Configuration {

	}

}
