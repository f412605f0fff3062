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

package io.mooring.health;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

import io.mooring.Connection;
import io.mooring.ConnectionSpec;
import io.mooring.ConnectionState;
import io.mooring.ConnectionStatus;
import io.mooring.MulticastConnection;
import io.mooring.StreamListener;
import io.mooring.health.HealthSettings.Importance;
import io.mooring.transport.settings.AddressSettings;
import io.mooring.transport.settings.StartupSettings;
import io.mooring.transport.settings.UnixSettings;

/**
 * {@link HealthIndicator} of one connection.
 */
class ConnectionHealthIndicator implements HealthIndicator {

	static final Status DEGRADED = new Status("DEGRADED", "Not connected, but declared optional");

	private final Connection connection;

	ConnectionHealthIndicator(Connection connection) {
		this.connection = connection;
	}

	@Override
	public Health health() {
		ConnectionStatus status = this.connection.getStatus();
		Health.Builder health = Health.status(status(status));
		health.withDetail("type", this.connection.getType().getScheme());
		health.withDetail("state", status.state().name());
		addIfPresent(health, "localAddress", text(this.connection.getLocalAddress()));
		addIfPresent(health, "remoteAddress", remote());
		addIfPresent(health, "binding", binding());
		addIfPresent(health, "interface", status.interfaceName());
		addIfPresent(health, "role", this.connection.getSpec().get(StartupSettings.class).role());
		health.withDetail("since", status.since().toString());
		addIfPresent(health, "lastError", message(status.lastError()));
		health.withDetail("attempts", status.attempts());
		if (this.connection instanceof StreamListener listener) {
			health.withDetail("clients", listener.getClients().size());
		}
		if (this.connection instanceof MulticastConnection multicast) {
			List<String> missing = multicast.getMissingMemberships();
			addIfPresent(health, "missing", missing.isEmpty() ? null : missing);
		}
		Map<String, Long> drops = new TreeMap<>();
		this.connection.getStatistics().drops().forEach((reason, count) -> drops.put(reason.getId(), count));
		addIfPresent(health, "drops", drops.isEmpty() ? null : drops);
		return health.build();
	}

	private Status status(ConnectionStatus status) {
		if (status.state() == ConnectionState.CONNECTED) {
			return Status.UP;
		}
		if (!status.enabled()) {
			return Status.UNKNOWN;
		}
		return (this.connection.getSpec().get(HealthSettings.class).importance() == Importance.OPTIONAL) ? DEGRADED
				: Status.DOWN;
	}

	private @Nullable Object remote() {
		SocketAddress connected = this.connection.getRemoteAddress();
		if (connected != null) {
			return text(connected);
		}
		ConnectionSpec spec = this.connection.getSpec();
		return text((isUnix() && !spec.type().isListener()) ? spec.get(UnixSettings.class).path()
				: AddressSettings.remote(spec));
	}

	private @Nullable Object binding() {
		return isUnix() ? null : AddressSettings.binding(this.connection.getSpec()).toString();
	}

	/**
	 * Return whether the connection uses Unix sockets, which have no IP addresses.
	 */
	private boolean isUnix() {
		UnixSettings unix = this.connection.getSpec().get(UnixSettings.class);
		return unix.path() != null || unix.fd() != null;
	}

	private void addIfPresent(Health.Builder health, String key, @Nullable Object value) {
		if (value != null) {
			health.withDetail(key, value);
		}
	}

	private @Nullable String text(@Nullable Object value) {
		if (value instanceof InetSocketAddress address) {
			String host = address.isUnresolved() ? address.getHostString() : address.getAddress().getHostAddress();
			return ((host.indexOf(':') >= 0) ? "[" + host + "]" : host) + ":" + address.getPort();
		}
		return (value != null) ? value.toString() : null;
	}

	private @Nullable String message(@Nullable Throwable error) {
		if (error == null) {
			return null;
		}
		StringBuilder message = new StringBuilder((error.getMessage() != null) ? error.getMessage() : error.toString());
		for (Throwable cause = error.getCause(); cause != null; cause = cause.getCause()) {
			String reason = (cause.getMessage() != null) ? cause.getMessage() : cause.toString();
			if (message.indexOf(reason) < 0) {
				message.append(": ").append(reason);
			}
		}
		return message.toString();
	}

}
