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

package io.mooring.transport;

import java.util.List;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/**
 * Keys, certificates, protocols and ciphers for TLS.
 *
 * @param context the SSL context
 * @param protocols the protocols, empty for TLS 1.3 and 1.2
 * @param ciphers the cipher suites, empty for those of the JDK
 */
public record TlsBundle(SSLContext context, List<String> protocols, List<String> ciphers) {

	private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

	/**
	 * Copy the lists.
	 * @param context the SSL context
	 * @param protocols the protocols, empty for TLS 1.3 and 1.2
	 * @param ciphers the cipher suites, empty for those of the JDK
	 */
	public TlsBundle {
		protocols = protocols.isEmpty() ? PROTOCOLS : List.copyOf(protocols);
		ciphers = List.copyOf(ciphers);
	}

	/**
	 * Create an engine for a client.
	 * @param host the name of the server, for session resumption and verification
	 * @param port the port of the server
	 * @return an engine in client mode
	 * @throws IllegalArgumentException if the JDK does not support a protocol or cipher
	 */
	public SSLEngine clientEngine(String host, int port) {
		return prepare(this.context.createSSLEngine(host, port), true);
	}

	/**
	 * Create an engine for a server.
	 * @return an engine in server mode
	 * @throws IllegalArgumentException if the JDK does not support a protocol or cipher
	 */
	public SSLEngine serverEngine() {
		return prepare(this.context.createSSLEngine(), false);
	}

	private SSLEngine prepare(SSLEngine engine, boolean client) {
		engine.setUseClientMode(client);
		engine.setEnabledProtocols(this.protocols.toArray(String[]::new));
		if (!this.ciphers.isEmpty()) {
			engine.setEnabledCipherSuites(this.ciphers.toArray(String[]::new));
		}
		return engine;
	}

}
