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

package io.mooring;

import java.net.SocketAddress;
import java.time.Duration;

/**
 * A connection over Unix datagrams, which can carry file descriptors and credentials.
 * Sending is the system call, made on the caller's thread. Where the queue of the peer is
 * full it waits, up to five seconds unless told otherwise.
 * <p>
 * A recipient is a {@link UnixPath}, or a {@link java.net.UnixDomainSocketAddress}.
 */
public interface UnixDatagramConnection extends MessageConnection<UnixDatagram> {

	/**
	 * Send to the remote.
	 * @param payload the bytes; none make an empty datagram
	 * @throws ConnectionException if there is no remote, the connection is not open or
	 * receive-only, the datagram is too long, the remote is gone, which also makes the
	 * connection open anew, or the system refused it
	 * @throws ConnectionTimeoutException if the queue of the remote stayed full
	 */
	void send(byte[] payload);

	/**
	 * Send to a recipient.
	 * @param payload the bytes; none make an empty datagram
	 * @param to the recipient
	 * @throws ConnectionException as {@link #send(byte[])} does, or if the connection is
	 * connected to another remote
	 */
	void send(byte[] payload, SocketAddress to);

	/**
	 * Send to the remote, with descriptors or credentials.
	 * @param payload the bytes; none make an empty datagram
	 * @param ancillary what goes along
	 * @throws ConnectionException as {@link #send(byte[])} does, or if a descriptor is
	 * closed or the credentials are not permitted
	 */
	void send(byte[] payload, Ancillary ancillary);

	/**
	 * Send to the remote, with descriptors or credentials.
	 * @param payload the bytes; none make an empty datagram
	 * @param ancillary what goes along
	 * @param timeout how long to wait in all, while sending is paused or the queue of the
	 * remote is full
	 * @throws ConnectionException as {@link #send(byte[], Ancillary)} does
	 * @throws ConnectionTimeoutException if it could not be sent in time
	 */
	void send(byte[] payload, Ancillary ancillary, Duration timeout);

	/**
	 * Send to a recipient, with descriptors or credentials.
	 * @param payload the bytes; none make an empty datagram
	 * @param to the recipient
	 * @param ancillary what goes along
	 * @param timeout how long to wait in all, while sending is paused or the queue of the
	 * recipient is full
	 * @throws ConnectionException as {@link #send(byte[], SocketAddress)} does
	 * @throws ConnectionTimeoutException if it could not be sent in time
	 */
	void send(byte[] payload, SocketAddress to, Ancillary ancillary, Duration timeout);

}
