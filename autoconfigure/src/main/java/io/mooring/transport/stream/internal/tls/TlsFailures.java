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

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.security.InvalidAlgorithmParameterException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.PKIXReason;
import java.util.regex.Pattern;

import javax.net.ssl.SSLException;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import org.jspecify.annotations.Nullable;

import io.mooring.transport.internal.log.Errors;
import io.mooring.transport.stream.internal.channel.Failures;

/**
 * What goes wrong with TLS in the words of an operator. They never have what a peer sent.
 */
final class TlsFailures {

	private static final String ALERT = "Received fatal alert: ";

	/**
	 * The alert that goes with a failure, which JDK 25 puts in front of the text.
	 */
	private static final Pattern ALERT_IN_FRONT = Pattern.compile("^\\([a-z_]+\\) ");

	private TlsFailures() {
	}

	/**
	 * Describe a handshake that failed.
	 * @param failure the failure
	 * @return why, to stand behind the peer
	 */
	static String describe(Throwable failure) {
		return "the TLS handshake failed: " + reason(failure);
	}

	/**
	 * Put what broke an open stream into words.
	 * @param failure the failure
	 * @return the failure as it is, if it is not about TLS
	 */
	static Throwable plain(Throwable failure) {
		Throwable cause = (failure instanceof DecoderException && failure.getCause() != null) ? failure.getCause()
				: failure;
		return (cause instanceof SSLException) ? new IOException("TLS failed: " + reason(cause), cause) : cause;
	}

	private static String reason(Throwable failure) {
		String reason = null;
		Throwable last = failure;
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			String known = known(cause);
			reason = (known != null) ? known : reason;
			last = (cause instanceof SSLException) ? cause : last;
		}
		return (reason != null) ? reason : text(Failures.plain(last));
	}

	private static String text(Throwable cause) {
		return ALERT_IN_FRONT.matcher(Errors.describe(cause)).replaceFirst("");
	}

	private static @Nullable String known(Throwable cause) {
		String message = text(cause);
		if (cause instanceof NotSslRecordException) {
			return "what the peer sends is not TLS";
		}
		if (cause instanceof SslHandshakeTimeoutException) {
			return message + " (ssl.handshake-timeout)";
		}
		if (cause instanceof ClosedChannelException) {
			return "the peer closed the connection";
		}
		return (cause instanceof SSLException) ? ofProtocol(message) : ofCertificate(cause, message);
	}

	private static @Nullable String ofProtocol(String message) {
		if (message.startsWith(ALERT)) {
			return "the peer refused it with the alert " + message.substring(ALERT.length());
		}
		if (message.startsWith("Empty client certificate chain")) {
			return "the peer showed no certificate (ssl.client-auth)";
		}
		return null;
	}

	private static @Nullable String ofCertificate(Throwable cause, String message) {
		if (cause instanceof CertificateExpiredException) {
			return "the certificate of the peer has expired (" + message + ")";
		}
		if (cause instanceof CertificateNotYetValidException) {
			return "the certificate of the peer is not valid yet (" + message + ")";
		}
		if (cause instanceof CertificateException && message.startsWith("No ")) {
			return "the certificate of the peer is for another host: " + message;
		}
		if (cause instanceof CertPathBuilderException || isUntrusted(cause)) {
			return "the certificate of the peer comes from an unknown CA: " + message;
		}
		return (cause instanceof InvalidAlgorithmParameterException) ? "the SSL bundle trusts no CA: " + message : null;
	}

	private static boolean isUntrusted(Throwable cause) {
		return cause instanceof CertPathValidatorException path && path.getReason() == PKIXReason.NO_TRUST_ANCHOR;
	}

}
