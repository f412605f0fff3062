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

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

import org.jspecify.annotations.Nullable;

import io.mooring.codec.Codec;

/**
 * A connection that carries messages.
 * <p>
 * What arrives goes to one place: to the channel adapter or the subscriber that is
 * attached, else to a bounded queue from which {@code receive} takes. While something is
 * attached, {@code receive} throws an {@link IllegalStateException} that names it.
 *
 * @param <M> the type of a received message
 */
public interface MessageConnection<M> extends Connection {

	/**
	 * Wait for a message. On a connection that is not open, wait for it to be opened and
	 * for a message.
	 * @param timeout how long to wait, the wait for other receivers included; zero takes
	 * only what is there
	 * @return the message, {@code null} if there was none in time or the connection was
	 * closed meanwhile
	 * @throws IllegalStateException if something else consumes the messages
	 * @throws ConnectionException if the connection is send-only or the thread was
	 * interrupted
	 */
	@Nullable M receive(Duration timeout);

	/**
	 * Ask for the next message. Requests are served in order; one that is cancelled takes
	 * nothing.
	 * @return completes with the message, or exceptionally if the connection is closed on
	 * purpose; across a reopening it keeps waiting
	 * @throws IllegalStateException if something else consumes the messages, or as many
	 * requests as the queue has places are pending
	 * @throws ConnectionException if the connection is send-only
	 */
	CompletableFuture<M> receiveAsync();

	/**
	 * Return the messages as a publisher for one subscriber at a time. Without demand
	 * they wait in the queue, under its overflow policy. The subscription outlives a
	 * reopening and completes when the connection is closed on purpose.
	 * @return a publisher
	 * @throws ConnectionException if the connection is send-only
	 */
	Flow.Publisher<M> publisher();

	/**
	 * Look at this connection through a codec.
	 * @param <T> the type of a packet
	 * @param codec turns packets into bytes and back
	 * @return a view; it holds nothing and need not be closed
	 */
	<T> PacketClient<T> packets(Codec<T> codec);

	/**
	 * Take the connection for one conversation. Leases exclude one another, in order of
	 * arrival; calls of those who did not ask for one are not held up.
	 * @param timeout how long to wait for the turn
	 * @return the lease, to be closed when the conversation is over
	 * @throws ConnectionTimeoutException if others had it all the time
	 * @throws ConnectionException if the thread was interrupted
	 */
	Lease acquire(Duration timeout);

}
