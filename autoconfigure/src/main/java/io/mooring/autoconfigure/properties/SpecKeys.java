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

import java.net.InetAddress;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.mooring.ConnectionSpec;
import io.mooring.binding.IpAddresses;
import io.mooring.binding.IpSubnet;
import io.mooring.binding.SocketBinding;

/**
 * The keys that give a spec: the way back from {@link SpecLoader}, so that what was built
 * by a program passes the checks of what was declared in properties. Keys whose values
 * are the defaults of the type are left out.
 */
final class SpecKeys {

	private final Map<String, String> keys = new LinkedHashMap<>();

	SpecKeys(ConnectionSpec spec) {
		ConnectionSpec defaults = ConnectionSpec.builder(spec.name(), spec.type())
			.local(spec.binding(), spec.localPort())
			.build();
		put("type", spec.type().getScheme());
		put("direction", spec.direction(), defaults.direction());
		endpoints(spec);
		startup(spec.startup(), defaults.startup());
		put("connect-timeout", spec.connectTimeout(), defaults.connectTimeout());
		reconnect(spec.reconnect(), defaults.reconnect());
		put("heartbeat.interval", spec.heartbeat().interval());
		put("heartbeat.payload", spec.heartbeat().payload());
		put("heartbeat.timeout", spec.heartbeat().timeout());
		receive(spec.receive(), defaults.receive());
		put("send.capacity", spec.send().capacity(), defaults.send().capacity());
		framing(spec, defaults);
		payload(spec.payload(), defaults.payload());
		putAll("interceptors", spec.interceptors());
		broadcast(spec.broadcast(), defaults.broadcast());
		multicast(spec.multicast(), defaults.multicast());
		socket(spec.socket());
		tcp(spec.socket().tcp(), defaults.socket().tcp());
		unix(spec.unix(), defaults.unix());
		ssl(spec.ssl());
		integration(spec.integration(), defaults.integration());
		put("health.enabled", spec.health().enabled(), defaults.health().enabled());
		put("health.importance", spec.health().importance(), defaults.health().importance());
		put("clients.max", spec.clients().max(), defaults.clients().max());
		put("clients.idle-timeout", spec.clients().idleTimeout());
		putAll("clients.allow", spec.clients().allow().stream().map(IpSubnet::toString).toList());
	}

	/**
	 * Return the keys with their values as text.
	 */
	Map<String, String> keys() {
		return Collections.unmodifiableMap(this.keys);
	}

	private void endpoints(ConnectionSpec spec) {
		ConnectionSpec.Remote remote = spec.remote();
		if (remote != null) {
			put("host", remote.host());
			put("port", remote.port());
		}
		String local = spec.type().isListener() ? "" : "local-";
		put(local + "port", spec.localPort(), 0);
		if (spec.binding() instanceof SocketBinding.Fixed fixed) {
			put(local + "host", fixed.host(), "");
		}
		else if (spec.binding() instanceof SocketBinding.Interface binding) {
			put("interface", binding.name());
		}
		else if (spec.binding() instanceof SocketBinding.Subnet subnet) {
			put("subnet", subnet.network());
		}
	}

	private void startup(ConnectionSpec.Startup startup, ConnectionSpec.Startup defaults) {
		put("startup", startup.mode(), defaults.mode());
		put("startup-timeout", startup.timeout(), defaults.timeout());
		put("auto-startup", startup.auto(), defaults.auto());
		put("phase", startup.phase(), defaults.phase());
		put("role", startup.role());
	}

	private void reconnect(ConnectionSpec.Reconnect reconnect, ConnectionSpec.Reconnect defaults) {
		put("reconnect.enabled", reconnect.enabled(), defaults.enabled());
		put("reconnect.initial-delay", reconnect.initialDelay(), defaults.initialDelay());
		put("reconnect.multiplier", reconnect.multiplier(), defaults.multiplier());
		put("reconnect.max-delay", reconnect.maxDelay(), defaults.maxDelay());
		put("reconnect.jitter", reconnect.jitter(), defaults.jitter());
		put("reconnect.max-attempts", reconnect.maxAttempts(), defaults.maxAttempts());
		put("reconnect.policy", reconnect.policy());
	}

	private void receive(ConnectionSpec.Receive receive, ConnectionSpec.Receive defaults) {
		put("receive.capacity", receive.capacity(), defaults.capacity());
		put("receive.overflow", receive.overflow(), defaults.overflow());
		putSize("receive.max-size", receive.maxSize(), defaults.maxSize());
		put("receive.maximize-buffer", receive.maximizeBuffer(), defaults.maximizeBuffer());
	}

	private void framing(ConnectionSpec spec, ConnectionSpec defaults) {
		put("framing.type", spec.framing().type(), defaults.framing().type());
		put("framing.length-bytes", spec.framing().lengthBytes(), defaults.framing().lengthBytes());
		put("framing.delimiter", spec.framing().delimiter());
		putSize("framing.size", spec.framing().size(), 0);
		putSize("framing.max-size", spec.framing().maxSize(), defaults.framing().maxSize());
	}

