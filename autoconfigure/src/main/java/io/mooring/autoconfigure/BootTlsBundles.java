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

package io.mooring.autoconfigure;

import java.security.Principal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

import io.mooring.autoconfigure.properties.BundleCheck;
import io.mooring.autoconfigure.properties.LoadedConnections;
import io.mooring.transport.TlsBundle;
import io.mooring.transport.TlsBundles;
import io.mooring.transport.internal.log.Errors;

/**
 * {@link io.mooring.transport.TlsBundles} backed by the SSL bundles of Spring Boot. An
 * updated bundle replaces the previous one unless it is invalid.
 */
final class BootTlsBundles implements TlsBundles, BundleCheck, InitializingBean {

	private static final Log logger = LogFactory.getLog(BootTlsBundles.class);

	/**
	 * Key types of server certificates.
	 */
	private static final List<String> KEY_TYPES = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS", "DSA");

	private final Supplier<@Nullable SslBundles> bundles;

	private final LoadedConnections declared;

	private final Map<String, TlsBundle> current = new ConcurrentHashMap<>();

	/**
	 * Create bundles.
	 * @param bundles the SSL bundles of Spring Boot, {@code null} if there are none
	 * @param declared the connections whose bundles are validated
	 */
	BootTlsBundles(Supplier<@Nullable SslBundles> bundles, LoadedConnections declared) {
		this.bundles = bundles;
		this.declared = declared;
	}

	@Override
	public void afterPropertiesSet() {
		this.declared.checkBundles(this);
	}

	@Override
	public TlsBundle get(String name) {
		return this.current.computeIfAbsent(name, this::load);
	}

	private TlsBundle load(String name) {
		SslBundles bundles = this.bundles.get();
		if (bundles == null) {
			throw new IllegalArgumentException(unknown(name));
		}
		try {
			bundles.addBundleUpdateHandler(name, (updated) -> update(name, updated));
			return tlsBundle(bundles.getBundle(name));
		}
		catch (NoSuchSslBundleException ex) {
			throw new IllegalArgumentException(unknown(name), ex);
		}
	}

	private void update(String name, SslBundle updated) {
		try {
			this.current.put(name, tlsBundle(updated));
			logger.info("SSL bundle '" + name + "' was updated; it is used by new handshakes");
		}
		catch (RuntimeException ex) {
			logger.warn("SSL bundle '" + name + "' was updated but is invalid; the previous bundle remains in use: "
					+ Errors.describe(ex));
		}
	}

	private static TlsBundle tlsBundle(SslBundle bundle) {
		TlsBundle tlsBundle = new TlsBundle(bundle.createSslContext(), list(bundle.getOptions().getEnabledProtocols()),
				list(bundle.getOptions().getCiphers()));
		tlsBundle.serverEngine();
		return tlsBundle;
	}

	private static List<String> list(String @Nullable [] values) {
		return (values != null) ? Arrays.asList(values) : List.of();
	}

	private String unknown(String name) {
		return "SSL bundle '" + name + "' does not exist" + known();
	}

	private String known() {
		SslBundles bundles = this.bundles.get();
		List<String> names = (bundles != null) ? bundles.getBundleNames() : List.of();
		return names.isEmpty() ? "; no bundles are declared below spring.ssl.bundle"
				: "; known are " + String.join(", ", names);
	}

	@Override
	public @Nullable String problem(String name, boolean listener) {
		SslBundles bundles = this.bundles.get();
		if (bundles == null || !bundles.getBundleNames().contains(name)) {
			return "is not the name of an SSL bundle" + known();
		}
		try {
			get(name);
			return (listener && !hasKey(bundles.getBundle(name)))
					? "is an SSL bundle without a private key and certificate, which a listener needs" : null;
		}
		catch (RuntimeException ex) {
			return "is an SSL bundle that cannot be used: " + Errors.describe(ex);
		}
	}

	private static boolean hasKey(SslBundle bundle) {
		return Stream.of(bundle.getManagers().getKeyManagers()).anyMatch(BootTlsBundles::hasKey);
	}

	private static boolean hasKey(KeyManager manager) {
		return !(manager instanceof X509KeyManager keys)
				|| KEY_TYPES.stream().anyMatch((type) -> keys.getServerAliases(type, (Principal[]) null) != null);
	}

}
