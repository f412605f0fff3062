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
import java.nio.channels.ClosedChannelException;

import org.jspecify.annotations.Nullable;

import io.mooring.ConnectionException;
import io.mooring.DropReason;
import io.mooring.binding.NetworkInterfaces;
import io.mooring.transport.Counters;
import io.mooring.transport.datagram.BroadcastSettings;
import io.mooring.transport.internal.log.Addresses;
import io.mooring.transport.internal.log.Errors;
import io.mooring.transport.internal.log.WireLog;

/**
 * Sender of the datagrams of a connection, with statistics and error messages.
 */
final class UdpSender {

	private final UdpConnection connection;

	private final LocalAddressCheck addressCheck;

	private final Counters counters;

	private final WireLog wireLog;

	UdpSender(UdpConnection connection, NetworkInterfaces interfaces, Counters counters, WireLog wireLog) {
		this.connection = connection;
		this.addressCheck = new LocalAddressCheck(interfaces);
		this.counters = counters;
		this.wireLog = wireLog;
	}

	/**
	 * Send a datagram, waiting while the send buffer of the kernel is full.
	 * @param socket the open socket
	 * @param payload the payload
	 * @param to the recipient, {@code null} for the remote of a connected socket
	 * @throws ConnectionException if the datagram was not sent
	 */
	void send(UdpSocket socket, byte[] payload, @Nullable SocketAddress to) {
		SocketAddress recipient = recipient(socket, to);
		check(socket, payload, recipient);
		try {
			sendReportingEarlierErrors(socket, payload, to);
		}
		catch (IOException | RuntimeException ex) {
			throw failed(socket, recipient, ex);
		}
		sent(payload, recipient);
	}

	/**
	 * Send a datagram without waiting. Failures are handled by a worker.
	 * @param socket the open socket
	 * @param payload the payload
	 * @param to the recipient, {@code null} for the remote of a connected socket
	 */
	void offer(UdpSocket socket, byte[] payload, @Nullable SocketAddress to) {
		SocketAddress recipient = recipient(socket, to);
		try {
			if (offerReportingEarlierErrors(socket, payload, to)) {
				sent(payload, recipient);
			}
		}
		catch (IOException | RuntimeException ex) {
			this.connection.work(() -> failed(socket, recipient, ex));
		}
	}

	private static @Nullable SocketAddress recipient(UdpSocket socket, @Nullable SocketAddress to) {
		return (to != null) ? to : socket.getRemoteAddress();
	}

	private void check(UdpSocket socket, byte[] payload, @Nullable SocketAddress recipient) {
		if (payload.length > UdpSocket.MAX_PAYLOAD) {
			throw exception(
					"cannot send " + payload.length + " bytes: the maximum of a datagram is " + UdpSocket.MAX_PAYLOAD,
					null);
		}
		if (payload.length == 0 && socket.getRemoteAddress() != null) {
			this.counters.dropped(DropReason.SEND_FAILED, 1);
			throw exception("cannot send an empty datagram: " + UdpSocket.NO_EMPTY, null);
		}
		if (recipient instanceof InetSocketAddress inet && inet.isUnresolved()) {
			throw exception("cannot send to " + inet + ": unknown host", null);
		}
	}

	private void sendReportingEarlierErrors(UdpSocket socket, byte[] payload, @Nullable SocketAddress to)
			throws IOException {
		try {
			socket.send(payload, to);
		}
		catch (PortUnreachableException ex) {
			// Reports an earlier datagram; this one was not sent
			this.connection.unreachable(ex);
			socket.send(payload, to);
		}
	}

	private boolean offerReportingEarlierErrors(UdpSocket socket, byte[] payload, @Nullable SocketAddress to)
			throws IOException {
		try {
			return socket.offer(payload, to);
		}
		catch (PortUnreachableException ex) {
			// As in sending
			this.connection.unreachable(ex);
			return socket.offer(payload, to);
		}
	}

	private void sent(byte[] payload, @Nullable SocketAddress recipient) {
		this.counters.sent(payload.length);
		this.wireLog.sent(payload, recipient);
	}

	private ConnectionException failed(UdpSocket socket, @Nullable SocketAddress recipient, Exception cause) {
		if (cause instanceof ClosedChannelException) {
			return exception("was closed", cause);
		}
		this.counters.dropped(DropReason.SEND_FAILED, 1);
		if (cause instanceof IOException failure && this.addressCheck.isGone(socket, failure)) {
			this.connection.broken(socket, failure);
		}
		else {
			this.connection.disturbed(cause);
		}
		return exception("cannot send to " + Addresses.toString(recipient) + ": " + explain(cause), cause);
	}

	private String explain(Exception cause) {
		if (cause instanceof RuntimeException) {
			return "this socket cannot send to the address (" + cause.getClass().getSimpleName() + ")";
		}
		String why = Errors.describe(cause);
		boolean broadcasts = this.connection.getSpec().get(BroadcastSettings.class).isEnabled();
		return ("Permission denied".equals(why) && !broadcasts)
				? why + "; a broadcast address requires broadcast.enabled" : why;
	}

	private ConnectionException exception(String message, @Nullable Exception cause) {
		return new ConnectionException(this.connection.getName(), message, cause);
	}

}
