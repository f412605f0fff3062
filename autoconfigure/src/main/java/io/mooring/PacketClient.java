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
 * A connection seen through a codec.
 *
 * @param <T> the type of a packet
 */
public interface PacketClient<T> {

	/**
	 * Encode a packet and send it.
	 * @param packet the packet
	 * @throws CodecException if it cannot be encoded; nothing was sent
	 * @throws ConnectionException if it cannot be sent
	 */
	void send(T packet);

	/**
	 * Wait for a packet.
	 * @param timeout how long to wait
	 * @return the packet, {@code null} if there was none in time
	 * @throws CodecException if what arrived cannot be decoded; that one is counted as
	 * dropped, and the next call goes on behind it
	 */
	@Nullable T receive(Duration timeout);

	/**
	 * Ask for the next packet.
	 * @return completes with the packet, or exceptionally as {@link #receive} throws
	 */
	CompletableFuture<T> receiveAsync();

	/**
	 * Iterate over packets until a budget of time is used up. Only the waiting inside the
	 * iteration counts, not what the caller does with a packet. A budget of zero gives
	 * what is already there. A {@link CodecException} passes to the caller, who may go
	 * on; the connection's closing ends the iteration.
	 * @param budget how long to wait in all
	 * @return the packets; each iterator has a budget of its own
	 */
	Iterable<T> receiveAll(Duration budget);

}
