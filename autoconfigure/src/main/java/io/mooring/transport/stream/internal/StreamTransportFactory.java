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

package io.mooring.transport.stream.internal;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

import io.mooring.ConnectionSpec;
import io.mooring.ConnectionType;
import io.mooring.UnixPath;
import io.mooring.transport.SupervisedConnection;
import io.mooring.transport.TransportContext;
import io.mooring.transport.TransportFactory;
import io.mooring.transport.settings.AddressSettings;
import io.mooring.transport.settings.ConnectSettings;
import io.mooring.transport.settings.HeartbeatSettings;
import io.mooring.transport.settings.SendSettings;
import io.mooring.transport.settings.SettingsCheck;
import io.mooring.transport.settings.SocketSettings;
import io.mooring.transport.settings.SslSettings;
import io.mooring.transport.settings.UnixSettings;
import io.mooring.transport.stream.ClientsSettings;
import io.mooring.transport.stream.FramingSettings;
import io.mooring.transport.stream.TcpSettings;
import io.mooring.transport.stream.internal.channel.EventLoops;
import io.mooring.transport.stream.internal.channel.TcpOptions;
import io.mooring.transport.stream.internal.listener.StreamServer;

/**
 * Makes the types of TCP and of Unix stream sockets. Names nothing of Netty, which need
 * not be on the class path of an application without them.
 */
public class StreamTransportFactory implements TransportFactory {

	private static final String NETTY = "io.netty.channel.IoHandlerFactory";

	private static final Set<Class<?>> TCP_SETTINGS = Set.of(AddressSettings.class, HeartbeatSettings.class,
			FramingSettings.class, SendSettings.class, SocketSettings.class, TcpSettings.class, SslSettings.class);

	private static final Set<Class<?>> UNIX_SETTINGS = Set.of(UnixSettings.class, HeartbeatSettings.class,
			FramingSettings.class, SendSettings.class, SocketSettings.class, SslSettings.class);

	@Override
	public Set<ConnectionType> getTypes() {
		return Set.of(ConnectionType.TCP, ConnectionType.TCP_LISTEN, ConnectionType.UNIX, ConnectionType.UNIX_LISTEN);
	}

	@Override
	public Set<Class<?>> getSettings(ConnectionType type) {
		Set<Class<?>> settings = new HashSet<>(isUnix(type) ? UNIX_SETTINGS : TCP_SETTINGS);
		settings.add(type.isListener() ? ClientsSettings.class : ConnectSettings.class);
		return settings;
	}

	@Override
	public Set<String> getUnsupportedKeys(ConnectionType type) {
		Set<String> keys = new HashSet<>(Set.of("socket.precedence"));
		keys.addAll(type.isListener() ? Set.of("local-host", "local-port", "ssl.server-name", "ssl.verify-hostname")
				: Set.of("socket.backlog", "ssl.client-auth"));
		if (isUnix(type)) {
			keys.addAll(Set.of("local-path", "fd", "socket.reuse-address", "socket.reuse-port", "clients.allow"));
			if (!type.isListener()) {
				keys.add("mode");
			}
		}
		return keys;
	}

	@Override
	public Map<String, String> getDefaults(ConnectionType type) {
		return type.equals(ConnectionType.UNIX) ? Map.of("receive.overflow", "block", "reconnect.max-delay", "1s")
				: Map.of("receive.overflow", "block");
	}

	@Override
	public @Nullable String getPathKey(ConnectionType type) {
		return isUnix(type) ? "path" : null;
	}

	private static boolean isUnix(ConnectionType type) {
		return type.equals(ConnectionType.UNIX) || type.equals(ConnectionType.UNIX_LISTEN);
	}

	@Override
	public void validate(ConnectionSpec spec, SettingsCheck problems) {
		if (!ClassUtils.isPresent(NETTY, null)) {
			problems.reject("type", "needs Netty 4.2, which is not on the class path: the type " + spec.type()
					+ " takes a dependency on io.netty:netty-handler, which the starter of Mooring brings");
		}
		else if (isUnix(spec.type())) {
			validatePath(spec, problems);
		}
		validateServerName(spec, problems);
	}

	private static void validateServerName(ConnectionSpec spec, SettingsCheck problems) {
		SslSettings ssl = spec.get(SslSettings.class);
		if (ssl.isEnabled() && !spec.type().isListener() && AddressSettings.remote(spec) == null
				&& ssl.serverName() == null && ssl.verifyHostname()) {
			problems.reject("ssl.server-name",
					"is missing, and the remote has no host to look for in its certificate: give the name that "
							+ "is there, or ssl.verify-hostname: false");
		}
	}

	private void validatePath(ConnectionSpec spec, SettingsCheck problems) {
		UnixPath path = spec.get(UnixSettings.class).path();
		if (path == null) {
			problems.reject("path", "missing; the type " + spec.type() + " needs "
					+ (spec.type().isListener() ? "its own path or @name" : "the path or @name to connect to"));
		}
		else if (path.isAbstract() && !EventLoops.isEpollAvailable()) {
			problems.reject("path", "is an abstract name, which takes Linux and Netty's native transport, "
					+ "io.netty:netty-transport-native-epoll; accepted here is a path");
		}
	}

	@Override
	public SupervisedConnection create(ConnectionSpec spec, TransportContext context) {
		EventLoops loops = context.resources().get(EventLoops.class, EventLoops::new);
		TcpOptions.warnOfMissing(spec, loops);
		return spec.type().isListener() ? new StreamServer(spec, context, loops)
				: new StreamClient(spec, context, loops);
	}

}
