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

package io.mooring.transport.datagram;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

import io.mooring.IpMode;
import io.mooring.MulticastBind;
import io.mooring.binding.IpAddresses;
import io.mooring.transport.settings.AddressSettings;
import io.mooring.transport.settings.SettingsCheck;
import io.mooring.transport.settings.SettingsRules;

/**
 * Settings of multicast connections.
 *
 * @param members groups to join, in addition to or instead of "group"
 * @param interfaceName name, index or address of the network interface to send through
 * @param ttl time to live (IPv6: hop limit) of sent datagrams, 1 to 255
 * @param loopback whether to deliver sent datagrams to sockets on the own host
 * @param ipMode address families of the socket. By default those of the groups
 * @param join whether to join the groups. If false, only send to them
 * @param only whether to reject recipients that are not groups
 * @param bind address to bind to. By default the group if there is exactly one to join,
 * else any address
 */
@ConfigurationProperties("mooring.defaults.multicast")
public record MulticastSettings(@Name("groups") @DefaultValue List<Member> members,
		@Name("interface") @Nullable String interfaceName, @DefaultValue("1") int ttl, @Nullable Boolean loopback,
		@Nullable IpMode ipMode, @DefaultValue("true") boolean join, @DefaultValue("false") boolean only,
		@Nullable MulticastBind bind) implements SettingsRules<MulticastSettings> {

	private static final Pattern NAME = Pattern.compile("[^\\d:.][^:.]*");

	/**
	 * Return the groups to join. The first one is the default recipient.
	 * @return the groups
	 */
	public List<Group> groups() {
		return this.members.stream().map(Member::toGroup).toList();
	}

	@Override
	public MulticastSettings check(SettingsCheck check) {
		if (!check.reads("group")) {
			return this;
		}
		List<Member> all = new ArrayList<>();
		for (int i = 0; i < this.members.size(); i++) {
			Member member = check(check, "multicast.groups[" + i + "]", this.members.get(i));
			if (member != null) {
				all.add(member);
			}
		}
		Member first = first(check);
		if (first != null && (all.isEmpty() || !all.get(0).equals(first))) {
			all.add(0, first);
		}
		return new MulticastSettings(List.copyOf(all), this.interfaceName, this.ttl, this.loopback, this.ipMode,
				this.join, this.only, this.bind);
	}

	/**
	 * Return the group of the key "group", or "host".
	 */
	private static @Nullable Member first(SettingsCheck check) {
		AddressSettings address = check.get(AddressSettings.class);
		String group = check.get(GroupSettings.class).group();
		boolean byHost = check.isOwn("host") && address.host() != null;
		if (byHost && check.isOwn("group")) {
			check.reject("host", "is an alias of group, which is also set; drop one of them");
			return null;
		}
		String key = byHost ? "host" : "group";
		String text = byHost ? address.host() : group;
		return (text != null) ? valid(check, key, new Member(text, address.interfaceName(), List.of())) : null;
	}

	private static @Nullable Member check(SettingsCheck check, String key, Member member) {
		if (member.group == null) {
			check.reject(key + ".group", "missing; each of the groups needs an address");
			return null;
		}
		boolean valid = true;
		for (int i = 0; i < member.sources.size(); i++) {
			if (IpAddresses.parse(member.sources.get(i).strip()) == null) {
				check.reject(check.elementKey(key + ".sources", i),
						"is not an address; accepted are literal ones, such as 192.168.1.7");
				valid = false;
			}
		}
		return valid ? valid(check, key + ".group", member) : null;
	}

	private static @Nullable Member valid(SettingsCheck check, String key, Member member) {
		try {
			Group group = member.toGroup();
			String zone = group.zone();
			if (zone != null && member.interfaceName != null && isName(zone) && isName(member.interfaceName)
					&& !zone.equals(member.interfaceName)) {
				check.reject(key, "has the zone " + zone + ", but the interface is " + member.interfaceName
						+ "; drop one of them");
			}
			return member;
		}
		catch (IllegalArgumentException ex) {
			check.reject(key, String.valueOf(ex.getMessage()));
			return null;
		}
	}

	private static boolean isName(String text) {
		return NAME.matcher(text).matches();
	}

	/**
	 * Group to join.
	 *
	 * @param group address of the group, for IPv6 possibly with a zone
	 * @param interfaceName name, index or address of the network interface to join on
	 * @param sources addresses of the senders to receive from. By default all
	 */
	public record Member(@Nullable String group, @Name("interface") @Nullable String interfaceName,
			@DefaultValue List<String> sources) {

		Group toGroup() {
			String text = Objects.requireNonNull(this.group);
			String bare = (text.startsWith("[") && text.endsWith("]")) ? text.substring(1, text.length() - 1) : text;
			List<InetAddress> senders = this.sources.stream()
				.map((source) -> Objects.requireNonNull(IpAddresses.parse(source.strip())))
				.toList();
			return Group.of(bare, this.interfaceName, senders);
		}

	}

}
