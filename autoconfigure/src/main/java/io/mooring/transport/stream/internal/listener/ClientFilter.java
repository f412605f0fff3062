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

package io.mooring.transport.stream.internal.listener;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.mooring.DropReason;
import io.mooring.binding.IpSubnet;
import io.mooring.transport.Counters;
import io.mooring.transport.internal.log.RateLimitedLog;
import io.mooring.transport.internal.receive.StreamPeer;
import io.mooring.transport.stream.ClientsSettings;

/**
 * Client filter of a listener: accepts clients of the allowed networks, up to the maximum
 * number. Others are counted and logged with a limited rate.
 */
final class ClientFilter {

	private final ClientsSettings limits;

	private final List<IpSubnet> allowed;

	private final Counters counters;

	private final RateLimitedLog tooMany;

	private final RateLimitedLog notAllowed;

	private final AtomicInteger present = new AtomicInteger();

	ClientFilter(ClientsSettings limits, Counters counters, Supplier<RateLimitedLog> logs) {
		this.limits = limits;
		this.allowed = limits.networks();
		this.counters = counters;
		this.tooMany = logs.get();
		this.notAllowed = logs.get();
	}

	/**
	 * Decide about a client. One that is accepted is to be counted out by
	 * {@link #left()}.
	 * @param peer the client
	 * @return whether it is accepted
	 */
	boolean admit(StreamPeer peer) {
		if (!isAllowed(peer.getRemoteAddress())) {
			this.counters.dropped(DropReason.CLIENT_NOT_ALLOWED, 1);
			this.notAllowed.warn(() -> "Refusing " + peer + ", which is in none of the networks of clients.allow");
			return false;
		}
		if (this.present.incrementAndGet() > this.limits.max() && this.limits.max() > 0) {
			this.present.decrementAndGet();
			this.counters.dropped(DropReason.CLIENT_LIMIT, 1);
			this.tooMany
				.warn(() -> "Refusing " + peer + ": " + this.limits.max() + " clients are connected (clients.max)");
			return false;
		}
		return true;
	}

	/**
	 * A client that was accepted has left.
	 */
	void left() {
		this.present.decrementAndGet();
	}

	private boolean isAllowed(@Nullable SocketAddress address) {
		if (this.allowed.isEmpty()) {
			return true;
		}
		InetAddress client = plain(address);
		return client != null && this.allowed.stream().anyMatch((network) -> network.contains(client));
	}

	/**
	 * Return the address without a zone, and that of an IPv4-mapped one as IPv4.
	 */
	private static @Nullable InetAddress plain(@Nullable SocketAddress address) {
		try {
			return (address instanceof InetSocketAddress internet)
					? InetAddress.getByAddress(internet.getAddress().getAddress()) : null;
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException("An address has a wrong length", ex);
		}
	}

}
