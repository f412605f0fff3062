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

package io.mooring.test;

import java.net.InetAddress;
import java.nio.charset.Charset;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.springframework.core.env.StandardEnvironment;
import org.springframework.util.unit.DataSize;

import io.mooring.ConnectionSpec;
import io.mooring.ConnectionType;
import io.mooring.Direction;
import io.mooring.IpMode;
import io.mooring.MulticastBind;
import io.mooring.OverflowPolicy;
import io.mooring.StartupMode;
import io.mooring.UnixPath;
import io.mooring.autoconfigure.properties.ConnectionDeclarations;
import io.mooring.autoconfigure.properties.TransportFactories;
import io.mooring.binding.IpAddresses;
import io.mooring.binding.IpSubnet;
import io.mooring.binding.SocketBinding;
import io.mooring.health.HealthSettings;
import io.mooring.integration.IntegrationSettings;
import io.mooring.integration.PayloadSettings;
import io.mooring.supervision.ReconnectSettings;
import io.mooring.transport.datagram.BroadcastSettings;
import io.mooring.transport.datagram.Group;
import io.mooring.transport.datagram.MulticastSettings;
import io.mooring.transport.settings.AddressSettings;
import io.mooring.transport.settings.ConnectSettings;
import io.mooring.transport.settings.DatagramSettings;
import io.mooring.transport.settings.FlowSettings;
import io.mooring.transport.settings.HeartbeatSettings;
import io.mooring.transport.settings.ReceiveSettings;
import io.mooring.transport.settings.SendSettings;
import io.mooring.transport.settings.SocketSettings;
import io.mooring.transport.settings.SslSettings;
import io.mooring.transport.settings.StartupSettings;
import io.mooring.transport.settings.UnixSettings;
import io.mooring.transport.stream.ClientsSettings;
import io.mooring.transport.stream.FramingSettings;
import io.mooring.transport.stream.TcpSettings;
import io.mooring.transport.unix.AncillarySettings;

/**
 * Builder for specs, which may be invalid, from the defaults of their type.
 */
public final class SpecBuilder {

	private static final ConnectionDeclarations DECLARATIONS = new ConnectionDeclarations(new StandardEnvironment(),
			TransportFactories.load(SpecBuilder.class.getClassLoader()));

	private ConnectionSpec spec;

	private SpecBuilder(String name, ConnectionType type) {
		this.spec = DECLARATIONS.defaults(name, type);
	}

	public static SpecBuilder of(String name, ConnectionType type) {
		return new SpecBuilder(name, type);
	}

	public SpecBuilder with(Object settings) {
		this.spec = this.spec.with(settings);
		return this;
	}

	private SpecBuilder withAll(List<Object> settings) {
		settings.forEach(this::with);
		return this;
	}

	public SpecBuilder remote(String host, int port) {
		AddressSettings address = this.spec.get(AddressSettings.class);
		return with(new AddressSettings(host, String.valueOf(port), address.interfaceName(), address.subnet(),
				address.localHost(), address.localPort()));
	}

	public SpecBuilder local(SocketBinding binding, int port) {
		AddressSettings address = this.spec.get(AddressSettings.class);
		boolean listener = this.spec.type().isListener();
		String host = (binding instanceof SocketBinding.Fixed fixed && !fixed.host().isEmpty()) ? fixed.host() : null;
		return with(
				new AddressSettings(listener ? host : address.host(), listener ? String.valueOf(port) : address.port(),
						(binding instanceof SocketBinding.Interface named) ? named.name() : null,
						(binding instanceof SocketBinding.Subnet subnet) ? subnet.network() : null,
						listener ? null : host, listener ? null : String.valueOf(port)));
	}

	public SpecBuilder direction(Direction direction) {
		FlowSettings flow = this.spec.get(FlowSettings.class);
		return with(new FlowSettings(direction, flow.interceptors(), flow.wireLog()));
	}

	public SpecBuilder interceptors(List<String> interceptors) {
		FlowSettings flow = this.spec.get(FlowSettings.class);
		return with(new FlowSettings(flow.direction(), interceptors, flow.wireLog()));
	}

	public SpecBuilder wireLog(boolean wireLog) {
		FlowSettings flow = this.spec.get(FlowSettings.class);
		return with(new FlowSettings(flow.direction(), flow.interceptors(), wireLog));
	}

	public SpecBuilder startup(StartupSettings startup) {
		return with(startup);
	}

	public SpecBuilder reconnect(ReconnectSettings reconnect) {
		return with(reconnect);
	}

	public SpecBuilder receive(List<Object> receive) {
		return withAll(receive);
	}

	public SpecBuilder send(SendSettings send) {
		return with(send);
	}

	public SpecBuilder broadcast(BroadcastSettings broadcast) {
		return with(broadcast);
	}

	public SpecBuilder multicast(MulticastSettings multicast) {
		return with(multicast);
	}