	private void payload(ConnectionSpec.Payload payload, ConnectionSpec.Payload defaults) {
		put("codec", payload.codec(), defaults.codec());
		put("charset", payload.charset(), defaults.charset());
		put("payload-type", payload.type(), defaults.type());
	}

	private void broadcast(ConnectionSpec.Broadcast broadcast, ConnectionSpec.Broadcast defaults) {
		// A port alone enables them
		put("broadcast.enabled", broadcast.enabled(), (broadcast.port() != null) || defaults.enabled());
		put("broadcast.address", broadcast.address());
		put("broadcast.port", broadcast.port());
		put("broadcast.interface", broadcast.interfaceName());
	}

	private void multicast(ConnectionSpec.Multicast multicast, ConnectionSpec.Multicast defaults) {
		List<ConnectionSpec.Group> groups = multicast.groups();
		for (int i = 0; i < groups.size(); i++) {
			String element = "multicast.groups[" + i + "]";
			put(element + ".group", groups.get(i));
			put(element + ".interface", groups.get(i).interfaceName());
			putAll(element + ".sources", groups.get(i).sources());
		}
		put("multicast.interface", multicast.interfaceName());
		put("multicast.ttl", multicast.ttl(), defaults.ttl());
		put("multicast.loopback", multicast.loopback());
		put("multicast.ip-mode", multicast.ipMode());
		put("multicast.join", multicast.join(), defaults.join());
		put("multicast.only", multicast.only(), defaults.only());
		put("multicast.bind", multicast.bind());
	}

	private void socket(ConnectionSpec.Socket socket) {
		putSize("socket.receive-buffer", socket.receiveBuffer(), null);
		putSize("socket.send-buffer", socket.sendBuffer(), null);
		put("socket.reuse-address", socket.reuseAddress());
		put("socket.reuse-port", socket.reusePort());
		put("socket.precedence", socket.precedence());
		put("socket.backlog", socket.backlog());
	}

	private void tcp(ConnectionSpec.Tcp tcp, ConnectionSpec.Tcp defaults) {
		put("socket.no-delay", tcp.noDelay(), defaults.noDelay());
		put("socket.keep-alive", tcp.keepAlive());
		put("socket.keep-alive-idle", tcp.keepAliveIdle());
		put("socket.keep-alive-interval", tcp.keepAliveInterval());
		put("socket.keep-alive-count", tcp.keepAliveCount());
		put("socket.user-timeout", tcp.userTimeout());
		put("socket.linger", tcp.linger());
	}

	private void unix(ConnectionSpec.Unix unix, ConnectionSpec.Unix defaults) {
		put("path", unix.path());
		put("local-path", unix.localPath());
		put("mode", PosixFilePermissions.toString(unix.mode()), PosixFilePermissions.toString(defaults.mode()));
		put("fd", unix.fd());
		put("receive.credentials", unix.credentials(), defaults.credentials());
		put("receive.descriptors", unix.descriptors(), defaults.descriptors());
		putSize("receive.ancillary-size", unix.ancillarySize(), defaults.ancillarySize());
	}

	private void ssl(ConnectionSpec.@Nullable Ssl ssl) {
		if (ssl != null) {
			ConnectionSpec.Ssl defaults = ConnectionSpec.Ssl.of(ssl.bundle());
			put("ssl.bundle", ssl.bundle());
			put("ssl.client-auth", ssl.clientAuth(), defaults.clientAuth());
			put("ssl.server-name", ssl.serverName());
			put("ssl.verify-hostname", ssl.verifyHostname(), defaults.verifyHostname());
			put("ssl.handshake-timeout", ssl.handshakeTimeout(), defaults.handshakeTimeout());
		}
	}

	private void integration(ConnectionSpec.Integration integration, ConnectionSpec.Integration defaults) {
		put("integration.enabled", integration.enabled(), defaults.enabled());
		put("integration.mode", integration.mode(), defaults.mode());
		put("integration.inbound-channel", integration.inboundChannel());
		put("integration.outbound-channel", integration.outboundChannel());
		put("integration.error-channel", integration.errorChannel(), defaults.errorChannel());
		put("integration.reply-timeout", integration.replyTimeout(), defaults.replyTimeout());
	}

	private void put(String key, @Nullable Object value) {
		put(key, value, null);
	}

	private void put(String key, @Nullable Object value, @Nullable Object standard) {
		if (value != null && !Objects.equals(value, standard)) {
			this.keys.put(key, text(value));
		}
	}

	private void putSize(String key, @Nullable Integer bytes, @Nullable Integer standard) {
		if (bytes != null && !bytes.equals(standard)) {
			this.keys.put(key, bytes + "B");
		}
	}

	private void putAll(String key, List<?> values) {
		for (int i = 0; i < values.size(); i++) {
			put(key + "[" + i + "]", values.get(i));
		}
	}

	private static String text(Object value) {
		if (value instanceof Enum<?> constant) {
			return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
		}
		if (value instanceof Duration duration && duration.getNano() % 1_000_000 == 0) {
			return duration.toMillis() + "ms";
		}
		return (value instanceof InetAddress address) ? IpAddresses.format(address) : value.toString();
	}

}
