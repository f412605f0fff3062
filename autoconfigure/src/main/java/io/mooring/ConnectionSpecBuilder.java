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

import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.mooring.ConnectionSpec.Broadcast;
import io.mooring.ConnectionSpec.Clients;
import io.mooring.ConnectionSpec.Health;
import io.mooring.ConnectionSpec.Heartbeat;
import io.mooring.ConnectionSpec.Importance;
import io.mooring.ConnectionSpec.Integration;
import io.mooring.ConnectionSpec.Multicast;
import io.mooring.ConnectionSpec.Payload;
import io.mooring.ConnectionSpec.Receive;
import io.mooring.ConnectionSpec.Reconnect;
import io.mooring.ConnectionSpec.Remote;
import io.mooring.ConnectionSpec.Send;
import io.mooring.ConnectionSpec.Socket;
import io.mooring.ConnectionSpec.Ssl;
import io.mooring.ConnectionSpec.Startup;
import io.mooring.ConnectionSpec.Unix;
import io.mooring.binding.SocketBinding;
import io.mooring.codec.Framing;

/**
 * Builds a {@link ConnectionSpec}, beginning with the defaults of its type.
 */
public final class ConnectionSpecBuilder {

	private final String name;

	private final ConnectionType type;

	private Direction direction;

	private @Nullable Remote remote;

	private SocketBinding binding = SocketBinding.ANY;

	private int localPort;

	private @Nullable Startup startup;

	private Reconnect reconnect;

	private Receive receive;

	private Broadcast broadcast;

	private Multicast multicast = new Multicast(List.of(), null, 1, null, null, true, false, null);

	private Socket socket = new Socket(null, null, null, null, null, null);

	private Unix unix = new Unix(null, null, PosixFilePermissions.fromString("rw-------"), null, false, false, 8192);

	private Integration integration = new Integration(true, IntegrationMode.ADAPTER, null, null, "errorChannel",
			Duration.ofSeconds(5));

	private Health health = new Health(true, Importance.REQUIRED);

	private Duration connectTimeout = Duration.ofSeconds(5);

	private Heartbeat heartbeat = Heartbeat.NONE;

	private Framing framing = Framing.RAW;

	private Payload payload = new Payload(Payload.BYTES, StandardCharsets.UTF_8, Object.class.getName());

	private List<String> interceptors = List.of();

	private Send send = new Send(1024);

	private Clients clients = Clients.UNLIMITED;

	private @Nullable Ssl ssl;

	private boolean wireLog;

	ConnectionSpecBuilder(String name, ConnectionType type) {
		this.name = name;
		this.type = type;
		this.direction = type.equals(ConnectionType.UDP_BROADCAST_IN) ? Direction.RECEIVE : Direction.BOTH;
		this.broadcast = new Broadcast(
				type.equals(ConnectionType.UDP_BROADCAST) || type.equals(ConnectionType.UDP_SUBNET), null, null, null);
		// An attempt to connect to a Unix socket costs next to nothing, and bothers no
		// network
		this.reconnect = new Reconnect(true, Duration.ofMillis(200), 2, Duration.ofSeconds(isUnixClient(type) ? 1 : 5),
				0.2, 0);
		this.receive = new Receive(1024, isStream(type) ? OverflowPolicy.BLOCK : OverflowPolicy.DROP_OLDEST, 65507,
				true);
	}

	private static boolean isStream(ConnectionType type) {
		return StreamConnection.class.isAssignableFrom(type.getBeanType())
				|| StreamListener.class.isAssignableFrom(type.getBeanType());
	}

	private static boolean isUnixClient(ConnectionType type) {
		return type.equals(ConnectionType.UNIX) || type.equals(ConnectionType.UNIX_DATAGRAM);
	}

	/**
	 * Set which way messages may go.
	 * @param direction the direction
	 * @return this
	 */
	public ConnectionSpecBuilder direction(Direction direction) {
		this.direction = direction;
		return this;
	}

	/**
	 * Set the remote.
	 * @param host a host name or an address
	 * @param port the port
	 * @return this
	 */
	public ConnectionSpecBuilder remote(String host, int port) {
		this.remote = new Remote(host, port);
		return this;
	}

	/**
	 * Set the local side.
	 * @param binding how the address is found
	 * @param port the port, 0 for any free one
	 * @return this
	 */
	public ConnectionSpecBuilder local(SocketBinding binding, int port) {
		this.binding = binding;
		this.localPort = port;
		return this;
	}

	/**
	 * Set what the application's start does.
	 * @param startup the group
	 * @return this
	 */
	public ConnectionSpecBuilder startup(Startup startup) {
		this.startup = startup;
		return this;
	}

