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

package io.mooring.transport.unix;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.mooring.Ancillary;
import io.mooring.ConnectionSpec;
import io.mooring.ConnectionTimeoutException;
import io.mooring.DropReason;
import io.mooring.UnixDatagram;
import io.mooring.UnixDatagramConnection;
import io.mooring.UnixPath;
import io.mooring.transport.AbstractMessageConnection;
import io.mooring.transport.DatagramHeartbeat;
import io.mooring.transport.DatagramSide;
import io.mooring.transport.Errors;
import io.mooring.transport.TransportContext;

/**
 * A connection over Unix datagrams. One thread reads; senders send on their own.
 */
final class UnixConnection extends AbstractMessageConnection<UnixDatagram, NativeSocket>
		implements UnixDatagramConnection {

	private static final Duration SEND_TIMEOUT = Duration.ofSeconds(5);

	private final UnixSocketOpener opener;

	private final DatagramHeartbeat<NativeSocket> heartbeat;

	UnixConnection(ConnectionSpec spec, TransportContext context) {
		super(spec, context);
		this.opener = new UnixSocketOpener(spec);
		this.heartbeat = new DatagramHeartbeat<>(spec, context, this.logger, new HeartbeatSide());
	}

	@Override
	protected NativeSocket openEndpoint() throws IOException {
		return this.heartbeat.open(this.opener::open);
	}

	@Override
	protected void endpointOpened(NativeSocket socket) {
		this.heartbeat.opened(socket);
		if (canReceive()) {
			// Not a daemon: an application that only listens stays alive
			new Thread(new UnixReader(this, socket), "mooring-" + getName()).start();
		}
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
		if (datagram.truncated()) {
			counters().dropped(DropReason.TRUNCATED, 1);
		}
		wireLog().received(datagram.payload(), datagram.sender());
		this.heartbeat.heard(socket);
		if (this.heartbeat.matches(datagram.payload())) {
			counters().received(datagram.payload().length);
			finished(datagram);
			return;
		}
		this.heartbeat.busy(socket, true);
		try {
			deliver(socket, datagram);
		}
		finally {
			this.heartbeat.busy(socket, false);
		}
	}

	/**
	 * The remote turned to another socket. That does not break this one.
	 */
	void disturbed(IOException cause) {
		noteError(cause);
	}

	void broken(NativeSocket socket, Throwable cause) {
		lost(socket, cause);
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
		UnixPath recipient = (to != null) ? to : socket.getRemoteAddress();
		try {
			socket.send(payload, to, ancillary, timeout.toNanos() - (System.nanoTime() - start));
		}
		catch (IOException | RuntimeException ex) {
			throw sendFailed(socket, payload, recipient, ancillary, timeout, ex);
		}
		counters().sent(payload.length);
		wireLog().sent(payload, recipient);
		this.heartbeat.sent(socket);
	}

	private RuntimeException sendFailed(NativeSocket socket, byte[] payload, @Nullable UnixPath recipient,
			Ancillary ancillary, Duration timeout, Exception cause) {
		if (cause instanceof ClosedChannelException) {
			return exception("was closed", cause);
		}
		counters().dropped(DropReason.SEND_FAILED, 1);
		if (cause instanceof SocketTimeoutException) {
			noteError(cause);
			return new ConnectionTimeoutException(getName(), "cannot send to " + recipient + ": its queue was full for "
					+ timeout.toMillis() + "ms; nobody reads it, or too slowly");
		}
		int errno = (cause instanceof NativeException failure) ? failure.errno() : 0;
		if (socket.getRemoteAddress() != null && isGone(errno)) {
			lost(socket, new IOException(recipient + " is gone: " + cause.getMessage(), cause));
		}
		else {
			noteError(cause);
		}
		return exception("cannot send to " + recipient + ": " + Errors.describe(cause)
				+ explain(socket, errno, payload, ancillary), cause);
	}

	private static boolean isGone(int errno) {
		return errno == Os.ECONNREFUSED || errno == Os.ENOENT || errno == Os.ENOTCONN || errno == Os.ECONNRESET;
	}

	private String explain(NativeSocket socket, int errno, byte[] payload, Ancillary ancillary) {
		if (errno == Os.EMSGSIZE) {
			return " (" + payload.length + " bytes; the send buffer has " + sendBuffer(socket)
					+ " with what the kernel adds: raise socket.send-buffer)";
		}
		if (errno == Os.EPERM && ancillary.getCredentials() != null) {
			return " (the process may not claim " + ancillary.getCredentials() + ")";
		}
		return "";
	}

	private Object sendBuffer(NativeSocket socket) {
		try {
			return String.valueOf(socket.getOption(StandardSocketOptions.SO_SNDBUF));
		}
		catch (IOException ex) {
			return "too few";
		}
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
			if (remote == null || sendingGate().isPaused()) {
				return;
			}
			try {
				socket.send(payload, null, Ancillary.NONE, 0);
				counters().sent(payload.length);
				wireLog().sent(payload, remote);
			}
			catch (SocketTimeoutException ex) {
				UnixConnection.this.logger.debug("No heartbeat: the queue of " + remote + " is full");
			}
			catch (IOException | RuntimeException ex) {
				UnixConnection.this.heartbeat
					.work(() -> sendFailed(socket, payload, remote, Ancillary.NONE, SEND_TIMEOUT, ex));
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
