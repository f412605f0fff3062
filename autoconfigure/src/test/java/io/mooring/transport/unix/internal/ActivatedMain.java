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

package io.mooring.transport.unix.internal;

import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;

import io.mooring.ConnectionType;
import io.mooring.UnixDatagram;
import io.mooring.UnixDatagramConnection;
import io.mooring.test.SpecBuilder;
import io.mooring.test.TestTransports;

/**
 * A process that takes over the socket {@code notify} and receives one datagram.
 */
public final class ActivatedMain {

	private ActivatedMain() {
	}

	public static void main(String[] args) {
		List<Object> unix = SpecBuilder.unix(null, null, PosixFilePermissions.fromString("rw-------"), "notify", false,
				false, 8192);
		try (TestTransports transports = new TestTransports()) {
			UnixDatagramConnection connection = transports.create(
					SpecBuilder.of("activated", ConnectionType.UNIX_DATAGRAM_LISTEN).unix(unix).build(),
					UnixDatagramConnection.class);
			connection.open();
			UnixDatagram datagram = connection.receive(Duration.ofSeconds(10));
			System.out.println("received " + new String(datagram.payload(), StandardCharsets.UTF_8) + " on "
					+ connection.getLocalAddress());
		}
	}

}
