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

package io.mooring.transport.datagram.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.mooring.ConnectionType;
import io.mooring.DatagramConnection;
import io.mooring.Membership;
import io.mooring.MulticastConnection;
import io.mooring.autoconfigure.properties.TestDeclarations;
import io.mooring.test.RequiresTools;
import io.mooring.test.netns.NetworkNamespaceTest;
import io.mooring.test.netns.NetworkNamespaces;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The examples of the README do what it says.
 */
@NetworkNamespaceTest
@RequiresTools("python3")
@Timeout(60)
class ReadmeExamplesNetworkNamespaceTests extends AbstractUdpConnectionTests {

	private final String readme;

	private final Map<String, String> examples = new TreeMap<>();

	ReadmeExamplesNetworkNamespaceTests() throws IOException {
		this.readme = Files.readString(Path.of("..", "README.md"));
		Matcher row = Pattern.compile("^\\| `(udp[a-z-]*)` \\| `([^`]+)` \\|", Pattern.MULTILINE).matcher(this.readme);
		while (row.find()) {
			this.examples.put(row.group(1), row.group(2));
		}
	}

	@Test
	void everyTypeHasAnExample() {
		assertThat(this.examples.keySet()).containsExactlyInAnyOrderElementsOf(
				new DatagramTransportFactory().getTypes().stream().map(ConnectionType::getScheme).toList());
	}

	@ParameterizedTest
	@CsvSource({ "udp, 10.77.1.2, 14550", "udp-broadcast, 10.77.1.255, 4242", "udp-subnet, 10.77.1.255, 4242",
			"udp-multicast, 239.255.14.50, 14550" })
	void sendsByDefault(String type, String to, int port, NetworkNamespaces namespaces) {
		DatagramConnection connection = open(this.examples.get(type));
		Python peer = Python.start(namespaces, """
				s = ipv4("%s", %d)
				if s.getsockname()[0].startswith("239"):
				    join(s, s.getsockname()[0], "10.77.1.2")
				print("ready")
				show(s)
				""", to, port);
		connection.send(bytes("hello"));
		assertThat(peer.line()).startsWith("hello from 10.77.1.1 ");
	}

	@ParameterizedTest
	@CsvSource({ "udp-listen, 10.77.1.1, 14550", "udp-broadcast-in, 10.77.1.255, 4242", "udp-subnet, 10.77.1.1, 4242",
			"udp-broadcast, 10.77.1.1, 4242", "udp-multicast, 239.255.14.50, 14550" })
	void receives(String type, String at, int port, NetworkNamespaces namespaces) {
		DatagramConnection connection = open(this.examples.get(type));
		Python.run(namespaces, "through(ipv4(), '10.77.1.2').sendto(b'hello', ('%s', %d))", at, port);
		assertThat(text(connection.receive(SOON))).isEqualTo("hello");
	}

	@Test
	void theGroupsOfTheExampleAreJoined() {
		Matcher block = Pattern.compile("    telemetry:\n(.*?)\n```", Pattern.DOTALL)
			.matcher(this.readme.substring(this.readme.indexOf("### Multicast")));
		assertThat(block.find()).isTrue();
		MulticastConnection telemetry = open(
				TestDeclarations.yml(block.group(1).replaceAll("(?m)^ {6}", "").split("\n")),
				MulticastConnection.class);
		assertThat(telemetry.getMemberships()).extracting(Membership::interfaceName)
			.containsExactly("veth0", "veth0", "veth1");
		assertThat(telemetry.getMemberships().get(2).sources()).hasSize(1);
	}

}
