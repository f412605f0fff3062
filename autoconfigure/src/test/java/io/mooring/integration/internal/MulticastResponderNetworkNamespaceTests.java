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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.integration.dsl.IntegrationFlow;

import io.mooring.Connection;
import io.mooring.ConnectionStatistics;
import io.mooring.test.MooringRunner;
import io.mooring.test.netns.NetworkNamespaceTest;
import io.mooring.test.netns.NetworkNamespaces;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a multicast responder in gateway mode loses no request, at 2,000 requests
 * per second or {@code MOORING_TEST_REQUEST_RATE}.
 */
@NetworkNamespaceTest
@Timeout(120)
class MulticastResponderNetworkNamespaceTests {

	private static final int RATE = Integer.parseInt(System.getenv().getOrDefault("MOORING_TEST_REQUEST_RATE", "2000"));

	@Test
	void answersEveryRequestFromOnePort(NetworkNamespaces namespaces) {
		MooringRunner.withChannels()
			.withPropertyValues("mooring.connections.hear.url="
					+ "udp-multicast://239.255.14.50:4242?interface=veth0&integration.mode=gateway")
			.withBean("flow", IntegrationFlow.class,
					() -> IntegrationFlow.from("hear.in").handle((payload, headers) -> payload).get())
			.run((context) -> {
				Connection hear = context.getBean("hear", Connection.class);
				hear.open();
				// The first ones include the warm-up of both JVMs
				ask(namespaces, RATE);
				ConnectionStatistics before = hear.getStatistics();
				int count = 5 * RATE;
				assertThat(ask(namespaces, count)).isEqualTo(count + " asked, " + count + " answered, by 1");
				ConnectionStatistics after = hear.getStatistics();
				assertThat(after.received() - before.received()).isEqualTo(count);
				assertThat(after.drops()).isEqualTo(before.drops());
			});
	}

	private static String ask(NetworkNamespaces namespaces, int count) {
		return namespaces
			.peer(System.getProperty("java.home") + "/bin/java", "-cp", System.getProperty("java.class.path"),
					PacedPeer.class.getName(), "239.255.14.50", "4242", "peer0", Integer.toString(RATE),
					Integer.toString(count))
			.strip();
	}

}