	/**
	 * Set how the connection is reopened.
	 * @param reconnect the group
	 * @return this
	 */
	public ConnectionSpecBuilder reconnect(Reconnect reconnect) {
		this.reconnect = reconnect;
		return this;
	}

	/**
	 * Set how messages are received.
	 * @param receive the group
	 * @return this
	 */
	public ConnectionSpecBuilder receive(Receive receive) {
		this.receive = receive;
		return this;
	}

	/**
	 * Set how to broadcast.
	 * @param broadcast the group
	 * @return this
	 */
	public ConnectionSpecBuilder broadcast(Broadcast broadcast) {
		this.broadcast = broadcast;
		return this;
	}

	/**
	 * Set which groups to join and how to send to them.
	 * @param multicast the group
	 * @return this
	 */
	public ConnectionSpecBuilder multicast(Multicast multicast) {
		this.multicast = multicast;
		return this;
	}

	/**
	 * Set the options of the socket.
	 * @param socket the group
	 * @return this
	 */
	public ConnectionSpecBuilder socket(Socket socket) {
		this.socket = socket;
		return this;
	}

	/**
	 * Set what Unix sockets have of their own.
	 * @param unix the group
	 * @return this
	 */
	public ConnectionSpecBuilder unix(Unix unix) {
		this.unix = unix;
		return this;
	}

	/**
	 * Set channels and adapters.
	 * @param integration the group
	 * @return this
	 */
	public ConnectionSpecBuilder integration(Integration integration) {
		this.integration = integration;
		return this;
	}

	/**
	 * Set how the connection counts in health.
	 * @param health the group
	 * @return this
	 */
	public ConnectionSpecBuilder health(Health health) {
		this.health = health;
		return this;
	}

	/**
	 * Set the longest attempt to connect.
	 * @param connectTimeout the longest attempt
	 * @return this
	 */
	public ConnectionSpecBuilder connectTimeout(Duration connectTimeout) {
		this.connectTimeout = connectTimeout;
		return this;
	}

	/**
	 * Set how a peer is noticed that is there no more.
	 * @param heartbeat the group
	 * @return this
	 */
	public ConnectionSpecBuilder heartbeat(Heartbeat heartbeat) {
		this.heartbeat = heartbeat;
		return this;
	}

	/**
	 * Set how messages stand in a stream.
	 * @param framing the framing
	 * @return this
	 */
	public ConnectionSpecBuilder framing(Framing framing) {
		this.framing = framing;
		return this;
	}

	/**
	 * Set what the payloads of Spring Integration's messages are.
	 * @param payload the group
	 * @return this
	 */
	public ConnectionSpecBuilder payload(Payload payload) {
		this.payload = payload;
		return this;
	}

	/**
	 * Set which interceptors the messages pass.
	 * @param interceptors names of {@link ConnectionInterceptor} beans, the first one
	 * being nearest to the network
	 * @return this
	 */
	public ConnectionSpecBuilder interceptors(List<String> interceptors) {
		this.interceptors = List.copyOf(interceptors);
		return this;
	}

	/**
	 * Set how messages are sent.
	 * @param send the group
	 * @return this
	 */
	public ConnectionSpecBuilder send(Send send) {
		this.send = send;
		return this;
	}

	/**
	 * Set the limits for the clients of a listener.
	 * @param clients the group
	 * @return this
	 */
	public ConnectionSpecBuilder clients(Clients clients) {
		this.clients = clients;
		return this;
	}

	/**
	 * Set TLS.
	 * @param ssl the group, {@code null} for none
	 * @return this
	 */
	public ConnectionSpecBuilder ssl(@Nullable Ssl ssl) {
		this.ssl = ssl;
		return this;
	}

	/**
	 * Set whether the bytes are logged at INFO rather than DEBUG.
	 * @param wireLog whether to
	 * @return this
	 */
	public ConnectionSpecBuilder wireLog(boolean wireLog) {
		this.wireLog = wireLog;
		return this;
	}

	/**
	 * Build the spec.
	 * @return the spec
	 */
	public ConnectionSpec build() {
		return new ConnectionSpec(this.name, this.type, this.direction, this.remote, this.binding, this.localPort,
				(this.startup != null) ? this.startup : new Startup(defaultMode(), Duration.ofSeconds(30), true, 0),
				this.reconnect, this.receive, this.send, this.connectTimeout, this.heartbeat, this.framing,
				this.payload, this.interceptors, this.broadcast, this.multicast, this.socket, this.unix,
				this.integration, this.health, this.clients, this.ssl, this.wireLog);
	}

	private StartupMode defaultMode() {
		return (this.type.isListener() && this.binding instanceof SocketBinding.Fixed) ? StartupMode.FAIL_FAST
				: StartupMode.BACKGROUND;
	}

}
