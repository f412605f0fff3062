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

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import io.mooring.ConnectionSpec;
import io.mooring.ConnectionType;
import io.mooring.transport.SupervisedConnection;
import io.mooring.transport.TransportContext;
import io.mooring.transport.TransportFactory;
import io.mooring.transport.settings.DatagramSettings;
import io.mooring.transport.settings.HeartbeatSettings;
import io.mooring.transport.settings.SettingsCheck;
import io.mooring.transport.settings.SocketSettings;
import io.mooring.transport.settings.UnixSettings;
import io.mooring.transport.unix.AncillarySettings;
import io.mooring.transport.unix.internal.jna.NativeAccess;

/**
 * {@link TransportFactory} for the Unix datagram types.
 */
public class UnixDatagramTransportFactory implements TransportFactory {

	private static final int MAX_SIZE = 64 * 1024 * 1024;

	private static final int MIN_ANCILLARY = 64;

	private static final int MAX_ANCILLARY = 1024 * 1024;

	@Override
	public Set<ConnectionType> getTypes() {
		return Set.of(ConnectionType.UNIX_DATAGRAM, ConnectionType.UNIX_DATAGRAM_LISTEN);
	}

	@Override
	public Set<Class<?>> getSettings(ConnectionType type) {
		return Set.of(UnixSettings.class, HeartbeatSettings.class, SocketSettings.class, DatagramSettings.class,
				AncillarySettings.class);
	}

	@Override
	public Set<String> getUnsupportedKeys(ConnectionType type) {
		Set<String> keys = new HashSet<>(
				Set.of("socket.reuse-address", "socket.reuse-port", "socket.precedence", "socket.backlog"));
		if (type.isListener()) {
			keys.addAll(Set.of("local-path", "heartbeat.interval", "heartbeat.payload"));
		}
		return keys;
	}

	@Override
	public Map<String, String> getDefaults(ConnectionType type) {
		return type.isListener() ? Map.of() : Map.of("reconnect.max-delay", "1s");
	}

	@Override
	public String getPathKey(ConnectionType type) {
		return "path";
	}

	@Override
	public void validate(ConnectionSpec spec, SettingsCheck problems) {
		UnixSettings unix = spec.get(UnixSettings.class);
		AncillarySettings ancillary = spec.get(AncillarySettings.class);
		long ancillarySize = ancillary.ancillarySize().toBytes();
		if (unix.path() == null && unix.fd() == null) {
			problems.reject("path",
					"missing; the type " + spec.type() + " needs "
							+ (spec.type().isListener() ? "its own path or @name" : "the path or @name to connect to")
							+ ", or the fd of an inherited socket");
		}
		if (unix.fd() != null && (unix.path() != null || unix.localPath() != null)) {
			problems.reject("fd",
					"cannot be combined with a path, which an inherited socket already has; drop one of them");
		}
		if (unix.fd() != null && spec.get(HeartbeatSettings.class).timeout() != null) {
			problems.reject("heartbeat.timeout",
					"cannot be combined with fd: an inherited socket cannot be reopened; drop one of them");
		}
		if (ancillary.credentials() && isMac()) {
			problems.reject("receive.credentials",
					"requires Linux; this system does not support credentials of datagrams");
		}
		if (!spec.type().isListener() && unix.fd() == null && unix.localPath() == null && isMac()) {
			problems.reject("local-path", "missing; only Linux can choose a name");
		}
		if (ancillarySize < MIN_ANCILLARY || ancillarySize > MAX_ANCILLARY) {
			problems.reject("receive.ancillary-size", "is out of range; accepted are 64B to 1MB");
		}
		if (spec.get(DatagramSettings.class).maxSize().toBytes() > MAX_SIZE) {
			problems.reject("receive.max-size", "is out of range; accepted are 1B to 64MB");
		}
	}

	private static boolean isMac() {
		return System.getProperty("os.name").startsWith("Mac");
	}

	@Override
	public SupervisedConnection create(ConnectionSpec spec, TransportContext context) {
		NativeAccess.require(spec.name());
		return new UnixConnection(spec, context);
	}

}
