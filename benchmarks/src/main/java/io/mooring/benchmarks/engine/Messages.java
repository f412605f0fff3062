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

package io.mooring.benchmarks.engine;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.integration.channel.DirectChannel;
import org.springframework.integration.ip.IpHeaders;
import org.springframework.messaging.MessageHandler;
import org.springframework.messaging.support.GenericMessage;

/**
 * Message dispatch of the bare engines: a message with headers, built once for each peer,
 * is sent through a {@code DirectChannel} to the consumer.
 */
final class Messages {

	private final DirectChannel channel = new DirectChannel();

	Messages(MessageHandler consumer) {
		this.channel.setBeanName("bare");
		this.channel.subscribe(consumer);
	}

	void send(byte[] payload, Map<String, Object> headers) {
		this.channel.send(new GenericMessage<>(payload, headers));
	}

	static Map<String, Object> headers(@Nullable SocketAddress peer) {
		Map<String, Object> headers = new HashMap<>();
		if (peer instanceof InetSocketAddress address) {
			headers.put(IpHeaders.HOSTNAME, address.getAddress().getHostAddress());
			headers.put(IpHeaders.IP_ADDRESS, address.getAddress().getHostAddress());
			headers.put(IpHeaders.PORT, address.getPort());
			headers.put(IpHeaders.PACKET_ADDRESS, address);
			headers.put(IpHeaders.CONNECTION_ID, address.toString());
		}
		return headers;
	}

}
