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
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.mooring.ConnectionException;
import io.mooring.ConnectionSpec;
import io.mooring.Membership;
import io.mooring.MulticastConnection;
import io.mooring.binding.InterfaceChange;
import io.mooring.binding.InterfaceSnapshot;
import io.mooring.binding.IpAddresses;
import io.mooring.binding.NetworkInterfaces;
import io.mooring.transport.TransportContext;
import io.mooring.transport.datagram.Group;
import io.mooring.transport.datagram.MulticastSettings;
import io.mooring.transport.internal.log.Addresses;
import io.mooring.transport.settings.AddressSettings;

/**
 * {@link io.mooring.MulticastConnection} over a JDK datagram channel.
 */
final class MulticastUdpConnection extends UdpConnection implements MulticastConnection {

	private final Memberships memberships;

	MulticastUdpConnection(ConnectionSpec spec, TransportContext context) {
		this(spec, context, new GroupResolver(AddressSettings.binding(spec), context.bindings()));
	}

	private MulticastUdpConnection(ConnectionSpec spec, TransportContext context, GroupResolver groups) {
		super(spec, context, new MulticastBindPlanner(spec, context.bindings(), groups));
		this.memberships = new Memberships(spec.get(MulticastSettings.class), groups, this.logger);
	}

	@Override
	protected UdpSocket openSocket() throws IOException {
		UdpSocket socket = super.openSocket();
		try {
			if (canReceive()) {
				this.memberships.joinAll(socket.channel());
			}
			return socket;
		}
		catch (IOException | RuntimeException ex) {
			socket.close();
			throw ex;
		}
	}

	@Override
	protected void checkEndpoint(UdpSocket socket, InterfaceChange change) throws IOException {
		super.checkEndpoint(socket, change);
		if (canReceive()) {
			this.memberships.follow(socket.channel());
		}
		InterfaceSnapshot outgoing = socket.plan().outgoing();
		if (outgoing != null && readdressed(outgoing, change)) {
			// Linux continues to send from the address of IP_MULTICAST_IF after its
			// removal
			socket.setOption(StandardSocketOptions.IP_MULTICAST_IF, NetworkInterfaces.live(outgoing));
		}
	}

	private static boolean readdressed(InterfaceSnapshot outgoing, InterfaceChange change) {
		List<InetAddress> addresses = ipv4Addresses(outgoing, change.after());
		return !addresses.isEmpty() && !addresses.equals(ipv4Addresses(outgoing, change.before()));
	}

	private static List<InetAddress> ipv4Addresses(InterfaceSnapshot target, List<InterfaceSnapshot> interfaces) {
		return interfaces.stream()
			.filter((candidate) -> candidate.index() == target.index())
			.flatMap((candidate) -> candidate.addresses().stream())
			.map(InterfaceSnapshot.Address::address)
			.filter(Inet4Address.class::isInstance)
			.toList();
	}

	@Override
	protected boolean retriesImmediately(InterfaceChange change) {
		// The groups determine the interfaces
		return true;
	}

	@Override
	protected @Nullable InetSocketAddress defaultRecipient(UdpSocket socket) {
		InetAddress group = socket.plan().group();
		return (group != null) ? new InetSocketAddress(group, socket.localPort()) : null;
	}

	private void checkOutgoing() {
		UdpSocket socket = endpoint();
		if (socket != null && socket.plan().group() == null) {
			throw exception(
					"cannot send to a group before its interface is available; missing are " + getMissingMemberships());
		}
	}

	@Override
	public void send(byte[] payload) {
		checkOutgoing();
		super.send(payload);
	}

	@Override
	public void send(byte[] payload, SocketAddress to) {
		if (getSpec().get(MulticastSettings.class).only() && to instanceof InetSocketAddress inet
				&& !inet.isUnresolved() && !inet.getAddress().isMulticastAddress()) {
			throw exception("cannot send to " + Addresses.toString(to)
					+ ": multicast.only rejects recipients that are not groups");
		}
		if (to instanceof InetSocketAddress inet && !inet.isUnresolved() && inet.getAddress().isMulticastAddress()) {
			checkOutgoing();
		}
		super.send(payload, to);
	}

	@Override
	public void join(String group, @Nullable String networkInterface, @Nullable String source) {
		change((socket) -> this.memberships.join(socket.channel(), group(group, networkInterface),
				(source != null) ? source(source) : null));
	}

	@Override
	public void leave(String group, @Nullable String networkInterface, @Nullable String source) {
		change((socket) -> this.memberships.leave(group(group, networkInterface),
				(source != null) ? source(source) : null));
	}

	@Override
	public void leaveAll() {
		change((socket) -> this.memberships.leaveAll());
	}

	@Override
	public void block(String group, @Nullable String networkInterface, String source) {
		change((socket) -> this.memberships.block(group(group, networkInterface), source(source)));
	}

	@Override
	public void unblock(String group, @Nullable String networkInterface, String source) {
		change((socket) -> this.memberships.unblock(group(group, networkInterface), source(source)));
	}

	@Override
	public List<Membership> getMemberships() {
		return this.memberships.list();
	}

	@Override
	public List<String> getMissingMemberships() {
		return this.memberships.missing();
	}

	private static Group group(String text, @Nullable String networkInterface) throws IOException {
		try {
			return Group.of(text, networkInterface, List.of());
		}
		catch (IllegalArgumentException ex) {
			throw new IOException("cannot use the group \"" + text + "\": it " + ex.getMessage(), ex);
		}
	}

	private static InetAddress source(String text) throws IOException {
		InetAddress source = IpAddresses.parse(text.replaceFirst("%.*", ""));
		if (source == null) {
			throw new IOException("cannot use the source \"" + text + "\": it is not an address");
		}
		return source;
	}

	private void change(Change change) {
		if (!canReceive()) {
			throw exception("is send-only: it has no memberships");
		}
		UdpSocket socket = requireEndpoint();
		try {
			change.apply(socket);
		}
		catch (ClosedChannelException ex) {
			throw exception("was closed", ex);
		}
		catch (IOException ex) {
			throw exception(String.valueOf(ex.getMessage()), ex);
		}
		catch (ConnectionException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			throw exception("cannot change its memberships: " + ex.getMessage(), ex);
		}
	}

	private interface Change {

		void apply(UdpSocket socket) throws IOException;

	}

}
