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

import org.springframework.integration.ip.IpHeaders;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;

import io.mooring.StreamListener;
import io.mooring.integration.MooringHeaders;
import io.mooring.transport.internal.receive.PeerFrame;

/**
 * {@link MessageMapping} of the frames of all clients of a listener. A message is sent to
 * the client with the id in the header {@code ip_connectionId}, or without that header to
 * all.
 */
class StreamListenerMapping implements MessageMapping<PeerFrame> {

	private final StreamListener listener;

	private final PeerHeaders headers;

	StreamListenerMapping(StreamListener listener) {
		this.listener = listener;
		this.headers = new PeerHeaders(listener.getName());
	}

	@Override
	public Message<byte[]> toMessage(PeerFrame frame) {
		return this.headers.toMessage(frame);
	}

	@Override
	public void send(byte[] payload, Message<?> message) {
		MessageHeaders headers = message.getHeaders();
		Object client = headers.get(IpHeaders.CONNECTION_ID);
		Object origin = headers.get(MooringHeaders.CONNECTION);
		// The sender of a message received on another connection is not a client here
		if (client != null && (origin == null || origin.equals(this.listener.getName()))) {
			this.listener.send(payload, client.toString());
		}
		else {
			this.listener.send(payload);
		}
	}

}
