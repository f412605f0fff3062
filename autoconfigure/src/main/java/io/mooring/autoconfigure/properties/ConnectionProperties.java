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

package io.mooring.autoconfigure.properties;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.util.unit.DataSize;

import io.mooring.ClientAuth;
import io.mooring.ConnectionSpec.Importance;
import io.mooring.Direction;
import io.mooring.IntegrationMode;
import io.mooring.IpMode;
import io.mooring.MulticastBind;
import io.mooring.OverflowPolicy;
import io.mooring.StartupMode;

/**
 * The keys of one connection, as they are written. What was not given is {@code null}:
 * the defaults are those of {@link io.mooring.ConnectionSpecBuilder}.
 * <p>
 * A key is a property of this class or of one of its groups; {@link SpecMapper} says what
 * it means.
 */
class ConnectionProperties {

	/**
	 * URL that stands for the type and any of the other keys, such as
	 * "udp://10.0.0.7:14550?local-port=14551".
	 */
	private @Nullable String url;

	/**
	 * What the connection is, unless the URL says it.
	 */
	private @Nullable String type;

	/**
	 * Host name or address: the remote of a client, the local address of a listener.
	 */
	private @Nullable String host;

	/**
	 * Port number or service name: the remote port of a client, the local port of a
	 * listener, where 0 is any free one.
	 */
	private @Nullable String port;

	/**
	 * Name of the network interface whose address to bind to. Takes precedence over a
	 * subnet and a host.
	 */
	@Name("interface")
	private @Nullable String interfaceName;

	/**
	 * Subnet in CIDR notation; the socket is bound to an address of this machine in it.
	 * Takes precedence over a host.
	 */
	private @Nullable String subnet;

	/**
	 * Local host name or address to bind a client to.
	 */
	private @Nullable String localHost;

	/**
	 * Local port number or service name to bind a client to, 0 for any free one.
	 */
	private @Nullable String localPort;

	/**
	 * Path of a Unix socket, or its abstract name after an "@": the remote of a client,
	 * its own of a listener.
	 */
	private @Nullable String path;

	/**
	 * Path to bind a client on Unix sockets to, or an abstract name after an "@".
	 */
	private @Nullable String localPath;

	/**
	 * Permissions of the file of a Unix socket, such as "rw-rw----" or "660".
	 */
	private @Nullable String mode;

	/**
	 * Number of a file descriptor to take over, or its name in LISTEN_FDNAMES.
	 */
	private @Nullable String fd;

	/**
	 * Which way messages may go.
	 */
	private @Nullable Direction direction;

	/**
	 * What the start of the application does about a connection that cannot be opened. By
	 * default listeners with a fixed address fail fast, all others open in the
	 * background.
	 */
	private @Nullable StartupMode startup;

	/**
	 * Longest wait of the start of the application. If a duration suffix is not
	 * specified, milliseconds are used.
	 */
	private @Nullable Duration startupTimeout;

	/**
	 * Whether to open the connection when the application starts.
	 */
	private @Nullable Boolean autoStartup;

	/**
	 * Phase of the lifecycle in which the connection is opened and closed.
	 */
	private @Nullable Integer phase;

	/**
	 * Longest attempt to connect to the remote. If a duration suffix is not specified,
	 * milliseconds are used.
	 */
	private @Nullable Duration connectTimeout;

	private final Reconnect reconnect = new Reconnect();

	private final Framing framing = new Framing();

	/**
	 * What the payloads of messages are: "bytes", "string", "json", or the name of a
	 * Codec bean.
	 */
	private @Nullable String codec;

	/**
	 * Charset of the codec "string".
	 */
	private @Nullable String charset;

	/**
	 * Class that the codec "json" decodes to. Without it maps, lists, strings, numbers
	 * and booleans.
	 */
	private @Nullable String payloadType;

