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

package io.mooring.transport.unix.internal;

import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.mooring.Ancillary;
import io.mooring.ConnectionSpec;
import io.mooring.UnixDatagram;
import io.mooring.UnixDatagramConnection;
import io.mooring.UnixPath;
import io.mooring.transport.TransportContext;
import io.mooring.transport.internal.heartbeat.AbstractDatagramConnection;
import io.mooring.transport.unix.internal.jna.NativeSocket;
import io.mooring.transport.unix.internal.jna.PollSet;
import io.mooring.transport.unix.internal.jna.SocketAddresses;

/**
 * {@link UnixDatagramConnection} over native sockets. One thread reads; sending is on the
 * threads of senders.
 */
final class UnixConnection extends AbstractDatagramConnection<UnixDatagram, NativeSocket>
		implements UnixDatagramConnection {

	private static final Duration SEND_TIMEOUT = Duration.ofSeconds(5);

	private final UnixSocketOpener opener;

	private final UnixSender sender;

	UnixConnection(ConnectionSpec spec, TransportContext context) {
		super(spec, context);
		this.opener = new UnixSocketOpener(spec);
		this.sender = new UnixSender(this, counters(), wireLog(), this.logger);
	}

	@Override
	protected NativeSocket openSocket() throws IOException {
		return this.opener.open();
	}

	@Override
	protected Runnable reader(NativeSocket socket) {
		return new UnixReader(this, socket);
	}

	@Override
	protected boolean awaitFirst(NativeSocket socket) throws IOException {
		socket.awaitReadable(new PollSet());
		return socket.isOpen();
	}

	@Override
	protected void sendHeartbeat(NativeSocket socket, byte[] payload) {
		UnixPath remote = socket.getRemoteAddress();
		if (remote != null) {
			this.sender.offer(socket, payload, remote);
		}
	}

	void received(NativeSocket socket, UnixDatagram datagram) throws InterruptedException {
		received(socket, datagram, datagram.sender(), false, datagram.truncated());
	}

	@Override
	public void send(byte[] payload) {
		send(payload, Ancillary.NONE, SEND_TIMEOUT);
	}

	@Override
	public void send(byte[] payload, Ancillary ancillary) {
		send(payload, ancillary, SEND_TIMEOUT);
	}

	@Override
	public void send(byte[] payload, SocketAddress to) {
		send(payload, to, Ancillary.NONE, SEND_TIMEOUT);
	}

	@Override
	public void send(byte[] payload, Ancillary ancillary, Duration timeout) {
		long start = System.nanoTime();
		NativeSocket socket = readyToSend(timeout);
		if (socket.getRemoteAddress() == null) {
			throw exception("has no default recipient: a " + getType()
					+ " requires send(payload, to), or the header ip_packetAddress or mooring_recipient");
		}
		send(socket, payload, null, ancillary, timeout, start);
	}

	@Override
	public void send(byte[] payload, SocketAddress to, Ancillary ancillary, Duration timeout) {
		long start = System.nanoTime();
		UnixPath recipient = recipient(to);
		NativeSocket socket = readyToSend(timeout);
		UnixPath remote = socket.getRemoteAddress();
		if (remote != null && !remote.equals(recipient)) {
			throw exception("cannot send to " + recipient + ": it is connected to " + remote);
		}
		send(socket, payload, (remote != null) ? null : recipient, ancillary, timeout, start);
	}

	private UnixPath recipient(SocketAddress to) {
		try {
			return SocketAddresses.from(to);
		}
		catch (IllegalArgumentException ex) {
			throw exception("cannot send to \"" + to + "\": it " + ex.getMessage(), ex);
		}
	}

	private void send(NativeSocket socket, byte[] message, @Nullable UnixPath to, Ancillary ancillary, Duration timeout,
			long start) {
		byte[] payload = interceptSending(message);
		if (payload == null) {
			return;
		}
		this.sender.send(socket, payload, to, ancillary, timeout, start);
		sent(socket);
	}

	@Override
	protected void finished(UnixDatagram message) {
		message.close();
	}

	@Override
	protected byte[] bytes(UnixDatagram message) {
		return message.payload();
	}

	@Override
	protected UnixDatagram withBytes(UnixDatagram message, byte[] bytes) {
		return new UnixDatagram(bytes, message.sender(), message.descriptors(), message.credentials(),
				message.truncated(), message.controlTruncated());
	}

	@Override
	protected void sendBytes(byte[] bytes) {
		send(bytes);
	}

}
