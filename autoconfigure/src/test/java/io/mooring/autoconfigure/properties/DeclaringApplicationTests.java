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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.StandardEnvironment;

import io.mooring.ConnectionSpec;
import io.mooring.Direction;
import io.mooring.StartupMode;
import io.mooring.test.SpecBuilder;
import io.mooring.transport.datagram.internal.DatagramTransportFactory;
import io.mooring.transport.settings.AddressSettings;
import io.mooring.transport.settings.FlowSettings;
import io.mooring.transport.settings.ReceiveSettings;
import io.mooring.transport.settings.StartupSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Declarations in the environment that Boot makes: files of profiles, variables, the
 * command line.
 */
class DeclaringApplicationTests {

	@TempDir
	private Path directory;

	@BeforeEach
	void writeFiles() throws IOException {
		Files.writeString(this.directory.resolve("application.yml"), """
				mooring.connections:
				  ground-station: {type: udp-listen, port: 4242, phase: 1}
				  beacon: {url: "udp://127.0.0.1:4242"}
				---
				spring.config.activate.on-profile: field
				mooring.connections.ground-station.phase: 2
				""");
		Files.writeString(this.directory.resolve("application-field.yml"), """
				mooring:
				  defaults.receive.capacity: 9
				  connections.ground-station.subnet: 192.168.1.0/24
				""");
	}

	@Test
	void filesProfilesVariablesAndTheCommandLineAreLayered() {
		try (ConfigurableApplicationContext context = run(
				Map.of("MOORING_CONNECTIONS_GROUNDSTATION_PORT", "4243", "MOORING_DEFAULTS_AUTOSTARTUP", "false"),
				"--spring.profiles.active=field", "--mooring.connections.groundStation.direction=receive")) {
			List<ConnectionSpec> specs = declarations(context).load().specs();
			assertThat(specs).extracting(ConnectionSpec::name).containsExactly("ground-station", "beacon");
			ConnectionSpec ground = specs.get(0);
			assertThat(ground.get(FlowSettings.class).direction()).isEqualTo(Direction.RECEIVE);
			assertThat(AddressSettings.binding(ground)).hasToString("subnet 192.168.1.0/24");
			assertThat(AddressSettings.localPort(ground)).isEqualTo(4243);
			assertThat(ground.get(StartupSettings.class))
				.isEqualTo(SpecBuilder.startup(StartupMode.BACKGROUND, Duration.ofSeconds(30), false, 2));
			assertThat(ground.get(ReceiveSettings.class).capacity()).isEqualTo(9);
		}
	}

	@Test
	void faultsNameTheFileTheVariableOrTheArgument() {
		try (ConfigurableApplicationContext context = run(Map.of("MOORING_CONNECTIONS_GROUNDSTATION_PORT", "70000"),
				"--mooring.connections.beacon.phase=soon", "--mooring.connections.beacon.directoin=both",
				"--mooring.connections.ground-station.receive.capacity=0")) {
			assertThatExceptionOfType(InvalidConnectionsException.class).isThrownBy(declarations(context)::load)
				.satisfies((ex) -> assertThat(ex.getFaults()).extracting(Fault::toString)
					.containsExactly("mooring.connections.beacon.directoin: unknown key; did you mean direction? "
							+ "(\"mooring.connections.beacon.directoin\" from property source \"commandLineArgs\")",
							"mooring.connections.ground-station.port: \"70000\" is out of range; accepted are 0 to "
									+ "65535 and service names (System Environment Property "
									+ "\"MOORING_CONNECTIONS_GROUNDSTATION_PORT\")",
							"mooring.connections.ground-station.receive.capacity: \"0\" is out of range; accepted is 1 "
									+ "or more (\"mooring.connections.ground-station.receive.capacity\" from property "
									+ "source \"commandLineArgs\")",
							"mooring.connections.beacon.phase: \"soon\" is not accepted; whole numbers are "
									+ "(\"mooring.connections.beacon.phase\" from property source \"commandLineArgs\")"));
		}
	}

	private ConnectionDeclarations declarations(ConfigurableApplicationContext context) {
		return new ConnectionDeclarations(context.getEnvironment(),
				new TransportFactories(List.of(new DatagramTransportFactory())));
	}

	private ConfigurableApplicationContext run(Map<String, Object> variables, String... args) {
		SpringApplication application = new SpringApplication(Empty.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setEnvironment(new StandardEnvironment() {

			@Override
			public Map<String, Object> getSystemEnvironment() {
				return variables;
			}

		});
		application.setDefaultProperties(Map.of("spring.config.location", this.directory + "/"));
		return application.run(args);
	}

	@Configuration(proxyBeanMethods = false)
	static class Empty {

	}

}
