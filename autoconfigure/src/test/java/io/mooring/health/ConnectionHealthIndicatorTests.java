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

package io.mooring.health;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import io.mooring.MulticastConnection;
import io.mooring.autoconfigure.properties.TestDeclarations;
import io.mooring.test.TestTransports;

import static org.assertj.core.api.Assertions.assertThat;

class ConnectionHealthIndicatorTests {

	@Test
	void showsTheGroupsThatAreMissing() {
		try (TestTransports transports = new TestTransports()) {
			MulticastConnection connection = transports
				.create(TestDeclarations.yml("type: udp-multicast", "port: 0", "multicast:", "  groups:",
						"  - {group: 239.255.14.50, interface: nowhere0}", "  - {group: 239.255.14.51, interface: lo}"),
						MulticastConnection.class);
			connection.open();
			Health health = new ConnectionHealthIndicator(connection).health();
			assertThat(health.getStatus()).isEqualTo(Status.UP);
			assertThat(health.getDetails()).containsEntry("missing", connection.getMissingMemberships());
			assertThat((List<?>) health.getDetails().get("missing")).singleElement()
				.asString()
				.startsWith("239.255.14.50: ")
				.contains("nowhere0");
			connection.leave("239.255.14.50", null, null);
			assertThat(new ConnectionHealthIndicator(connection).health().getDetails()).doesNotContainKey("missing");
		}
	}

}
