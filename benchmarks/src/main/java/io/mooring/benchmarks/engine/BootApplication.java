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

package io.mooring.benchmarks.engine;

import java.util.List;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.integration.dsl.context.IntegrationFlowContext;
import org.springframework.integration.dsl.context.IntegrationFlowContext.IntegrationFlowRegistration;
import org.springframework.messaging.SubscribableChannel;

/**
 * Spring Boot application shared by spring-integration-ip and Mooring, with or without a
 * meter registry.
 */
public final class BootApplication implements AutoCloseable {

	private static final String METRICS = "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration";

	private final ConfigurableApplicationContext context;

	private final boolean metered;

	private BootApplication(ConfigurableApplicationContext context, boolean metered) {
		this.context = context;
		this.metered = metered;
	}

	static BootApplication start(boolean metered, String... arguments) {
		return start(metered, (context) -> {
		}, arguments);
	}

	static BootApplication start(boolean metered,
			ApplicationContextInitializer<ConfigurableApplicationContext> initializer, String... arguments) {
		ConfigurableApplicationContext context = new SpringApplicationBuilder(Configured.class)
			.web(WebApplicationType.NONE)
			.initializers(initializer)
			.properties("spring.main.banner-mode=off", "logging.level.root=error",
					"spring.autoconfigure.exclude=" + (metered ? "" : METRICS))
			.run(arguments);
		if (context.getBeanProvider(MeterRegistry.class).stream().findAny().isPresent() != metered) {
			throw new IllegalStateException("The application has " + (metered ? "no" : "a") + " meter registry");
		}
		return new BootApplication(context, metered);
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	SubscribableChannel channel(String name) {
		return this.context.getBean(name, SubscribableChannel.class);
	}

	IntegrationFlowRegistration register(IntegrationFlow flow) {
		return bean(IntegrationFlowContext.class).registration(flow).register();
	}

	/**
	 * Check that sending to a channel is timed in an application with a meter registry.
	 * @param channel name of a channel that messages were sent to
	 */
	void requireTimer(String channel) {
		if (this.metered && bean(MeterRegistry.class).find("spring.integration.send")
			.tag("name", channel)
			.timers()
			.stream()
			.noneMatch((timer) -> timer.count() > 0)) {
			throw new IllegalStateException("Nothing sent to '" + channel + "' was timed");
		}
	}

	/**
	 * Call the health endpoint.
	 * @return the status
	 */
	public String health() {
		return bean(HealthEndpoint.class).health().getStatus().getCode();
	}

	@Override
	public void close() {
		this.context.close();
	}

	static List<String> names(int count) {
		return IntStream.range(0, count).mapToObj((index) -> "bench" + index).toList();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Configured {

	}

}
