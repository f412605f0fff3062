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

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.integration.MessageTimeoutException;
import org.springframework.integration.handler.AbstractReplyProducingMessageHandler;
import org.springframework.integration.support.management.ManageableLifecycle;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHandlingException;

import io.mooring.ConnectionTimeoutException;
import io.mooring.MessageConnection;
import io.mooring.codec.CodecException;
import io.mooring.transport.internal.receive.PeerSource;

/**
 * Outbound gateway that sends a request over a connection and waits for the reply.
 * Unsolicited messages go to the error channel.
 */
class ConnectionOutboundGateway extends AbstractReplyProducingMessageHandler implements ManageableLifecycle {

	private final String connection;

	private final Duration replyTimeout;

	private final Conversation conversation;

	private volatile boolean running;

	ConnectionOutboundGateway(MessageConnection<?> connection, String owner, Duration replyTimeout, Payloads payloads) {
		this.connection = connection.getName();
		this.replyTimeout = replyTimeout;
		this.conversation = (connection instanceof PeerSource peers)
				? new StreamConversation(connection, peers, owner, payloads)
				: new DatagramConversation(connection, payloads);
		payloads.reportFailures(MessageMappings.of(connection));
		setRequiresReply(true);
	}

	@Override
	public String getComponentType() {
		return "mooring:outbound-gateway";
	}

	@Override
	public void start() {
		if (!this.running) {
			this.conversation.start();
			this.running = true;
		}
	}

	@Override
	public void stop() {
		if (this.running) {
			this.running = false;
			this.conversation.stop();
		}
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	protected @Nullable Object handleRequestMessage(Message<?> request) {
		try {
			Message<?> reply = this.conversation.ask(request, this.replyTimeout);
			if (reply != null) {
				return reply;
			}
			throw new MessageTimeoutException(request, "Connection '" + this.connection + "' received no reply within "
					+ this.replyTimeout.toMillis() + "ms");
		}
		catch (CodecException ex) {
			throw new MessageHandlingException(request,
					"Connection '" + this.connection + "' cannot decode the reply: " + ex.getMessage(), ex);
		}
		catch (ConnectionTimeoutException ex) {
			throw new MessageTimeoutException(request, "Connection '" + this.connection
					+ "' was busy with other requests for " + this.replyTimeout.toMillis() + "ms", ex);
		}
	}

}
