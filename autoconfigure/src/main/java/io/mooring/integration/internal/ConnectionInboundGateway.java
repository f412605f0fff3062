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

import org.springframework.integration.support.MutableMessageBuilder;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;

import io.mooring.Connection;

/**
 * Inbound gateway that sends received messages to a channel and replies to their sender.
 * Replies are asynchronous and optional, and may be sent on any thread.
 */
class ConnectionInboundGateway extends ConnectionInboundChannelAdapter {

	ConnectionInboundGateway(Connection connection, String owner, Payloads payloads) {
		super(connection, owner, payloads);
	}

	@Override
	public String getComponentType() {
		return "mooring:inbound-gateway";
	}

	@Override
	Message<?> prepare(MessageMapping<?> mapping, Message<?> request) {
		MessageChannel replies = (reply, timeout) -> {
			mapping.reply(payloads().encode(reply), request, reply);
			return true;
		};
		return MutableMessageBuilder.fromMessage(request).setReplyChannel(replies).build();
	}

}