	/**
	 * Names of the ConnectionInterceptor beans that messages pass, the first one being
	 * nearest to the network.
	 */
	private List<String> interceptors = new ArrayList<>();

	private final Send send = new Send();

	private final Receive receive = new Receive();

	/**
	 * Address of the multicast group to join and to send to, for IPv6 possibly with a
	 * zone.
	 */
	private @Nullable String group;

	private final Broadcast broadcast = new Broadcast();

	private final Multicast multicast = new Multicast();

	private final Socket socket = new Socket();

	private final Ssl ssl = new Ssl();

	private final Integration integration = new Integration();

	private final Health health = new Health();

	private final Clients clients = new Clients();

	public @Nullable String getUrl() {
		return this.url;
	}

	public void setUrl(@Nullable String url) {
		this.url = url;
	}

	public @Nullable String getType() {
		return this.type;
	}

	public void setType(@Nullable String type) {
		this.type = type;
	}

	public @Nullable String getHost() {
		return this.host;
	}

	public void setHost(@Nullable String host) {
		this.host = host;
	}

	public @Nullable String getPort() {
		return this.port;
	}

	public void setPort(@Nullable String port) {
		this.port = port;
	}

	public @Nullable String getInterfaceName() {
		return this.interfaceName;
	}

	public void setInterfaceName(@Nullable String interfaceName) {
		this.interfaceName = interfaceName;
	}

	public @Nullable String getSubnet() {
		return this.subnet;
	}

	public void setSubnet(@Nullable String subnet) {
		this.subnet = subnet;
	}

	public @Nullable String getLocalHost() {
		return this.localHost;
	}

	public void setLocalHost(@Nullable String localHost) {
		this.localHost = localHost;
	}

	public @Nullable String getLocalPort() {
		return this.localPort;
	}

	public void setLocalPort(@Nullable String localPort) {
		this.localPort = localPort;
	}

	public @Nullable String getPath() {
		return this.path;
	}

	public void setPath(@Nullable String path) {
		this.path = path;
	}

	public @Nullable String getLocalPath() {
		return this.localPath;
	}

	public void setLocalPath(@Nullable String localPath) {
		this.localPath = localPath;
	}

	public @Nullable String getMode() {
		return this.mode;
	}

	public void setMode(@Nullable String mode) {
		this.mode = mode;
	}

	public @Nullable String getFd() {
		return this.fd;
	}

	public void setFd(@Nullable String fd) {
		this.fd = fd;
	}

	public @Nullable Direction getDirection() {
		return this.direction;
	}

	public void setDirection(@Nullable Direction direction) {
		this.direction = direction;
	}

	public @Nullable StartupMode getStartup() {
		return this.startup;
	}

	public void setStartup(@Nullable StartupMode startup) {
		this.startup = startup;
	}

	public @Nullable Duration getStartupTimeout() {
		return this.startupTimeout;
	}

	public void setStartupTimeout(@Nullable Duration startupTimeout) {
		this.startupTimeout = startupTimeout;
	}

	public @Nullable Boolean getAutoStartup() {
		return this.autoStartup;
	}

	public void setAutoStartup(@Nullable Boolean autoStartup) {
		this.autoStartup = autoStartup;
	}

	public @Nullable Integer getPhase() {
		return this.phase;
	}

	public void setPhase(@Nullable Integer phase) {
		this.phase = phase;
	}

	public @Nullable Duration getConnectTimeout() {
		return this.connectTimeout;
	}

	public void setConnectTimeout(@Nullable Duration connectTimeout) {
		this.connectTimeout = connectTimeout;
	}

	public Framing getFraming() {
		return this.framing;
	}

	public @Nullable String getCodec() {
		return this.codec;
	}

	public void setCodec(@Nullable String codec) {
		this.codec = codec;
	}

	public @Nullable String getCharset() {
		return this.charset;
	}

	public void setCharset(@Nullable String charset) {
		this.charset = charset;
	}

