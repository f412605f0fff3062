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
 * Connection that carries messages.
 * <p>
 * Received messages have one consumer: the attached channel adapter or subscriber, else a
 * bounded queue that {@code receive} polls. While a consumer is attached, {@code receive}
 * throws an {@link IllegalStateException} that names it.
 *
 * @param <M> the type of a received message
 */
public interface MessageConnection<M> extends Connection {

	/**
	 * Receive a message, waiting for one if necessary. May be called while the connection
	 * is not open.
	 * @param timeout the maximum time to wait, including the wait for other receivers;
	 * zero polls without waiting
	 * @return the message, {@code null} if the timeout elapsed or the connection was
	 * closed
	 * @throws IllegalStateException if a consumer is attached
	 * @throws ConnectionException if the connection is send-only or the thread was
	 * interrupted
	 */
	@Nullable M receive(Duration timeout);

	/**
	 * Receive the next message asynchronously. Requests are completed in order; a
	 * cancelled request consumes no message.
	 * @return a future of the message, which remains pending while the connection is
	 * reopened and fails when it is closed
	 * @throws IllegalStateException if a consumer is attached, or
	 * {@code receive.capacity} requests are pending
	 * @throws ConnectionException if the connection is send-only
	 */
	CompletableFuture<M> receiveAsync();

	/**
	 * Return a publisher of the messages for one subscriber at a time. Without demand,
	 * messages wait in the queue, subject to its overflow policy. The subscription
	 * continues after a reopening and completes when the connection is closed.
	 * @return the publisher; it signals on worker threads
	 * @throws ConnectionException if the connection is send-only
	 */
	Flow.Publisher<M> publisher();

	/**
	 * Return a view that encodes and decodes packets with the given codec.
	 * @param <T> the type of a packet
	 * @param codec the codec
	 * @return the view, which holds no resources
	 */
	<T> PacketClient<T> packets(Codec<T> codec);

	/**
	 * Acquire exclusive use of the connection. Leases are granted one at a time, in FIFO
	 * order. Callers without a lease are not blocked.
	 * @param timeout the maximum time to wait for the lease
	 * @return the lease, to be closed after use
	 * @throws ConnectionTimeoutException if the timeout elapsed
	 * @throws ConnectionException if the thread was interrupted
	 */
	Lease acquire(Duration timeout);

}
