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

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.mooring.ConnectionSpec;
import io.mooring.ConnectionType;
import io.mooring.transport.SupervisedConnection;
import io.mooring.transport.TransportContext;
import io.mooring.transport.TransportFactory;
import io.mooring.transport.datagram.BroadcastSettings;
import io.mooring.transport.datagram.GroupSettings;
import io.mooring.transport.datagram.MulticastSettings;
import io.mooring.transport.settings.AddressSettings;
import io.mooring.transport.settings.DatagramSettings;
import io.mooring.transport.settings.HeartbeatSettings;
import io.mooring.transport.settings.SettingsCheck;
import io.mooring.transport.settings.SocketSettings;

/**
 * {@link TransportFactory} for the UDP types.
 */
public class DatagramTransportFactory implements TransportFactory {

	private static final Set<Class<?>> SETTINGS = Set.of(AddressSettings.class, DatagramSettings.class,
			SocketSettings.class, HeartbeatSettings.class);

	private static final Map<ConnectionType, Set<Class<?>>> OWN_SETTINGS = Map.of(ConnectionType.UDP, Set.of(),
			ConnectionType.UDP_LISTEN, Set.of(BroadcastSettings.class), ConnectionType.UDP_BROADCAST,
			Set.of(BroadcastSettings.class), ConnectionType.UDP_SUBNET, Set.of(BroadcastSettings.class),
			ConnectionType.UDP_BROADCAST_IN, Set.of(), ConnectionType.UDP_MULTICAST,
			Set.of(GroupSettings.class, MulticastSettings.class));

	private static final Map<ConnectionType, String> PATH_KEYS = Map.of(ConnectionType.UDP_BROADCAST, "interface",
			ConnectionType.UDP_BROADCAST_IN, "interface", ConnectionType.UDP_SUBNET, "subnet");

	@Override
	public Set<ConnectionType> getTypes() {
		return OWN_SETTINGS.keySet();
	}

	@Override
	public Set<Class<?>> getSettings(ConnectionType type) {
		return Stream.concat(SETTINGS.stream(), OWN_SETTINGS.getOrDefault(type, Set.of()).stream())
			.collect(Collectors.toUnmodifiableSet());
	}

	@Override
	public Set<String> getUnsupportedKeys(ConnectionType type) {
		Set<String> keys = new HashSet<>(Set.of("socket.backlog"));
		if (!type.equals(ConnectionType.UDP)) {
			keys.addAll(Set.of("local-host", "local-port"));
		}
		if (type.equals(ConnectionType.UDP_LISTEN) || type.equals(ConnectionType.UDP_BROADCAST_IN)) {
			keys.addAll(Set.of("heartbeat.interval", "heartbeat.payload"));
		}
		return keys;
	}

	@Override
	public Map<String, String> getDefaults(ConnectionType type) {
		if (type.equals(ConnectionType.UDP_BROADCAST_IN)) {
			return Map.of("direction", "receive");
		}
		return (type.equals(ConnectionType.UDP_BROADCAST) || type.equals(ConnectionType.UDP_SUBNET))
				? Map.of("broadcast.enabled", "true") : Map.of();
	}

	@Override
	public @Nullable String getPathKey(ConnectionType type) {
		return PATH_KEYS.get(type);
	}

	@Override
	public void validate(ConnectionSpec spec, SettingsCheck check) {
		new DatagramRules(spec, check).check();
	}

	@Override
	public SupervisedConnection create(ConnectionSpec spec, TransportContext context) {
		return spec.type().equals(ConnectionType.UDP_MULTICAST) ? new MulticastUdpConnection(spec, context)
				: new UdpConnection(spec, context);
	}

}