	public @Nullable String getPayloadType() {
		return this.payloadType;
	}

	public void setPayloadType(@Nullable String payloadType) {
		this.payloadType = payloadType;
	}

	public List<String> getInterceptors() {
		return this.interceptors;
	}

	public void setInterceptors(List<String> interceptors) {
		this.interceptors = interceptors;
	}

	public Send getSend() {
		return this.send;
	}

	public Reconnect getReconnect() {
		return this.reconnect;
	}

	public Receive getReceive() {
		return this.receive;
	}

	public @Nullable String getGroup() {
		return this.group;
	}

	public void setGroup(@Nullable String group) {
		this.group = group;
	}

	public Broadcast getBroadcast() {
		return this.broadcast;
	}

	public Multicast getMulticast() {
		return this.multicast;
	}

	public Socket getSocket() {
		return this.socket;
	}

	public Ssl getSsl() {
		return this.ssl;
	}

	public Integration getIntegration() {
		return this.integration;
	}

	public Health getHealth() {
		return this.health;
	}

	public Clients getClients() {
		return this.clients;
	}

	/**
	 * TLS.
	 */
	static class Ssl {

		/**
		 * Name of the SSL bundle with the keys and certificates; turns TLS on.
		 */
		private @Nullable String bundle;

		/**
		 * Whether clients of a listener have to show a certificate.
		 */
		private @Nullable ClientAuth clientAuth;

		/**
		 * Name of the server to ask for (SNI) and to find in its certificate. By default
		 * the host of the remote.
		 */
		private @Nullable String serverName;

		/**
		 * Whether the certificate of the server must be for its name.
		 */
		private @Nullable Boolean verifyHostname;

		/**
		 * Longest handshake, beginning with the connection. If a duration suffix is not
		 * specified, milliseconds are used.
		 */
		private @Nullable Duration handshakeTimeout;

		public @Nullable String getBundle() {
			return this.bundle;
		}

		public void setBundle(@Nullable String bundle) {
			this.bundle = bundle;
		}

		public @Nullable ClientAuth getClientAuth() {
			return this.clientAuth;
		}

		public void setClientAuth(@Nullable ClientAuth clientAuth) {
			this.clientAuth = clientAuth;
		}

		public @Nullable String getServerName() {
			return this.serverName;
		}

		public void setServerName(@Nullable String serverName) {
			this.serverName = serverName;
		}

		public @Nullable Boolean getVerifyHostname() {
			return this.verifyHostname;
		}

		public void setVerifyHostname(@Nullable Boolean verifyHostname) {
			this.verifyHostname = verifyHostname;
		}

		public @Nullable Duration getHandshakeTimeout() {
			return this.handshakeTimeout;
		}

		public void setHandshakeTimeout(@Nullable Duration handshakeTimeout) {
			this.handshakeTimeout = handshakeTimeout;
		}

	}

	/**
	 * How a lost connection is opened again.
	 */
	static class Reconnect {

		/**
		 * Whether to open the connection again after it failed or was lost.
		 */
		private @Nullable Boolean enabled;

		/**
		 * Delay before the first attempt. If a duration suffix is not specified,
		 * milliseconds are used.
		 */
		private @Nullable Duration initialDelay;

		/**
		 * Factor by which the delay grows from one attempt to the next, 1 or more.
		 */
		private @Nullable Double multiplier;

		/**
		 * Longest delay between two attempts, for clients on Unix sockets shorter by
		 * default. If a duration suffix is not specified, milliseconds are used.
		 */
		private @Nullable Duration maxDelay;

		/**
		 * Part of each delay that is random, from 0 to 1.
		 */
		private @Nullable Double jitter;

		/**
		 * Number of failed attempts after which to give up, 0 to never give up.
		 */
		private @Nullable Integer maxAttempts;

		public @Nullable Boolean getEnabled() {
			return this.enabled;
		}

