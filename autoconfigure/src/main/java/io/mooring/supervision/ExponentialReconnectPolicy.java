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

package io.mooring.supervision;

import java.net.BindException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

import org.jspecify.annotations.Nullable;

import io.mooring.Connection;
import io.mooring.ConnectionSpec.Reconnect;
import io.mooring.ConnectionSpec.Remote;
import io.mooring.binding.BindingException;
import io.mooring.binding.IpAddresses;

/**
 * Follows the {@code reconnect} properties of each connection: delays that grow up to a
 * maximum, each varied at random so that many connections to one peer spread. What keeps
 * a connection from its local address (a port that is taken, an interface that is not
 * there) or from a peer on loopback burdens no network and is tried again at least every
 * second, or as often as the initial delay says.
 */
final class ExponentialReconnectPolicy implements ReconnectPolicy {

	private static final Duration MAX_LOCAL_DELAY = Duration.ofSeconds(1);

	private final DoubleSupplier random;

	ExponentialReconnectPolicy() {
		this(() -> ThreadLocalRandom.current().nextDouble());
	}

	/**
	 * Create a policy.
	 * @param random gives numbers from 0 to 1
	 */
	ExponentialReconnectPolicy(DoubleSupplier random) {
		this.random = random;
	}

	@Override
	public @Nullable Duration nextDelay(Connection connection, int attempts, Throwable cause) {
		Reconnect reconnect = connection.getSpec().reconnect();
		if (!reconnect.enabled() || (reconnect.maxAttempts() > 0 && attempts >= reconnect.maxAttempts())) {
			return null;
		}
		double growth = Math.pow(reconnect.multiplier(), Math.max(attempts - 1, 0));
		Duration maxDelay = reconnect.maxDelay();
		if (isLocal(cause) || isLoopback(connection.getSpec().remote())) {
			maxDelay = min(maxDelay, max(MAX_LOCAL_DELAY, reconnect.initialDelay()));
		}
		double millis = Math.min(reconnect.initialDelay().toMillis() * growth, maxDelay.toMillis());
		double variation = 1 + reconnect.jitter() * (2 * this.random.getAsDouble() - 1);
		return min(Duration.ofMillis(Math.round(millis * variation)), maxDelay);
	}

	private static boolean isLocal(Throwable cause) {
		for (Throwable candidate = cause; candidate != null; candidate = candidate.getCause()) {
			if (candidate instanceof BindException || candidate instanceof BindingException) {
				return true;
			}
		}
		return false;
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
