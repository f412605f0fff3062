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

import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.integration.support.SmartLifecycleRoleController;

import io.mooring.ConnectionInterceptor;
import io.mooring.ConnectionSpec;
import io.mooring.codec.Codec;
import io.mooring.integration.PayloadSettings;
import io.mooring.supervision.ReconnectPolicy;
import io.mooring.supervision.ReconnectSettings;
import io.mooring.test.SpecBuilder;
import io.mooring.transport.settings.FlowSettings;
import io.mooring.transport.settings.StartupSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What is said about each thing that can be wrong.
 */
class InvalidConnectionsTests {

	private static final String GROUND = "mooring.connections.ground";

	private static final String TYPES = "udp, udp-broadcast, udp-broadcast-in, udp-listen, udp-multicast, udp-subnet, unix-datagram, unix-datagram-listen";

	@Test
	void anUnknownTypeNamesTheOneThatWasMeantAndThoseThereAre() {
		assertThat(Declared.ground("type: upd").faults())
			.containsExactly(GROUND + ".type: \"upd\" is not a known type; did you mean udp? (known are " + TYPES + ") "
					+ "(application.yml:4:13)");
		assertThat(Declared.ground("url: carrier-pigeon:coop").faults())
			.containsExactly(GROUND + ".url: \"carrier-pigeon:coop\" has the unknown type carrier-pigeon "
					+ "(known are " + TYPES + ") (application.yml:4:12)");
	}

	@Test
	void anUnknownKeyNamesTheOneThatWasMeant() {
		assertThat(Declared.ground("type: udp-listen", "subnett: 192.168.1.0/24").faults())
			.containsExactly(GROUND + ".subnett: unknown key; did you mean subnet? (application.yml:5:16)");
		assertThat(Declared.ground("type: udp-listen", "receive: {capazity: 4}").faults()).containsExactly(
				GROUND + ".receive.capazity: unknown key; did you mean receive.capacity? (application.yml:5:27)");
		assertThat(Declared.ground("type: udp-listen", "overflow: block").faults())
			.containsExactly(GROUND + ".overflow: unknown key; did you mean receive.overflow? (application.yml:5:17)");
	}

	@Test
	void anUnknownKeyThatIsLikeNoOtherNamesAllThereAre() {
		assertThat(Declared.ground("type: udp-listen", "colour: red").faults()).containsExactly(GROUND
				+ ".colour: unknown key; known are url, type, host, port, interface, subnet, local-host, local-port, "
				+ "path, local-path, mode, fd, direction, interceptors, wire-log, startup, startup-timeout, "
				+ "auto-startup, phase, role, connect-timeout, reconnect, heartbeat, framing, codec, charset, "
				+ "payload-type, send, receive, group, broadcast, multicast, "
				+ "socket, ssl, integration, health, clients (application.yml:5:15)");
	}

	@Test
	void anUnknownKeyIsRefusedInAUrl() {
		assertThat(Declared.ground("url: udp-listen://?subnett=192.168.1.0/24").faults())
			.containsExactly(GROUND + ".url: \"udp-listen://?subnett=192.168.1.0/24\" has the unknown parameter "
					+ "subnett; did you mean subnet? (application.yml:4:12)");
		assertThat(Declared.ground("url: udp-listen://?type=udp").faults()).singleElement()
			.asString()
			.contains("has the unknown parameter type; the type is what the URL begins with");
	}

	@Test
	void anUnknownKeyIsRefusedBelowTheDefaults() {
		assertThat(new Declared().yml("application.yml", "mooring.defaults.reconect.jitter: 0.1").faults())
			.containsExactly("mooring.defaults.reconect.jitter: unknown key; did you mean reconnect.jitter? "
					+ "(application.yml:1:35)");
	}

	@Test
	void aMisspeltGroupIsRefused() {
		assertThat(new Declared().yml("application.yml", "mooring.conections.ground.type: udp").faults())
			.containsExactly("mooring.conections.ground.type: unknown key; did you mean mooring.connections? "
					+ "(application.yml:1:33)");
	}

	@Test
	void unknownKeysOfTheSystemAreTakenForSomebodyElses() {
		Declared declared = Declared.ground("type: udp-listen")
			.variables(Map.of("MOORING_CONNECTIONS_GROUND_COLOUR", "red", "MOORING_CONNECTIONS_SERVICE_PORT", "5",
					"MOORING_CONNECTIONS_OTHER_COLOUR", "red", "MOORING_HOME", "/opt"))
			.systemProperties(Map.of("mooring.connections.ground.colour", "red", "mooring.connections.x.y", "1"));
		assertThat(declared.specs()).hasSize(1);
	}

