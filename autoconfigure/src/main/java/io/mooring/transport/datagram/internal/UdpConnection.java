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
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.mooring.ConnectionSpec;
import io.mooring.ConnectionType;
import io.mooring.Datagram;
import io.mooring.DatagramConnection;
import io.mooring.DropReason;
import io.mooring.binding.InterfaceChange;
import io.mooring.transport.TransportContext;
import io.mooring.transport.datagram.BroadcastSettings;
import io.mooring.transport.internal.heartbeat.AbstractDatagramConnection;
import io.mooring.transport.internal.log.Addresses;
import io.mooring.transport.settings.HeartbeatSettings;

/**
 * {@link DatagramConnection} over a JDK datagram channel. One thread reads; sending is on
 * the threads of senders.
 */
class UdpConnection extends AbstractDatagramConnection<Datagram, UdpSocket> implements DatagramConnection {

	private final BindPlanner planner;

	private final UdpSocketOpener opener;

	private final UdpSender sender;

	private final BroadcastSender broadcasts;

	private final OwnDatagrams own;

	UdpConnection(ConnectionSpec spec, TransportContext context) {
		this(spec, context, new UnicastBindPlanner(spec, context.bindings()));
	}

	UdpConnection(ConnectionSpec spec, TransportContext context, BindPlanner planner) {
		super(spec, context);
		this.sender = new UdpSender(this, context.interfaces(), counters(), wireLog());
		this.own = new OwnDatagrams(spec, context.interfaces());
		this.planner = planner;
		this.opener = new UdpSocketOpener(planner, new SocketOptions(spec));
		this.broadcasts = new BroadcastSender(spec.get(BroadcastSettings.class));
	}

	@Override
	protected final UdpSocket openEndpoint() throws IOException {
		this.own.refresh();
		return super.openEndpoint();
	}

	@Override
	protected UdpSocket openSocket() throws IOException {
		return this.opener.open();
	}

	@Override
	protected void checkOpening(InterfaceChange change) {
		this.own.refresh();
		super.checkOpening(change);
	}

	@Override
	protected void checkEndpoint(UdpSocket socket, InterfaceChange change) throws IOException {
		socket.become(this.planner.check(socket.plan(), change));
	}

	@Override
	protected Runnable reader(UdpSocket socket) {
		return new UdpReader(this, socket);
	}

	@Override
	protected boolean awaitFirst(UdpSocket socket) throws IOException {
		return new UdpReader(this, socket).awaitFirst();
	}

	@Override
	protected void sendHeartbeat(UdpSocket socket, byte[] payload) {
		SocketAddress to = (socket.getRemoteAddress() == null) ? defaultRecipient(socket) : null;
		if (to != null || socket.getRemoteAddress() != null) {
			this.sender.offer(socket, payload, to);
		}
	}

	@Override
	protected void endpointClosing(UdpSocket socket, boolean requested) {
		super.endpointClosing(socket, requested);
		if (canReceive()) {
			counters().dropped(DropReason.KERNEL, socket.kernelDrops().take());
		}
	}

	@Override
	protected Map<DropReason, Long> endpointDrops() {
		UdpSocket socket = endpoint();
		return (socket != null && canReceive()) ? Map.of(DropReason.KERNEL, socket.kernelDrops().count()) : Map.of();
	}

	void received(UdpSocket socket, Datagram datagram) throws InterruptedException {
		received(socket, datagram, datagram.sender(), isOwn(socket, datagram), datagram.truncated());
	}

	/**
	 * Return whether a datagram was sent by this connection and looped back.
	 */
	boolean isOwn(UdpSocket socket, Datagram datagram) {
		return this.own.contains(socket, datagram.sender());
	}

	/**
	 * An ICMP error reports that the port of the remote is closed. This may change, so
	 * the socket stays open.
	 */
	void unreachable(PortUnreachableException cause) {
		counters().dropped(DropReason.SEND_FAILED, 1);
		noteError((cause.getMessage() != null) ? cause
				: new PortUnreachableException("no socket is bound at " + Addresses.toString(getRemoteAddress())));
	}

	@Override
	protected void closed() {
		super.closed();
		this.broadcasts.override(null);
		this.planner.reset();
	}

	@Override
	public final boolean canBroadcast() {
		return this.broadcasts.isEnabled() && canSend();
	}

	@Override
	public final @Nullable InetSocketAddress getBroadcastAddress() {
		UdpSocket socket = endpoint();
		return (socket != null) ? this.broadcasts.address(socket) : null;
	}

	@Override
	public final void setBroadcastAddress(@Nullable InetSocketAddress override) {
		String problem = this.broadcasts.override(override);
		if (problem != null) {
			throw exception(problem);
		}
	}

	@Override
	public final void broadcast(byte[] payload) {
		UdpSocket socket = readyToSend();
		if (!this.broadcasts.isEnabled()) {
			throw exception("cannot broadcast: broadcasts are off; broadcast.enabled turns them on");
		}
		InetSocketAddress recipient = this.broadcasts.address(socket);
		if (recipient == null) {
			throw exception("cannot broadcast: " + socket.getLocalAddress()
					+ " has no broadcast address; IPv6 and prefixes of 31 and 32 bits have none");
		}
		send(socket, payload, recipient);
	}

	/**
	 * Return the default recipient.
	 * @param socket the open socket, not connected
	 * @return the recipient, {@code null} if there is none
	 */
	protected @Nullable InetSocketAddress defaultRecipient(UdpSocket socket) {
		return getType().equals(ConnectionType.UDP_LISTEN) ? null : this.broadcasts.address(socket);
	}

	@Override
	public void send(byte[] payload) {
		UdpSocket socket = readyToSend();
		SocketAddress recipient = (socket.getRemoteAddress() == null) ? defaultRecipient(socket) : null;
		if (socket.getRemoteAddress() == null && recipient == null) {
			throw exception("has no default recipient: a " + getType()
					+ " requires send(payload, to), or the header ip_packetAddress or mooring_recipient");
		}
		send(socket, payload, recipient);
	}

	@Override
	public void send(byte[] payload, SocketAddress to) {
		Objects.requireNonNull(to, "The recipient must not be null");
		UdpSocket socket = readyToSend();
		SocketAddress remote = socket.getRemoteAddress();
		if (remote == null) {
			send(socket, payload, to);
		}
		else if (remote.equals(to)) {
			send(socket, payload, null);
		}
		else {
			throw exception(
					"cannot send to " + Addresses.toString(to) + ": it is connected to " + Addresses.toString(remote));
		}
	}

	private void send(UdpSocket socket, byte[] message, @Nullable SocketAddress to) {
		byte[] payload = interceptSending(message);
		if (payload == null) {
			return;
		}
		this.sender.send(socket, payload, to);
		if (to == null
				|| (getSpec().get(HeartbeatSettings.class).interval() != null && to.equals(defaultRecipient(socket)))) {
			sent(socket);
		}
	}

	@Override
	protected byte[] bytes(Datagram message) {
		return message.payload();
	}

	@Override
	protected Datagram withBytes(Datagram message, byte[] bytes) {
		return new Datagram(bytes, message.sender(), message.truncated());
	}

	@Override
	protected void sendBytes(byte[] bytes) {
		send(bytes);
	}

}
