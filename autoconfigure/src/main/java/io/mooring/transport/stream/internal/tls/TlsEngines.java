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

package io.mooring.transport.stream.internal.tls;

import java.util.List;
import java.util.Objects;

import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

import org.jspecify.annotations.Nullable;

import io.mooring.ConnectionSpec;
import io.mooring.binding.IpAddresses;
import io.mooring.transport.TlsBundles;
import io.mooring.transport.settings.AddressSettings;
import io.mooring.transport.settings.Remote;
import io.mooring.transport.settings.SslSettings;

/**
 * Makes the engines of one connection, each of the SSL bundle as it is then.
 */
final class TlsEngines {

	private final SslSettings ssl;

	private final String bundle;

	private final @Nullable Remote remote;

	private final boolean listener;

	private final TlsBundles bundles;

	/**
	 * Create a maker of engines.
	 * @param ssl the group of the spec
	 * @param spec what the connection is
	 * @param bundles has the bundle
	 * @throws IllegalArgumentException if there is no such bundle
	 */
	TlsEngines(SslSettings ssl, ConnectionSpec spec, TlsBundles bundles) {
		this.ssl = ssl;
		this.bundle = Objects.requireNonNull(ssl.bundle());
		this.remote = AddressSettings.remote(spec);
		this.listener = spec.type().isListener();
		this.bundles = bundles;
		bundles.get(this.bundle);
	}

	SSLEngine next() {
		return this.listener ? server() : client();
	}

	private SSLEngine server() {
		SSLEngine engine = this.bundles.get(this.bundle).serverEngine();
		switch (this.ssl.clientAuth()) {
			case NEED -> engine.setNeedClientAuth(true);
			case WANT -> engine.setWantClientAuth(true);
			case NONE -> {
			}
		}
		return engine;
	}

	private SSLEngine client() {
		String name = serverName();
		int port = (this.remote != null) ? this.remote.port() : -1;
		SSLEngine engine = this.bundles.get(this.bundle).clientEngine(name, port);
		SSLParameters parameters = engine.getSSLParameters();
		// RFC 6066, section 3: addresses are no server names
		if (!name.isEmpty() && IpAddresses.parse(name) == null) {
			parameters.setServerNames(sni(name));
		}
		if (this.ssl.verifyHostname()) {
			// RFC 2818, section 3.1, which is about any certificate of a server
			parameters.setEndpointIdentificationAlgorithm("HTTPS");
		}
		engine.setSSLParameters(parameters);
		return engine;
	}

	private String serverName() {
		if (this.ssl.serverName() != null) {
			return this.ssl.serverName();
		}
		// A zone is a matter of this machine, and a dot at the end one of the resolver
		return (this.remote != null) ? this.remote.host().replaceFirst("(%.*|\\.)$", "") : "";
	}

	private static List<SNIServerName> sni(String name) {
		try {
			return List.of(new SNIHostName(name));
		}
		catch (IllegalArgumentException ex) {
			// As with an underscore: a host that the system knows, and no server name
			return List.of();
		}
	}

}
