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

package io.mooring.integration;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.integration.MessageTimeoutException;
import org.springframework.integration.handler.AbstractReplyProducingMessageHandler;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHandlingException;

import io.mooring.ConnectionTimeoutException;
import io.mooring.Lease;
import io.mooring.MessageConnection;
import io.mooring.codec.CodecException;

/**
 * Sends messages over a connection and waits for the reply to each. Requests have their
 * turns in the order in which they came, one at a time: the next message that arrives is
 * taken for the reply.
 */
class ConnectionOutboundGateway extends AbstractReplyProducingMessageHandler {

	private final MessageConnection<Object> connection;

	private final MessageMapping<Object> mapping;

	private final Duration replyTimeout;

	private final Payloads payloads;

	@SuppressWarnings("unchecked")
	ConnectionOutboundGateway(MessageConnection<?> connection, Duration replyTimeout, Payloads payloads) {
		this.connection = (MessageConnection<Object>) connection;
		this.mapping = (MessageMapping<Object>) MessageMapping.of(connection);
		this.replyTimeout = replyTimeout;
		this.payloads = payloads;
		payloads.reportFailures(this.mapping);
		setRequiresReply(true);
	}

	@Override
	public String getComponentType() {
		return "mooring:outbound-gateway";
	}

	@Override
	protected @Nullable Object handleRequestMessage(Message<?> request) {
		byte[] bytes = this.payloads.encode(request);
		long start = System.nanoTime();
		try (Lease turn = this.connection.acquire(this.replyTimeout)) {
			passOnLateReplies();
			this.mapping.send(bytes, request);
			Object reply = this.connection.receive(this.replyTimeout.minusNanos(System.nanoTime() - start));
			if (reply != null) {
				return decode(request, this.mapping.toMessage(reply));
			}
			throw new MessageTimeoutException(request, "Connection '" + this.connection.getName()
					+ "' received no reply within " + this.replyTimeout.toMillis() + "ms");
		}
		catch (ConnectionTimeoutException ex) {
			throw new MessageTimeoutException(request, "Connection '" + this.connection.getName()
					+ "' was busy with other requests for " + this.replyTimeout.toMillis() + "ms", ex);
		}
	}

	private Message<?> decode(Message<?> request, Message<byte[]> reply) {
		try {
			return this.payloads.decode(reply);
		}
		catch (CodecException ex) {
			throw new MessageHandlingException(request,
					"Connection '" + this.connection.getName() + "' cannot decode the reply: " + ex.getMessage(), ex);
		}
	}

	/**
	 * What came after its request had given up is no reply to the next one.
	 */
	private void passOnLateReplies() {
		Object late;
		while ((late = this.connection.receive(Duration.ZERO)) != null) {
			this.payloads.report(this.mapping.toMessage(late), "received this when no request was pending", null);
		}
	}

}
