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
 * Unix datagram connection. Datagrams can carry file descriptors and credentials. Sending
 * is a system call on the caller's thread, which blocks while the queue of the recipient
 * is full, by default up to 5 seconds.
 * <p>
 * A recipient is a {@link UnixPath}, or a {@link java.net.UnixDomainSocketAddress}.
 */
public interface UnixDatagramConnection extends MessageConnection<UnixDatagram> {

	/**
	 * Send a datagram to the remote.
	 * @param payload the payload, may be empty
	 * @throws ConnectionException if there is no remote, the connection is not open or is
	 * receive-only, the datagram is too long, the remote is gone (the connection is then
	 * reopened), or the operating system reports an error
	 * @throws ConnectionTimeoutException if the queue of the remote is still full after 5
	 * seconds
	 */
	void send(byte[] payload);

	/**
	 * Send a datagram to a recipient.
	 * @param payload the payload, may be empty
	 * @param to the recipient
	 * @throws ConnectionException as for {@link #send(byte[])}, or if the connection is
	 * connected to another remote
	 */
	void send(byte[] payload, SocketAddress to);

	/**
	 * Send a datagram with descriptors or credentials to the remote.
	 * @param payload the payload, may be empty
	 * @param ancillary the descriptors and credentials
	 * @throws ConnectionException as for {@link #send(byte[])}, or if a descriptor is
	 * closed or the credentials are not permitted
	 */
	void send(byte[] payload, Ancillary ancillary);

	/**
	 * Send a datagram with descriptors or credentials to the remote.
	 * @param payload the payload, may be empty
	 * @param ancillary the descriptors and credentials
	 * @param timeout the maximum time to wait while sending is paused or the queue of the
	 * remote is full
	 * @throws ConnectionException as for {@link #send(byte[], Ancillary)}
	 * @throws ConnectionTimeoutException if the timeout elapsed
	 */
	void send(byte[] payload, Ancillary ancillary, Duration timeout);

	/**
	 * Send a datagram with descriptors or credentials to a recipient.
	 * @param payload the payload, may be empty
	 * @param to the recipient
	 * @param ancillary the descriptors and credentials
	 * @param timeout the maximum time to wait while sending is paused or the queue of the
	 * recipient is full
	 * @throws ConnectionException as for {@link #send(byte[], SocketAddress)}, or if a
	 * descriptor is closed or the credentials are not permitted
	 * @throws ConnectionTimeoutException if the timeout elapsed
	 */
	void send(byte[] payload, SocketAddress to, Ancillary ancillary, Duration timeout);

}
