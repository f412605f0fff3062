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

package io.mooring.transport.stream;

import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

import io.mooring.ConnectionSpec;
import io.mooring.ConnectionType;
import io.mooring.UnixPath;
import io.mooring.transport.SpecProblems;
import io.mooring.transport.SupervisedConnection;
import io.mooring.transport.TransportContext;
import io.mooring.transport.TransportFactory;

/**
 * Makes the types of TCP and of Unix stream sockets. Names nothing of Netty, which need
 * not be on the class path of an application without them.
 */
public class StreamTransportFactory implements TransportFactory {

	private static final String NETTY = "io.netty.channel.IoHandlerFactory";

	private static final Set<String> LISTENER_KEYS = Set.of("host", "port", "interface", "subnet", "heartbeat",
			"framing", "send", "socket.receive-buffer", "socket.send-buffer", "socket.reuse-address",
			"socket.reuse-port", "socket.backlog", "socket.no-delay", "socket.keep-alive", "socket.keep-alive-idle",
			"socket.keep-alive-interval", "socket.keep-alive-count", "socket.user-timeout", "socket.linger", "clients",
			"ssl.bundle", "ssl.client-auth", "ssl.handshake-timeout");

	private static final Set<String> CLIENT_KEYS = Set.of("host", "port", "interface", "subnet", "local-host",
			"local-port", "connect-timeout", "heartbeat", "framing", "send", "socket.receive-buffer",
			"socket.send-buffer", "socket.reuse-address", "socket.reuse-port", "socket.no-delay", "socket.keep-alive",
			"socket.keep-alive-idle", "socket.keep-alive-interval", "socket.keep-alive-count", "socket.user-timeout",
			"socket.linger", "ssl.bundle", "ssl.server-name", "ssl.verify-hostname", "ssl.handshake-timeout");

	private static final Set<String> UNIX_LISTENER_KEYS = Set.of("path", "mode", "heartbeat", "framing", "send",
			"socket.receive-buffer", "socket.send-buffer", "socket.backlog", "clients.max", "clients.idle-timeout",
			"ssl.bundle", "ssl.client-auth", "ssl.handshake-timeout");

	private static final Set<String> UNIX_CLIENT_KEYS = Set.of("path", "connect-timeout", "heartbeat", "framing",
			"send", "socket.receive-buffer", "socket.send-buffer", "ssl.bundle", "ssl.server-name",
			"ssl.verify-hostname", "ssl.handshake-timeout");

	@Override
	public Set<ConnectionType> getTypes() {
		return Set.of(ConnectionType.TCP, ConnectionType.TCP_LISTEN, ConnectionType.UNIX, ConnectionType.UNIX_LISTEN);
	}

	@Override
	public Set<String> getKeys(ConnectionType type) {
		if (isUnix(type)) {
			return type.isListener() ? UNIX_LISTENER_KEYS : UNIX_CLIENT_KEYS;
		}
		return type.isListener() ? LISTENER_KEYS : CLIENT_KEYS;
	}

	@Override
	public @Nullable String getPathKey(ConnectionType type) {
		return isUnix(type) ? "path" : null;
	}

	private static boolean isUnix(ConnectionType type) {
		return type.equals(ConnectionType.UNIX) || type.equals(ConnectionType.UNIX_LISTEN);
	}

	@Override
	public void validate(ConnectionSpec spec, SpecProblems problems) {
		if (!ClassUtils.isPresent(NETTY, null)) {
			problems.reject("type", "needs Netty 4.2, which is not on the class path: the type " + spec.type()
					+ " takes a dependency on io.netty:netty-handler, which the starter of Mooring brings");
		}
		else if (isUnix(spec.type())) {
			validatePath(spec, problems);
		}
		validateServerName(spec, problems);
	}

	private static void validateServerName(ConnectionSpec spec, SpecProblems problems) {
		ConnectionSpec.Ssl ssl = spec.ssl();
		if (ssl != null && !spec.type().isListener() && spec.remote() == null && ssl.serverName() == null
				&& ssl.verifyHostname()) {
			problems.reject("ssl.server-name",
					"is missing, and the remote has no host to look for in its certificate: give the name that "
							+ "is there, or ssl.verify-hostname: false");
		}
	}

	private void validatePath(ConnectionSpec spec, SpecProblems problems) {
		UnixPath path = spec.unix().path();
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
