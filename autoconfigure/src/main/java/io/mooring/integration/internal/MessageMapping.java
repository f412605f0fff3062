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

import io.mooring.integration.MooringHeaders;

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

}
