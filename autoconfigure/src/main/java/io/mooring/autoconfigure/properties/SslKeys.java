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

import java.net.IDN;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

import javax.net.ssl.SNIHostName;

import org.jspecify.annotations.Nullable;

import io.mooring.ConnectionSpec;
import io.mooring.ConnectionSpecBuilder;
import io.mooring.binding.IpAddresses;

/**
 * What the keys of {@code ssl} mean to a type.
 */
final class SslKeys {

	private static final List<String> DEPENDENT = List.of("ssl.client-auth", "ssl.server-name", "ssl.verify-hostname",
			"ssl.handshake-timeout");

	private final SslProperties ssl;

	private final TypedKeys keys;

	SslKeys(TypedKeys keys) {
		this.ssl = keys.properties().getSsl();
		this.keys = keys;
	}

	void apply(ConnectionSpecBuilder spec) {
		String bundle = this.ssl.getBundle();
		if (!this.keys.reads("ssl.bundle")) {
			return;
		}
		if (bundle == null) {
			DEPENDENT.stream().filter(this.keys::isOwn).forEach(this::rejectAlone);
			return;
		}
		if (bundle.isBlank()) {
			this.keys.reject("ssl.bundle",
					"is empty; accepted is the name of an SSL bundle, as below spring.ssl.bundle.pem");
			return;
		}
		ConnectionSpec.Ssl defaults = ConnectionSpec.Ssl.of(bundle.strip());
		spec.ssl(new ConnectionSpec.Ssl(defaults.bundle(),
				Objects.requireNonNullElse(this.ssl.getClientAuth(), defaults.clientAuth()), serverName(),
				Objects.requireNonNullElse(this.ssl.getVerifyHostname(), defaults.verifyHostname()),
				handshakeTimeout(defaults.handshakeTimeout())));
	}

	private void rejectAlone(String key) {
		this.keys.reject(key, "has no meaning without ssl.bundle, the name of an SSL bundle, which turns TLS on");
	}

	private Duration handshakeTimeout(Duration defaults) {
		Duration timeout = this.ssl.getHandshakeTimeout();
		if (timeout != null && timeout.toNanos() <= 0) {
			this.keys.reject("ssl.handshake-timeout", "is not positive; accepted are durations such as 500ms or 5s");
		}
		return Objects.requireNonNullElse(timeout, defaults);
	}

	private @Nullable String serverName() {
		String name = this.ssl.getServerName();
		if (name == null || IpAddresses.parse(name.strip()) != null) {
			return (name != null) ? name.strip() : null;
		}
		try {
			return new SNIHostName(IDN.toASCII(name.strip())).getAsciiName();
		}
		catch (IllegalArgumentException ex) {
			this.keys.reject("ssl.server-name",
					"is not a host name or address; accepted are names such as feed.example.org");
			return null;
		}
	}

}
