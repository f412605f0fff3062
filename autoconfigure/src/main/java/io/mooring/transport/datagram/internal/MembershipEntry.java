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
import java.net.NetworkInterface;
import java.nio.channels.DatagramChannel;
import java.nio.channels.MembershipKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.mooring.Membership;
import io.mooring.binding.BindingException;
import io.mooring.binding.InterfaceSnapshot;
import io.mooring.binding.NetworkInterfaces;
import io.mooring.transport.datagram.Group;

/**
 * Membership in a group on one interface: declared sources, and the keys of joined ones.
 * Guarded by the lock of {@link Memberships}.
 */
final class MembershipEntry {

	private final Group group;

	private final Set<InetAddress> sources;

	private final Set<InetAddress> blocked = new LinkedHashSet<>();

	private final Map<InetAddress, MembershipKey> sourceKeys = new LinkedHashMap<>();

	private @Nullable MembershipKey key;

	private @Nullable InterfaceSnapshot networkInterface;

	MembershipEntry(Group group) {
		this.group = group;
		this.sources = new LinkedHashSet<>(group.sources());
	}

	Group group() {
		return this.group;
	}

	boolean isAt(InetAddress address, InterfaceSnapshot at) {
		return this.group.address().equals(address) && this.networkInterface != null
				&& this.networkInterface.index() == at.index();
	}

	boolean isForAllSenders() {
		return this.sources.isEmpty();
	}

	boolean hasSource(InetAddress source) {
		return this.sources.contains(source);
	}

	boolean isBlocked(InetAddress source) {
		return this.blocked.contains(source);
	}

	boolean isJoined() {
		return this.key != null || !this.sourceKeys.isEmpty();
	}

	void at(InterfaceSnapshot networkInterface) {
		this.networkInterface = networkInterface;
	}

	/**
	 * Join the group and its sources on a new socket.
	 */
	void join(DatagramChannel channel) throws IOException {
		forget();
		if (this.sources.isEmpty()) {
			MembershipKey anybody = call(false, () -> channel.join(this.group.address(), live()));
			this.key = anybody;
			for (InetAddress source : this.blocked) {
				call(true, () -> anybody.block(source));
			}
			return;
		}
		for (InetAddress source : this.sources) {
			joinSource(channel, source);
		}
	}

	void addSource(DatagramChannel channel, InetAddress source) throws IOException {
		joinSource(channel, source);
		this.sources.add(source);
	}

	private void joinSource(DatagramChannel channel, InetAddress source) throws IOException {
		this.sourceKeys.put(source,
				call(!this.sourceKeys.isEmpty(), () -> channel.join(this.group.address(), live(), source)));
	}

	/**
	 * Leave a source.
	 * @return whether the source was the last one
	 */
	boolean dropSource(InetAddress source) {
		MembershipKey dropped = this.sourceKeys.remove(source);
		if (dropped != null) {
			dropped.drop();
		}
		this.sources.remove(source);
		return this.sources.isEmpty();
	}

	void drop() {
		List<MembershipKey> keys = new ArrayList<>(this.sourceKeys.values());
		if (this.key != null) {
			keys.add(this.key);
		}
		forget();
		this.networkInterface = null;
		try {
			keys.forEach(MembershipKey::drop);
		}
		catch (AssertionError ex) {
			// ENODEV: Linux does not leave sources on a removed interface, and the JDK
			// would not join them again with the remaining key
			throw new BindingException(
					"cannot leave " + this + ": its interface was removed while the socket was open");
		}
	}

	/**
	 * Forget the keys of a closed socket.
	 */
	void forget() {
		this.key = null;
		this.sourceKeys.clear();
	}

	void block(InetAddress source) throws IOException {
		MembershipKey anybody = this.key;
		if (anybody != null) {
			call(true, () -> anybody.block(source));
		}
		this.blocked.add(source);
	}

	void unblock(InetAddress source) {
		if (this.key != null) {
			this.key.unblock(source);
		}
		this.blocked.remove(source);
	}

	private NetworkInterface live() throws IOException {
		return NetworkInterfaces.live(Objects.requireNonNull(this.networkInterface));
	}

	private MembershipKey call(boolean source, Call call) throws IOException {
		try {
			return call.run();
		}
		catch (IOException ex) {
			throw new IOException(
					"cannot join " + this + ": " + KernelLimits.describe(ex, this.group.address(), source), ex);
		}
		catch (IllegalArgumentException | UnsupportedOperationException ex) {
			throw new IOException("cannot join " + this + ": " + ex.getMessage(), ex);
		}
	}

	Membership toMembership() {
		String asked = Objects.requireNonNullElse(this.group.interfaceName(),
				Objects.requireNonNullElse(this.group.zone(), ""));
		return new Membership(this.group.address(),
				(this.networkInterface != null) ? this.networkInterface.name() : asked, Set.copyOf(this.sources),
				Set.copyOf(this.blocked));
	}

	@Override
	public String toString() {
		return this.group + ((this.networkInterface != null) ? " on " + this.networkInterface.name() : "");
	}

	private interface Call {

		MembershipKey run() throws IOException;

	}

}
