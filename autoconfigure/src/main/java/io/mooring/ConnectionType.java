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

import java.util.Objects;

/**
 * Type of a connection: its URL scheme and bean interface. A {@code TransportFactory} can
 * add further types.
 *
 * @see ConnectionSpec
 */
public final class ConnectionType {

	/**
	 * UDP, connected to one remote.
	 */
	public static final ConnectionType UDP = client("udp", DatagramConnection.class);

	/**
	 * UDP, bound to a local port, with any number of remotes.
	 */
	public static final ConnectionType UDP_LISTEN = listener("udp-listen", DatagramConnection.class);

	/**
	 * TCP, connected to one remote.
	 */
	public static final ConnectionType TCP = client("tcp", StreamConnection.class);

	/**
	 * TCP, bound to a local port, for any number of clients.
	 */
	public static final ConnectionType TCP_LISTEN = listener("tcp-listen", StreamListener.class);

	/**
	 * UDP, bound to a local port, sending broadcasts.
	 */
	public static final ConnectionType UDP_BROADCAST = listener("udp-broadcast", DatagramConnection.class);

	/**
	 * UDP, bound to a broadcast address, receive-only.
	 */
	public static final ConnectionType UDP_BROADCAST_IN = listener("udp-broadcast-in", DatagramConnection.class);

	/**
	 * UDP, bound to the local address in a subnet, with broadcasts to that subnet.
	 */
	public static final ConnectionType UDP_SUBNET = listener("udp-subnet", DatagramConnection.class);

	/**
	 * UDP, member of multicast groups.
	 */
	public static final ConnectionType UDP_MULTICAST = listener("udp-multicast", MulticastConnection.class);

	/**
	 * A Unix stream socket, connected to one remote.
	 */
	public static final ConnectionType UNIX = client("unix", StreamConnection.class);

	/**
	 * A Unix stream socket, bound to a local path or abstract name, for any number of
	 * clients.
	 */
	public static final ConnectionType UNIX_LISTEN = listener("unix-listen", StreamListener.class);

	/**
	 * Unix datagrams, connected to one remote.
	 */
	public static final ConnectionType UNIX_DATAGRAM = client("unix-datagram", UnixDatagramConnection.class);

	/**
	 * Unix datagrams, bound to a local path or abstract name, with any number of remotes.
	 */
	public static final ConnectionType UNIX_DATAGRAM_LISTEN = listener("unix-datagram-listen",
			UnixDatagramConnection.class);

	private final String scheme;

	private final Class<? extends Connection> beanType;

	private final boolean listener;

	private ConnectionType(String scheme, Class<? extends Connection> beanType, boolean listener) {
		this.scheme = scheme;
		this.beanType = beanType;
		this.listener = listener;
	}

	/**
	 * Create a type whose {@code host} and {@code port} are those of the remote.
	 * @param scheme the URL scheme, in lower case with dashes
	 * @param beanType the interface of the beans
	 * @return the type
	 */
	public static ConnectionType client(String scheme, Class<? extends Connection> beanType) {
		return new ConnectionType(scheme, beanType, false);
	}

	/**
	 * Create a type whose {@code host} and {@code port} are the local address.
	 * @param scheme the URL scheme, in lower case with dashes
	 * @param beanType the interface of the beans
	 * @return the type
	 */
	public static ConnectionType listener(String scheme, Class<? extends Connection> beanType) {
		return new ConnectionType(scheme, beanType, true);
	}

	/**
	 * Return the URL scheme, which is also the value of the {@code type} property.
	 * @return the scheme
	 */
	public String getScheme() {
		return this.scheme;
	}

	/**
	 * Return the interface of the beans of this type.
	 * @return the interface
	 */
	public Class<? extends Connection> getBeanType() {
		return this.beanType;
	}

	/**
	 * Return whether {@code host} and {@code port} are the local address rather than that
	 * of the remote.
	 * @return whether the type is bound to a local address
	 */
	public boolean isListener() {
		return this.listener;
	}

	@Override
	public boolean equals(Object other) {
		return (other instanceof ConnectionType type) && this.scheme.equals(type.scheme);
	}

	@Override
	public int hashCode() {
		return Objects.hashCode(this.scheme);
	}

	@Override
	public String toString() {
		return this.scheme;
	}

}