		public void setEnabled(@Nullable Boolean enabled) {
			this.enabled = enabled;
		}

		public @Nullable Duration getInitialDelay() {
			return this.initialDelay;
		}

		public void setInitialDelay(@Nullable Duration initialDelay) {
			this.initialDelay = initialDelay;
		}

		public @Nullable Double getMultiplier() {
			return this.multiplier;
		}

		public void setMultiplier(@Nullable Double multiplier) {
			this.multiplier = multiplier;
		}

		public @Nullable Duration getMaxDelay() {
			return this.maxDelay;
		}

		public void setMaxDelay(@Nullable Duration maxDelay) {
			this.maxDelay = maxDelay;
		}

		public @Nullable Double getJitter() {
			return this.jitter;
		}

		public void setJitter(@Nullable Double jitter) {
			this.jitter = jitter;
		}

		public @Nullable Integer getMaxAttempts() {
			return this.maxAttempts;
		}

		public void setMaxAttempts(@Nullable Integer maxAttempts) {
			this.maxAttempts = maxAttempts;
		}

	}

	/**
	 * How messages stand in a stream.
	 */
	static class Framing {

		/**
		 * What tells one frame from the next.
		 */
		private io.mooring.codec.Framing.@Nullable Type type;

		/**
		 * Bytes of the length in front of a frame, where the type is "length": 1, 2 or 4.
		 */
		private @Nullable Integer lengthBytes;

		/**
		 * Bytes behind a frame, where the type is "delimiter": text, with the escapes \0,
		 * \t, \n, \r, \\ and, for any other byte, \x with two hexadecimal digits.
		 */
		private @Nullable String delimiter;

		/**
		 * Length of every frame, where the type is "fixed". If a size suffix is not
		 * specified, bytes are used.
		 */
		private @Nullable DataSize size;

		/**
		 * Longest frame, both ways. If a size suffix is not specified, bytes are used.
		 */
		private @Nullable DataSize maxSize;

		public io.mooring.codec.Framing.@Nullable Type getType() {
			return this.type;
		}

		public void setType(io.mooring.codec.Framing.@Nullable Type type) {
			this.type = type;
		}

		public @Nullable Integer getLengthBytes() {
			return this.lengthBytes;
		}

		public void setLengthBytes(@Nullable Integer lengthBytes) {
			this.lengthBytes = lengthBytes;
		}

		public @Nullable String getDelimiter() {
			return this.delimiter;
		}

		public void setDelimiter(@Nullable String delimiter) {
			this.delimiter = delimiter;
		}

		public @Nullable DataSize getSize() {
			return this.size;
		}

		public void setSize(@Nullable DataSize size) {
			this.size = size;
		}

		public @Nullable DataSize getMaxSize() {
			return this.maxSize;
		}

		public void setMaxSize(@Nullable DataSize maxSize) {
			this.maxSize = maxSize;
		}

	}

	/**
	 * How messages are sent.
	 */
	static class Send {

		/**
		 * Number of frames that the queue of a stream holds until the kernel takes them,
		 * 4MB of them at the most.
		 */
		private @Nullable Integer capacity;

		public @Nullable Integer getCapacity() {
			return this.capacity;
		}

		public void setCapacity(@Nullable Integer capacity) {
			this.capacity = capacity;
		}

	}

	/**
	 * How messages are received.
	 */
	static class Receive {

		/**
		 * Number of messages that the queue holds while nobody takes them.
		 */
		private @Nullable Integer capacity;

		/**
		 * What happens to a message that arrives while the queue is full.
		 */
		private @Nullable OverflowPolicy overflow;

		/**
		 * Longest message. If a size suffix is not specified, bytes are used.
		 */
		private @Nullable DataSize maxSize;

		/**
		 * Whether to raise the kernel's receive buffer as far as the system allows.
		 */
		private @Nullable Boolean maximizeBuffer;

