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

package io.mooring.transport.internal.receive;

import java.net.SocketAddress;

import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.security.auth.x500.X500Principal;

import org.jspecify.annotations.Nullable;

import io.mooring.PeerCredentials;
import io.mooring.transport.internal.log.Addresses;

/**
 * Peer of one open stream. Every opening creates a new one.
 */
public final class StreamPeer {

	private final String id;

	private final @Nullable SocketAddress localAddress;

	private final @Nullable SocketAddress remoteAddress;

	private final @Nullable PeerCredentials credentials;

	private final @Nullable SSLSession session;

	private final @Nullable String subject;

	private volatile @Nullable Object attachment;

	/**
	 * Create a peer.
	 * @param id the unique id
	 * @param localAddress the address on this side
	 * @param remoteAddress the address on its side
	 */
	public StreamPeer(String id, @Nullable SocketAddress localAddress, @Nullable SocketAddress remoteAddress) {
		this(id, localAddress, remoteAddress, null, null);
	}

	/**
	 * Create a peer.
	 * @param id the unique id
	 * @param localAddress the address on this side
	 * @param remoteAddress the address on its side
	 * @param credentials who it is, {@code null} if the system does not tell
	 */
	public StreamPeer(String id, @Nullable SocketAddress localAddress, @Nullable SocketAddress remoteAddress,
			@Nullable PeerCredentials credentials) {
		this(id, localAddress, remoteAddress, credentials, null);
	}

	private StreamPeer(String id, @Nullable SocketAddress localAddress, @Nullable SocketAddress remoteAddress,
			@Nullable PeerCredentials credentials, @Nullable SSLSession session) {
		this.id = id;
		this.localAddress = localAddress;
		this.remoteAddress = remoteAddress;
		this.credentials = credentials;
		this.session = session;
		this.subject = (session != null) ? subject(session) : null;
	}

	/**
	 * Return the same peer after its TLS handshake.
	 * @param session what was agreed on; a certificate in it was verified
	 * @return a peer
	 */
	public StreamPeer withSession(SSLSession session) {
		return new StreamPeer(this.id, this.localAddress, this.remoteAddress, this.credentials, session);
	}

	private static @Nullable String subject(SSLSession session) {
		try {
			return (session.getPeerPrincipal() instanceof X500Principal principal) ? principal.getName() : null;
		}
		catch (SSLPeerUnverifiedException ex) {
			return null;
		}
	}

	/**
	 * Return the unique id of this peer.
	 * @return the id of its connection
	 */
	public String getId() {
		return this.id;
	}

	/**
	 * Return the address on this side.
	 * @return the address
	 */
	public @Nullable SocketAddress getLocalAddress() {
		return this.localAddress;
	}

	/**
	 * Return the address on the peer's side.
	 * @return the address
	 */
	public @Nullable SocketAddress getRemoteAddress() {
		return this.remoteAddress;
	}

	/**
	 * Return who it is.
	 * @return the credentials of a Unix socket, {@code null} if the system does not tell
	 */
	public @Nullable PeerCredentials getCredentials() {
		return this.credentials;
	}

	/**
	 * Return the TLS session.
	 * @return the session, {@code null} without TLS
	 */
	public @Nullable SSLSession getSession() {
		return this.session;
	}

	/**
	 * Return the subject of the peer's certificate.
	 * @return the distinguished name (RFC 2253), {@code null} without TLS, or if the peer
	 * showed no certificate
	 */
	public @Nullable String getSubject() {
		return this.subject;
	}

	/**
	 * Return the attachment.
	 * @return the object of the consumer, {@code null} if there is none
	 */
	public @Nullable Object getAttachment() {
		return this.attachment;
	}

	/**
	 * Set the attachment, which is kept until the peer is gone.
	 * @param attachment the object of the consumer
	 */
	public void setAttachment(@Nullable Object attachment) {
		this.attachment = attachment;
	}

	/**
	 * Return the peer as logs and errors name it.
	 */
	@Override
	public String toString() {
		String address = Addresses.toString(this.remoteAddress);
		return (this.credentials != null)
				? address + " (pid " + this.credentials.pid() + ", uid " + this.credentials.uid() + ")" : address;
	}

}
