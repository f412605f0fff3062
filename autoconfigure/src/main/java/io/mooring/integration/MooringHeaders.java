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

package io.mooring.integration;

/**
 * Names of the message headers of Mooring, in addition to those of spring-integration-ip.
 */
public final class MooringHeaders {

	/**
	 * Name of the connection that received the message, a {@code String}.
	 */
	public static final String CONNECTION = "mooring_connection";

	/**
	 * Recipient of a message: a {@link java.net.SocketAddress}, or a {@code String} such
	 * as {@code 192.168.1.7:14550} or {@code [fe80::1%eth0]:14550}, for Unix sockets a
	 * path or {@code @name}. Takes precedence over all other headers.
	 */
	public static final String RECIPIENT = "mooring_recipient";

	/**
	 * File descriptors of a Unix datagram. In a received message, a {@code List} of
	 * {@link io.mooring.ReceivedDescriptor}, which are closed when the flow returns,
	 * unless it took them. In a message to send, one {@link java.io.FileDescriptor},
	 * {@link io.mooring.ReceivedDescriptor} or {@code Integer}, or a collection of these.
	 */
	public static final String FILE_DESCRIPTORS = "mooring_fileDescriptors";

	/**
	 * Credentials of the sender of a Unix datagram or of the peer of a Unix stream,
	 * {@link io.mooring.PeerCredentials}.
	 */
	public static final String CREDENTIALS = "mooring_credentials";

	/**
	 * Subject of the verified certificate of a TLS peer, a {@code String} such as
	 * {@code CN=drone-7,O=Example} (RFC 2253). Clients of a listener present a
	 * certificate if {@code ssl.client-auth} requests it.
	 */
	public static final String PEER_SUBJECT = "mooring_peerSubject";

	private MooringHeaders() {
	}

}
