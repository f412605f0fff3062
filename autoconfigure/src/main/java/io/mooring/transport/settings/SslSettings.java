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

package io.mooring.transport.settings;

import java.net.IDN;
import java.time.Duration;
import java.util.List;

import javax.net.ssl.SNIHostName;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.mooring.ClientAuth;
import io.mooring.binding.IpAddresses;

/**
 * Settings of TLS.
 *
 * @param bundle name of the SSL bundle with keys and certificates. Enables TLS
 * @param clientAuth client authentication mode of a listener
 * @param serverName server name (SNI) to request and verify. By default the host of the
 * remote
 * @param verifyHostname whether the certificate of the server must match its name
 * @param handshakeTimeout maximum duration of the handshake. If a duration suffix is not
 * specified, milliseconds are used
 */
@ConfigurationProperties("mooring.defaults.ssl")
public record SslSettings(@Nullable String bundle, @DefaultValue("none") ClientAuth clientAuth,
		@Nullable String serverName, @DefaultValue("true") boolean verifyHostname,
		@DefaultValue("10s") Duration handshakeTimeout) implements SettingsRules<SslSettings> {

	private static final List<String> DEPENDENT = List.of("ssl.client-auth", "ssl.server-name", "ssl.verify-hostname",
			"ssl.handshake-timeout");

	/**
	 * Create the defaults with a bundle.
	 * @param bundle the name of the bundle
	 * @return the settings: no client authentication, hostname verification, and a
	 * handshake timeout of 10 seconds
	 */
	public static SslSettings of(String bundle) {
		return new SslSettings(bundle, ClientAuth.NONE, null, true, Duration.ofSeconds(10));
	}

	/**
	 * Return whether TLS is enabled.
	 * @return whether there is a bundle
	 */
	public boolean isEnabled() {
		return this.bundle != null;
	}

	@Override
	public SslSettings check(SettingsCheck check) {
		if (this.bundle == null && check.isBlank("ssl.bundle")) {
			check.reject("ssl.bundle",
					"is empty; accepted is the name of an SSL bundle, as below spring.ssl.bundle.pem");
		}
		if (this.bundle == null) {
			DEPENDENT.stream()
				.filter(check::isOwn)
				.forEach((key) -> check.reject(key,
						"has no meaning without ssl.bundle, the name of an SSL bundle, which turns TLS on"));
			return this;
		}
		check.positive("ssl.handshake-timeout", this.handshakeTimeout);
		return new SslSettings(this.bundle, this.clientAuth, asciiName(check), this.verifyHostname,
				this.handshakeTimeout);
	}

	private @Nullable String asciiName(SettingsCheck check) {
		if (this.serverName == null || IpAddresses.parse(this.serverName) != null) {
			return this.serverName;
		}
		try {
			return new SNIHostName(IDN.toASCII(this.serverName)).getAsciiName();
		}
		catch (IllegalArgumentException ex) {
			check.reject("ssl.server-name",
					"is not a host name or address; accepted are names such as feed.example.org");
			return null;
		}
	}

}
