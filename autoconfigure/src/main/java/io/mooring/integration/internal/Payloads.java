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

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.MessageHandlingException;
import org.springframework.messaging.MessagingException;
import org.springframework.messaging.support.ErrorMessage;
import org.springframework.messaging.support.GenericMessage;
import org.springframework.util.ClassUtils;

import io.mooring.Connection;
import io.mooring.DropReason;
import io.mooring.codec.CodecException;
import io.mooring.transport.internal.receive.DropCounter;
import io.mooring.transport.internal.receive.InterceptionFailureSource;

/**
 * Converter between the bytes of a connection and the payloads of its messages.
 */
class Payloads {

	private static final Log logger = LogFactory.getLog(Payloads.class);

	private final Connection connection;

	private final PayloadCodec codec;

	private final MessageChannel errorChannel;

	/**
	 * Create a converter.
	 * @param connection the connection
	 * @param codec the codec of the connection
	 * @param errorChannel the channel for messages that cannot be decoded
	 */
	Payloads(Connection connection, PayloadCodec codec, MessageChannel errorChannel) {
		this.connection = connection;
		this.codec = codec;
		this.errorChannel = errorChannel;
	}

	/**
	 * Encode the payload of a message.
	 * @param message the message
	 * @return the bytes
	 * @throws MessageHandlingException if the payload cannot be encoded
	 */
	byte[] encode(Message<?> message) {
		try {
			return this.codec.encode(message.getPayload());
		}
		catch (CodecException ex) {
			throw new MessageHandlingException(message,
					"Connection '%s' cannot send a payload of type %s; %s".formatted(this.connection.getName(),
							ClassUtils.getQualifiedName(message.getPayload().getClass()), ex.getMessage()),
					ex);
		}
	}

	/**
	 * Decode the payload of a message. A message that cannot be decoded is counted and
	 * sent to the error channel.
	 * @param received the message with bytes
	 * @return the message with the decoded payload
	 * @throws CodecException if the payload cannot be decoded
	 */
	Message<?> decode(Message<byte[]> received) {
		if (!this.codec.decodes()) {
			return received;
		}
		try {
			return new GenericMessage<>(this.codec.decode(received.getPayload()), received.getHeaders());
		}
		catch (CodecException ex) {
			reject(received, ex);
			throw ex;
		}
	}

	/**
	 * Send messages whose interception fails to the error channel.
	 * @param <M> the type of a received message
	 * @param mapping the mapping of the connection
	 */
	@SuppressWarnings("unchecked")
	<M> void reportFailures(MessageMapping<M> mapping) {
		if (this.connection instanceof InterceptionFailureSource source) {
			source.setInterceptionFailureListener((message, cause) -> report(mapping.toMessage((M) message),
					"dropped a received message: an interceptor failed: " + cause.getMessage(), cause));
		}
	}

	private void reject(Message<byte[]> received, CodecException cause) {
		if (this.connection instanceof DropCounter counter) {
			counter.countDropped(DropReason.CODEC);
		}
		report(received, "cannot decode a received message: " + cause.getMessage(), cause);
	}

	/**
	 * Send an unsolicited message to the error channel.
	 * @param received the message with bytes
	 */
	void reportUnsolicited(Message<byte[]> received) {
		report(received, "received a message that matches no pending request", null);
	}

	/**
	 * Return whether the codec supports correlation ids.
	 */
	boolean correlates() {
		return this.codec.correlates();
	}

	/**
	 * Return the correlation id of a message.
	 * @param message a request or a decoded reply
	 * @return the id, {@code null} if there is none
	 */
	@Nullable Object correlationId(Message<?> message) {
		return this.codec.correlationId(message.getPayload());
	}

	/**
	 * Send a message to the error channel.
	 * @param received the message with bytes
	 * @param what the rest of the message, which follows the name of the connection
	 * @param cause the cause, may be {@code null}
	 */
	void report(Message<byte[]> received, String what, @Nullable Throwable cause) {
		try {
			this.errorChannel.send(new ErrorMessage(
					new MessagingException(received, "Connection '" + this.connection.getName() + "' " + what, cause)));
		}
		catch (RuntimeException ex) {
			logger.error("Failed to report that connection '" + this.connection.getName() + "' " + what, ex);
		}
	}

}