		/**
		 * Whether to receive the credentials of the senders of Unix datagrams.
		 */
		private @Nullable Boolean credentials;

		/**
		 * Whether to receive file descriptors with Unix datagrams.
		 */
		private @Nullable Boolean descriptors;

		/**
		 * Room for the file descriptors and credentials of a Unix datagram. If a size
		 * suffix is not specified, bytes are used.
		 */
		private @Nullable DataSize ancillarySize;

		public @Nullable Integer getCapacity() {
			return this.capacity;
		}

		public void setCapacity(@Nullable Integer capacity) {
			this.capacity = capacity;
		}

		public @Nullable OverflowPolicy getOverflow() {
			return this.overflow;
		}

		public void setOverflow(@Nullable OverflowPolicy overflow) {
			this.overflow = overflow;
		}

		public @Nullable DataSize getMaxSize() {
			return this.maxSize;
		}

		public void setMaxSize(@Nullable DataSize maxSize) {
			this.maxSize = maxSize;
		}

		public @Nullable Boolean getMaximizeBuffer() {
			return this.maximizeBuffer;
		}

		public void setMaximizeBuffer(@Nullable Boolean maximizeBuffer) {
			this.maximizeBuffer = maximizeBuffer;
		}

		public @Nullable Boolean getCredentials() {
			return this.credentials;
		}

		public void setCredentials(@Nullable Boolean credentials) {
			this.credentials = credentials;
		}

		public @Nullable Boolean getDescriptors() {
			return this.descriptors;
		}

		public void setDescriptors(@Nullable Boolean descriptors) {
			this.descriptors = descriptors;
		}

		public @Nullable DataSize getAncillarySize() {
			return this.ancillarySize;
		}

		public void setAncillarySize(@Nullable DataSize ancillarySize) {
			this.ancillarySize = ancillarySize;
		}

	}

	/**
	 * Options of the socket; those that are not given are left to the system.
	 */
	static class Socket {

		/**
		 * Kernel's receive buffer (SO_RCVBUF). If a size suffix is not specified, bytes
		 * are used.
		 */
		private @Nullable DataSize receiveBuffer;

		/**
		 * Kernel's send buffer (SO_SNDBUF). If a size suffix is not specified, bytes are
		 * used.
		 */
		private @Nullable DataSize sendBuffer;

		/**
		 * Whether to allow an address that is in use (SO_REUSEADDR).
		 */
		private @Nullable Boolean reuseAddress;

		/**
		 * Whether to share the port with other sockets that allow it (SO_REUSEPORT).
		 */
		private @Nullable Boolean reusePort;

		/**
		 * IP precedence of what is sent, 0 to 7.
		 */
		private @Nullable Integer precedence;

		/**
		 * Number of connections that may wait to be accepted, negative for the system's
		 * choice.
		 */
		private @Nullable Integer backlog;

		/**
		 * Whether to send small frames of TCP at once rather than to wait for more
		 * (TCP_NODELAY).
		 */
		private @Nullable Boolean noDelay;

		/**
		 * Whether to ask a TCP peer that says nothing whether it is still there
		 * (SO_KEEPALIVE).
		 */
		private @Nullable Boolean keepAlive;

		/**
		 * Time without data after which to ask (TCP_KEEPIDLE). If a duration suffix is
		 * not specified, seconds are used.
		 */
		@DurationUnit(ChronoUnit.SECONDS)
		private @Nullable Duration keepAliveIdle;

		/**
		 * Time from one question to the next (TCP_KEEPINTVL). If a duration suffix is not
		 * specified, seconds are used.
		 */
		@DurationUnit(ChronoUnit.SECONDS)
		private @Nullable Duration keepAliveInterval;

		/**
		 * Number of questions without an answer after which the connection is lost
		 * (TCP_KEEPCNT).
		 */
		private @Nullable Integer keepAliveCount;

