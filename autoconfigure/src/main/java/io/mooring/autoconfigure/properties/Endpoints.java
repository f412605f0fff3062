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

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

import io.mooring.ConnectionSpecBuilder;
import io.mooring.ConnectionType;
import io.mooring.binding.IpSubnet;
import io.mooring.binding.SocketBinding;

/**
 * What the keys for addresses and ports mean to a type.
 */
final class Endpoints {

	private static final Pattern HOST = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}._-]*");

	private static final Pattern IPV4 = Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");

	private final ConnectionProperties properties;

	private final TransportTypes.Entry type;

	private final GivenKeys given;

	private final ServiceNames services;

	Endpoints(ConnectionProperties properties, TransportTypes.Entry type, GivenKeys given, ServiceNames services) {
		this.properties = properties;
		this.type = type;
		this.given = given;
		this.services = services;
	}

	void apply(ConnectionSpecBuilder spec) {
		if (this.type.type().isListener()) {
			Integer port = port("port", this.properties.getPort(), 0);
			spec.local(binding("host", this.properties.getHost()), (port != null) ? port : 0);
			return;
		}
		if (this.type.reads("host")) {
			String host = host("host", this.properties.getHost());
			Integer port = port("port", this.properties.getPort(), 1);
			required("host", this.properties.getHost(), "host name or address");
			required("port", this.properties.getPort(), "port number or service name");
			if (host != null && port != null) {
				spec.remote(host, port);
			}
		}
		Integer localPort = port("local-port", this.properties.getLocalPort(), 0);
		spec.local(binding("local-host", this.properties.getLocalHost()), (localPort != null) ? localPort : 0);
	}

	private void required(String key, @Nullable String value, String what) {
		if (!StringUtils.hasText(value) && this.given.own(key) == null) {
			this.given.reject(key, "missing; the type " + this.type.type() + " needs the " + what + " to connect to");
		}
	}

	private SocketBinding binding(String hostKey, @Nullable String hostValue) {
		String interfaceName = interfaceName();
		IpSubnet subnet = subnet();
		// A host that is a group is nothing to bind to
		String host = this.type.reads("group") ? null : host(hostKey, hostValue);
		List<String> keys = List.of("interface", "subnet", hostKey);
		boolean own = keys.stream().map(this.given::own).anyMatch(Objects::nonNull);
		if (interfaceName != null && (!own || this.given.own("interface") != null)) {
			return new SocketBinding.Interface(interfaceName);
		}
		if (subnet != null
				&& (!own || this.given.own("subnet") != null || isSubnet(this.properties.getInterfaceName()))) {
			return new SocketBinding.Subnet(subnet);
		}
		return (host != null && (!own || this.given.own(hostKey) != null)) ? new SocketBinding.Fixed(host)
				: SocketBinding.ANY;
	}

	/**
	 * Return whether an interface may be given as the subnet that it has an address in.
	 */
	private boolean isSubnet(@Nullable String name) {
		return name != null && name.indexOf('/') >= 0 && "interface".equals(this.type.pathKey());
	}

	private @Nullable String interfaceName() {
		String name = given("interface", this.properties.getInterfaceName());
		if (isSubnet(name)) {
			return null;
		}
		if (name != null && (name.indexOf('/') >= 0 || StringUtils.containsWhitespace(name))) {
			this.given.reject("interface", "is not the name of a network interface, such as eth0"
					+ ((name.indexOf('/') >= 0) ? "; a network is given as subnet" : ""));
		}
		return name;
	}

	private @Nullable IpSubnet subnet() {
		String name = given("interface", this.properties.getInterfaceName());
		String key = isSubnet(name) ? "interface" : "subnet";
		String subnet = isSubnet(name) ? name : given("subnet", this.properties.getSubnet());
		try {
			return (subnet != null) ? IpSubnet.parse(subnet) : null;
		}
		catch (IllegalArgumentException ex) {
			this.given.reject(key, String.valueOf(ex.getMessage()));
			return null;
		}
	}

	private @Nullable String host(String key, @Nullable String value) {
		String host = given(key, value);
		if (host == null) {
			return null;
		}
		String bare = (host.startsWith("[") && host.endsWith("]")) ? host.substring(1, host.length() - 1) : host;
		if (!isHost(bare)) {
			this.given.reject(key, "is neither a host name nor an address"
					+ (bare.matches("[^:]+:\\w+") ? "; the port is a key of its own" : ""));
		}
		return bare;
	}

	private boolean isHost(String host) {
		if (host.indexOf(':') < 0) {
			return (host.matches("[\\d.]+") ? IPV4 : HOST).matcher(host).matches();
		}
		try {
			// In brackets it is never looked up, without a zone it need not exist here
			return InetAddress.getByName("[" + host.replaceFirst("%[\\w.-]+$", "") + "]") != null;
		}
		catch (UnknownHostException ex) {
			return false;
		}
	}

	@Nullable Integer port(String key, @Nullable String value, int lowest) {
		String port = given(key, value);
		if (port == null) {
			return null;
		}
		String accepted = "; accepted are " + lowest + " to 65535 and service names";
		if (!port.matches("[+-]?\\d+")) {
			Integer found = this.services.find(port, protocol());
			if (found == null) {
				this.given.reject(key, "is neither a number nor a known " + protocol() + " service" + accepted
						+ Suggestion.among(port, this.services.names(protocol())));
			}
			return found;
		}
		int number = (port.length() > 9) ? Integer.MAX_VALUE : Integer.parseInt(port);
		if (number < lowest || number > 65535) {
			this.given.reject(key, "is out of range" + accepted);
		}
		return number;
	}

	private String protocol() {
		return this.type.type().getScheme().startsWith(ConnectionType.UDP.getScheme()) ? "udp" : "tcp";
	}

	/**
	 * Return a value if there is one, and the type reads its key.
	 */
	private @Nullable String given(String key, @Nullable String value) {
		return (StringUtils.hasText(value) && this.type.reads(key)) ? value.strip() : null;
	}

}
