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

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.mooring.ConnectionSpec;
import io.mooring.ConnectionType;
import io.mooring.Direction;
import io.mooring.IntegrationMode;
import io.mooring.OverflowPolicy;
import io.mooring.StartupMode;
import io.mooring.binding.IpSubnet;
import io.mooring.binding.SocketBinding;
import io.mooring.health.HealthSettings;
import io.mooring.health.HealthSettings.Importance;
import io.mooring.integration.IntegrationSettings;
import io.mooring.test.SpecBuilder;
import io.mooring.transport.settings.AddressSettings;
import io.mooring.transport.settings.DatagramSettings;
import io.mooring.transport.settings.FlowSettings;
import io.mooring.transport.settings.ReceiveSettings;
import io.mooring.transport.settings.Remote;
import io.mooring.transport.settings.StartupSettings;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What declarations come to.
 */
class ConnectionDeclarationsTests {

	@Test
	void nothingDeclaredIsNothing() {
		assertThat(new Declared().specs()).isEmpty();
		assertThat(new Declared().yml("application.yml", "mooring.connections:").specs()).isEmpty();
	}

	@Test
	void whatIsNotGivenIsAsTheBuilderHasIt() {
		assertThat(Declared.ground("type: udp-listen").spec())
			.isEqualTo(SpecBuilder.of("ground", ConnectionType.UDP_LISTEN).checked());
		assertThat(Declared.ground("url: udp://10.0.0.7:4242").spec())
			.isEqualTo(SpecBuilder.of("ground", ConnectionType.UDP).remote("10.0.0.7", 4242).checked());
	}

	@Test
	void aConnectionWithARoleDoesNotOpenWithTheApplication() {
		Declared declared = Declared.ground("url: 'udp-listen:?role=leader'", "phase: 3");
		assertThat(declared.spec().get(StartupSettings.class)).satisfies((startup) -> {
			assertThat(startup.role()).isEqualTo("leader");
			assertThat(startup.auto()).isFalse();
			assertThat(startup.phase()).isEqualTo(3);
		});
		assertThat(Declared.ground("type: udp-listen")
			.variables(Map.of("MOORING_CONNECTIONS_GROUND_ROLE", " leader "))
			.spec()
			.get(StartupSettings.class)
			.role()).isEqualTo("leader");
	}

	@Test
	void aRoleOutranksTheDefaultsAndAnEmptyOneLeavesThem() {
		String defaults = "mooring.defaults: {role: leader, startup: wait}";
		assertThat(Declared.ground("type: udp-listen")
			.yml("defaults.yml", defaults)
			.spec()
			.get(StartupSettings.class)
			.role()).isEqualTo("leader");
		assertThat(Declared.ground("type: udp-listen", "role: ''", "auto-startup: true")
			.yml("defaults.yml", defaults)
			.spec()
			.get(StartupSettings.class)).satisfies((startup) -> {
				assertThat(startup.role()).isNull();
				assertThat(startup.auto()).isTrue();
			});
		assertThat(Declared.ground("type: udp-listen", "role: other")
			.yml("defaults.yml", "mooring.defaults.auto-startup: true")
			.spec()
			.get(StartupSettings.class)
			.auto()).isFalse();
	}

	@Test
	void everyKeyReachesTheSpec() {
		ConnectionSpec spec = Declared.ground("type: udp", "host: ground.example", "port: 4242",
				"local-host: 127.0.0.1", "local-port: 4243", "direction: send", "startup: wait", "startup-timeout: 3s",
				"auto-startup: false", "phase: 7",
				"reconnect: {enabled: false, initial-delay: 1s, multiplier: 3, max-delay: 9s, jitter: 0, max-attempts: 4, "
						+ "policy: calm}",
				"receive: {capacity: 5, overflow: drop-newest, max-size: 1KB, maximize-buffer: false}",
				"socket: {receive-buffer: 2KB, send-buffer: 3000, reuse-address: true, reuse-port: false}",
				"integration: {enabled: false, inbound-channel: a, outbound-channel: b, error-channel: c}",
				"health: {enabled: false, importance: optional}")
			.spec();
		assertThat(spec).isEqualTo(SpecBuilder.of("ground", ConnectionType.UDP)
			.remote("ground.example", 4242)
			.local(new SocketBinding.Fixed("127.0.0.1"), 4243)
			.direction(Direction.SEND)
			.startup(SpecBuilder.startup(StartupMode.WAIT, Duration.ofSeconds(3), false, 7))
			.reconnect(SpecBuilder.reconnect(false, Duration.ofSeconds(1), 3, Duration.ofSeconds(9), 0, 4, "calm"))
			.receive(SpecBuilder.receive(5, OverflowPolicy.DROP_NEWEST, 1024, false))
			.socket(SpecBuilder.socket(2048, 3000, true, false, null, null))
			.integration(new IntegrationSettings(false, IntegrationMode.ADAPTER, "a", "b", "c", Duration.ofSeconds(5)))
			.health(new HealthSettings(false, Importance.OPTIONAL))
			.checked());
	}

