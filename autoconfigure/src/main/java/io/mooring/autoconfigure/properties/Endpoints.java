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

	private final TypedKeys keys;

	private final ServiceNames services;

	Endpoints(TypedKeys keys, ServiceNames services) {
		this.properties = keys.properties();
		this.keys = keys;
		this.services = services;
	}

	void apply(ConnectionSpecBuilder spec) {
		if (this.keys.type().type().isListener()) {
			Integer port = port("port", this.properties.getPort(), 0);
			spec.local(binding("host", this.properties.getHost()), (port != null) ? port : 0);
			return;
		}
		if (this.keys.reads("host")) {
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
		if (!StringUtils.hasText(value) && !this.keys.isOwn(key)) {
			this.keys.reject(key,
					"missing; the type " + this.keys.type().type() + " needs the " + what + " to connect to");
		}
	}

	private SocketBinding binding(String hostKey, @Nullable String hostValue) {
		String interfaceName = interfaceName();
		IpSubnet subnet = subnet();
		// A host that is a group is nothing to bind to
		String host = this.keys.reads("group") ? null : host(hostKey, hostValue);
		List<String> alternatives = List.of("interface", "subnet", hostKey);
		boolean own = alternatives.stream().anyMatch(this.keys::isOwn);
		if (interfaceName != null && (!own || this.keys.isOwn("interface"))) {
			return new SocketBinding.Interface(interfaceName);
		}
		if (subnet != null && (!own || this.keys.isOwn("subnet") || isSubnet(this.properties.getInterfaceName()))) {
			return new SocketBinding.Subnet(subnet);
		}
		return (host != null && (!own || this.keys.isOwn(hostKey))) ? new SocketBinding.Fixed(host) : SocketBinding.ANY;
	}

	/**
	 * Return whether an interface may be given as the subnet that it has an address in.
	 */
	private boolean isSubnet(@Nullable String name) {
		return name != null && name.indexOf('/') >= 0 && "interface".equals(this.keys.type().pathKey());
	}

	private @Nullable String interfaceName() {
		String name = this.keys.text("interface", this.properties.getInterfaceName());
		if (isSubnet(name)) {
			return null;
		}
		if (name != null && (name.indexOf('/') >= 0 || StringUtils.containsWhitespace(name))) {
			this.keys.reject("interface", "is not the name of a network interface, such as eth0"
					+ ((name.indexOf('/') >= 0) ? "; a network is given as subnet" : ""));
		}
		return name;
	}

	private @Nullable IpSubnet subnet() {
		String name = this.keys.text("interface", this.properties.getInterfaceName());
		String key = isSubnet(name) ? "interface" : "subnet";
		String subnet = isSubnet(name) ? name : this.keys.text("subnet", this.properties.getSubnet());
		try {
			return (subnet != null) ? IpSubnet.parse(subnet) : null;
		}
		catch (IllegalArgumentException ex) {
			this.keys.reject(key, String.valueOf(ex.getMessage()));
			return null;
		}
	}

	private @Nullable String host(String key, @Nullable String value) {
		String host = this.keys.text(key, value);
		if (host == null) {
			return null;
		}
		String bare = (host.startsWith("[") && host.endsWith("]")) ? host.substring(1, host.length() - 1) : host;
		if (!isHost(bare)) {
			this.keys.reject(key, "is neither a host name nor an address"
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
		String port = this.keys.text(key, value);
		if (port == null) {
			return null;
		}
		String accepted = "; accepted are " + lowest + " to 65535 and service names";
		if (!port.matches("[+-]?\\d+")) {
			Integer found = this.services.find(port, protocol());
			if (found == null) {
				this.keys.reject(key, "is neither a number nor a known " + protocol() + " service" + accepted
						+ Suggestion.among(port, this.services.names(protocol())));
			}
			return found;
		}
		int number = (port.length() > 9) ? Integer.MAX_VALUE : Integer.parseInt(port);
		if (number < lowest || number > 65535) {
			this.keys.reject(key, "is out of range" + accepted);
		}
		return number;
	}

	private String protocol() {
		return this.keys.type().type().getScheme().startsWith(ConnectionType.UDP.getScheme()) ? "udp" : "tcp";
	}

}
