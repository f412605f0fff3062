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
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;

import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;

import io.mooring.Ancillary;
import io.mooring.ConnectionException;
import io.mooring.ConnectionTimeoutException;
import io.mooring.DropReason;
import io.mooring.UnixPath;
import io.mooring.transport.Counters;
import io.mooring.transport.internal.log.Errors;
import io.mooring.transport.internal.log.WireLog;
import io.mooring.transport.unix.internal.jna.NativeException;
import io.mooring.transport.unix.internal.jna.NativeSocket;
import io.mooring.transport.unix.internal.jna.Os;

/**
 * Sender of the datagrams of a connection, with statistics and error messages.
 */
final class UnixSender {

	private final UnixConnection connection;

	private final Counters counters;

	private final WireLog wireLog;

	private final Log logger;

	UnixSender(UnixConnection connection, Counters counters, WireLog wireLog, Log logger) {
		this.connection = connection;
		this.counters = counters;
		this.wireLog = wireLog;
		this.logger = logger;
	}

	/**
	 * Send a datagram.
	 * @param socket the open socket
	 * @param payload the payload
	 * @param to the recipient, {@code null} for the remote of a connected socket
	 * @param ancillary the descriptors and credentials
	 * @param timeout the maximum time to wait while the recipient's queue is full
	 * @param start the start of the wait, by {@link System#nanoTime()}
	 * @throws ConnectionException if the datagram was not sent
	 */
	void send(NativeSocket socket, byte[] payload, @Nullable UnixPath to, Ancillary ancillary, Duration timeout,
			long start) {
		UnixPath recipient = (to != null) ? to : socket.getRemoteAddress();
		try {
			socket.send(payload, to, ancillary, timeout.toNanos() - (System.nanoTime() - start));
		}
		catch (IOException | RuntimeException ex) {
			throw failed(socket, payload, recipient, ancillary, timeout, ex);
		}
		sent(payload, recipient);
	}

	/**
	 * Send a datagram to the remote without waiting. Failures are handled by a worker.
	 * @param socket the open socket
	 * @param payload the payload
	 * @param remote the remote address
	 */
	void offer(NativeSocket socket, byte[] payload, UnixPath remote) {
		try {
			socket.send(payload, null, Ancillary.NONE, 0);
			sent(payload, remote);
		}
		catch (SocketTimeoutException ex) {
			this.logger.debug("No heartbeat: the queue of " + remote + " is full");
		}
		catch (IOException | RuntimeException ex) {
			this.connection.work(() -> failed(socket, payload, remote, Ancillary.NONE, Duration.ZERO, ex));
		}
	}

	private void sent(byte[] payload, @Nullable UnixPath recipient) {
		this.counters.sent(payload.length);
		this.wireLog.sent(payload, recipient);
	}

	private ConnectionException failed(NativeSocket socket, byte[] payload, @Nullable UnixPath recipient,
			Ancillary ancillary, Duration timeout, Exception cause) {
		if (cause instanceof ClosedChannelException) {
			return exception("was closed", cause);
		}
		this.counters.dropped(DropReason.SEND_FAILED, 1);
		if (cause instanceof SocketTimeoutException) {
			this.connection.disturbed(cause);
			return new ConnectionTimeoutException(this.connection.getName(),
					"cannot send to " + recipient + ": its queue was full for " + timeout.toMillis()
							+ "ms; the recipient does not read it, or too slowly");
		}
		int errno = (cause instanceof NativeException failure) ? failure.errno() : 0;
		if (socket.getRemoteAddress() != null && isGone(errno)) {
			this.connection.broken(socket, new IOException(recipient + " is gone: " + cause.getMessage(), cause));
		}
		else {
			this.connection.disturbed(cause);
		}
		return exception("cannot send to " + recipient + ": " + Errors.describe(cause)
				+ explain(socket, errno, payload, ancillary), cause);
	}

	private static boolean isGone(int errno) {
		return errno == Os.ECONNREFUSED || errno == Os.ENOENT || errno == Os.ENOTCONN || errno == Os.ECONNRESET;
	}

	private static String explain(NativeSocket socket, int errno, byte[] payload, Ancillary ancillary) {
		if (errno == Os.EMSGSIZE) {
			return " (" + payload.length + " bytes; the send buffer has " + sendBuffer(socket)
					+ " with what the kernel adds: raise socket.send-buffer)";
		}
		if (errno == Os.EPERM && ancillary.getCredentials() != null) {
			return " (the process is not permitted to send the credentials " + ancillary.getCredentials() + ")";
		}
		return "";
	}

	private static Object sendBuffer(NativeSocket socket) {
		try {
			return String.valueOf(socket.getOption(StandardSocketOptions.SO_SNDBUF));
		}
		catch (IOException ex) {
			return "too few";
		}
	}

	private ConnectionException exception(String message, Exception cause) {
		return new ConnectionException(this.connection.getName(), message, cause);
	}

}
