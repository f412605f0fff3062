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

package io.mooring.transport.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.util.StringUtils;

import io.mooring.ConnectionSpec;
import io.mooring.ConnectionType;
import io.mooring.binding.IpSubnet;
import io.mooring.binding.SocketBinding;

/**
 * Settings of addresses and ports.
 *
 * @param host host name or address: the remote of a client, the local address of a
 * listener
 * @param port port number or service name: the remote port of a client, the local port of
 * a listener, 0 for any free port
 * @param interfaceName name of the network interface whose address to bind to. Takes
 * precedence over a subnet and a host
 * @param subnet subnet in CIDR notation. The socket is bound to the local address in it.
 * Takes precedence over a host
 * @param localHost local host name or address to bind a client to
 * @param localPort local port number or service name to bind a client to, 0 for any free
 * port
 */
@ConfigurationProperties("mooring.defaults")
public record AddressSettings(@Nullable String host, @Nullable String port,
		@Name("interface") @Nullable String interfaceName, @Nullable IpSubnet subnet, @Nullable String localHost,
		@Nullable String localPort) implements SettingsRules<AddressSettings> {

	private static final Pattern HOST = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}._-]*");

	private static final Pattern IPV4 = Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");

	/**
	 * Return the remote of a connection.
	 * @param spec the spec
	 * @return the remote, {@code null} if there is none
	 */
	public static @Nullable Remote remote(ConnectionSpec spec) {
		AddressSettings address = spec.get(AddressSettings.class);
		return (!spec.type().isListener() && address.host != null && address.port != null)
				? new Remote(address.host, Integer.parseInt(address.port)) : null;
	}

	/**
	 * Return the binding of a connection.
	 * @param spec the spec
	 * @return the binding
	 */
	public static SocketBinding binding(ConnectionSpec spec) {
		return spec.get(AddressSettings.class).binding(spec.type());
	}

	/**
	 * Return the local port of a connection.
	 * @param spec the spec
	 * @return the port, 0 for any free port
	 */
	public static int localPort(ConnectionSpec spec) {
		AddressSettings address = spec.get(AddressSettings.class);
		String port = spec.type().isListener() ? address.port : address.localPort;
		return (port != null) ? Integer.parseInt(port) : 0;
	}

	SocketBinding binding(ConnectionType type) {
		if (this.interfaceName != null) {
			return new SocketBinding.Interface(this.interfaceName);
		}
		if (this.subnet != null) {
			return new SocketBinding.Subnet(this.subnet);
		}
		// A host that is a multicast group is not a local address
		String local = type.equals(ConnectionType.UDP_MULTICAST) ? null
				: (type.isListener() ? this.host : this.localHost);
		return (local != null) ? new SocketBinding.Fixed(local) : SocketBinding.ANY;
	}

	/**
	 * Resolve service names, and remove binding keys over which another one takes
	 * precedence.
	 */
	@Override
	public AddressSettings check(SettingsCheck check) {
		if (this.interfaceName != null && this.interfaceName.indexOf('/') >= 0 && bindsToNetwork(check.type())) {
			return bySubnet(check, this.interfaceName);
		}
		boolean listener = check.type().isListener();
		boolean remote = !listener && check.reads("host");
		boolean group = check.reads("group");
		String checkedHost = group ? this.host : host(check, "host", this.host);
		String checkedPort = port(check, "port", this.port, listener ? 0 : 1);
		if (remote) {
			required(check, "host", this.host, "host name or address");
			required(check, "port", this.port, "port number or service name");
		}
		String checkedLocalHost = host(check, "local-host", this.localHost);
		String checkedLocalPort = port(check, "local-port", this.localPort, 0);
		if (this.interfaceName != null
				&& (this.interfaceName.indexOf('/') >= 0 || StringUtils.containsWhitespace(this.interfaceName))) {
			check.reject("interface", "is not the name of a network interface, such as eth0"
					+ ((this.interfaceName.indexOf('/') >= 0) ? "; a network is given as subnet" : ""));
		}
		String localKey = listener ? "host" : "local-host";
		boolean own = Stream.of("interface", "subnet", localKey).anyMatch(check::isOwn);
		boolean byInterface = this.interfaceName != null && (!own || check.isOwn("interface"));
		boolean bySubnet = !byInterface && this.subnet != null && (!own || check.isOwn("subnet"));
		boolean byHost = !byInterface && !bySubnet && (!own || check.isOwn(localKey));
		return new AddressSettings((listener && !byHost && !group) ? null : checkedHost, checkedPort,
				byInterface ? this.interfaceName : null, bySubnet ? this.subnet : null,
				byHost ? checkedLocalHost : null, checkedLocalPort);
	}

	/**
	 * Return whether an interface may be given by its subnet.
	 */
	private static boolean bindsToNetwork(ConnectionType type) {
		return type.equals(ConnectionType.UDP_BROADCAST) || type.equals(ConnectionType.UDP_BROADCAST_IN);
	}

	private AddressSettings bySubnet(SettingsCheck check, String text) {
		try {
			AddressSettings address = new AddressSettings(null, this.port, null, IpSubnet.parse(text), null, null)
				.check(check);
			return new AddressSettings(null, address.port, null, IpSubnet.parse(text), null, null);
		}
		catch (IllegalArgumentException ex) {
			check.reject("interface", String.valueOf(ex.getMessage()));
			return this;
		}
	}

	private static void required(SettingsCheck check, String key, @Nullable String value, String what) {
		if (value == null && !check.isOwn(key)) {
			check.reject(key, "missing; the type " + check.type() + " needs the " + what + " to connect to");
		}
	}

	private static @Nullable String host(SettingsCheck check, String key, @Nullable String host) {
		if (host == null) {
			return null;
		}
		String bare = (host.startsWith("[") && host.endsWith("]")) ? host.substring(1, host.length() - 1) : host;
		if (!isHost(bare)) {
			check.reject(key, "is neither a host name nor an address"
					+ (bare.matches("[^:]+:\\w+") ? "; the port is a key of its own" : ""));
		}
		return bare;
	}

	private static boolean isHost(String host) {
		if (host.indexOf(':') < 0) {
			return (host.matches("[\\d.]+") ? IPV4 : HOST).matcher(host).matches();
		}
		try {
			// In brackets it is never resolved, and without a zone the interface need not
			// exist
			return InetAddress.getByName("[" + host.replaceFirst("%[\\w.-]+$", "") + "]") != null;
		}
		catch (UnknownHostException ex) {
			return false;
		}
	}

	/**
	 * Check a port number or service name.
	 * @param check the context
	 * @param key the key
	 * @param port the port
	 * @param lowest the lowest accepted port
	 * @return the port number as text, {@code null} if there is none
	 */
	public static @Nullable String port(SettingsCheck check, String key, @Nullable String port, int lowest) {
		if (port == null) {
			return null;
		}
		String accepted = "; accepted are " + lowest + " to 65535 and service names";
		if (!port.matches("[+-]?\\d+")) {
			String protocol = check.type().getScheme().startsWith(ConnectionType.UDP.getScheme()) ? "udp" : "tcp";
			Integer found = ServiceNames.system().find(port, protocol);
			if (found == null) {
				check.reject(key, "is neither a number nor a known " + protocol + " service" + accepted
						+ check.suggestion(port, ServiceNames.system().names(protocol)));
			}
			return (found != null) ? found.toString() : null;
		}
		int number = (port.length() > 9) ? Integer.MAX_VALUE : Integer.parseInt(port);
		if (number < lowest || number > 65535) {
			check.reject(key, "is out of range" + accepted);
		}
		return String.valueOf(number);
	}

}
