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

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.charset.Charset;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.mooring.binding.IpAddresses;
import io.mooring.binding.IpSubnet;
import io.mooring.binding.SocketBinding;
import io.mooring.codec.EscapedBytes;
import io.mooring.codec.Framing;

/**
 * The immutable, validated description of one connection. The {@code mooring.connections}
 * properties and URLs end here; what a group means is said where its keys are documented.
 *
 * @param name the name
 * @param type what it is
 * @param direction which way messages may go
 * @param remote the remote, {@code null} for listeners
 * @param binding how the local address is found
 * @param localPort the local port, 0 for any free one
 * @param startup what the application's start does about it
 * @param reconnect how it is reopened
 * @param receive how messages are received
 * @param broadcast how to broadcast
 * @param multicast which groups to join and how to send to them
 * @param socket options of the socket
 * @param unix Unix sockets
 * @param integration channels and adapters
 * @param health how it counts in health
 * @param connectTimeout the longest attempt to connect to the remote, name resolution not
 * included
 * @param heartbeat how a peer is noticed that is there no more
 * @param framing how messages stand in a stream
 * @param payload what the payloads of Spring Integration's messages are
 * @param interceptors the names of the {@link ConnectionInterceptor} beans that the
 * messages pass, the first one being nearest to the network
 * @param send how messages are sent
 * @param clients the clients of a listener
 * @param ssl TLS, {@code null} for none
 * @param wireLog whether the bytes are logged at INFO rather than DEBUG
 */
