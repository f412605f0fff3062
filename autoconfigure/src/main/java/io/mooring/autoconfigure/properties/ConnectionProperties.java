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
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.Name;

import io.mooring.Direction;
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
	 * Role of Spring Integration that opens and closes the connection, such as the role
	 * of a leader election; the connection then does not open with the application.
	 */
	private @Nullable String role;

	/**
	 * Longest attempt to connect to the remote. If a duration suffix is not specified,
	 * milliseconds are used.
	 */
	private @Nullable Duration connectTimeout;

	@NestedConfigurationProperty
	private final ReconnectProperties reconnect = new ReconnectProperties();

	@NestedConfigurationProperty
	private final HeartbeatProperties heartbeat = new HeartbeatProperties();

	@NestedConfigurationProperty
	private final FramingProperties framing = new FramingProperties();

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

	@NestedConfigurationProperty
	private final SendProperties send = new SendProperties();

	@NestedConfigurationProperty
	private final ReceiveProperties receive = new ReceiveProperties();

	/**
	 * Address of the multicast group to join and to send to, for IPv6 possibly with a
	 * zone.
	 */
	private @Nullable String group;

	@NestedConfigurationProperty
	private final BroadcastProperties broadcast = new BroadcastProperties();

	@NestedConfigurationProperty
	private final MulticastProperties multicast = new MulticastProperties();

	@NestedConfigurationProperty
	private final SocketProperties socket = new SocketProperties();

	@NestedConfigurationProperty
	private final SslProperties ssl = new SslProperties();

	@NestedConfigurationProperty
	private final IntegrationProperties integration = new IntegrationProperties();

	@NestedConfigurationProperty
	private final HealthProperties health = new HealthProperties();

	@NestedConfigurationProperty
	private final ClientsProperties clients = new ClientsProperties();

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

	public @Nullable String getRole() {
		return this.role;
	}

	public void setRole(@Nullable String role) {
		this.role = role;
	}

	public @Nullable Duration getConnectTimeout() {
		return this.connectTimeout;
	}

	public void setConnectTimeout(@Nullable Duration connectTimeout) {
		this.connectTimeout = connectTimeout;
	}

	public HeartbeatProperties getHeartbeat() {
		return this.heartbeat;
	}

	public FramingProperties getFraming() {
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

	public SendProperties getSend() {
		return this.send;
	}

	public ReconnectProperties getReconnect() {
		return this.reconnect;
	}

	public ReceiveProperties getReceive() {
		return this.receive;
	}

	public @Nullable String getGroup() {
		return this.group;
	}

	public void setGroup(@Nullable String group) {
		this.group = group;
	}

	public BroadcastProperties getBroadcast() {
		return this.broadcast;
	}

	public MulticastProperties getMulticast() {
		return this.multicast;
	}

	public SocketProperties getSocket() {
		return this.socket;
	}

	public SslProperties getSsl() {
		return this.ssl;
	}

	public IntegrationProperties getIntegration() {
		return this.integration;
	}

	public HealthProperties getHealth() {
		return this.health;
	}

	public ClientsProperties getClients() {
		return this.clients;
	}

}
