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

package io.mooring.integration.internal;

import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

import org.springframework.integration.ip.IpHeaders;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

import io.mooring.integration.MooringHeaders;
import io.mooring.transport.internal.receive.PeerFrame;
import io.mooring.transport.internal.receive.StreamPeer;

/**
 * Message headers of the peers of a connection: those of spring-integration-ip's TCP
 * adapters, created once for each peer.
 */
class PeerHeaders {

	private final String connection;

	PeerHeaders(String connection) {
		this.connection = connection;
	}

	Message<byte[]> toMessage(PeerFrame frame) {
		return new GenericMessage<>(frame.payload(), new SharedHeaders(headers(frame.peer())));
	}

	/**
	 * Return the headers of a peer.
	 * @param peer the peer
	 * @return an unmodifiable map
	 */
	Map<String, Object> headers(StreamPeer peer) {
		if (peer.getAttachment() instanceof Headers headers) {
			return headers.values();
		}
		Headers headers = new Headers(make(peer));
		peer.setAttachment(headers);
		return headers.values();
	}

	private Map<String, Object> make(StreamPeer peer) {
		Map<String, Object> headers = new HashMap<>();
		headers.put(MooringHeaders.CONNECTION, this.connection);
		headers.put(IpHeaders.CONNECTION_ID, peer.getId());
		if (peer.getRemoteAddress() instanceof InetSocketAddress remote) {
			String host = remote.getAddress().getHostAddress();
			headers.put(IpHeaders.HOSTNAME, host);
			headers.put(IpHeaders.IP_ADDRESS, host);
			headers.put(IpHeaders.REMOTE_PORT, remote.getPort());
		}
		if (peer.getLocalAddress() instanceof InetSocketAddress local) {
			headers.put(IpHeaders.LOCAL_ADDRESS, local.getAddress());
		}
		if (peer.getSubject() != null) {
			headers.put(MooringHeaders.PEER_SUBJECT, peer.getSubject());
		}
		if (peer.getCredentials() != null) {
			headers.put(MooringHeaders.CREDENTIALS, peer.getCredentials());
		}
		return Collections.unmodifiableMap(headers);
	}

	private record Headers(Map<String, Object> values) {

	}

}
