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

/**
 * Request-reply exchange of a client. Requests are processed in FIFO order, one at a
 * time, and the next received message is the reply; on streams, a codec with correlation
 * ids allows concurrent requests.
 */
interface Conversation {

	/**
	 * Start receiving replies.
	 * @throws IllegalStateException if another consumer is attached
	 */
	default void start() {
	}

	/**
	 * Stop receiving replies. Pending requests fail.
	 */
	default void stop() {
	}

	/**
	 * Send a request and wait for the reply.
	 * @param request the request
	 * @param timeout the maximum time to wait for preceding requests and for the reply
	 * @return the decoded reply, {@code null} if the timeout elapsed
	 * @throws org.springframework.messaging.MessageHandlingException if the request
	 * cannot be encoded
	 * @throws io.mooring.codec.CodecException if the reply cannot be decoded
	 * @throws io.mooring.ConnectionTimeoutException if preceding requests took the whole
	 * timeout
	 * @throws io.mooring.ConnectionException if the request cannot be sent, or the
	 * connection is lost before the reply
	 */
	@Nullable Message<?> ask(Message<?> request, Duration timeout);

}
