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

package io.mooring.transport;

import java.util.Objects;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.mooring.ConnectionException;
import io.mooring.DropReason;

/**
 * Interception of the messages of a connection, which counts discarded messages and
 * failures.
 *
 * @param <M> the type of a received message
 */
final class Interception<M> {

	private final AbstractMessageConnection<M, ?> connection;

	/**
	 * Create an interception.
	 * @param connection the connection, not used before the first message
	 */
	Interception(AbstractMessageConnection<M, ?> connection) {
		this.connection = connection;
	}

	/**
	 * Pass a received message to the interceptors.
	 * @param message the message
	 * @param attached the conversion to the type of an attached consumer
	 * @return the message to deliver, {@code null} if it was discarded
	 */
	@Nullable M received(M message, Function<? super M, ?> attached) {
		if (!this.connection.isIntercepted()) {
			return message;
		}
		this.connection.notices().tellAll();
		byte[] bytes = this.connection.bytes(message);
		try {
			byte[] passed = this.connection.interceptors().received(this.connection, bytes);
			if (passed != null) {
				return (passed != bytes) ? this.connection.withBytes(message, passed) : message;
			}
		}
		catch (ConnectionException ex) {
			this.connection.interceptors().report(Objects.requireNonNull(attached.apply(message)), ex);
		}
		this.connection.lose(message, DropReason.INTERCEPTOR);
		return null;
	}

	/**
	 * Pass a message to send to the interceptors.
	 * @param message the bytes
	 * @return the bytes to send, {@code null} if the message was discarded
	 * @throws ConnectionException if an interceptor failed
	 */
	byte @Nullable [] sending(byte[] message) {
		if (!this.connection.isIntercepted()) {
			return message;
		}
		byte[] passed = null;
		try {
			passed = this.connection.interceptors().sending(this.connection, message);
			return passed;
		}
		finally {
			if (passed == null) {
				this.connection.counters().dropped(DropReason.INTERCEPTOR, 1);
			}
		}
	}

}
