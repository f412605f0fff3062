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

package io.mooring.transport.datagram.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;

import io.mooring.Membership;
import io.mooring.binding.BindingException;
import io.mooring.binding.InterfaceSnapshot;
import io.mooring.transport.datagram.Group;
import io.mooring.transport.datagram.MulticastSettings;
import io.mooring.transport.internal.log.Errors;

/**
 * Memberships of one connection, across reopenings.
 */
final class Memberships {

	private final GroupResolver groups;

	private final JoinRules rules;

	private final List<MembershipEntry> entries = new ArrayList<>();

	private final Map<MembershipEntry, String> missing = new LinkedHashMap<>();

	private final Log logger;

	Memberships(MulticastSettings multicast, GroupResolver groups, Log logger) {
		this.groups = groups;
		this.logger = logger;
		this.rules = new JoinRules(multicast);
		if (multicast.join()) {
			multicast.groups().forEach((group) -> this.entries.add(new MembershipEntry(group)));
		}
	}

	/**
	 * Join on a new socket all groups whose interface is available.
	 * @param channel the socket
	 * @throws IOException if one of them cannot be joined
	 * @throws BindingException if no interface is available
	 */
	synchronized void joinAll(DatagramChannel channel) throws IOException {
		this.entries.forEach(MembershipEntry::forget);
		Map<MembershipEntry, Exception> missing = new LinkedHashMap<>();
		for (MembershipEntry entry : this.entries) {
			try {
				join(channel, entry, upInterfaceOf(entry.group()));
			}
			catch (BindingException ex) {
				missing.put(entry, ex);
			}
		}
		update(missing);
	}

	/**
	 * Update the memberships after a change of the interfaces. The kernel has dropped the
	 * groups on a recreated interface, though their keys remain valid, so these are
	 * dropped first. Other memberships are unaffected.
	 * @param channel the socket
	 * @throws IOException if no group can be joined
	 * @throws BindingException if no interface is available
	 */
	synchronized void follow(DatagramChannel channel) throws IOException {
		Map<MembershipEntry, Exception> missing = new LinkedHashMap<>();
		for (MembershipEntry entry : this.entries) {
			try {
				InterfaceSnapshot at = upInterfaceOf(entry.group());
				if (!entry.isJoined() || !entry.isAt(entry.group().address(), at)) {
					entry.drop();
					join(channel, entry, at);
				}
			}
			catch (IOException | BindingException ex) {
				entry.drop();
				missing.put(entry, ex);
			}
		}
		update(missing);
	}

	private void join(DatagramChannel channel, MembershipEntry entry, InterfaceSnapshot at) throws IOException {
		Group group = entry.group();
		if (this.entries.stream().anyMatch((other) -> other.isJoined() && other.isAt(group.address(), at))) {
			throw new IOException("cannot join " + group + " twice on " + at.name()
					+ "; give its sources together, or drop one of them");
		}
		this.groups.checkPresent(new GroupResolver.Target(group.address(), at, false));
		entry.at(at);
		entry.join(channel);
	}

	private void update(Map<MembershipEntry, Exception> missing) throws IOException {
		if (!missing.isEmpty() && missing.size() == this.entries.size()) {
			this.missing.clear();
			Exception first = missing.values().iterator().next();
			if (first instanceof IOException failure) {
				throw failure;
			}
			throw (BindingException) first;
		}
		missing.forEach((entry, reason) -> {
			if (this.missing.put(entry, Errors.describe(reason)) == null) {
				this.logger
					.warn("Not a member of " + entry + " until its interface is available: " + Errors.describe(reason));
			}
		});
		this.missing.keySet().removeIf((entry) -> {
			if (entry.isJoined()) {
				this.logger.info("Member of " + entry + " again");
			}
			return !missing.containsKey(entry);
		});
	}