	@Test
	void anUnknownKeyOnTheCommandLineIsRefused() {
		assertThat(Declared.ground("type: udp-listen").commandLine("--mooring.connections.ground.prot=4242").faults())
			.containsExactly(GROUND + ".prot: unknown key; did you mean port? "
					+ "(\"mooring.connections.ground.prot\" from property source \"commandLineArgs\")");
	}

	@Test
	void aKeyGivenTwiceInAUrlIsRefused() {
		assertThat(Declared.ground("url: udp-listen://:4242?port=4243").faults())
			.containsExactly(GROUND + ".url: \"udp-listen://:4242?port=4243\" gives port twice; drop one of them "
					+ "(application.yml:4:12)");
		assertThat(Declared.ground("url: udp-listen:?receive.max-size=5&receive.maxSize=6").faults()).singleElement()
			.asString()
			.contains("gives receive.maxSize twice; drop one of them");
	}

	@Test
	void aKeyGivenInTheUrlAndBesideItIsRefused() {
		assertThat(Declared.ground("url: udp-listen://:4242", "port: 4242").faults())
			.containsExactly(GROUND + ".url: \"udp-listen://:4242\" gives port, as does " + GROUND
					+ ".port (application.yml:5:13); drop one of them (application.yml:4:12)");
	}

	@Test
	void aKeyThatOneFileSpellsInTwoWaysIsRefused() {
		assertThat(Declared.ground("type: udp-listen", "autoStartup: false", "auto-startup: true").faults())
			.containsExactly(GROUND + ".auto-startup: \"true\" is given twice, also as " + GROUND
					+ ".autoStartup (application.yml:5:20); drop one of them (application.yml:6:21)");
	}

	@Test
	void urlAndTypeBothAreRefused() {
		assertThat(Declared.ground("url: udp-listen://:4242", "type: udp-listen").faults())
			.containsExactly(GROUND + ".type: \"udp-listen\" is given beside the URL, which says the type; "
					+ "drop one of them (application.yml:5:13)");
	}

	@Test
	void neitherUrlNorTypeIsRefused() {
		assertThat(Declared.ground("port: 4242").faults()).containsExactly(
				GROUND + ": has neither a type nor a URL; the types are " + TYPES + " (application.yml:4:13)");
	}

	@Test
	void aConnectionWithoutKeysIsRefused() {
		assertThat(new Declared().yml("application.yml", "mooring.connections:\n  ground:\n").faults()).containsExactly(
				GROUND + ": has neither a type nor a URL; the types are " + TYPES + " (application.yml:2:10)");
	}

	@Test
	void aPortOutOfRangeIsRefused() {
		assertThat(Declared.ground("type: udp-listen", "port: 65536").faults())
			.containsExactly(GROUND + ".port: \"65536\" is out of range; accepted are 0 to 65535 and service names "
					+ "(application.yml:5:13)");
		assertThat(Declared.ground("type: udp", "host: 10.0.0.7", "port: 0", "local-port: -1").faults())
			.containsExactly(
					GROUND + ".port: \"0\" is out of range; accepted are 1 to 65535 and service names "
							+ "(application.yml:6:13)",
					GROUND + ".local-port: \"-1\" is out of range; accepted are 0 to 65535 and service names "
							+ "(application.yml:7:19)");
		assertThat(Declared.ground("url: udp://10.0.0.7:99999999999").faults())
			.containsExactly(GROUND + ".url: \"udp://10.0.0.7:99999999999\" has a wrong port: \"99999999999\" is out "
					+ "of range; accepted are 1 to 65535 and service names (application.yml:4:12)");
	}

	@Test
	void anUnknownServiceNameIsRefused() {
		assertThat(Declared.ground("type: udp-listen", "port: sislog").faults()).containsExactly(GROUND
				+ ".port: \"sislog\" is neither a number nor a known udp service; accepted are 0 to 65535 and service "
				+ "names; did you mean syslog? (application.yml:5:13)");
	}

