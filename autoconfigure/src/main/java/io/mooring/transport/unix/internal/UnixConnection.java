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
import io.mooring.transport.AbstractMessageConnection;
import io.mooring.transport.DatagramHeartbeat;
import io.mooring.transport.DatagramReception;
import io.mooring.transport.DatagramSide;
import io.mooring.transport.TransportContext;
import io.mooring.transport.unix.internal.jna.NativeSocket;
import io.mooring.transport.unix.internal.jna.PollSet;
import io.mooring.transport.unix.internal.jna.SocketAddresses;

/**
 * A connection over Unix datagrams. One thread reads; senders send on their own.
 */
final class UnixConnection extends AbstractMessageConnection<UnixDatagram, NativeSocket>
		implements UnixDatagramConnection {

	private static final Duration SEND_TIMEOUT = Duration.ofSeconds(5);

	private final UnixSocketOpener opener;

	private final UnixSender sender;

	private final DatagramHeartbeat<NativeSocket> heartbeat;

	private final DatagramReception<UnixDatagram, NativeSocket> reception;

	UnixConnection(ConnectionSpec spec, TransportContext context) {
		super(spec, context);
		this.opener = new UnixSocketOpener(spec);
		this.sender = new UnixSender(this, counters(), wireLog(), this.logger);
		this.heartbeat = new DatagramHeartbeat<>(spec, context, this.logger, new HeartbeatSide());
		this.reception = new DatagramReception<>(this, this.heartbeat);
	}

	@Override
	protected NativeSocket openEndpoint() throws IOException {
		return this.heartbeat.open(this.opener::open);
	}

	@Override
	protected void endpointOpened(NativeSocket socket) {
		this.reception.opened(socket, () -> new UnixReader(this, socket));
	}

	@Override
	protected void endpointClosing(NativeSocket socket, boolean purposely) {
		this.heartbeat.closing(socket);
	}

	@Override
	protected void closed() {
		super.closed();
		this.heartbeat.closed();
	}

	@Override
	public void resumeReceiving() {
		this.heartbeat.resuming();
		super.resumeReceiving();
	}

	/**
	 * Wait while receiving is paused.
	 * @param socket the socket to be read
	 * @return whether it is still to be read
	 */
	boolean awaitReceiving(NativeSocket socket) throws InterruptedException {
		receivingGate().await(() -> endpoint() == socket);
		return socket.isOpen();
	}

	void received(NativeSocket socket, UnixDatagram datagram) throws InterruptedException {
		this.reception.received(socket, datagram, datagram.sender(), false, datagram.truncated());
	}

	/**
	 * An error that does not break the socket, such as that the remote turned to another
	 * one.
	 */
	void disturbed(Throwable cause) {
		noteError(cause);
	}

	void broken(NativeSocket socket, Throwable cause) {
		lost(socket, cause);
	}

	/**
	 * Run what may block, or call user code, on a worker.
	 */
	void work(Runnable task) {
		this.heartbeat.work(task);
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
			throw exception("needs to be told the recipient: a " + getType()
					+ " has none of its own; use send(payload, to), or the header ip_packetAddress or mooring_recipient");
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
		this.heartbeat.sent(socket);
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

	private final class HeartbeatSide implements DatagramSide<NativeSocket> {

		@Override
		public void beat(NativeSocket socket, byte[] payload) {
			UnixPath remote = socket.getRemoteAddress();
			if (remote != null && !sendingGate().isPaused()) {
				UnixConnection.this.sender.offer(socket, payload, remote);
			}
		}

		@Override
		public boolean isReceivingPaused() {
			return receivingGate().isPaused();
		}

		@Override
		public boolean awaitFirst(NativeSocket socket) throws IOException {
			socket.awaitReadable(new PollSet());
			return socket.isOpen();
		}

		@Override
		public void silent(NativeSocket socket, IOException cause) {
			lost(socket, cause);
		}

	}

}
