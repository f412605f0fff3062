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
 * Sees, and may change or swallow, the messages of a connection: the frames of a stream
 * without what surrounds them, and the payloads of datagrams. A bean of this type is
 * named by the {@code interceptors} property, or by {@code +name} in a URL.
 * <p>
 * The first one named is the outermost, nearest to the network: of
 * {@code tcp+checksum+gzip}, what is received passes {@code checksum} and then
 * {@code gzip}, and what is sent passes {@code gzip} and then {@code checksum}. The wire
 * log and the statistics have the bytes of the network. Accepted connections of a
 * listener pass the interceptors of the listener.
 * <p>
 * Never called on an event loop. What one connection received comes in order and one
 * message at a time; it may be sending meanwhile, on several threads, and one interceptor
 * may serve many connections, the clients of a listener among them: it has to be safe for
 * use by several threads. Calls may block, and hold up what comes behind.
 */
public interface ConnectionInterceptor {

	/**
	 * A message was received.
	 * @param connection the connection; for that of a client of a listener, the accepted
	 * one
	 * @param message the message
	 * @return the same or another one to go on with, {@code null} to swallow it, which is
	 * counted as {@link DropReason#INTERCEPTOR}
	 * @throws RuntimeException if the message is to go to the error channel instead,
	 * counted in the same way; the connection stays open
	 */
	default byte @Nullable [] received(Connection connection, byte[] message) {
		return message;
	}

	/**
	 * A message is to be sent. Called on the thread of the sender.
	 * @param connection the connection; for a message to all clients of a listener, each
	 * of the accepted ones
	 * @param message the message, not to be changed
	 * @return the same or another one to go on with, {@code null} to swallow it, which is
	 * counted as {@link DropReason#INTERCEPTOR} and is no error to the sender
	 * @throws RuntimeException if the message cannot be sent; the sender gets a
	 * {@link ConnectionException} for it
	 */
	default byte @Nullable [] sending(Connection connection, byte[] message) {
		return message;
	}

	/**
	 * A connection, or an accepted one, changed its state. That it is
	 * {@link ConnectionState#CONNECTED} is told before its first message is received.
	 * What this throws is logged. A call that blocks delays what happens to this
	 * connection, and to no other.
	 * @param event how
	 */
	default void stateChanged(ConnectionStateChangedEvent event) {
	}

}
