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

import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationProperties;

import io.mooring.Connection;
import io.mooring.ConnectionSpec;
import io.mooring.ConnectionType;
import io.mooring.transport.SupervisedConnection;
import io.mooring.transport.TransportContext;
import io.mooring.transport.TransportFactory;
import io.mooring.transport.datagram.internal.DatagramTransportFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for settings records of transports that are not Mooring's.
 */
class ForeignSettingsTests {

	private static final String GROUND = "mooring.connections.ground";

	private static Declared ground(String... lines) {
		return Declared.ground(lines).transport(new SerialTransportFactory(), new DatagramTransportFactory());
	}

	@Test
	void anExceptionOfTheConstructorIsAFaultOfTheGroup() {
		assertThat(ground("type: serial", "serial: {speed: 7}").faults())
			.containsExactly(GROUND + ".serial: is not accepted: a speed of 7 is odd (application.yml:4:13)");
		assertThat(ground("type: serial").faults())
			.containsExactly(GROUND + ".serial: is not accepted: there is no speed (application.yml:4:13)");
		assertThat(ground("type: serial", "serial: {speed: 8, parity: none}").faults()).containsExactly(
				GROUND + ".serial: is not accepted: java.lang.IllegalStateException (application.yml:4:13)");
	}

	@Test
	void aValueThatIsRefusedIsTheOnlyFaultOfTheGroup() {
		assertThat(ground("type: serial", "serial: {speed: fast}").faults()).containsExactly(
				GROUND + ".serial.speed: \"fast\" is not accepted; whole numbers are (application.yml:5:23)");
	}

	@Test
	void theConstructorIsNoMatterOfTypesThatDoNotReadTheSettings() {
		assertThat(ground("type: udp-listen").spec().settings()).noneMatch(SerialSettings.class::isInstance);
		assertThat(ground("type: serial", "serial: {speed: 8}").spec().get(SerialSettings.class).speed()).isEqualTo(8);
	}

	@ConfigurationProperties("mooring.defaults.serial")
	record SerialSettings(@Nullable Integer speed, @Nullable String parity) {

		SerialSettings {
			if (speed == null) {
				throw new IllegalArgumentException("there is no speed");
			}
			if (speed % 2 != 0) {
				throw new IllegalArgumentException("a speed of " + speed + " is odd");
			}
			if (parity != null) {
				throw new IllegalStateException();
			}
		}

	}

	static class SerialTransportFactory implements TransportFactory {

		private static final ConnectionType SERIAL = ConnectionType.client("serial", Connection.class);

		@Override
		public Set<ConnectionType> getTypes() {
			return Set.of(SERIAL);
		}

		@Override
		public Set<Class<?>> getSettings(ConnectionType type) {
			return Set.of(SerialSettings.class);
		}

		@Override
		public SupervisedConnection create(ConnectionSpec spec, TransportContext context) {
			throw new UnsupportedOperationException();
		}

	}

}
