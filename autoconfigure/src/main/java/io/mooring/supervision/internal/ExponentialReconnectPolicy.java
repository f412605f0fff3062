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

package io.mooring.supervision.internal;

import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

import org.jspecify.annotations.Nullable;

import io.mooring.Connection;
import io.mooring.DatagramConnection;
import io.mooring.StreamListener;
import io.mooring.binding.BindingException;
import io.mooring.binding.IpAddresses;
import io.mooring.supervision.ReconnectPolicy;
import io.mooring.supervision.ReconnectSettings;
import io.mooring.transport.settings.AddressSettings;
import io.mooring.transport.settings.Remote;

/**
 * Default {@link ReconnectPolicy}: exponential backoff with jitter, configured by the
 * {@code reconnect} properties of each connection. Local failures (port in use, missing
 * interface, no route, peer on loopback) cause no network traffic and are retried at
 * least every second, or every {@code initial-delay} if that is longer.
 * <p>
 * Many connections that lose a peer at the same time would retry at nearly the same time
 * while their delays grow. Connections with jitter therefore wait for a random part of
 * the maximum delay when they first reach it.
 */
final class ExponentialReconnectPolicy implements ReconnectPolicy {

	private static final Duration MAX_LOCAL_DELAY = Duration.ofSeconds(1);

	/**
	 * Number of maximum delays that are randomized completely. With only one, the retries
	 * of connections whose attempts time out would not be spread over the time of an
	 * attempt.
	 */
	private static final int CUT_DELAYS = 2;

	private final DoubleSupplier random;

	ExponentialReconnectPolicy() {
		this(() -> ThreadLocalRandom.current().nextDouble());
	}

	/**
	 * Create a policy.
	 * @param random a source of random numbers from 0 to 1
	 */
	ExponentialReconnectPolicy(DoubleSupplier random) {
		this.random = random;
	}

	@Override
	public Duration nextDelay(Connection connection, int attempts, Throwable cause) {
		ReconnectSettings reconnect = connection.getSpec().get(ReconnectSettings.class);
		boolean near = isLocal(connection, cause) || isLoopback(AddressSettings.remote(connection.getSpec()));
		Duration longest = near ? min(reconnect.maxDelay(), max(MAX_LOCAL_DELAY, reconnect.initialDelay()))
				: reconnect.maxDelay();
		long millis = Math.round(millis(reconnect, attempts, longest.toMillis()));
		return near ? min(Duration.ofMillis(millis), longest) : Duration.ofMillis(millis);
	}

	private double millis(ReconnectSettings reconnect, int attempts, long longest) {
		double grown = grown(reconnect, attempts);
		double varied = Math.min(grown, longest) * (1 + reconnect.jitter() * (2 * this.random.getAsDouble() - 1));
		if (reconnect.jitter() > 0 && grown >= longest && grown(reconnect, attempts - CUT_DELAYS) < longest) {
			double shortest = Math.min(reconnect.initialDelay().toMillis(), varied);
			return shortest + this.random.getAsDouble() * (varied - shortest);
		}
		return varied;
	}

	private static double grown(ReconnectSettings reconnect, int attempts) {
		return reconnect.initialDelay().toMillis() * Math.pow(reconnect.multiplier(), Math.max(attempts - 1, 0));
	}

	private static boolean isLocal(Connection connection, Throwable cause) {
		boolean peerless = connection instanceof StreamListener || connection instanceof DatagramConnection;
		for (Throwable candidate = cause; candidate != null; candidate = candidate.getCause()) {
			if (candidate instanceof BindException || candidate instanceof BindingException
					|| (candidate instanceof ConnectException && isWithoutRoute(candidate.getMessage()))) {
				return true;
			}
			// Name resolution causes network traffic
			peerless &= !(candidate instanceof UnknownHostException);
		}
		return peerless;
	}

	private static boolean isWithoutRoute(@Nullable String message) {
		// ENETUNREACH, for which the JDK has no exception
		return message != null && message.contains("Network is unreachable");
	}

	private static boolean isLoopback(@Nullable Remote remote) {
		if (remote == null) {
			return false;
		}
		InetAddress literal = IpAddresses.parse(remote.host());
		return (literal != null) ? literal.isLoopbackAddress() : remote.host().equalsIgnoreCase("localhost");
	}

	private static Duration max(Duration a, Duration b) {
		return (a.compareTo(b) > 0) ? a : b;
	}

	private static Duration min(Duration a, Duration b) {
		return (a.compareTo(b) < 0) ? a : b;
	}

}
