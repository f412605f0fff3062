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
 * The {@link MessageMapping} of each type of connection.
 */
final class MessageMappings {

	private MessageMappings() {
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
	private record Mapped<M>(String name, MappedMessages<M> messages) implements MessageMapping<M> {

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