	@Test
	void aUrlStandsForTheSameKeys() {
		ConnectionSpec spec = Declared
			.ground("url: UDP+log+rd://[fe80::1%25eth0]:syslog?local-port=4243&receive.maxSize=1KB"
					+ "&integration.inbound-channel=a%20b&startup=fail-fast")
			.spec();
		assertThat(spec.type()).isEqualTo(ConnectionType.UDP);
		assertThat(AddressSettings.remote(spec)).isEqualTo(new Remote("fe80::1%eth0", 514));
		assertThat(AddressSettings.localPort(spec)).isEqualTo(4243);
		assertThat(spec.get(FlowSettings.class).wireLog()).isTrue();
		assertThat(spec.get(FlowSettings.class).direction()).isEqualTo(Direction.RECEIVE);
		assertThat(spec.get(DatagramSettings.class).maxSizeBytes()).isEqualTo(1024);
		assertThat(spec.get(IntegrationSettings.class).inboundChannel()).isEqualTo("a b");
		assertThat(spec.get(StartupSettings.class).mode()).isEqualTo(StartupMode.FAIL_FAST);
		assertThat(Declared.ground("url: udp-listen+wr://").spec().get(FlowSettings.class).direction())
			.isEqualTo(Direction.SEND);
	}

	@Test
	void theBindingOfAListenerIsInterfaceThenSubnetThenHost() {
		SocketBinding subnet = new SocketBinding.Subnet(IpSubnet.parse("10.0.0.0/8"));
		assertThat(AddressSettings.binding(
				Declared.ground("type: udp-listen", "host: 10.0.0.1", "subnet: 10.0.0.0/8", "interface: eth0").spec()))
			.isEqualTo(new SocketBinding.Interface("eth0"));
		assertThat(AddressSettings
			.binding(Declared.ground("type: udp-listen", "host: 10.0.0.1", "subnet: 10.0.0.0/8").spec()))
			.isEqualTo(subnet);
		assertThat(Declared.ground("url: udp-listen://10.0.0.1:4242").spec()).satisfies((spec) -> {
			assertThat(AddressSettings.binding(spec)).isEqualTo(new SocketBinding.Fixed("10.0.0.1"));
			assertThat(AddressSettings.localPort(spec)).isEqualTo(4242);
			assertThat(AddressSettings.remote(spec)).isNull();
		});
		assertThat(AddressSettings
			.binding(Declared.ground("url: udp://10.0.0.7:4242?subnet=10.0.0.0/8&local-host=10.0.0.1").spec()))
			.isEqualTo(subnet);
	}

	@Test
	void listenersWithAFixedBindingFailFastAndTheRestOpensInTheBackground() {
		assertThat(Declared.ground("type: udp-listen", "host: 127.0.0.1").spec().get(StartupSettings.class).mode())
			.isEqualTo(StartupMode.FAIL_FAST);
		assertThat(Declared.ground("type: udp-listen", "interface: eth0", "phase: 3")
			.spec()
			.get(StartupSettings.class)
			.mode()).isEqualTo(StartupMode.BACKGROUND);
		assertThat(Declared.ground("url: udp://10.0.0.7:4242").spec().get(StartupSettings.class).mode())
			.isEqualTo(StartupMode.BACKGROUND);
	}

	@Test
	void theDefaultsAreBelowTheKeysAndTheUrl() {
		Declared declared = new Declared().yml("application.yml", """
				mooring:
				  defaults:
				    port: 4242
				    local-port: 4243
				    receive: {capacity: 5, overflow: block}
				  connections:
				    ground: {type: udp-listen, receive.capacity: 6}
				    autopilot: {url: "udp://10.0.0.7?receive.capacity=7"}
				    beacon: {url: "udp://10.0.0.7:4244"}
				""");
		assertThat(declared.specs()).extracting(ConnectionSpec::name).containsExactly("ground", "autopilot", "beacon");
		assertThat(declared.specs()).extracting((spec) -> spec.get(ReceiveSettings.class).capacity())
			.containsExactly(6, 7, 5);
		assertThat(declared.specs()).extracting((spec) -> spec.get(ReceiveSettings.class).overflow())
			.containsOnly(OverflowPolicy.BLOCK);
		assertThat(declared.specs()).extracting(AddressSettings::localPort).containsExactly(4242, 4243, 4243);
		assertThat(declared.declarations().create("probe", "udp://10.0.0.8").specs().get(0)).satisfies((spec) -> {
			assertThat(spec.name()).isEqualTo("probe");
			assertThat(AddressSettings.remote(spec)).isEqualTo(new Remote("10.0.0.8", 4242));
			assertThat(spec.get(ReceiveSettings.class).capacity()).isEqualTo(5);
		});
	}

	@Test
	void aBindingOfTheDefaultsGivesWayToAnyOfTheConnections() {
		String defaults = "mooring.defaults.interface: eth0";
		assertThat(AddressSettings.binding(Declared.ground("type: udp-listen").yml("defaults.yml", defaults).spec()))
			.isEqualTo(new SocketBinding.Interface("eth0"));
		assertThat(AddressSettings
			.binding(Declared.ground("type: udp-listen", "host: 127.0.0.1").yml("defaults.yml", defaults).spec()))
			.isEqualTo(new SocketBinding.Fixed("127.0.0.1"));
	}