	public SpecBuilder socket(List<Object> socket) {
		return withAll(socket);
	}

	public SpecBuilder unix(List<Object> unix) {
		return withAll(unix);
	}

	public SpecBuilder integration(IntegrationSettings integration) {
		return with(integration);
	}

	public SpecBuilder health(HealthSettings health) {
		return with(health);
	}

	public SpecBuilder connectTimeout(Duration timeout) {
		return with(new ConnectSettings(timeout));
	}

	public SpecBuilder heartbeat(HeartbeatSettings heartbeat) {
		return with(heartbeat);
	}

	public SpecBuilder framing(FramingSettings framing) {
		return with(framing);
	}

	public SpecBuilder payload(PayloadSettings payload) {
		return with(payload);
	}

	public SpecBuilder clients(ClientsSettings clients) {
		return with(clients);
	}

	public SpecBuilder ssl(SslSettings ssl) {
		return with(ssl);
	}

	public ConnectionSpec build() {
		StartupSettings startup = this.spec.get(StartupSettings.class);
		if (startup.mode() != null) {
			return this.spec;
		}
		boolean fixed = this.spec.type().isListener()
				&& AddressSettings.binding(this.spec) instanceof SocketBinding.Fixed;
		return this.spec.with(new StartupSettings(fixed ? StartupMode.FAIL_FAST : StartupMode.BACKGROUND,
				startup.timeout(), startup.auto(), startup.phase(), startup.role()));
	}

	/**
	 * Build a valid spec, with dependent values resolved.
	 */
	public ConnectionSpec checked() {
		return DECLARATIONS.declare(build()).specs().get(0);
	}

	public static StartupSettings startup(StartupMode mode, Duration timeout, boolean auto, int phase) {
		return new StartupSettings(mode, timeout, auto, phase, null);
	}

	public static ReconnectSettings reconnect(boolean enabled, Duration initialDelay, double multiplier,
			Duration maxDelay, double jitter, int maxAttempts) {
		return reconnect(enabled, initialDelay, multiplier, maxDelay, jitter, maxAttempts, null);
	}

	public static ReconnectSettings reconnect(boolean enabled, Duration initialDelay, double multiplier,
			Duration maxDelay, double jitter, int maxAttempts, String policy) {
		return new ReconnectSettings(enabled, initialDelay, multiplier, maxDelay, jitter, maxAttempts, policy);
	}

	public static List<Object> receive(int capacity, OverflowPolicy overflow, int maxSize, boolean maximizeBuffer) {
		return List.of(new ReceiveSettings(capacity, overflow),
				new DatagramSettings(DataSize.ofBytes(maxSize), maximizeBuffer));
	}

	public static List<Object> socket(Integer receiveBuffer, Integer sendBuffer, Boolean reuseAddress,
			Boolean reusePort, Integer precedence, Integer backlog, TcpSettings tcp) {
		return List.of(new SocketSettings(bytes(receiveBuffer), bytes(sendBuffer), reuseAddress, reusePort, precedence,
				backlog), tcp);
	}

	public static List<Object> socket(Integer receiveBuffer, Integer sendBuffer, Boolean reuseAddress,
			Boolean reusePort, Integer precedence, Integer backlog) {
		return socket(receiveBuffer, sendBuffer, reuseAddress, reusePort, precedence, backlog, TcpSettings.DEFAULT);
	}

	private static DataSize bytes(Integer size) {
		return (size != null) ? DataSize.ofBytes(size) : null;
	}

	public static List<Object> unix(UnixPath path, UnixPath localPath, Set<PosixFilePermission> mode, String fd,
			boolean credentials, boolean descriptors, int ancillarySize) {
		return List.of(new UnixSettings(path, localPath, PosixFilePermissions.toString(mode), fd),
				new AncillarySettings(credentials, descriptors, DataSize.ofBytes(ancillarySize)));
	}

	public static ClientsSettings clients(int max, Duration idleTimeout, List<IpSubnet> allow) {
		return new ClientsSettings(max, idleTimeout, allow.stream().map(IpSubnet::toString).toList());
	}

	public static BroadcastSettings broadcast(boolean enabled, InetAddress address, Integer port,
			String interfaceName) {
		return new BroadcastSettings(enabled, address, (port != null) ? port.toString() : null, interfaceName);
	}

	public static MulticastSettings multicast(List<Group> groups, String interfaceName, int ttl, Boolean loopback,
			IpMode ipMode, boolean join, boolean only, MulticastBind bind) {
		return new MulticastSettings(groups.stream()
			.map((group) -> new MulticastSettings.Member(group.toString(), group.interfaceName(),
					group.sources().stream().map(IpAddresses::format).toList()))
			.toList(), interfaceName, ttl, loopback, ipMode, join, only, bind);
	}

	public static PayloadSettings payload(String codec, Charset charset, String type) {
		return new PayloadSettings(codec, charset.name(), type);
	}

}