	@Test
	void aSubnetWithHostBitsIsRefused() {
		assertThat(Declared.ground("type: udp-listen", "port: 4242", "", "subnet: \"192.168.1.5/24\"").faults())
			.containsExactly(GROUND + ".subnet: \"192.168.1.5/24\" has host bits set; did you mean 192.168.1.0/24? "
					+ "(application.yml:7:15)");
		assertThat(Declared.ground("url: udp-listen:?subnet=192.168.1.5/24").faults())
			.containsExactly(GROUND + ".url: \"udp-listen:?subnet=192.168.1.5/24\" has a wrong subnet: "
					+ "\"192.168.1.5/24\" has host bits set; did you mean 192.168.1.0/24? (application.yml:4:12)");
	}

	@Test
	void aClientWithoutHostAndPortIsRefused() {
		assertThat(Declared.ground("type: udp").faults()).containsExactly(
				GROUND + ".host: missing; the type udp needs the host name or address to connect to "
						+ "(application.yml:4:13)",
				GROUND + ".port: missing; the type udp needs the port number or service name to connect to "
						+ "(application.yml:4:13)");
		assertThat(Declared.ground("url: udp://:4242").faults())
			.containsExactly(GROUND + ".host: missing; the type udp needs the host name or address to connect to "
					+ "(application.yml:4:12)");
	}

	@Test
	void aNameWithABlankASlashOrADotIsRefused() {
		String reason = " is not a name of a connection; accepted are letters, digits, '-' and '_', the first a letter "
				+ "or digit (application.yml:";
		assertThat(new Declared().yml("application.yml", """
				mooring.connections:
				  my conn: {type: udp-listen}
				  my/conn: {type: udp-listen, port: 4242}
				  my.conn: {type: udp-listen, port: 4243}
				  "[my.other]": {type: udp-listen}
				  -conn: {type: udp-listen}
				  größe: {type: udp-listen}
				""").faults()).containsExactly("mooring.connections: \"my conn\"" + reason + "2:19)",
				"mooring.connections: \"my/conn\"" + reason + "3:19)",
				"mooring.connections: \"my.conn\"" + reason + "4:19)",
				"mooring.connections: \"my.other\"" + reason + "5:24)",
				"mooring.connections: \"-conn\"" + reason + "6:17)",
				"mooring.connections: \"größe\"" + reason + "7:17)");
	}

	@Test
	void connectionsInAListAreRefused() {
		assertThat(new Declared().yml("application.yml", "mooring.connections: [{url: 'udp-listen:'}]").faults())
			.containsExactly("mooring.connections: \"[0]\" is not a name of a connection; accepted are letters, "
					+ "digits, '-' and '_', the first a letter or digit (application.yml:1:29)");
		assertThat(new Declared().yml("application.yml", "mooring.connections: ['udp-listen:']").faults())
			.containsExactly("mooring.connections[0]: connections are declared as a map by name, neither as a list "
					+ "nor as a value (application.yml:1:23)");
	}

	@Test
	void aConnectionThatIsOnlyAValueIsRefused() {
		assertThat(new Declared().yml("application.yml", "mooring.connections.ground: 'udp-listen:'").faults())
			.containsExactly(GROUND + ": \"udp-listen:\" is not a group of keys; did you mean " + GROUND
					+ ".url? (application.yml:1:29)");
	}

	@Test
	void twoSpellingsOfOneNameAreRefused() {
		Declared declared = Declared.ground("type: udp-listen")
			.yml("application-prod.yml", "mooring.connections.GROUND.port: 4242");
		assertThat(declared.faults()).containsExactly("mooring.connections.GROUND: is one connection with " + GROUND
				+ " (application.yml:4:13), since only letters and digits count; spell it one way, or choose another "
				+ "name (application-prod.yml:1:34)");
		assertThat(new Declared().yml("application.yml", """
				mooring.connections:
				  ground-station: {type: udp-listen}
				  ground_station: {type: udp-listen}
				""").faults()).containsExactly("mooring.connections.ground_station: is one connection with "
				+ "mooring.connections.ground-station (application.yml:2:26), since only letters and digits count; "
				+ "spell it one way, or choose another name (application.yml:3:26)");
	}

