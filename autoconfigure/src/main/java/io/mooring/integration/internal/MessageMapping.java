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

import java.util.HashMap;
import java.util.Map;

import org.springframework.integration.support.MutableMessageBuilder;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

import io.mooring.Connection;
import io.mooring.DatagramConnection;
import io.mooring.StreamConnection;
import io.mooring.StreamListener;
import io.mooring.UnixDatagramConnection;
import io.mooring.integration.MooringHeaders;
import io.mooring.transport.MappedMessages;

/**
 * Mapping between Spring messages and the messages of one type of connection.
 *
 * @param <M> the type of a received message
 */
interface MessageMapping<M> {

	/**
	 * Prefix of the header names of {@link org.springframework.integration.ip.IpHeaders}.
	 */
	String IP_PREFIX = "ip_";

	/**
	 * Convert a received message.
	 * @param received the received message
	 * @return a Spring message with its bytes and headers
	 */
	Message<byte[]> toMessage(M received);

	/**
	 * Send a payload to the recipient that the headers of its message specify.
	 * @param payload the encoded payload
	 * @param message the message with the headers
	 */
	void send(byte[] payload, Message<?> message);

	/**
	 * Send a reply to the sender of the request, unless the headers of the reply specify
	 * another recipient.
	 * @param payload the encoded payload of the reply
	 * @param request the message created by {@link #toMessage}
	 * @param reply the reply
	 */
	default void reply(byte[] payload, Message<?> request, Message<?> reply) {
		Map<String, Object> origin = new HashMap<>(request.getHeaders());
		// The flow may have replaced the headers of the request, or the reply has none
		origin.keySet()
			.removeIf((header) -> !header.startsWith(IP_PREFIX) && !header.equals(MooringHeaders.CONNECTION));
		send(payload, MutableMessageBuilder.fromMessage(reply).copyHeaders(origin).build());
	}

	/**
	 * Return the mapping for a connection.
	 * @param connection the connection
	 * @return the mapping
	 */
	static MessageMapping<?> of(Connection connection) {
		if (connection instanceof DatagramConnection datagrams) {
			return new DatagramMapping(datagrams);
		}
		if (connection instanceof UnixDatagramConnection datagrams) {
			return new UnixDatagramMapping(datagrams);
		}
		if (connection instanceof StreamConnection stream) {
			return new StreamMapping(stream);
		}
		if (connection instanceof StreamListener listener) {
			return new StreamListenerMapping(listener);
		}
		if (connection instanceof MappedMessages<?> messages) {
			return new Mapped<>(connection.getName(), messages);
		}
		throw new IllegalArgumentException("Connection '" + connection.getName() + "' of type '" + connection.getType()
				+ "' has no channel adapters; set mooring.connections." + connection.getName()
				+ ".integration.enabled to false");
	}

	/**
	 * Mapping that a connection of another jar brings.
	 *
	 * @param <M> the type of a received message
	 * @param name the name of the connection
	 * @param messages the connection
	 */
	record Mapped<M>(String name, MappedMessages<M> messages) implements MessageMapping<M> {

		@Override
		public Message<byte[]> toMessage(M received) {
			Map<String, Object> headers = new HashMap<>(this.messages.headers(received));
			headers.put(MooringHeaders.CONNECTION, this.name);
			return new GenericMessage<>(this.messages.payload(received), headers);
		}

		@Override
		public void send(byte[] payload, Message<?> message) {
			this.messages.send(payload, message.getHeaders());
		}

	}

}