public record ConnectionSpec(String name, ConnectionType type, Direction direction, @Nullable Remote remote,
		SocketBinding binding, int localPort, Startup startup, Reconnect reconnect, Receive receive, Send send,
		Duration connectTimeout, Heartbeat heartbeat, Framing framing, Payload payload, List<String> interceptors,
		Broadcast broadcast, Multicast multicast, Socket socket, Unix unix, Integration integration, Health health,
		Clients clients, @Nullable Ssl ssl, boolean wireLog) {

	/**
	 * Start to describe a connection.
	 * @param name the name
	 * @param type what it is
	 * @return a builder with the defaults of the type
	 */
	public static ConnectionSpecBuilder builder(String name, ConnectionType type) {
		return new ConnectionSpecBuilder(name, type);
	}

	/**
	 * Return the same but for the name.
	 * @param other the other name
	 * @return a spec
	 */
	public ConnectionSpec withName(String other) {
		return new ConnectionSpec(other, this.type, this.direction, this.remote, this.binding, this.localPort,
				this.startup, this.reconnect, this.receive, this.send, this.connectTimeout, this.heartbeat,
				this.framing, this.payload, this.interceptors, this.broadcast, this.multicast, this.socket, this.unix,
				this.integration, this.health, this.clients, this.ssl, this.wireLog);
	}

	/**
	 * Return the same but for the longest attempt to connect.
	 * @param timeout the longest attempt
	 * @return a spec
	 */
	public ConnectionSpec withConnectTimeout(Duration timeout) {
		return new ConnectionSpec(this.name, this.type, this.direction, this.remote, this.binding, this.localPort,
				this.startup, this.reconnect, this.receive, this.send, timeout, this.heartbeat, this.framing,
				this.payload, this.interceptors, this.broadcast, this.multicast, this.socket, this.unix,
				this.integration, this.health, this.clients, this.ssl, this.wireLog);
	}

	/**
	 * A remote. The name is resolved anew at each attempt to connect.
	 *
	 * @param host a host name or an address
	 * @param port the port
	 */
	public record Remote(String host, int port) {

		@Override
		public String toString() {
			return ((this.host.indexOf(':') >= 0) ? "[" + this.host + "]" : this.host) + ":" + this.port;
		}

	}

	/**
	 * The {@code startup}, {@code auto-startup}, {@code phase} and {@code role}
	 * properties.
	 *
	 * @param mode what to do about a connection that cannot be opened
	 * @param timeout the longest wait
	 * @param auto whether to open with the application; never with a role
	 * @param phase the phase in which to open and close
	 * @param role the role of Spring Integration that opens and closes the connection,
	 * {@code null} for none
	 */
	public record Startup(StartupMode mode, Duration timeout, boolean auto, int phase, @Nullable String role) {

		/**
		 * Check that only one of the two opens the connection.
		 * @param mode what to do about a connection that cannot be opened
		 * @param timeout the longest wait
		 * @param auto whether to open with the application
		 * @param phase the phase in which to open and close
		 * @param role the role, {@code null} for none
		 * @throws IllegalArgumentException if a connection with a role is to open with
		 * the application
		 */
		public Startup {
			if (auto && role != null) {
				throw new IllegalArgumentException(
						"A connection in the role \"" + role + "\" does not open with the application");
			}
		}

		/**
		 * Describe the start of a connection without a role.
		 * @param mode what to do about a connection that cannot be opened
		 * @param timeout the longest wait
		 * @param auto whether to open with the application
		 * @param phase the phase in which to open and close
		 */
		public Startup(StartupMode mode, Duration timeout, boolean auto, int phase) {
			this(mode, timeout, auto, phase, null);
		}

		/**
		 * Return the same in a role, so that it does not open with the application.
		 * @param role the role
		 * @return the group
		 */
		public Startup withRole(String role) {
			return new Startup(this.mode, this.timeout, false, this.phase, role);
		}

	}

	/**
	 * The {@code reconnect} properties.
	 *
	 * @param enabled whether to reopen at all
	 * @param initialDelay the delay before the first attempt
	 * @param multiplier the growth from one delay to the next
	 * @param maxDelay the longest delay
	 * @param jitter the part of a delay that is random, 0 to 1
	 * @param maxAttempts the failed attempts after which to give up, 0 for never
	 * @param policy the name of the {@code ReconnectPolicy} bean that decides on the
	 * delays, {@code null} for none of its own
	 */
	public record Reconnect(boolean enabled, Duration initialDelay, double multiplier, Duration maxDelay, double jitter,
			int maxAttempts, @Nullable String policy) {

		/**
		 * Create properties without a policy.
		 * @param enabled whether to reopen at all
		 * @param initialDelay the delay before the first attempt
		 * @param multiplier the growth from one delay to the next
		 * @param maxDelay the longest delay
		 * @param jitter the part of a delay that is random, 0 to 1
		 * @param maxAttempts the failed attempts after which to give up, 0 for never
		 */
		public Reconnect(boolean enabled, Duration initialDelay, double multiplier, Duration maxDelay, double jitter,
				int maxAttempts) {
			this(enabled, initialDelay, multiplier, maxDelay, jitter, maxAttempts, null);
		}

	}

	/**
	 * The {@code heartbeat} properties.
	 *
	 * @param interval after how long without anything sent the payload is sent,
	 * {@code null} to send none
	 * @param payload what is sent, without its frame, {@code null} without an interval
	 * @param timeout after how long without anything received the connection is lost,
	 * {@code null} for never
	 */
	public record Heartbeat(@Nullable Duration interval, @Nullable EscapedBytes payload, @Nullable Duration timeout) {

		/**
		 * Nothing is sent, and a silent peer is not noticed.
		 */
		public static final Heartbeat NONE = new Heartbeat(null, null, null);

		/**
		 * Check that there is something to send.
		 * @param interval after how long without anything sent the payload is sent
		 * @param payload what is sent, without its frame
		 * @param timeout after how long without anything received the connection is lost
		 */
		public Heartbeat {
			if ((interval != null) != (payload != null)) {
				throw new IllegalArgumentException("A heartbeat needs an interval and a payload, or neither");
			}
		}

	}

	/**
	 * The {@code receive} properties.
	 *
	 * @param capacity the messages that the queue holds
	 * @param overflow what happens when it is full
	 * @param maxSize the longest message in bytes
	 * @param maximizeBuffer whether to raise the kernel's receive buffer as far as it
	 * goes
	 */
	public record Receive(int capacity, OverflowPolicy overflow, int maxSize, boolean maximizeBuffer) {

	}

	/**
	 * The {@code codec}, {@code charset} and {@code payload-type} properties.
	 *
	 * @param codec {@code bytes}, {@code string}, {@code json}, or the name of a bean
	 * @param charset the charset of {@code string}
	 * @param type the class that {@code json} decodes to
	 */
	public record Payload(String codec, Charset charset, String type) {

		/**
		 * The codec that leaves bytes as they are.
		 */
		public static final String BYTES = "bytes";

		/**
		 * The codec for text.
		 */
		public static final String STRING = "string";

		/**
		 * The codec for JSON.
		 */
		public static final String JSON = "json";

	}

	/**
	 * The {@code broadcast} properties.
	 *
	 * @param enabled whether to allow broadcasts
	 * @param address where they go to, {@code null} for what the binding says
	 * @param port the port that they go to, {@code null} for the local one
	 * @param interfaceName the interface that they leave through, {@code null} for that
	 * of the binding, or the choice of the system
	 */
	public record Broadcast(boolean enabled, @Nullable InetAddress address, @Nullable Integer port,
			@Nullable String interfaceName) {
	}

	/**
	 * The {@code group} and {@code multicast} properties.
	 *
	 * @param groups the groups to join and, the first one, to send to
	 * @param interfaceName the interface to send through, {@code null} for that of the
	 * binding, or the choice of the system
	 * @param ttl the time to live, for IPv6 the hop limit, of what is sent
	 * @param loopback whether the machine receives what it sends, {@code null} leaves it
	 * to the system
	 * @param ipMode the families, {@code null} for those of the groups
	 * @param join whether to join the groups
	 * @param only whether to refuse unicast recipients
	 * @param bind what to bind to, {@code null} for the group where there is exactly one
	 * to join, else any address
	 */
	public record Multicast(List<Group> groups, @Nullable String interfaceName, int ttl, @Nullable Boolean loopback,
			@Nullable IpMode ipMode, boolean join, boolean only, @Nullable MulticastBind bind) {
	}

	/**
	 * A group to join.
	 *
	 * @param address the address, without zone
	 * @param zone the zone of an IPv6 address, which is a name or index of an interface
	 * @param interfaceName name, index or address of the interface, {@code null} for that
	 * of the binding, or the choice of the system
	 * @param sources whose datagrams to receive, empty for anybody's
	 */
	public record Group(InetAddress address, @Nullable String zone, @Nullable String interfaceName,
			List<InetAddress> sources) {

		/**
		 * Parse a group.
		 * @param text a literal address, for IPv6 possibly with a zone
		 * @param interfaceName the interface
		 * @param sources whose datagrams to receive
		 * @return the group
		 * @throws IllegalArgumentException if the text is no group; the message is a
		 * reason to stand behind it
		 */
		public static Group of(String text, @Nullable String interfaceName, List<InetAddress> sources) {
			int percent = text.indexOf('%');
			String zone = (percent >= 0) ? text.substring(percent + 1) : null;
			InetAddress address = IpAddresses.parse((percent >= 0) ? text.substring(0, percent) : text);
			if (address == null || !address.isMulticastAddress()) {
				throw new IllegalArgumentException("is not a multicast address; accepted are 224.0.0.0 to "
						+ "239.255.255.255, and addresses that begin with ff, as ff15::1%eth0");
			}
			if (zone != null && (zone.isBlank() || address instanceof Inet4Address)) {
				throw new IllegalArgumentException(
						"has a zone that does not fit; only IPv6 addresses have zones, as ff02::1%eth0");
			}
			return new Group(address, zone, interfaceName, List.copyOf(sources));
		}

		@Override
		public String toString() {
			return IpAddresses.format(this.address) + ((this.zone != null) ? "%" + this.zone : "");
		}

	}

	/**
	 * The {@code send} properties.
	 *
	 * @param capacity the frames that a stream's queue holds until the kernel takes them
	 */
	public record Send(int capacity) {

	}

	/**
	 * The {@code socket} properties; {@code null} leaves an option to the system.
	 *
	 * @param receiveBuffer the kernel's receive buffer in bytes
	 * @param sendBuffer the kernel's send buffer in bytes
	 * @param reuseAddress SO_REUSEADDR
	 * @param reusePort SO_REUSEPORT
	 * @param precedence the IP precedence of what is sent, 0 to 7 (RFC 791)
	 * @param backlog the connections that may wait to be accepted
	 * @param tcp what only TCP has
	 */
	public record Socket(@Nullable Integer receiveBuffer, @Nullable Integer sendBuffer, @Nullable Boolean reuseAddress,
			@Nullable Boolean reusePort, @Nullable Integer precedence, @Nullable Integer backlog, Tcp tcp) {

		/**
		 * Describe a socket with TCP's options as they are by default.
		 * @param receiveBuffer the kernel's receive buffer in bytes
		 * @param sendBuffer the kernel's send buffer in bytes
		 * @param reuseAddress whether an address may be shared (SO_REUSEADDR)
		 * @param reusePort whether a port may be shared (SO_REUSEPORT)
		 * @param precedence the IP precedence of what is sent
		 * @param backlog the connections that may wait to be accepted
		 */
		public Socket(@Nullable Integer receiveBuffer, @Nullable Integer sendBuffer, @Nullable Boolean reuseAddress,
				@Nullable Boolean reusePort, @Nullable Integer precedence, @Nullable Integer backlog) {
			this(receiveBuffer, sendBuffer, reuseAddress, reusePort, precedence, backlog, Tcp.DEFAULT);
		}

		/**
		 * Return the same with other options of TCP.
		 * @param tcp what only TCP has
		 * @return the options
		 */
		public Socket withTcp(Tcp tcp) {
			return new Socket(this.receiveBuffer, this.sendBuffer, this.reuseAddress, this.reusePort, this.precedence,
					this.backlog, tcp);
		}

	}

	/**
	 * The {@code socket} properties that only TCP has; {@code null} leaves an option to
	 * the system.
	 *
	 * @param noDelay whether small frames go out at once (TCP_NODELAY)
	 * @param keepAlive whether a silent peer is asked (SO_KEEPALIVE)
	 * @param keepAliveIdle after how many whole seconds (TCP_KEEPIDLE)
	 * @param keepAliveInterval whole seconds from one question to the next
	 * (TCP_KEEPINTVL)
	 * @param keepAliveCount questions without an answer that end it (TCP_KEEPCNT)
	 * @param userTimeout how long data may stay unacknowledged (TCP_USER_TIMEOUT, RFC
	 * 5482)
	 * @param linger how many whole seconds closing waits for that (SO_LINGER)
	 */
	public record Tcp(boolean noDelay, @Nullable Boolean keepAlive, @Nullable Duration keepAliveIdle,
			@Nullable Duration keepAliveInterval, @Nullable Integer keepAliveCount, @Nullable Duration userTimeout,
			@Nullable Duration linger) {

		/**
		 * Small frames go out at once; all else is the system's.
		 */
		public static final Tcp DEFAULT = new Tcp(true, null, null, null, null, null, null);

	}

	/**
	 * The {@code clients} properties.
	 *
	 * @param max the most clients at a time, 0 for any number
	 * @param idleTimeout after how long a client is closed from which nothing came and to
	 * which nothing went, {@code null} for never
	 * @param allow the networks whose clients are accepted, empty for all
	 */
	public record Clients(int max, @Nullable Duration idleTimeout, List<IpSubnet> allow) {

		/**
		 * Any number of clients from anywhere, for as long as they like.
		 */
		public static final Clients UNLIMITED = new Clients(0, null, List.of());

		/**
		 * Copy the networks.
		 * @param max the most clients at a time
		 * @param idleTimeout after how long an idle client is closed
		 * @param allow the networks whose clients are accepted
		 */
		public Clients {
			allow = List.copyOf(allow);
		}

	}

	/**
	 * The {@code path}, {@code local-path}, {@code mode} and {@code fd} properties, and
	 * those of {@code receive} for ancillary data.
	 *
	 * @param path the remote's path of a client, its own of a listener, {@code null} if
	 * the socket is passed
	 * @param localPath a client's own path, {@code null} for one of the system's choice
	 * @param mode who may send to a file of ours
	 * @param fd the number or name of a socket that was passed to the process,
	 * {@code null} to make one
	 * @param credentials whether to receive credentials
	 * @param descriptors whether to receive file descriptors
	 * @param ancillarySize the room for ancillary data, in bytes
	 */
	public record Unix(@Nullable UnixPath path, @Nullable UnixPath localPath, Set<PosixFilePermission> mode,
			@Nullable String fd, boolean credentials, boolean descriptors, int ancillarySize) {

		/**
		 * Copy the mode.
		 * @param path the remote's path of a client, its own of a listener
		 * @param localPath a client's own path
		 * @param mode who may send to a file of ours
		 * @param fd the number or name of a socket that was passed to the process
		 * @param credentials whether to receive credentials
		 * @param descriptors whether to receive file descriptors
		 * @param ancillarySize the room for ancillary data, in bytes
		 */
		public Unix {
			Set<PosixFilePermission> sorted = EnumSet.noneOf(PosixFilePermission.class);
			sorted.addAll(mode);
			mode = Collections.unmodifiableSet(sorted);
		}

	}

	/**
	 * The {@code integration} properties.
	 *
	 * @param enabled whether there are channels and adapters
	 * @param mode adapters, or gateways
	 * @param inboundChannel the user's channel, {@code null} for {@code <name>.in}
	 * @param outboundChannel the user's channel, {@code null} for {@code <name>.out}
	 * @param errorChannel where errors go
	 * @param replyTimeout how long a client waits for a reply
	 */
	public record Integration(boolean enabled, IntegrationMode mode, @Nullable String inboundChannel,
			@Nullable String outboundChannel, String errorChannel, Duration replyTimeout) {

	}

	/**
	 * The {@code health} properties.
	 *
	 * @param enabled whether the connection has a health component
	 * @param importance how it counts while it is not connected
	 */
	public record Health(boolean enabled, Importance importance) {

	}

	/**
	 * The {@code ssl} properties.
	 *
	 * @param bundle the name of the bundle that has the keys and certificates
	 * @param clientAuth whether clients of a listener have to show a certificate
	 * @param serverName the name to ask a server for and to find in its certificate,
	 * {@code null} for the host of the remote
	 * @param verifyHostname whether to look for the name in the certificate
	 * @param handshakeTimeout the longest handshake
	 */
	public record Ssl(String bundle, ClientAuth clientAuth, @Nullable String serverName, boolean verifyHostname,
			Duration handshakeTimeout) {

		/**
		 * Create the defaults.
		 * @param bundle the name of the bundle
		 * @return no certificates of clients, the name verified, 10 seconds for the
		 * handshake
		 */
		public static Ssl of(String bundle) {
			return new Ssl(bundle, ClientAuth.NONE, null, true, Duration.ofSeconds(10));
		}

	}

	/**
	 * How a connection counts in health while it is not connected.
	 */
	public enum Importance {

		/**
		 * DOWN.
		 */
		REQUIRED,

		/**
		 * DEGRADED, which no aggregation turns into DOWN.
		 */
		OPTIONAL

	}

}
