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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.mooring.ConnectionSpec;
import io.mooring.ConnectionSpecBuilder;
import io.mooring.binding.IpAddresses;
import io.mooring.binding.IpSubnet;

/**
 * What the keys for the clients of a listener mean.
 */
final class ClientKeys {

	private static final String ALLOW = "clients.allow";

	private final TypedKeys keys;

	ClientKeys(TypedKeys keys) {
		this.keys = keys;
	}

	void apply(ConnectionSpecBuilder spec) {
		ClientsProperties clients = this.keys.properties().getClients();
		Integer max = clients.getMax();
		if (max != null && max < 0) {
			this.keys.reject("clients.max", "is out of range; accepted is a number of clients, or 0 for any");
		}
		if (clients.getIdleTimeout() != null && clients.getIdleTimeout().toMillis() < 1) {
			this.keys.reject("clients.idle-timeout", "is not positive; accepted are durations such as 30s or 5m");
		}
		spec.clients(new ConnectionSpec.Clients(this.keys.reads("clients.max") ? Objects.requireNonNullElse(max, 0) : 0,
				this.keys.reads("clients.idle-timeout") ? clients.getIdleTimeout() : null,
				this.keys.reads(ALLOW) ? allow(clients.getAllow()) : List.of()));
	}

	private List<IpSubnet> allow(List<String> texts) {
		if (texts.isEmpty() && this.keys.given().keys().contains(ALLOW)) {
			this.keys.reject(ALLOW, "has no network, so that nobody could connect; leave it out to accept everybody");
		}
		List<IpSubnet> networks = new ArrayList<>();
		for (int i = 0; i < texts.size(); i++) {
			IpSubnet network = network(i, texts.get(i).strip());
			if (network != null) {
				networks.add(network);
			}
		}
		return networks;
	}

	private @Nullable IpSubnet network(int index, String text) {
		InetAddress single = IpAddresses.parse(text);
		if (single != null) {
			return IpSubnet.of(single, single.getAddress().length * Byte.SIZE);
		}
		try {
			return IpSubnet.parse(text);
		}
		catch (IllegalArgumentException ex) {
			String element = ALLOW + "[" + index + "]";
			String reason = ex.getMessage() + ((text.indexOf('/') < 0) ? ", nor an address" : "");
			if (this.keys.given().keys().contains(element)) {
				this.keys.reject(element, reason);
			}
			else {
				// One of several with commas between them
				this.keys.reject(ALLOW, "has \"" + text + "\", which " + reason);
			}
			return null;
		}
	}

}
