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

package io.mooring.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import org.jspecify.annotations.Nullable;

import io.mooring.transport.TlsBundle;

/**
 * Certificate authority with its certificates.
 */
public final class Pki {

	private final X509Bundle ca;

	public Pki() {
		this("Test CA");
	}

	public Pki(String name) {
		this.ca = make((builder) -> builder.subject("CN=" + name).setIsCertificateAuthority(true), null);
	}

	private static X509Bundle make(Consumer<CertificateBuilder> details, @Nullable X509Bundle issuer) {
		try {
			CertificateBuilder builder = new CertificateBuilder().ecp256()
				.notBefore(Instant.now().minus(Duration.ofDays(2)))
				.notAfter(Instant.now().plus(Duration.ofDays(2)));
			details.accept(builder);
			return (issuer != null) ? builder.buildIssuedBy(issuer) : builder.buildSelfSigned();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	public X509Bundle issue(Consumer<CertificateBuilder> details) {
		return make(details, this.ca);
	}

	/**
	 * Issue a certificate for {@code localhost} and its address.
	 */
	public X509Bundle server() {
		return server("localhost");
	}

	public X509Bundle server(String name) {
		return issue((builder) -> builder.subject("CN=" + name).addSanDnsName(name).addSanIpAddress("127.0.0.1"));
	}

	public X509Bundle expired() {
		return issue((builder) -> builder.subject("CN=localhost")
			.addSanDnsName("localhost")
			.addSanIpAddress("127.0.0.1")
			.notAfter(Instant.now().minus(Duration.ofDays(1))));
	}

	public X509Bundle client(String name) {
		return issue((builder) -> builder.subject("CN=" + name + ", O=Example"));
	}

	/**
	 * Create a context that trusts this authority.
	 * @param own the own certificate, {@code null} for none
	 * @return a context
	 */
	public SSLContext context(@Nullable X509Bundle own) {
		try {
			KeyManager[] keys = null;
			if (own != null) {
				KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
				KeyStore store = own.toKeyStore(new char[] { 'x' });
				factory.init(store, new char[] { 'x' });
				keys = factory.getKeyManagers();
			}
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(keys, this.ca.toTrustManagerFactory().getTrustManagers(), null);
			return context;
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	public TlsBundle bundle(@Nullable X509Bundle own, String... protocols) {
		return new TlsBundle(context(own), List.of(protocols), List.of());
	}

	public String caPem() {
		return this.ca.getCertificatePEM();
	}

	/**
	 * Write a certificate and its key as {@code <name>.crt} and {@code <name>.key}, each
	 * atomically.
	 */
	public static void write(X509Bundle bundle, Path directory, String name) {
		write(directory.resolve(name + ".key"), bundle.getPrivateKeyPEM());
		write(directory.resolve(name + ".crt"), bundle.getCertificatePathPEM());
	}

	public static void write(Path file, String text) {
		try {
			Path temporary = Files.createTempFile(file.getParent(), "pem", null);
			Files.writeString(temporary, text);
			Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
