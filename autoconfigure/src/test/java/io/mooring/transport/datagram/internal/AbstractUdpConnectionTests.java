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

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;

import io.mooring.ConnectionSpec;
import io.mooring.Datagram;
import io.mooring.DatagramConnection;
import io.mooring.autoconfigure.properties.TestDeclarations;
import io.mooring.binding.SocketBinding;
import io.mooring.test.SpecBuilder;
import io.mooring.test.TestTransports;

/**
 * Connections by URL or yml, without an application, closed after the test.
 */
abstract class AbstractUdpConnectionTests {

	static final Duration SOON = Duration.ofSeconds(10);

	static final Duration NOT = Duration.ofMillis(300);

	static final SocketBinding LOOPBACK = new SocketBinding.Fixed("127.0.0.1");

	final TestTransports transports = new TestTransports();

	<C extends DatagramConnection> C open(String url, Class<C> kind) {
		return open(TestDeclarations.url(url), kind);
	}

	DatagramConnection open(String url) {
		return open(url, DatagramConnection.class);
	}

	<C extends DatagramConnection> C open(ConnectionSpec spec, Class<C> kind) {
		C connection = create(spec, kind);
		connection.open();
		return connection;
	}

	<C extends DatagramConnection> C open(SpecBuilder spec, Class<C> kind) {
		return open(spec.build(), kind);
	}

	DatagramConnection open(SpecBuilder spec) {
		return open(spec, DatagramConnection.class);
	}

	DatagramConnection create(SpecBuilder spec) {
		return create(spec.build(), DatagramConnection.class);
	}

	<C extends DatagramConnection> C create(ConnectionSpec spec, Class<C> kind) {
		return this.transports.create(spec, kind);
	}

	static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	static String text(Datagram datagram) {
		return (datagram != null) ? text(datagram.payload()) : null;
	}

	static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

	@AfterEach
	void closeAll() {
		this.transports.close();
	}

}
