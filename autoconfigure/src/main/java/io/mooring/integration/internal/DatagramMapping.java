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
import java.net.SocketAddress;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.integration.ip.IpHeaders;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.support.GenericMessage;
import org.springframework.util.ConcurrentLruCache;

import io.mooring.Datagram;
import io.mooring.DatagramConnection;
import io.mooring.integration.MooringHeaders;
import io.mooring.transport.settings.AddressSettings;

/**
 * {@link MessageMapping} of UDP datagrams, with the headers of spring-integration-ip's
 * UDP adapters.
 */
class DatagramMapping implements MessageMapping<Datagram> {

	private static final int REMEMBERED_SENDERS = 1024;

	private final DatagramConnection connection;

	private final boolean toOneRemote;

	private final ConcurrentLruCache<SocketAddress, Map<String, Object>> headers = new ConcurrentLruCache<>(
			REMEMBERED_SENDERS, this::headersFor);

	DatagramMapping(DatagramConnection connection) {
		this.connection = connection;
		this.toOneRemote = (AddressSettings.remote(connection.getSpec()) != null);
	}

	@Override
	public Message<byte[]> toMessage(Datagram datagram) {
		return new GenericMessage<>(datagram.payload(), new SharedHeaders(this.headers.get(datagram.sender())));
	}

	private Map<String, Object> headersFor(SocketAddress sender) {
		Map<String, Object> headers = new HashMap<>();
		headers.put(MooringHeaders.CONNECTION, this.connection.getName());
		headers.put(IpHeaders.PACKET_ADDRESS, sender);
		if (sender instanceof InetSocketAddress address) {
			String host = address.getAddress().getHostAddress();
			headers.put(IpHeaders.HOSTNAME, host);
			headers.put(IpHeaders.IP_ADDRESS, host);
			headers.put(IpHeaders.PORT, address.getPort());
		}
		return Collections.unmodifiableMap(headers);
	}

	@Override
	public void send(byte[] payload, Message<?> message) {
		SocketAddress recipient = recipient(message);
		if (recipient != null) {
			this.connection.send(payload, recipient);
		}
		else {
			this.connection.send(payload);
		}
	}

	private @Nullable SocketAddress recipient(Message<?> message) {
		MessageHeaders headers = message.getHeaders();
		if (headers.containsKey(MooringHeaders.RECIPIENT)) {
			return Recipients.chosen(message, this.connection.getName());
		}
		if (this.toOneRemote) {
			return null;
		}
		Object origin = headers.get(MooringHeaders.CONNECTION);
		// The sender of a message received on another connection is not a recipient here
		return (origin == null || origin.equals(this.connection.getName()))
				? Recipients.sender(message, this.connection.getName()) : null;
	}

}
