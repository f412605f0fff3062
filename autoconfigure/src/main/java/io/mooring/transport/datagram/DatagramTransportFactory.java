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

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

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

	private static final Set<String> COMMON_KEYS = Set.of("host", "port", "interface", "subnet", "receive.max-size",
			"receive.maximize-buffer", "socket.receive-buffer", "socket.send-buffer", "socket.reuse-address",
			"socket.reuse-port", "socket.precedence");

	private static final Map<ConnectionType, Set<String>> KEYS = Map.of(ConnectionType.UDP,
			Set.of("local-host", "local-port", "heartbeat"), ConnectionType.UDP_LISTEN,
			Set.of("broadcast", "heartbeat.timeout"), ConnectionType.UDP_BROADCAST, Set.of("broadcast", "heartbeat"),
			ConnectionType.UDP_SUBNET, Set.of("broadcast", "heartbeat"), ConnectionType.UDP_BROADCAST_IN,
			Set.of("heartbeat.timeout"), ConnectionType.UDP_MULTICAST, Set.of("group", "multicast", "heartbeat"));

	private static final Map<ConnectionType, String> PATH_KEYS = Map.of(ConnectionType.UDP_BROADCAST, "interface",
			ConnectionType.UDP_BROADCAST_IN, "interface", ConnectionType.UDP_SUBNET, "subnet");

	@Override
	public Set<ConnectionType> getTypes() {
		return KEYS.keySet();
	}

	@Override
	public Set<String> getKeys(ConnectionType type) {
		return Stream.concat(COMMON_KEYS.stream(), KEYS.getOrDefault(type, Set.of()).stream())
			.collect(Collectors.toUnmodifiableSet());
	}

	@Override
	public @Nullable String getPathKey(ConnectionType type) {
		return PATH_KEYS.get(type);
	}

	@Override
	public void validate(ConnectionSpec spec, SpecProblems problems) {
		new DatagramRules(spec, problems).check();
	}

	@Override
	public SupervisedConnection create(ConnectionSpec spec, TransportContext context) {
		return spec.type().equals(ConnectionType.UDP_MULTICAST) ? new MulticastUdpConnection(spec, context)
				: new UdpConnection(spec, context);
	}

}