	@Test
	void aValueThatCannotBeConvertedNamesWhatIsAccepted() {
		assertThat(Declared
			.ground("type: udp-listen", "direction: foo", "startup-timeout: 5x", "phase: soon", "auto-startup: maybe",
					"reconnect.jitter: some", "receive.max-size: big")
			.faults())
			.containsExactly(
					GROUND + ".direction: \"foo\" is not accepted; one of both, receive, send is "
							+ "(application.yml:5:18)",
					GROUND + ".startup-timeout: \"5x\" is not accepted; durations such as 500ms, 5s or 1m are "
							+ "(application.yml:6:24)",
					GROUND + ".auto-startup: \"maybe\" is not accepted; true and false are (application.yml:8:21)",
					GROUND + ".phase: \"soon\" is not accepted; whole numbers are (application.yml:7:14)",
					GROUND + ".reconnect.jitter: \"some\" is not accepted; numbers such as 0.5 are "
							+ "(application.yml:9:25)",
					GROUND + ".receive.max-size: \"big\" is not accepted; sizes such as 1500, 64KB or 4MB are "
							+ "(application.yml:10:25)");
		assertThat(Declared.ground("url: udp-listen:?direction=foo").faults())
			.containsExactly(GROUND + ".url: \"udp-listen:?direction=foo\" has a wrong direction: \"foo\" is not "
					+ "accepted; one of both, receive, send is (application.yml:4:12)");
	}

	@Test
	void aValueOutOfItsRangeIsRefused() {
		assertThat(Declared
			.ground("type: udp-listen", "startup-timeout: 0s",
					"reconnect: {initial-delay: -1s, multiplier: 0.5, jitter: 1.5, max-attempts: -1}",
					"receive.capacity: 0", "socket.send-buffer: 4GB")
			.faults())
			.containsExactly(
					GROUND + ".startup-timeout: \"0s\" is not positive; accepted are durations such as 500ms or 5s "
							+ "(application.yml:5:24)",
					GROUND + ".reconnect.initial-delay: \"-1s\" is not positive; accepted are durations such as 500ms "
							+ "or 5s (application.yml:6:34)",
					GROUND + ".reconnect.jitter: \"1.5\" is out of range; accepted is 0 to 1 (application.yml:6:64)",
					GROUND + ".reconnect.multiplier: \"0.5\" is out of range; accepted is 1 to 1000 "
							+ "(application.yml:6:51)",
					GROUND + ".reconnect.max-attempts: \"-1\" is out of range; accepted is a number of attempts, or 0 "
							+ "to never give up (application.yml:6:83)",
					GROUND + ".receive.capacity: \"0\" is out of range; accepted is 1 or more (application.yml:7:25)",
					GROUND + ".socket.send-buffer: \"4GB\" is out of range; accepted is 1B to 2047MB "
							+ "(application.yml:8:27)");
	}

	@Test
	void delaysThatContradictEachOtherAreRefused() {
		assertThat(Declared.ground("type: udp-listen", "reconnect: {initial-delay: 2s, max-delay: 1s}").faults())
			.containsExactly(GROUND + ".reconnect.max-delay: \"1s\" is less than the initial delay, 2000ms; accepted "
					+ "is at least that (application.yml:5:49)");
		assertThat(Declared.ground("type: udp-listen", "reconnect: {initial-delay: 10s}").faults())
			.containsExactly(GROUND + ".reconnect.initial-delay: \"10s\" exceeds the maximum delay, 5000ms; "
					+ "accepted is at most that, unless reconnect.max-delay is set (application.yml:5:34)");
	}

	@Test
	void aKeyOfAnotherTypeIsRefused() {
		assertThat(Declared.ground("type: udp-listen", "local-port: 4242").faults()).containsExactly(GROUND
				+ ".local-port: \"4242\" does not apply to the type udp-listen, which takes broadcast, "
				+ "heartbeat.timeout, host, interface, port, receive.max-size, receive.maximize-buffer, socket.precedence, "
				+ "socket.receive-buffer, socket.reuse-address, socket.reuse-port, socket.send-buffer, subnet "
				+ "and what all types take (application.yml:5:19)");
		assertThat(Declared.ground("url: udp-listen:?local-port=4242").faults()).singleElement()
			.asString()
			.contains("has a wrong local-port: \"4242\" does not apply to the type udp-listen");
	}

	@Test
	void whatTheTransportRefusesHasItsOrigin() {
		assertThat(Declared.ground("type: udp-listen", "receive: {max-size: 64KB}").faults()).containsExactly(
				GROUND + ".receive.max-size: \"64KB\" is not the size of a datagram; accepted are 1 to 65507 "
						+ "bytes, the maximum of UDP over IPv4 (application.yml:5:27)");
	}

