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

import io.mooring.Lease;
import io.mooring.MessageConnection;

/**
 * {@link Conversation} over datagrams. Datagrams received before a request was sent are
 * not a reply to it.
 */
class DatagramConversation implements Conversation {

	private final MessageConnection<Object> connection;

	private final MessageMapping<Object> mapping;

	private final Payloads payloads;

	@SuppressWarnings("unchecked")
	DatagramConversation(MessageConnection<?> connection, Payloads payloads) {
		this.connection = (MessageConnection<Object>) connection;
		this.mapping = (MessageMapping<Object>) MessageMappings.of(connection);
		this.payloads = payloads;
	}

	@Override
	public @Nullable Message<?> ask(Message<?> request, Duration timeout) {
		byte[] bytes = this.payloads.encode(request);
		long start = System.nanoTime();
		try (Lease lease = this.connection.acquire(timeout)) {
			Object late;
			while ((late = this.connection.receive(Duration.ZERO)) != null) {
				this.payloads.reportUnsolicited(this.mapping.toMessage(late));
			}
			this.mapping.send(bytes, request);
			Object reply = this.connection.receive(timeout.minusNanos(System.nanoTime() - start));
			return (reply != null) ? this.payloads.decode(this.mapping.toMessage(reply)) : null;
		}
	}

}
