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

package io.mooring.autoconfigure;

import java.time.Duration;
import java.util.List;

import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.BeanDefinitionOverrideException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.integration.channel.DirectChannel;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.integration.dsl.MessageChannels;

import io.mooring.IntegrationMode;
import io.mooring.integration.IntegrationSettings;
import io.mooring.integration.MissingChannelException;
import io.mooring.integration.internal.TestConnections;
import io.mooring.test.MooringRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConnectionBeanNameFailureAnalyzer} and
 * {@link MissingChannelFailureAnalyzer}.
 */
class IntegrationFailureAnalyzersTests {

	@Test
	void aChannelOfTheSameNameIsExplained() {
		clashing().withUserConfiguration(OwnChannel.class).run((context) -> {
			FailureAnalysis analysis = analyze(context.getStartupFailure(), BeanDefinitionOverrideException.class);
			assertThat(analysis.getDescription())
				.startsWith("Connection 'telemetry' requires the bean name 'telemetry.in', which is used by another "
						+ "bean, defined in ")
				.contains("OwnChannel");
			assertThat(analysis.getAction())
				.isEqualTo("Rename the bean, or the connection below mooring.connections, or set "
						+ "mooring.connections.telemetry.integration.inbound-channel to 'telemetry.in' "
						+ "to use that channel.");
		});
	}

	@Test
	void aChannelOfTheSameNameInsideAFlowIsExplained() {
		clashing()
			.withBean("flow", IntegrationFlow.class,
					() -> IntegrationFlow.from("start").channel(MessageChannels.direct("telemetry.out")).get())
			.run((context) -> assertThat(
					analyze(context.getStartupFailure(), BeanDefinitionOverrideException.class).getAction())
				.contains("mooring.connections.telemetry.integration.outbound-channel"));
	}

	@Test
	void aBeanOfTheConnectionsNameIsExplained() {
		clashing().withBean("telemetry", String.class, () -> "mine").run((context) -> {
			FailureAnalysis analysis = analyze(context.getStartupFailure(), BeanDefinitionOverrideException.class);
			assertThat(analysis.getDescription())
				.startsWith("Connection 'telemetry' requires the bean name 'telemetry', which is used by another bean");
			assertThat(analysis.getAction()).isEqualTo("Rename the bean, or the connection below mooring.connections.");
		});
	}

	@Test
	void clashesOfOthersAreLeftToBoot() {
		new ApplicationContextRunner().withBean("one", String.class, () -> "")
			.withUserConfiguration(OwnChannel.class, OtherChannel.class)
			.run((context) -> assertThat(
					analyze(context.getStartupFailure(), BeanDefinitionOverrideException.class).getDescription())
				.contains("overriding is disabled"));
	}

	@Test
	void channelsThatAreNotThereAreNamedWithTheProperty() {
		missing(new IntegrationSettings(true, IntegrationMode.ADAPTER, "foo", null, "errorChannel",
				Duration.ofSeconds(5)),
				"mooring.connections.telemetry.integration.inbound-channel: \"foo\" is not a MessageChannel bean; ");
		missing(new IntegrationSettings(true, IntegrationMode.ADAPTER, null, "flow", "errorChannel",
				Duration.ofSeconds(5)),
				"mooring.connections.telemetry.integration.outbound-channel: \"flow\" is not a MessageChannel bean; ");
		missing(new IntegrationSettings(true, IntegrationMode.ADAPTER, null, null, "foo", Duration.ofSeconds(5)),
				"mooring.connections.telemetry.integration.error-channel: \"foo\" is not a MessageChannel bean; ");
	}

	private void missing(IntegrationSettings integration, String description) {
		TestConnections.with(TestConnections.listener("telemetry", (spec) -> spec.integration(integration)))
			.withBean("flow", String.class, () -> "not a channel")
			.run((context) -> {
				FailureAnalysis analysis = analyze(context.getStartupFailure(), MissingChannelException.class);
				assertThat(analysis.getDescription()).startsWith(description);
				assertThat(analysis.getAction()).startsWith("Declare a MessageChannel bean");
			});
	}

	private ApplicationContextRunner clashing() {
		return MooringRunner.withChannels()
			.withPropertyValues("mooring.connections.telemetry.url=udp-listen://127.0.0.1:0");
	}

	private FailureAnalysis analyze(Throwable failure, Class<? extends Throwable> type) {
		assertThat(failure).isNotNull();
		List<FailureAnalyzer> analyzers = SpringFactoriesLoader.forDefaultResourceLocation()
			.load(FailureAnalyzer.class, SpringFactoriesLoader.FailureHandler.logging(LogFactory.getLog(getClass())));
		FailureAnalysis analysis = analyzers.stream()
			.map((analyzer) -> analyzer.analyze(failure))
			.filter((found) -> found != null)
			.findFirst()
			.orElseThrow(() -> new AssertionError(failure));
		assertThat(analysis.getCause()).isInstanceOf(type);
		return analysis;
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnChannel {

		@Bean("telemetry.in")
		DirectChannel telemetryIn() {
			return new DirectChannel();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OtherChannel {

		@Bean("telemetry.in")
		DirectChannel telemetryIn() {
			return new DirectChannel();
		}

	}

}