	/**
	 * Return the memberships whose interface is not available while the socket is open.
	 */
	synchronized List<String> missing() {
		return this.missing.entrySet()
			.stream()
			.filter((entry) -> this.entries.contains(entry.getKey()))
			.map((entry) -> entry.getKey() + ": " + entry.getValue())
			.toList();
	}

	synchronized void join(DatagramChannel channel, Group group, @Nullable InetAddress source) throws IOException {
		this.rules.checkJoin(group, source);
		InterfaceSnapshot at = interfaceOf(group);
		MembershipEntry entry = find(group, at);
		if (entry == null) {
			entry = new MembershipEntry(new Group(group.address(), group.zone(), group.interfaceName(),
					(source != null) ? List.of(source) : List.of()));
			entry.at(at);
			entry.join(channel);
			this.entries.add(entry);
		}
		else if (entry.isForAllSenders() != (source == null)) {
			throw new IOException("cannot join " + entry
					+ ((source != null) ? " for single sources" : " for all senders") + ": it is joined for "
					+ (entry.isForAllSenders() ? "all senders" : "single sources") + "; leave it first");
		}
		else if (source != null && !entry.hasSource(source)) {
			entry.addSource(channel, source);
		}
	}

	synchronized void leave(Group group, @Nullable InetAddress source) throws IOException {
		MembershipEntry entry = member(group);
		if (source == null) {
			entry.drop();
			this.entries.remove(entry);
		}
		else if (!entry.hasSource(source)) {
			throw new IOException("cannot leave the source " + source.getHostAddress() + " of " + entry
					+ ": it is not joined; joined are " + entry.toMembership().sources());
		}
		else if (entry.dropSource(source)) {
			this.entries.remove(entry);
		}
	}

	synchronized void leaveAll() {
		this.entries.forEach(MembershipEntry::drop);
		this.entries.clear();
	}

	synchronized void block(Group group, InetAddress source) throws IOException {
		MembershipEntry entry = member(group);
		this.rules.checkSource(group, source);
		if (!entry.isForAllSenders()) {
			throw new IOException("cannot block " + source.getHostAddress() + " in " + entry
					+ ": it is joined for single sources; leave the source instead");
		}
		if (!entry.isBlocked(source)) {
			entry.block(source);
		}
	}

	synchronized void unblock(Group group, InetAddress source) throws IOException {
		MembershipEntry entry = member(group);
		if (!entry.isBlocked(source)) {
			throw new IOException("cannot unblock " + source.getHostAddress() + " in " + entry + ": it is not blocked");
		}
		entry.unblock(source);
	}

	synchronized List<Membership> list() {
		return this.entries.stream().map(MembershipEntry::toMembership).toList();
	}

	private MembershipEntry member(Group group) throws IOException {
		List<MembershipEntry> of = this.entries.stream()
			.filter((entry) -> entry.group().address().equals(group.address()))
			.toList();
		if (of.size() == 1 && group.interfaceName() == null && group.zone() == null) {
			return of.get(0);
		}
		MembershipEntry entry = of.isEmpty() ? null : find(group, interfaceOf(group));
		if (entry == null) {
			throw new IOException("is not a member of " + group
					+ ((group.interfaceName() != null) ? " on " + group.interfaceName() : "")
					+ (of.isEmpty() ? "" : "; it is of " + of));
		}
		return entry;
	}

	private @Nullable MembershipEntry find(Group group, InterfaceSnapshot at) {
		return this.entries.stream().filter((entry) -> entry.isAt(group.address(), at)).findFirst().orElse(null);
	}

	private InterfaceSnapshot upInterfaceOf(Group group) throws IOException {
		GroupResolver.Target target = this.groups.resolve(group, true);
		this.groups.checkUp(target);
		return Objects.requireNonNull(target.networkInterface());
	}

	private InterfaceSnapshot interfaceOf(Group group) throws IOException {
		return Objects.requireNonNull(this.groups.resolve(group, true).networkInterface());
	}

}
