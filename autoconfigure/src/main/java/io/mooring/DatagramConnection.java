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
 * A UDP connection. Sending is the system call, made on the caller's thread.
 */
public interface DatagramConnection extends MessageConnection<Datagram> {

	/**
	 * Send to the default recipient: the remote, the group, or the broadcast address.
	 * @param payload the bytes; none make an empty datagram
	 * @throws ConnectionException if there is no default recipient, the connection is not
	 * open or receive-only, the payload is too long, or the system refused it
	 */
	void send(byte[] payload);

	/**
	 * Send to a recipient.
	 * @param payload the bytes; none make an empty datagram
	 * @param to the recipient
	 * @throws ConnectionException if the connection is not open, receive-only or
	 * connected to another remote, the payload is too long, or the system refused it
	 */
	void send(byte[] payload, SocketAddress to);

	/**
	 * Return whether broadcasts are on. They are for {@code udp-broadcast}, unless turned
	 * off for {@code udp-subnet}, and where {@code broadcast.enabled} or
	 * {@code broadcast.port} says so.
	 * @return whether {@link #broadcast} is possible
	 */
	default boolean canBroadcast() {
		return false;
	}

	/**
	 * Send to the broadcast address.
	 * @param payload the bytes; none make an empty datagram
	 * @throws ConnectionException if broadcasts are off, there is no broadcast address,
	 * the connection is not open, the payload is too long, or the system refused it
	 */
	default void broadcast(byte[] payload) {
		throw new ConnectionException(getName(), "cannot broadcast: broadcasts are off");
	}

	/**
	 * Return where broadcasts go to: the override, else what is declared, else what the
	 * binding says: 255.255.255.255 for a fixed one, the broadcast address of the
	 * interface, or that of the subnet.
	 * @return the address, {@code null} while the connection is not open, if broadcasts
	 * are off, and for IPv6, which has none
	 */
	default @Nullable InetSocketAddress getBroadcastAddress() {
		return null;
	}

	/**
	 * Set where broadcasts go to, until {@link #close()}.
	 * @param override the address, {@code null} for that of the binding again
	 * @throws ConnectionException if broadcasts are off, or it is no IPv4 address
	 */
	default void setBroadcastAddress(@Nullable InetSocketAddress override) {
		throw new ConnectionException(getName(), "has no broadcast address to set: broadcasts are off");
	}

}