		/**
		 * Time that sent data may stay unacknowledged before the connection is lost
		 * (TCP_USER_TIMEOUT); Linux only. If a duration suffix is not specified,
		 * milliseconds are used.
		 */
		private @Nullable Duration userTimeout;

		/**
		 * Time that closing waits for the peer to acknowledge what was sent; zero resets
		 * the connection and discards that (SO_LINGER). If a duration suffix is not
		 * specified, seconds are used.
		 */
		@DurationUnit(ChronoUnit.SECONDS)
		private @Nullable Duration linger;

		public @Nullable Integer getBacklog() {
			return this.backlog;
		}

		public void setBacklog(@Nullable Integer backlog) {
			this.backlog = backlog;
		}

		public @Nullable DataSize getReceiveBuffer() {
			return this.receiveBuffer;
		}

		public void setReceiveBuffer(@Nullable DataSize receiveBuffer) {
			this.receiveBuffer = receiveBuffer;
		}

		public @Nullable DataSize getSendBuffer() {
			return this.sendBuffer;
		}

		public void setSendBuffer(@Nullable DataSize sendBuffer) {
			this.sendBuffer = sendBuffer;
		}

		public @Nullable Boolean getReuseAddress() {
			return this.reuseAddress;
		}

		public void setReuseAddress(@Nullable Boolean reuseAddress) {
			this.reuseAddress = reuseAddress;
		}

		public @Nullable Boolean getReusePort() {
			return this.reusePort;
		}

		public void setReusePort(@Nullable Boolean reusePort) {
			this.reusePort = reusePort;
		}

		public @Nullable Boolean getNoDelay() {
			return this.noDelay;
		}

		public void setNoDelay(@Nullable Boolean noDelay) {
			this.noDelay = noDelay;
		}

		public @Nullable Boolean getKeepAlive() {
			return this.keepAlive;
		}

		public void setKeepAlive(@Nullable Boolean keepAlive) {
			this.keepAlive = keepAlive;
		}

		public @Nullable Duration getKeepAliveIdle() {
			return this.keepAliveIdle;
		}

		public void setKeepAliveIdle(@Nullable Duration keepAliveIdle) {
			this.keepAliveIdle = keepAliveIdle;
		}

		public @Nullable Duration getKeepAliveInterval() {
			return this.keepAliveInterval;
		}

		public void setKeepAliveInterval(@Nullable Duration keepAliveInterval) {
			this.keepAliveInterval = keepAliveInterval;
		}

		public @Nullable Integer getKeepAliveCount() {
			return this.keepAliveCount;
		}

		public void setKeepAliveCount(@Nullable Integer keepAliveCount) {
			this.keepAliveCount = keepAliveCount;
		}

		public @Nullable Duration getUserTimeout() {
			return this.userTimeout;
		}

		public void setUserTimeout(@Nullable Duration userTimeout) {
			this.userTimeout = userTimeout;
		}

		public @Nullable Duration getLinger() {
			return this.linger;
		}

		public void setLinger(@Nullable Duration linger) {
			this.linger = linger;
		}

		public @Nullable Integer getPrecedence() {
			return this.precedence;
		}

		public void setPrecedence(@Nullable Integer precedence) {
			this.precedence = precedence;
		}

	}

	/**
	 * Clients of a listener.
	 */
	static class Clients {

		/**
		 * Most clients at a time, 0 for any number; further ones are closed at once.
		 */
		private @Nullable Integer max;

		/**
		 * Time after which a client is closed from which nothing came and to which
		 * nothing went. If a duration suffix is not specified, milliseconds are used.
		 */
		private @Nullable Duration idleTimeout;

		/**
		 * Networks in CIDR notation and single addresses whose clients are accepted;
		 * others are closed at once.
		 */
		private List<String> allow = new ArrayList<>();

		public @Nullable Integer getMax() {
			return this.max;
		}

		public void setMax(@Nullable Integer max) {
			this.max = max;
		}

