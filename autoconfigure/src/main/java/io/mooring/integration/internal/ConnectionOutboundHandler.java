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

import org.springframework.integration.handler.AbstractMessageHandler;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;

import io.mooring.Connection;
import io.mooring.transport.internal.receive.SendLossSource;

/**
 * {@link org.springframework.messaging.MessageHandler} that sends messages over a
 * connection on the caller's thread.
 */
class ConnectionOutboundHandler extends AbstractMessageHandler {

	private final MessageMapping<?> mapping;

	private final Payloads payloads;

	/**
	 * Create a handler.
	 * @param connection the connection
	 * @param payloads encodes the payloads
	 * @param errorChannel the channel for frames that were accepted and then lost
	 */
	ConnectionOutboundHandler(Connection connection, Payloads payloads, MessageChannel errorChannel) {
		this.payloads = payloads;
		this.mapping = MessageMappings.of(connection);
		if (connection instanceof SendLossSource source) {
			source.setSendLossListener(new LostFrames(connection, errorChannel));
		}
	}

	@Override
	public String getComponentType() {
		return "mooring:outbound-channel-adapter";
	}

	@Override
	protected void handleMessageInternal(Message<?> message) {
		this.mapping.send(this.payloads.encode(message), message);
	}

}
