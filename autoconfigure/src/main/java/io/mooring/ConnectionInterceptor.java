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

package io.mooring;

import org.jspecify.annotations.Nullable;

/**
 * Interceptor of the messages of a connection, which may replace or discard them: the
 * frames of a stream without their delimiters or length fields, and the payloads of
 * datagrams. A connection selects beans of this type by the {@code interceptors}
 * property, or by {@code +name} in its URL.
 * <p>
 * The first interceptor is nearest to the network: with {@code tcp+checksum+gzip},
 * received messages pass {@code checksum} and then {@code gzip}, and sent messages pass
 * {@code gzip} and then {@code checksum}. The wire log and the statistics show the bytes
 * on the network. Accepted connections use the interceptors of their listener.
 * <p>
 * Implementations must be thread-safe: messages received by one connection are passed in
 * order and one at a time, but it may send concurrently on several threads, and an
 * interceptor may be shared by several connections and all clients of a listener. Methods
 * are never called on an event loop and may block, which delays later messages of the
 * same connection.
 */
public interface ConnectionInterceptor {

	/**
	 * Intercept a received message.
	 * @param connection the connection; for a client of a listener, the accepted
	 * connection
	 * @param message the message
	 * @return the same or another message to deliver, {@code null} to discard it, which
	 * is counted as {@link DropReason#INTERCEPTOR}
	 * @throws RuntimeException to send the message to the error channel instead; it is
	 * counted as {@link DropReason#INTERCEPTOR}, and the connection stays open
	 */
	default byte @Nullable [] received(Connection connection, byte[] message) {
		return message;
	}

	/**
	 * Intercept a message before it is sent. Called on the thread of the sender.
	 * @param connection the connection; for a message to all clients of a listener,
	 * called once for each accepted connection
	 * @param message the message, which must not be modified
	 * @return the same or another message to send, {@code null} to discard it, which is
	 * counted as {@link DropReason#INTERCEPTOR} and is not an error for the sender
	 * @throws RuntimeException to reject the message; the sender gets a
	 * {@link ConnectionException} with this cause
	 */
	default byte @Nullable [] sending(Connection connection, byte[] message) {
		return message;
	}

	/**
	 * Handle a state change of a connection or of an accepted connection.
	 * {@link ConnectionState#CONNECTED} is notified before the first message is received.
	 * Exceptions are logged. A call that blocks delays this connection only.
	 * @param event the state change
	 */
	default void stateChanged(ConnectionStateChangedEvent event) {
	}

}