		public @Nullable Duration getIdleTimeout() {
			return this.idleTimeout;
		}

		public void setIdleTimeout(@Nullable Duration idleTimeout) {
			this.idleTimeout = idleTimeout;
		}

		public List<String> getAllow() {
			return this.allow;
		}

		public void setAllow(List<String> allow) {
			this.allow = allow;
		}

	}

	/**
	 * Spring Integration channels and adapters.
	 */
	static class Integration {

		/**
		 * Whether there are channels and channel adapters for the connection.
		 */
		private @Nullable Boolean enabled;

		/**
		 * Name of the channel to send what was received to. A channel called
		 * "&lt;name&gt;.in" is created otherwise.
		 */
		private @Nullable String inboundChannel;

		/**
		 * Name of the channel from which to take what is to be sent. A channel called
		 * "&lt;name&gt;.out" is created otherwise.
		 */
		private @Nullable String outboundChannel;

		/**
		 * Name of the channel that gets what could not be handled or delivered.
		 */
		private @Nullable String errorChannel;

		/**
		 * Channel adapters, or gateways, with which a listener sends what a flow returns
		 * to whoever asked, and a client waits for the reply.
		 */
		private @Nullable IntegrationMode mode;

		/**
		 * How long the gateway of a client waits for a reply. If a duration suffix is not
		 * specified, milliseconds are used.
		 */
		private @Nullable Duration replyTimeout;

		public @Nullable Boolean getEnabled() {
			return this.enabled;
		}

		public void setEnabled(@Nullable Boolean enabled) {
			this.enabled = enabled;
		}

		public @Nullable String getInboundChannel() {
			return this.inboundChannel;
		}

		public void setInboundChannel(@Nullable String inboundChannel) {
			this.inboundChannel = inboundChannel;
		}

		public @Nullable String getOutboundChannel() {
			return this.outboundChannel;
		}

		public void setOutboundChannel(@Nullable String outboundChannel) {
			this.outboundChannel = outboundChannel;
		}

		public @Nullable String getErrorChannel() {
			return this.errorChannel;
		}

		public void setErrorChannel(@Nullable String errorChannel) {
			this.errorChannel = errorChannel;
		}

		public @Nullable IntegrationMode getMode() {
			return this.mode;
		}

		public void setMode(@Nullable IntegrationMode mode) {
			this.mode = mode;
		}

		public @Nullable Duration getReplyTimeout() {
			return this.replyTimeout;
		}

		public void setReplyTimeout(@Nullable Duration replyTimeout) {
			this.replyTimeout = replyTimeout;
		}

	}

	/**
	 * How the connection counts in the health of the application.
	 */
	static class Health {

		/**
		 * Whether the connection has a health component.
		 */
		private @Nullable Boolean enabled;

		/**
		 * How the connection counts while it is not connected.
		 */
		private @Nullable Importance importance;

		public @Nullable Boolean getEnabled() {
			return this.enabled;
		}

		public void setEnabled(@Nullable Boolean enabled) {
			this.enabled = enabled;
		}

		public @Nullable Importance getImportance() {
			return this.importance;
		}

		public void setImportance(@Nullable Importance importance) {
			this.importance = importance;
		}

	}

	/**
	 * How to broadcast.
	 */
	static class Broadcast {

		/**
		 * Whether to allow broadcasts. By default they are for "udp-broadcast" and
		 * "udp-subnet", and where a port is given.
		 */
		private @Nullable Boolean enabled;

		/**
		 * IPv4 address to broadcast to, rather than that of the binding.
		 */
		private @Nullable String address;

		/**
		 * Port number or service name to broadcast to, rather than the local port.
		 */
		private @Nullable String port;

		/**
		 * Name of the network interface that broadcasts leave through. The socket is
		 * bound to its address.
		 */
		@Name("interface")
		private @Nullable String interfaceName;

		public @Nullable Boolean getEnabled() {
			return this.enabled;
		}

