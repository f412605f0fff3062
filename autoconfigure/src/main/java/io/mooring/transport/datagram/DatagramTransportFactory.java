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

package io.mooring.transport.datagram;

import java.util.Set;

import io.mooring.ConnectionSpec;
import io.mooring.ConnectionType;
import io.mooring.transport.SpecProblems;
import io.mooring.transport.SupervisedConnection;
import io.mooring.transport.TransportContext;
import io.mooring.transport.TransportFactory;

/**
 * Makes the UDP types.
 */
public class DatagramTransportFactory implements TransportFactory {

	private static final Set<String> LISTENER_KEYS = Set.of("host", "port", "interface", "subnet", "socket");

	private static final Set<String> CLIENT_KEYS = Set.of("host", "port", "interface", "subnet", "local-host",
			"local-port", "socket");

	@Override
	public Set<ConnectionType> getTypes() {
		return Set.of(ConnectionType.UDP, ConnectionType.UDP_LISTEN);
	}

	@Override
	public Set<String> getKeys(ConnectionType type) {
		return type.isListener() ? LISTENER_KEYS : CLIENT_KEYS;
	}

	@Override
	public void validate(ConnectionSpec spec, SpecProblems problems) {
		int maxSize = spec.receive().maxSize();
		if (maxSize < 1 || maxSize > UdpSocket.MAX_PAYLOAD) {
			problems.reject("receive.max-size", "is not the size of a datagram; accepted are 1 to "
					+ UdpSocket.MAX_PAYLOAD + " bytes, the most that UDP carries over IPv4");
		}
	}

	@Override
	public SupervisedConnection create(ConnectionSpec spec, TransportContext context) {
		return new UdpConnection(spec, context);
	}

}
