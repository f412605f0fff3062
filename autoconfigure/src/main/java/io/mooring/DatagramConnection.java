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

/**
 * A UDP connection. Sending is the system call, made on the caller's thread.
 */
public interface DatagramConnection extends MessageConnection<Datagram> {

	/**
	 * Send to the default recipient, the remote.
	 * @param payload the bytes; none make an empty datagram
	 * @throws ConnectionException if there is no default recipient, the connection is not
	 * open or receive-only, the payload is too long, or the system refused it
	 */
	void send(byte[] payload);

	/**
	 * Send to a recipient.
	 * @param payload the bytes; none make an empty datagram
	 * @param to the recipient
	 * @throws ConnectionException if the connection is not open, receive-only or
	 * connected to another remote, the payload is too long, or the system refused it
	 */
	void send(byte[] payload, SocketAddress to);

}
