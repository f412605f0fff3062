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
 * Message headers of Mooring, beside those of spring-integration-ip.
 */
public final class MooringHeaders {

	/**
	 * The name of the connection that a message came in on, a {@code String}.
	 */
	public static final String CONNECTION = "mooring_connection";

	/**
	 * Where to send a message: a {@link java.net.SocketAddress}, or a {@code String} such
	 * as {@code 192.168.1.7:14550} or {@code [fe80::1%eth0]:14550}, for Unix sockets a
	 * path or {@code @name}. Goes before all that other headers say.
	 */
	public static final String RECIPIENT = "mooring_recipient";

	/**
	 * The file descriptors of a Unix datagram. Of a received one it is a {@code List} of
	 * {@link io.mooring.ReceivedDescriptor}, which are closed when the flow returns,
	 * unless it took them. To send some it is a collection of
	 * {@link java.io.FileDescriptor}, {@link io.mooring.ReceivedDescriptor} and
	 * {@code Integer}, or one of these.
	 */
	public static final String FILE_DESCRIPTORS = "mooring_fileDescriptors";

	/**
	 * Who sent a Unix datagram or is the peer of a Unix stream,
	 * {@link io.mooring.PeerCredentials}.
	 */
	public static final String CREDENTIALS = "mooring_credentials";

	/**
	 * The subject of the certificate that the peer of a TLS connection showed, a
	 * {@code String} such as {@code CN=drone-7,O=Example} (RFC 2253). Clients of a
	 * listener show one if {@code ssl.client-auth} asks for it.
	 */
	public static final String PEER_SUBJECT = "mooring_peerSubject";

	private MooringHeaders() {
	}

}