	@Test
	void aTypeOfTheDefaultsGivesWayToAUrl() {
		assertThat(Declared.ground("url: udp://10.0.0.7:4242")
			.yml("defaults.yml", "mooring.defaults.type: udp-listen")
			.spec()
			.type()).isEqualTo(ConnectionType.UDP);
	}

	@Test
	void aProfileOverridesKeyByKeyAndAddsConnections() {
		Declared declared = Declared.ground("type: udp-listen", "port: 4242", "phase: 3")
			.yml("application-prod.yml", """
					mooring.connections:
					  air: {type: udp-listen}
					  ground.port: 4243
					""");
		assertThat(declared.specs()).extracting(ConnectionSpec::name).containsExactly("ground", "air");
		assertThat(AddressSettings.localPort(declared.specs().get(0))).isEqualTo(4243);
		assertThat(declared.specs().get(0).get(StartupSettings.class).phase()).isEqualTo(3);
	}

	@Test
	void variablesOverrideNamesThatAreSpelledOtherwise() {
		String yml = """
				mooring.connections:
				  ground-station: {type: udp-listen, port: 4242}
				  airStation: {type: udp-listen, port: 4242}
				""";
		Declared declared = new Declared().yml("application.yml", yml)
			.variables(Map.of("MOORING_CONNECTIONS_GROUNDSTATION_PORT", "4243", "MOORING_CONNECTIONS_AIRSTATION_PORT",
					"4244", "MOORING_CONNECTIONS_GROUNDSTATION_RECEIVE_MAXSIZE", "1000"));
		assertThat(declared.specs()).extracting(ConnectionSpec::name).containsExactly("ground-station", "airStation");
		assertThat(declared.specs()).extracting(AddressSettings::localPort).containsExactly(4243, 4244);
		assertThat(declared.specs().get(0).get(DatagramSettings.class).maxSizeBytes()).isEqualTo(1000);
		assertThat(new Declared().yml("application.yml", yml)
			.variables(Map.of("MOORING_CONNECTIONS_GROUND_STATION_PORT", "4245"))
			.specs()).extracting(AddressSettings::localPort).containsExactly(4245, 4242);
	}

	@Test
	void theCommandLineAndSystemPropertiesOverrideNamesThatAreSpelledOtherwise() {
		Declared declared = new Declared()
			.yml("application.yml", "mooring.connections.ground-station: {type: udp-listen, port: 4242}")
			.commandLine("--mooring.connections.groundStation.port=4243")
			.systemProperties(Map.of("mooring.connections.GROUND_STATION.phase", "7"));
		assertThat(declared.spec().name()).isEqualTo("ground-station");
		assertThat(AddressSettings.localPort(declared.spec())).isEqualTo(4243);
		assertThat(declared.spec().get(StartupSettings.class).phase()).isEqualTo(7);
	}

	@Test
	void aConnectionMayBeDeclaredByVariablesAlone() {
		ConnectionSpec spec = new Declared()
			.variables(Map.of("MOORING_CONNECTIONS_BEACON_URL", "udp://10.0.0.7:4242",
					"MOORING_CONNECTIONS_BEACON_LOCAL_PORT", "4243"))
			.spec();
		assertThat(spec.name()).isEqualTo("beacon");
		assertThat(AddressSettings.localPort(spec)).isEqualTo(4243);
	}

	@Test
	void placeholdersAreReplaced() {
		assertThat(Declared.ground("url: udp://${ground.host}:${ground.port:4242}", "phase: ${ground.phase}")
			.yml("other.yml", "ground: {host: 10.0.0.7, phase: 3}")
			.spec()).satisfies((spec) -> {
				assertThat(AddressSettings.remote(spec)).isEqualTo(new Remote("10.0.0.7", 4242));
				assertThat(spec.get(StartupSettings.class).phase()).isEqualTo(3);
			});
	}

	@Test
	void anEmptyValueTakesAKeyBack() {
		assertThat(AddressSettings.binding(Declared.ground("type: udp-listen", "interface: eth0", "host: 127.0.0.1")
			.commandLine("--mooring.connections.ground.interface=")
			.spec())).isEqualTo(new SocketBinding.Fixed("127.0.0.1"));
	}

	@Test
	void keysMayBeSpelledInAnyWayThatBootKnows() {
		assertThat(Declared.ground("TYPE: UDP-Listen", "autoStartup: false", "start_up: WAIT", "receive.maxSize: 9")
			.spec()).satisfies((spec) -> {
				assertThat(spec.get(StartupSettings.class).auto()).isFalse();
				assertThat(spec.get(StartupSettings.class).mode()).isEqualTo(StartupMode.WAIT);
				assertThat(spec.get(DatagramSettings.class).maxSizeBytes()).isEqualTo(9);
			});
	}

}
