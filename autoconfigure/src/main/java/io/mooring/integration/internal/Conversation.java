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
import org.springframework.messaging.Message;

import io.mooring.MessageConnection;
import io.mooring.transport.internal.receive.PeerSource;

/**
 * How a client asks and gets its answers. Requests have their turns in the order in which
 * they came, one at a time, and the next message that arrives is the reply; unless the
 * codec has ids, by which replies over a stream find their requests.
 */
interface Conversation {

	/**
	 * Begin to listen for replies.
	 * @throws IllegalStateException if the messages go elsewhere
	 */
	default void start() {
	}

	/**
	 * End listening, and what waits for a reply.
	 */
	default void stop() {
	}

	/**
	 * Send a request and wait for the reply.
	 * @param request the request
	 * @param timeout how long to wait, for the turn and for the reply together
	 * @return the reply, decoded, {@code null} if there was none in time
	 * @throws org.springframework.messaging.MessageHandlingException if the request
	 * cannot be encoded
	 * @throws io.mooring.codec.CodecException if the reply cannot be decoded
	 * @throws io.mooring.ConnectionTimeoutException if others had the turn all the time
	 * @throws io.mooring.ConnectionException if the request cannot be sent, or the
	 * connection is lost while it waits
	 */
	@Nullable Message<?> ask(Message<?> request, Duration timeout);

	/**
	 * Return the way in which requests and replies go over a connection.
	 * @param connection the connection
	 * @param owner who asks, for the message of exceptions
	 * @param payloads codes requests and replies, and reports what arrives that is no
	 * reply
	 * @return the way
	 */
	static Conversation over(MessageConnection<?> connection, String owner, Payloads payloads) {
		return (connection instanceof PeerSource peers) ? new StreamConversation(connection, peers, owner, payloads)
				: new DatagramConversation(connection, payloads);
	}

}
