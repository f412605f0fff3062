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

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.actuate.endpoint.IndicatedHealthDescriptor;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

import io.mooring.Connection;
import io.mooring.ConnectionState;
import io.mooring.supervision.ReconnectPolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for giving up and for reconnect policies in an application.
 */
@Timeout(60)
class ReconnectFlowTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(MooringAutoConfiguration.class, MooringHealthAutoConfiguration.class,
				HealthContributorAutoConfiguration.class, HealthContributorRegistryAutoConfiguration.class,
				HealthEndpointAutoConfiguration.class))
		.withPropertyValues("management.endpoints.web.exposure.include=health",
				"management.health.defaults.enabled=false", "management.health.connections.enabled=true");

	private ServerSocket server;

	@BeforeEach
	void listen() throws Exception {
		this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
	}

	@AfterEach
	void close() throws Exception {
		this.server.close();
	}

	private String url() {
		return "tcp://127.0.0.1:" + this.server.getLocalPort();
	}

	private static IndicatedHealthDescriptor health(ApplicationContext context) {
		return (IndicatedHealthDescriptor) context.getBean(HealthEndpoint.class)
			.healthForPath("connections", "autopilot");
	}

	private static void awaitGivenUp(Connection connection) {
		await().atMost(SOON).until(() -> connection.getState() == ConnectionState.DISCONNECTED);
	}

	@Test
	void isDownWithTheLastErrorOnceItWasGivenUp() throws Exception {
		this.server.close();
		this.runner
			.withPropertyValues("mooring.connections.autopilot.url=" + url(),
					"mooring.connections.autopilot.reconnect.initial-delay=10ms",
					"mooring.connections.autopilot.reconnect.max-attempts=3")
			.run((context) -> {
				awaitGivenUp(context.getBean("autopilot", Connection.class));
				assertThat(health(context).getStatus()).isEqualTo(Status.DOWN);
				assertThat(health(context).getDetails()).containsEntry("state", "DISCONNECTED")
					.containsEntry("attempts", 3)
					.hasEntrySatisfying("lastError", (error) -> assertThat(error).asString()
						.startsWith("cannot connect to " + url().substring(6) + ": Connection refused"));
				assertThat(context.getBean(HealthEndpoint.class).health().getStatus()).isEqualTo(Status.DOWN);
			});
	}

	@Test
	void aPeerThatAcceptsAndDropsIsGivenUpAsWell() {
		Thread peer = new Thread(this::acceptAndDrop);
		peer.start();
		this.runner
			.withPropertyValues("mooring.connections.autopilot.url=" + url(),
					"mooring.connections.autopilot.reconnect.initial-delay=10ms",
					"mooring.connections.autopilot.reconnect.max-attempts=3")
			.run((context) -> {
				Connection autopilot = context.getBean("autopilot", Connection.class);
				awaitGivenUp(autopilot);
				assertThat(health(context).getStatus()).isEqualTo(Status.DOWN);
				assertThat(health(context).getDetails()).containsEntry("attempts", 3)
					.containsEntry("lastError", "the peer closed the connection");
				autopilot.close();
				assertThat(health(context).getStatus()).isEqualTo(Status.UNKNOWN);
			});
	}

	private void acceptAndDrop() {
		try {
			while (true) {
				this.server.accept().close();
			}
		}
		catch (IOException ex) {
			// The test is over
		}
	}

	@Test
	void eachConnectionFindsThePolicyThatItNames() throws Exception {
		this.server.close();
		this.runner.withUserConfiguration(Policies.class)
			.withPropertyValues("mooring.connections.autopilot.url=" + url() + "?reconnect.policy=once",
					"mooring.connections.radio.url=" + url(), "mooring.connections.radio.reconnect.policy=twice",
					"mooring.connections.other.url=" + url())
			.run((context) -> {
				awaitGivenUp(context.getBean("autopilot", Connection.class));
				awaitGivenUp(context.getBean("radio", Connection.class));
				assertThat(context.getBean("once", Limit.class).asked).containsExactly("autopilot");
				assertThat(context.getBean("twice", Limit.class).asked).containsExactly("radio", "radio");
				Connection other = context.getBean("other", Connection.class);
				await().atMost(SOON).until(() -> other.getStatus().attempts() > 2);
			});
	}

	@Test
	void thePrimaryPolicyServesTheOthers() throws Exception {
		this.server.close();
		this.runner.withUserConfiguration(Policies.class, PrimaryPolicy.class)
			.withPropertyValues("mooring.connections.autopilot.url=" + url(), "mooring.connections.radio.url=" + url(),
					"mooring.connections.radio.reconnect.policy=twice")
			.run((context) -> {
				awaitGivenUp(context.getBean("autopilot", Connection.class));
				awaitGivenUp(context.getBean("radio", Connection.class));
				assertThat(context.getBean("never", Limit.class).asked).containsExactly("autopilot");
			});
	}

	@Test
	void thePolicyOfTheDefaultsServesAllThatNameNone() throws Exception {
		this.server.close();
		this.runner.withUserConfiguration(Policies.class)
			.withPropertyValues("mooring.defaults.reconnect.policy=once", "mooring.connections.autopilot.url=" + url())
			.run((context) -> {
				awaitGivenUp(context.getBean("autopilot", Connection.class));
				assertThat(context.getBean("once", Limit.class).asked).containsExactly("autopilot");
			});
	}

	@Test
	void aPolicyThatIsNoDefaultCandidateServesOnlyThoseThatNameIt() throws Exception {
		this.server.close();
		this.runner.withUserConfiguration(Reserved.class)
			.withPropertyValues("mooring.connections.autopilot.url=" + url() + "?reconnect.policy=reserved",
					"mooring.connections.radio.url=" + url())
			.run((context) -> {
				awaitGivenUp(context.getBean("autopilot", Connection.class));
				Connection radio = context.getBean("radio", Connection.class);
				await().atMost(SOON).until(() -> radio.getStatus().attempts() > 2);
			});
	}

	@Test
	void aPolicyThatIsNotThereFailsTheStart() {
		this.runner.withUserConfiguration(Policies.class)
			.withPropertyValues("mooring.connections.autopilot.url=" + url() + "?reconnect.policy=thrice")
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("\"thrice\" is not a reconnect policy; did you mean twice? (known are the "
						+ "ReconnectPolicy beans once, twice)"));
	}

	static final class Limit implements ReconnectPolicy {

		private final List<String> asked = new CopyOnWriteArrayList<>();

		private final int attempts;

		Limit(int attempts) {
			this.attempts = attempts;
		}

		@Override
		public @Nullable Duration nextDelay(Connection connection, int attempts, Throwable cause) {
			this.asked.add(connection.getName());
			return (attempts < this.attempts) ? Duration.ofMillis(10) : null;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Policies {

		@Bean
		Limit once() {
			return new Limit(1);
		}

		@Bean
		Limit twice() {
			return new Limit(2);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class PrimaryPolicy {

		@Bean
		@Primary
		Limit never() {
			return new Limit(0);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Reserved {

		@Bean(defaultCandidate = false)
		Limit reserved() {
			return new Limit(0);
		}

	}

}
