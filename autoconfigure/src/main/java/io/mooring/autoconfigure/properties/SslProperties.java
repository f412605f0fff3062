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

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.mooring.ClientAuth;

/**
 * TLS.
 */
class SslProperties {

	/**
	 * Name of the SSL bundle with the keys and certificates; turns TLS on.
	 */
	private @Nullable String bundle;

	/**
	 * Whether clients of a listener have to show a certificate.
	 */
	private @Nullable ClientAuth clientAuth;

	/**
	 * Name of the server to ask for (SNI) and to find in its certificate. By default the
	 * host of the remote.
	 */
	private @Nullable String serverName;

	/**
	 * Whether the certificate of the server must be for its name.
	 */
	private @Nullable Boolean verifyHostname;

	/**
	 * Longest handshake, beginning with the connection. If a duration suffix is not
	 * specified, milliseconds are used.
	 */
	private @Nullable Duration handshakeTimeout;

	public @Nullable String getBundle() {
		return this.bundle;
	}

	public void setBundle(@Nullable String bundle) {
		this.bundle = bundle;
	}

	public @Nullable ClientAuth getClientAuth() {
		return this.clientAuth;
	}

	public void setClientAuth(@Nullable ClientAuth clientAuth) {
		this.clientAuth = clientAuth;
	}

	public @Nullable String getServerName() {
		return this.serverName;
	}

	public void setServerName(@Nullable String serverName) {
		this.serverName = serverName;
	}

	public @Nullable Boolean getVerifyHostname() {
		return this.verifyHostname;
	}

	public void setVerifyHostname(@Nullable Boolean verifyHostname) {
		this.verifyHostname = verifyHostname;
	}

	public @Nullable Duration getHandshakeTimeout() {
		return this.handshakeTimeout;
	}

	public void setHandshakeTimeout(@Nullable Duration handshakeTimeout) {
		this.handshakeTimeout = handshakeTimeout;
	}

}
