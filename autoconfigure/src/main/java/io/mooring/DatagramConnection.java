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

package io.mooring;

import java.net.InetSocketAddress;
import java.net.SocketAddress;

import org.jspecify.annotations.Nullable;

/**
 * UDP connection. Sending is a system call on the caller's thread.
 */
public interface DatagramConnection extends MessageConnection<Datagram> {

	/**
	 * Send a datagram to the default recipient: the remote, the (first) group, or the
	 * broadcast address.
	 * @param payload the payload, may be empty
	 * @throws ConnectionException if there is no default recipient, the connection is not
	 * open or is receive-only, the payload is too long, or the operating system reports
	 * an error
	 */
	void send(byte[] payload);

	/**
	 * Send a datagram to a recipient.
	 * @param payload the payload, may be empty
	 * @param to the recipient
	 * @throws ConnectionException if the connection is not open, is receive-only or is
	 * connected to another remote, the payload is too long, or the operating system
	 * reports an error
	 */
	void send(byte[] payload, SocketAddress to);

	/**
	 * Return whether broadcasts are enabled: always for {@code udp-broadcast}, by default
	 * for {@code udp-subnet}, otherwise by {@code broadcast.enabled} or
	 * {@code broadcast.port}.
	 * @return whether {@link #broadcast} is possible
	 */
	default boolean canBroadcast() {
		return false;
	}

	/**
	 * Send a datagram to the broadcast address.
	 * @param payload the payload, may be empty
	 * @throws ConnectionException if broadcasts are disabled, there is no broadcast
	 * address, the connection is not open, the payload is too long, or the operating
	 * system reports an error
	 */
	default void broadcast(byte[] payload) {
		throw new ConnectionException(getName(), "cannot broadcast: broadcasts are disabled");
	}

	/**
	 * Return the broadcast address: the override, else the declared one, else that of the
	 * binding (255.255.255.255 for a fixed binding, the broadcast address of the
	 * interface, or that of the subnet).
	 * @return the address, {@code null} while the connection is not open, if broadcasts
	 * are disabled, and for IPv6, which has no broadcasts
	 */
	default @Nullable InetSocketAddress getBroadcastAddress() {
		return null;
	}

	/**
	 * Override the broadcast address until {@link #close()}.
	 * @param override the address, {@code null} to remove the override
	 * @throws ConnectionException if broadcasts are disabled, or the address is not an
	 * IPv4 address
	 */
	default void setBroadcastAddress(@Nullable InetSocketAddress override) {
		throw new ConnectionException(getName(), "cannot set a broadcast address: broadcasts are disabled");
	}

}
