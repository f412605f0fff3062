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

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.mooring.binding.IpAddresses;
import io.mooring.binding.IpSubnet;
import io.mooring.transport.settings.HeartbeatSettings;
import io.mooring.transport.settings.SettingsCheck;
import io.mooring.transport.settings.SettingsRules;

/**
 * Clients of a listener.
 *
 * @param max maximum number of concurrent clients, 0 for any number. Additional clients
 * are disconnected immediately
 * @param idleTimeout time without anything sent or received after which a client is
 * closed. If a duration suffix is not specified, milliseconds are used
 * @param allow networks in CIDR notation and single addresses whose clients are accepted;
 * others are disconnected immediately
 */
@ConfigurationProperties("mooring.defaults.clients")
public record ClientsSettings(@DefaultValue("0") int max, @Nullable Duration idleTimeout,
		@DefaultValue List<String> allow) implements SettingsRules<ClientsSettings> {

	private static final String ALLOW = "clients.allow";

	/**
	 * Return the networks whose clients are accepted.
	 * @return the networks, empty for all
	 */
	public List<IpSubnet> networks() {
		return this.allow.stream().map(ClientsSettings::network).toList();
	}

	private static IpSubnet network(String text) {
		InetAddress single = IpAddresses.parse(text.strip());
		return (single != null) ? IpSubnet.of(single, single.getAddress().length * Byte.SIZE)
				: IpSubnet.parse(text.strip());
	}

	@Override
	public ClientsSettings check(SettingsCheck check) {
		if (this.max < 0) {
			check.reject("clients.max", "is out of range; accepted is a number of clients, or 0 for any");
		}
		if (this.idleTimeout != null && this.idleTimeout.toMillis() < 1) {
			check.reject("clients.idle-timeout", "is not positive; accepted are durations such as 30s or 5m");
		}
		if (this.idleTimeout != null && check.isOwn("clients.idle-timeout")
				&& check.get(HeartbeatSettings.class).interval() != null) {
			check.reject("clients.idle-timeout", "does not go with heartbeat.interval, with which no client is ever "
					+ "idle; drop one of them: heartbeat.timeout closes clients that are silent");
		}
		if (this.allow.isEmpty() && check.isGiven(ALLOW)) {
			check.reject(ALLOW, "has no network, so that nobody could connect; leave it out to accept everybody");
		}
		List<String> accepted = new ArrayList<>();
		for (int i = 0; i < this.allow.size(); i++) {
			IpSubnet network = checkedNetwork(check, check.elementKey(ALLOW, i), this.allow.get(i));
			if (network != null) {
				accepted.add(network.toString());
			}
		}
		return new ClientsSettings(this.max, this.idleTimeout, accepted);
	}

	private static @Nullable IpSubnet checkedNetwork(SettingsCheck check, String key, String text) {
		try {
			return network(text);
		}
		catch (IllegalArgumentException ex) {
			String reason = ex.getMessage() + ((text.indexOf('/') < 0) ? ", nor an address" : "");
			check.reject(key, key.equals(ALLOW) ? "has \"" + text.strip() + "\", which " + reason : reason);
			return null;
		}
	}

}