		public void setEnabled(@Nullable Boolean enabled) {
			this.enabled = enabled;
		}

		public @Nullable String getAddress() {
			return this.address;
		}

		public void setAddress(@Nullable String address) {
			this.address = address;
		}

		public @Nullable String getPort() {
			return this.port;
		}

		public void setPort(@Nullable String port) {
			this.port = port;
		}

		public @Nullable String getInterfaceName() {
			return this.interfaceName;
		}

		public void setInterfaceName(@Nullable String interfaceName) {
			this.interfaceName = interfaceName;
		}

	}

	/**
	 * Which groups to join and how to send to them.
	 */
	static class Multicast {

		/**
		 * Groups to join, beside or instead of the one called "group".
		 */
		private List<Group> groups = new ArrayList<>();

		/**
		 * Name, index or address of the network interface to send through.
		 */
		@Name("interface")
		private @Nullable String interfaceName;

		/**
		 * Number of networks that what is sent may cross, 1 to 255: time to live, or hop
		 * limit.
		 */
		private @Nullable Integer ttl;

		/**
		 * Whether sockets of this machine receive what it sends.
		 */
		private @Nullable Boolean loopback;

		/**
		 * Which families of addresses the socket is for; by default those of the groups.
		 */
		private @Nullable IpMode ipMode;

		/**
		 * Whether to join the groups, rather than only to send to them.
		 */
		private @Nullable Boolean join;

		/**
		 * Whether to refuse recipients that are not groups.
		 */
		private @Nullable Boolean only;

		/**
		 * What to bind to; by default the group where there is exactly one to join.
		 */
		private @Nullable MulticastBind bind;

		public List<Group> getGroups() {
			return this.groups;
		}

		public void setGroups(List<Group> groups) {
			this.groups = groups;
		}

		public @Nullable String getInterfaceName() {
			return this.interfaceName;
		}

		public void setInterfaceName(@Nullable String interfaceName) {
			this.interfaceName = interfaceName;
		}

		public @Nullable Integer getTtl() {
			return this.ttl;
		}

		public void setTtl(@Nullable Integer ttl) {
			this.ttl = ttl;
		}

		public @Nullable Boolean getLoopback() {
			return this.loopback;
		}

		public void setLoopback(@Nullable Boolean loopback) {
			this.loopback = loopback;
		}

		public @Nullable IpMode getIpMode() {
			return this.ipMode;
		}

		public void setIpMode(@Nullable IpMode ipMode) {
			this.ipMode = ipMode;
		}

		public @Nullable Boolean getJoin() {
			return this.join;
		}

		public void setJoin(@Nullable Boolean join) {
			this.join = join;
		}

		public @Nullable Boolean getOnly() {
			return this.only;
		}

		public void setOnly(@Nullable Boolean only) {
			this.only = only;
		}

		public @Nullable MulticastBind getBind() {
			return this.bind;
		}

		public void setBind(@Nullable MulticastBind bind) {
			this.bind = bind;
		}

	}

	/**
	 * Group to join.
	 */
	static class Group {

		/**
		 * Address of the group, for IPv6 possibly with a zone.
		 */
		private @Nullable String group;

		/**
		 * Name, index or address of the network interface to join on.
		 */
		@Name("interface")
		private @Nullable String interfaceName;

		/**
		 * Addresses of the only senders to receive from.
		 */
		private List<String> sources = new ArrayList<>();

		public @Nullable String getGroup() {
			return this.group;
		}

		public void setGroup(@Nullable String group) {
			this.group = group;
		}

		public @Nullable String getInterfaceName() {
			return this.interfaceName;
		}

		public void setInterfaceName(@Nullable String interfaceName) {
			this.interfaceName = interfaceName;
		}

		public List<String> getSources() {
			return this.sources;
		}

		public void setSources(List<String> sources) {
			this.sources = sources;
		}

	}

}