	@Test
	void aHostThatIsNoneIsRefused() {
		String reason = " is neither a host name nor an address";
		assertThat(Declared.ground("type: udp", "host: 10.0.0.7:4242", "port: 4242").faults()).containsExactly(GROUND
				+ ".host: \"10.0.0.7:4242\"" + reason + "; the port is a key of its own " + "(application.yml:5:13)");
		assertThat(Declared.ground("type: udp-listen", "host: my host").faults())
			.containsExactly(GROUND + ".host: \"my host\"" + reason + " (application.yml:5:13)");
		assertThat(Declared.ground("type: udp-listen", "host: 10.0.0.300").faults())
			.containsExactly(GROUND + ".host: \"10.0.0.300\"" + reason + " (application.yml:5:13)");
		assertThat(Declared.ground("url: udp-listen://[::1::2]:4242").faults())
			.containsExactly(GROUND + ".url: \"udp-listen://[::1::2]:4242\" has a wrong host: \"::1::2\"" + reason
					+ " (application.yml:4:12)");
	}

	@Test
	void anInterfaceThatIsASubnetIsRefused() {
		assertThat(Declared.ground("type: udp-listen", "interface: 10.0.0.0/8").faults())
			.containsExactly(GROUND + ".interface: \"10.0.0.0/8\" is not the name of a network interface, such as "
					+ "eth0; a network is given as subnet (application.yml:5:18)");
	}

	@Test
	void aGroupThatHasAValueIsRefused() {
		assertThat(Declared.ground("type: udp-listen", "health: false").faults())
			.containsExactly(GROUND + ".health: \"false\" is not a group of keys; accepted are health.enabled, "
					+ "health.importance (application.yml:5:15)");
		assertThat(Declared.ground("type: udp-listen", "port: [4242, 4243]").faults()).containsExactly(
				GROUND + ".port[0]: takes one value, not a list (application.yml:5:14)",
				GROUND + ".port[1]: takes one value, not a list (application.yml:5:20)");
	}

	@Test
	void aPlaceholderForNothingIsRefused() {
		assertThat(Declared.ground("type: udp-listen", "port: ${ground.port}").faults())
			.containsExactly(GROUND + ".port: \"${ground.port}\" has a placeholder for which there is no property "
					+ "(application.yml:5:13)");
		assertThat(Declared.ground("url: udp://${ground.host}:4242").faults())
			.containsExactly(GROUND + ".url: \"udp://${ground.host}:4242\" has a placeholder for which there is no "
					+ "property (application.yml:4:12)");
	}

	@Test
	void whatIsNotAUrlIsRefused() {
		assertThat(Declared.ground("url: 10.0.0.7").faults()).containsExactly(
				GROUND + ".url: \"10.0.0.7\" is not a URL of the form type[+log][+rd][+wr]:[//host:port][/path]"
						+ "[?key=value&...] (application.yml:4:12)");
		assertThat(Declared.ground("url: udp://::1:4242").faults()).first()
			.asString()
			.contains("has the address \"::1:4242\"; accepted is host:port, with an IPv6 address in brackets "
					+ "as in [::1]:4242 (application.yml:4:12)");
		assertThat(Declared.ground("url: udp-listen:?port").faults()).singleElement()
			.asString()
			.contains("has the parameter \"port\"; accepted is key=value");
		assertThat(Declared.ground("url: udp-listen:?interface=%zz").faults()).first()
			.asString()
			.contains("has \"%zz\" as its interface; % begins an encoded byte and is itself written %25");
		assertThat(Declared.ground("url: udp-listen://me@:4242").faults()).singleElement()
			.asString()
			.contains("has a user; accepted is //host:port");
	}

	@Test
	void aPathIsRefusedByATypeWithoutOne() {
		assertThat(Declared.ground("url: udp-listen:10.0.0.7:4242").faults())
			.containsExactly(GROUND + ".url: \"udp-listen:10.0.0.7:4242\" has the path \"10.0.0.7:4242\", which the "
					+ "type udp-listen does not take; an address begins with // (application.yml:4:12)");
	}

