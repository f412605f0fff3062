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

import org.jspecify.annotations.Nullable;

import io.mooring.codec.CodecException;

/**
 * View of a connection that encodes and decodes packets. Thread-safe.
 *
 * @param <T> the type of a packet
 */
public interface PacketClient<T> {

	/**
	 * Encode a packet and send it.
	 * @param packet the packet
	 * @throws CodecException if the packet cannot be encoded; nothing was sent
	 * @throws ConnectionException if the packet cannot be sent
	 */
	void send(T packet);

	/**
	 * Receive a packet, waiting for one if necessary.
	 * @param timeout the maximum time to wait
	 * @return the packet, {@code null} if the timeout elapsed or the connection was
	 * closed
	 * @throws CodecException if the message cannot be decoded; it is counted as dropped,
	 * and the next call continues with the next message
	 */
	@Nullable T receive(Duration timeout);

	/**
	 * Receive the next packet asynchronously.
	 * @return a future of the packet, which fails with the exceptions of {@link #receive}
	 */
	CompletableFuture<T> receiveAsync();

	/**
	 * Iterate over packets until a time budget is used up. Only the time spent waiting in
	 * the iterator counts, not the time between calls. A budget of zero returns the
	 * packets already received. The iterator throws {@link CodecException} and can be
	 * used after it; closing the connection ends the iteration.
	 * @param budget the maximum total time to wait
	 * @return the packets; each iterator has its own budget
	 */
	Iterable<T> receiveAll(Duration budget);

}
