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

import java.net.Inet4Address;
import java.net.InetAddress;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Name;

import io.mooring.transport.settings.AddressSettings;
import io.mooring.transport.settings.SettingsCheck;
import io.mooring.transport.settings.SettingsRules;

/**
 * Settings of broadcasts.
 *
 * @param enabled whether to allow broadcasts. By default allowed for "udp-broadcast" and
 * "udp-subnet", and if a port is set
 * @param address IPv4 broadcast address. By default that of the binding
 * @param port port number or service name to broadcast to. By default the local port
 * @param interfaceName name of the network interface to send broadcasts through. The
 * socket is bound to its address
 */
@ConfigurationProperties("mooring.defaults.broadcast")
public record BroadcastSettings(@Nullable Boolean enabled, @Nullable InetAddress address, @Nullable String port,
		@Name("interface") @Nullable String interfaceName) implements SettingsRules<BroadcastSettings> {

	/**
	 * Return whether broadcasts are enabled.
	 * @return whether broadcasts are enabled
	 */
	public boolean isEnabled() {
		return Boolean.TRUE.equals(this.enabled);
	}

	@Override
	public BroadcastSettings check(SettingsCheck check) {
		if (this.address != null && !(this.address instanceof Inet4Address)) {
			check.reject("broadcast.address", "is not an IPv4 address; IPv6 has no broadcasts");
		}
		String number = AddressSettings.port(check, "broadcast.port", this.port, 1);
		boolean on = (this.enabled != null && check.isGiven("broadcast.enabled")) ? this.enabled
				: this.port != null || isEnabled();
		return new BroadcastSettings(on, this.address, number, this.interfaceName);
	}

}
