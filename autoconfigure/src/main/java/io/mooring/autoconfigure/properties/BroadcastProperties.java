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

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Name;

/**
 * How to broadcast.
 */
class BroadcastProperties {

	/**
	 * Whether to allow broadcasts. By default they are for "udp-broadcast" and
	 * "udp-subnet", and where a port is given.
	 */
	private @Nullable Boolean enabled;

	/**
	 * IPv4 address to broadcast to, rather than that of the binding.
	 */
	private @Nullable String address;

	/**
	 * Port number or service name to broadcast to, rather than the local port.
	 */
	private @Nullable String port;

	/**
	 * Name of the network interface that broadcasts leave through. The socket is bound to
	 * its address.
	 */
	@Name("interface")
	private @Nullable String interfaceName;

	public @Nullable Boolean getEnabled() {
		return this.enabled;
	}

	public void setEnabled(@Nullable Boolean enabled) {
		this.enabled = enabled;
	}

	public @Nullable String getAddress() {
		return this.address;
	}

	public void setAddress(@Nullable String address) {
		this.address = address;
	}

	public @Nullable String getPort() {
		return this.port;
	}

	public void setPort(@Nullable String port) {
		this.port = port;
	}

	public @Nullable String getInterfaceName() {
		return this.interfaceName;
	}

	public void setInterfaceName(@Nullable String interfaceName) {
		this.interfaceName = interfaceName;
	}

}
