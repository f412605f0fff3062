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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

import io.mooring.ConnectionSpec;
import io.mooring.ConnectionSpecBuilder;
import io.mooring.binding.IpAddresses;

/**
 * What the keys for broadcast and multicast mean.
 */
final class DatagramKeys {

	private static final Pattern NAME = Pattern.compile("[^\\d:.][^:.]*");

	private final ConnectionProperties properties;

	private final TypedKeys keys;

	private final Endpoints endpoints;

	DatagramKeys(TypedKeys keys, Endpoints endpoints) {
		this.properties = keys.properties();
		this.keys = keys;
		this.endpoints = endpoints;
	}

	void apply(ConnectionSpecBuilder spec) {
		ConnectionSpec defaults = spec.build();
		if (this.keys.reads("broadcast")) {
			spec.broadcast(broadcast(this.properties.getBroadcast(), defaults.broadcast()));
		}
		if (this.keys.reads("multicast")) {
			spec.multicast(multicast(this.properties.getMulticast(), defaults.multicast()));
		}
	}

	private ConnectionSpec.Broadcast broadcast(BroadcastProperties broadcast, ConnectionSpec.Broadcast defaults) {
		Integer port = this.endpoints.port("broadcast.port", broadcast.getPort(), 1);
		boolean enabled = Objects.requireNonNullElse(broadcast.getEnabled(), port != null || defaults.enabled());
		return new ConnectionSpec.Broadcast(enabled, address("broadcast.address", broadcast.getAddress()), port,
				text(broadcast.getInterfaceName()));
	}

	private ConnectionSpec.Multicast multicast(MulticastProperties multicast, ConnectionSpec.Multicast defaults) {
		List<ConnectionSpec.Group> groups = new ArrayList<>();
		ConnectionSpec.Group first = group();
		if (first != null) {
			groups.add(first);
		}
		for (int i = 0; i < multicast.getGroups().size(); i++) {
			ConnectionSpec.Group group = group("multicast.groups[" + i + "]", multicast.getGroups().get(i));
			if (group != null) {
				groups.add(group);
			}
		}
		return new ConnectionSpec.Multicast(List.copyOf(groups), text(multicast.getInterfaceName()),
				Objects.requireNonNullElse(multicast.getTtl(), defaults.ttl()), multicast.getLoopback(),
				multicast.getIpMode(), Objects.requireNonNullElse(multicast.getJoin(), defaults.join()),
				Objects.requireNonNullElse(multicast.getOnly(), defaults.only()), multicast.getBind());
	}

	/**
	 * Read the group that is called so, or host.
	 */
	private ConnectionSpec.@Nullable Group group() {
		String group = text(this.properties.getGroup());
		String host = text(this.properties.getHost());
		if (this.keys.isOwn("host") && this.keys.isOwn("group")) {
			this.keys.reject("host", "is given beside the group, which it stands for; drop one of them");
			return null;
		}
		if (group != null && !this.keys.isOwn("host")) {
			return group("group", group, text(this.properties.getInterfaceName()), List.of());
		}
		return (host != null && this.keys.isOwn("host"))
				? group("host", host, text(this.properties.getInterfaceName()), List.of()) : null;
	}

	private ConnectionSpec.@Nullable Group group(String key, GroupProperties element) {
		String group = text(element.getGroup());
		if (group == null) {
			this.keys.reject(key + ".group", "missing; each of the groups needs an address");
			return null;
		}
		List<InetAddress> sources = new ArrayList<>();
		for (int i = 0; i < element.getSources().size(); i++) {
			String single = key + ".sources[" + i + "]";
			InetAddress source = address(this.keys.isOwn(single) ? single : key + ".sources",
					element.getSources().get(i));
			if (source != null) {
				sources.add(source);
			}
		}
		return group(key + ".group", group, text(element.getInterfaceName()), sources);
	}

	private ConnectionSpec.@Nullable Group group(String key, String text, @Nullable String interfaceName,
			List<InetAddress> sources) {
		try {
			String bare = (text.startsWith("[") && text.endsWith("]")) ? text.substring(1, text.length() - 1) : text;
			ConnectionSpec.Group group = ConnectionSpec.Group.of(bare, interfaceName, sources);
			if (group.zone() != null && interfaceName != null && isName(group.zone()) && isName(interfaceName)
					&& !group.zone().equals(interfaceName)) {
				this.keys.reject(key, "has the zone " + group.zone() + ", but the interface is " + interfaceName
						+ "; drop one of them");
			}
			return group;
		}
		catch (IllegalArgumentException ex) {
			this.keys.reject(key, String.valueOf(ex.getMessage()));
			return null;
		}
	}

	private static boolean isName(String text) {
		return NAME.matcher(text).matches();
	}

	private @Nullable InetAddress address(String key, @Nullable String value) {
		String text = text(value);
		InetAddress address = (text != null) ? IpAddresses.parse(text) : null;
		if (text != null && address == null) {
			this.keys.reject(key, "is not an address; accepted are literal ones, such as 192.168.1.7");
		}
		return address;
	}

	private static @Nullable String text(@Nullable String value) {
		return StringUtils.hasText(value) ? value.strip() : null;
	}

}