	@Test
	void middlewareThatContradictsIsRefused() {
		assertThat(Declared.ground("url: 'udp-listen+lag:'").beans(Map.of()).faults()).containsExactly(GROUND
				+ ".url: \"udp-listen+lag:\" has the unknown +lag; known are +log, +rd and +wr, and "
				+ "the beans of the type ConnectionInterceptor, of which there are none (application.yml:4:12)");
		assertThat(Declared.ground("url: 'udp-listen+rd+wr:'").faults()).containsExactly(
				GROUND + ".url: \"udp-listen+rd+wr:\" has +rd (receive only) and +wr (send only); leave out both to "
						+ "do both (application.yml:4:12)");
		assertThat(Declared.ground("url: 'udp-listen+log+log:'").faults()).singleElement()
			.asString()
			.contains("has +log twice; drop one of them");
		assertThat(Declared.ground("url: 'udp-listen+rd:'", "direction: receive").faults())
			.containsExactly(GROUND + ".direction: \"receive\" is given beside +rd or +wr in the URL; drop one of them "
					+ "(application.yml:5:18)");
	}

	@Test
	void connectionsDoNotShareAUrl() {
		assertThat(new Declared().yml("application.yml", "mooring.defaults.url: 'udp-listen:'").faults())
			.containsExactly("mooring.defaults.url: connections do not share a URL; give each its own "
					+ "(application.yml:1:23)");
	}

	@Test
	void aVariableIsNamedAsTheOrigin() {
		assertThat(Declared.ground("type: udp-listen")
			.variables(Map.of("MOORING_CONNECTIONS_GROUND_PORT", "70000"))
			.faults())
			.containsExactly(GROUND + ".port: \"70000\" is out of range; accepted are 0 to 65535 and service names "
					+ "(\"MOORING_CONNECTIONS_GROUND_PORT\" from property source \"systemEnvironment\")");
	}

	@Test
	void theValueOfASecretIsNotShown() {
		assertThat(new Fault("mooring.connections.ground.ssl.key-password", "hunter2", "is too short", null))
			.hasToString("mooring.connections.ground.ssl.key-password: \"******\" is too short");
		assertThat(Declared.ground("url: udp-listen:?auth-token=hunter2&port=x").faults()).isNotEmpty()
			.allSatisfy((fault) -> assertThat(fault).contains("?auth-token=******&port=x").doesNotContain("hunter2"));
	}

	@Test
	void allFaultsOfAllConnectionsAreReportedAtOnceAndThoseOfTheDefaultsOnce() {
		Declared declared = new Declared().yml("application.yml", """
				mooring:
				  defaults:
				    reconnect: {jitter: 7}
				  connections:
				    ground:
				      type: udp-listen
				      subnet: "192.168.1.5/24"
				      port: 70000
				    autopilot:
				      url: udp+rd+wr://10.0.0.7?port=abc&colour=red
				    my conn:
				      type: udp-listen
				    beacon:
				      type: tpc
				      direction: sideways
				      receive: {capacity: 0}
				""");
		assertThat(declared.faults()).hasSize(10)
			.anySatisfy((fault) -> assertThat(fault).startsWith("mooring.connections: \"my conn\""))
			.anySatisfy((fault) -> assertThat(fault).startsWith("mooring.defaults.reconnect.jitter: \"7\""))
			.anySatisfy((fault) -> assertThat(fault).startsWith("mooring.connections.ground.subnet:"))
			.anySatisfy((fault) -> assertThat(fault).startsWith("mooring.connections.ground.port:"))
			.anySatisfy((fault) -> assertThat(fault).contains("has +rd (receive only) and +wr (send only)"))
			.anySatisfy((fault) -> assertThat(fault).contains("has a wrong port: \"abc\""))
			.anySatisfy((fault) -> assertThat(fault).contains("has the unknown parameter colour"))
			.anySatisfy((fault) -> assertThat(fault).startsWith("mooring.connections.beacon.type: \"tpc\""))
			.anySatisfy((fault) -> assertThat(fault).startsWith("mooring.connections.beacon.direction:"))
			.anySatisfy((fault) -> assertThat(fault).startsWith("mooring.connections.beacon.receive.capacity:"));
		assertThatExceptionOfType(InvalidConnectionsException.class).isThrownBy(declared::specs)
			.withMessageContaining("mooring.connections.beacon.direction");
	}

