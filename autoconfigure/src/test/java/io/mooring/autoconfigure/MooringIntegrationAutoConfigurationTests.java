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

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.integration.autoconfigure.IntegrationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.messaging.MessageChannel;

import io.mooring.DatagramConnection;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MooringIntegrationAutoConfiguration}.
 */
class MooringIntegrationAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(IntegrationAutoConfiguration.class, MooringIntegrationAutoConfiguration.class));

	@Test
	void isThereWithSpringIntegration() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(MooringIntegrationAutoConfiguration.class));
	}

	@Test
	void aDeclaredConnectionEchoesThroughItsChannels() {
		this.runner.withConfiguration(AutoConfigurations.of(MooringAutoConfiguration.class))
			.withPropertyValues("mooring.connections.echo.url=udp-listen://127.0.0.1:0")
			.withBean("flow", IntegrationFlow.class, () -> IntegrationFlow.from("echo.in").channel("echo.out").get())
			.run((context) -> {
				SocketAddress echo = context.getBean("echo", DatagramConnection.class).getLocalAddress();
				try (DatagramSocket peer = new DatagramSocket()) {
					peer.setSoTimeout(10_000);
					DatagramPacket packet = new DatagramPacket("hello".getBytes(StandardCharsets.UTF_8), 5, echo);
					peer.send(packet);
					packet.setData(new byte[5]);
					peer.receive(packet);
					assertThat(packet.getSocketAddress()).isEqualTo(echo);
					assertThat(packet.getData()).asString().isEqualTo("hello");
				}
			});
	}

	@Test
	void backsOffWhenMooringIsOff() {
		this.runner.withPropertyValues("mooring.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(MooringIntegrationAutoConfiguration.class));
	}

	@Test
	void backsOffWithoutSpringIntegration() {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.integration"))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(MooringIntegrationAutoConfiguration.class));
		this.runner.withClassLoader(new FilteredClassLoader(MessageChannel.class))
			.run((context) -> assertThat(context).doesNotHaveBean(MooringIntegrationAutoConfiguration.class));
	}

	@Test
	void backsOffWhenSpringIntegrationIsNotEnabled() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(MooringIntegrationAutoConfiguration.class))
			.run((context) -> assertThat(context).doesNotHaveBean(MooringIntegrationAutoConfiguration.class));
	}

}