	@Test
	void aUrlThatIsNotDeclaredIsCheckedInTheSameWay() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new Declared().declarations().create("probe", "udp://10.0.0.7:0?subnet=10.0.0.1/8"))
			.withMessage("url: \"udp://10.0.0.7:0?subnet=10.0.0.1/8\" has a wrong subnet: \"10.0.0.1/8\" has host bits "
					+ "set; did you mean 10.0.0.0/8?\n"
					+ "url: \"udp://10.0.0.7:0?subnet=10.0.0.1/8\" has a wrong port: \"0\" is out of range; "
					+ "accepted are 1 to 65535 and service names");
	}

	@Test
	void eitherTheRoleOrTheApplicationOpensAConnection() {
		assertThat(Declared.ground("url: 'udp-listen:'", "role: leader", "auto-startup: true").faults())
			.containsExactly(GROUND + ".auto-startup: \"true\" does not go with the role \"leader\", which opens the "
					+ "connection; drop one of them (application.yml:6:21)");
		assertThat(Declared.ground("url: 'udp-listen:?role=leader&auto-startup=true'").faults())
			.containsExactly(GROUND + ".url: \"udp-listen:?role=leader&auto-startup=true\" has a wrong auto-startup: "
					+ "\"true\" does not go with the role \"leader\", which opens the connection; drop one of them "
					+ "(application.yml:4:12)");
		assertThat(Declared.ground("url: 'udp-listen:'", "auto-startup: true")
			.yml("defaults.yml", "mooring.defaults.role: leader")
			.faults())
			.containsExactly(GROUND + ".auto-startup: \"true\" does not go with mooring.defaults.role: \"leader\", "
					+ "which opens the connection; an empty role leaves it out of that (application.yml:5:21)");
		assertThat(Declared.ground("url: 'udp-listen:'")
			.yml("defaults.yml", "mooring.defaults: {role: leader, auto-startup: true}")
			.faults())
			.containsExactly("mooring.defaults.auto-startup: \"true\" does not go with the role \"leader\", which "
					+ "opens the connection; drop one of them (defaults.yml:1:48)");
	}

	@Test
	void aRoleNeedsWhatGrantsIt() {
		assertThat(Declared.ground("url: 'udp-listen:'", "role: leader").beans(Map.of()).faults())
			.containsExactly(GROUND + ".role: \"leader\" needs Spring Integration and its bean "
					+ "integrationLifecycleRoleController, without which nothing opens the connection; "
					+ "org.springframework.boot:spring-boot-starter-integration and @EnableIntegration bring it "
					+ "(application.yml:5:13)");
		assertThat(Declared.ground("url: 'udp-listen:'", "role: leader")
			.beans(Map.of("integrationLifecycleRoleController", SmartLifecycleRoleController.class))
			.spec()
			.get(StartupSettings.class)
			.role()).isEqualTo("leader");
	}

	@Test
	void interceptorsHaveToBeThere() {
		Map<String, Class<?>> beans = Map.of("checksum", ConnectionInterceptor.class, "codec", Codec.class);
		assertThat(Declared.ground("url: 'udp-listen+chekcsum:'").beans(beans).faults()).containsExactly(GROUND
				+ ".url: \"udp-listen+chekcsum:\" has the unknown +chekcsum; did you mean checksum?; known are +log, +rd and "
				+ "+wr, and the ConnectionInterceptor bean checksum (application.yml:4:12)");
		assertThat(Declared.ground("url: 'udp-listen:'", "interceptors: [checksum, codec]").beans(beans).faults())
			.containsExactly(
					GROUND + ".interceptors[1]: \"codec\" names codec, which is not an interceptor (known are the "
							+ "ConnectionInterceptor bean checksum) (application.yml:5:32)");
		assertThat(Declared.ground("url: 'udp-listen:'", "interceptors: checksum,gzip").beans(beans).faults())
			.singleElement()
			.asString()
			.startsWith(GROUND + ".interceptors: \"checksum,gzip\" names gzip, which is not an interceptor");
		assertThat(Declared.ground("url: 'udp-listen+log+checksum:'")
			.beans(beans)
			.spec()
			.get(FlowSettings.class)
			.interceptors()).containsExactly("checksum");
	}

	@Test
	void reconnectPoliciesHaveToBeThere() {
		Map<String, Class<?>> beans = Map.of("calm", ReconnectPolicy.class, "codec", Codec.class);
		assertThat(Declared.ground("url: 'udp-listen:'", "reconnect: {policy: clam}").beans(beans).faults())
			.containsExactly(GROUND + ".reconnect.policy: \"clam\" is not a reconnect policy; did you mean calm? "
					+ "(known are the ReconnectPolicy bean calm) (application.yml:5:27)");
		assertThat(Declared.ground("url: 'udp-listen:?reconnect.policy=codec'").beans(beans).faults())
			.containsExactly(GROUND + ".url: \"udp-listen:?reconnect.policy=codec\" has a wrong reconnect.policy: "
					+ "\"codec\" is not a reconnect policy (known are the ReconnectPolicy bean calm) "
					+ "(application.yml:4:12)");
		Map<String, Object> variables = Map.of("MOORING_CONNECTIONS_GROUND_RECONNECT_POLICY", "calm");
		assertThat(Declared.ground("url: 'udp-listen:'")
			.variables(variables)
			.beans(beans)
			.spec()
			.get(ReconnectSettings.class)
			.policy()).isEqualTo("calm");
		assertThat(Declared.ground("url: 'udp-listen:'")
			.yml("defaults.yml", "mooring.defaults.reconnect.policy: wild")
			.beans(Map.of())
			.faults())
			.containsExactly("mooring.defaults.reconnect.policy: \"wild\" is not a reconnect policy (known are the "
					+ "beans of the type ReconnectPolicy, of which there are none) (defaults.yml:1:36)");
		assertThat(Declared.ground("url: 'udp-listen:'", "reconnect: {policy: calm}")
			.yml("defaults.yml", "mooring.defaults.reconnect.policy: wild")
			.beans(beans)
			.spec()
			.get(ReconnectSettings.class)
			.policy()).isEqualTo("calm");
		assertThat(Declared.ground("url: 'udp-listen:'", "reconnect: {policy: ''}")
			.beans(beans)
			.spec()
			.get(ReconnectSettings.class)
			.policy()).isNull();
	}

	@Test
	void interceptorsAreNamedOneWayAndOnce() {
		assertThat(Declared.ground("url: 'udp-listen+checksum:'", "interceptors: [gzip]").faults()).containsExactly(
				GROUND + ".interceptors[0]: \"gzip\" is given beside +checksum in the URL; drop one of them "
						+ "(application.yml:5:22)");
		assertThat(Declared.ground("url: 'udp-listen:'", "interceptors: [gzip, gzip]").faults()).singleElement()
			.asString()
			.contains(".interceptors[0]: \"gzip\" names an interceptor twice; drop one of them");
		assertThat(Declared.ground("url: 'udp-listen+gzip+gzip:'").faults()).singleElement()
			.asString()
			.contains("has +gzip twice; drop one of them");
		assertThat(Declared.ground("url: 'udp-listen+gzip+checksum:'")
			.yml("defaults.yml", "mooring.defaults.interceptors: [other]")
			.spec()
			.get(FlowSettings.class)
			.interceptors()).containsExactly("gzip", "checksum");
		assertThat(Declared.ground("type: udp-listen")
			.yml("defaults.yml", "mooring.defaults.interceptors: [other]")
			.spec()
			.get(FlowSettings.class)
			.interceptors()).containsExactly("other");
	}

	@Test
	void keysOfCodecsGoWithTheirCodecOnly() {
		assertThat(Declared.ground("type: udp-listen", "charset: UTF-8").faults())
			.containsExactly(GROUND + ".charset: \"UTF-8\" applies only to codec=string (application.yml:5:16)");
		assertThat(Declared.ground("type: udp-listen", "codec: string", "payload-type: java.util.Map").faults())
			.singleElement()
			.asString()
			.contains(".payload-type: \"java.util.Map\" applies only to codec=json");
		assertThat(Declared.ground("type: udp-listen", "codec: string", "charset: utf8bom").faults()).singleElement()
			.asString()
			.contains(".charset: \"utf8bom\" is not a charset; accepted are names such as UTF-8, ISO-8859-1");
		assertThat(Declared.ground("type: udp-listen", "codec: json", "payload-type: Position").faults())
			.singleElement()
			.asString()
			.contains(".payload-type: \"Position\" is not on the class path; accepted is the name of a class");
		ConnectionSpec spec = Declared.ground("type: udp-listen", "codec: string")
			.yml("defaults.yml",
					"mooring.defaults: {codec: json, payload-type: java.util.Map, charset: ISO-8859-1, framing: {type: line}}")
			.spec();
		assertThat(spec.get(PayloadSettings.class))
			.isEqualTo(SpecBuilder.payload("string", StandardCharsets.ISO_8859_1, "java.util.Map"));
	}

}
