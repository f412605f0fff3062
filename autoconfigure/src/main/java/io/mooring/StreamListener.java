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
import java.util.Collection;

import org.jspecify.annotations.Nullable;

/**
 * Listens for streams. While a channel adapter is attached, the frames of all clients go
 * there; else {@link #accept} gives out the clients one by one.
 * <p>
 * A client that was accepted opens once: closed, or left by its peer, it stays closed.
 */
public interface StreamListener extends Connection {

	/**
	 * Wait for a client.
	 * @param timeout how long to wait; zero takes only one that is there
	 * @return the client, {@code null} if there was none in time or the listener is
	 * closed. It may be closed already, with frames left to receive
	 * @throws IllegalStateException if something else consumes the frames of all clients
	 * @throws ConnectionException if the thread was interrupted
	 */
	@Nullable StreamConnection accept(Duration timeout);

	/**
	 * Return the clients that are connected.
	 * @return an unmodifiable copy
	 */
	Collection<StreamConnection> getClients();

	/**
	 * Send a frame to all clients that are connected. A client that does not read is
	 * closed when {@code send.capacity} is used up, so that none holds up the others.
	 * @param frame the bytes, copied
	 * @throws ConnectionException if the listener is not open or receive-only
	 * @throws io.mooring.codec.FrameException if the frame is longer than
	 * {@code framing.max-size}; nothing was sent
	 */
	void send(byte[] frame);

	/**
	 * Send a frame to one client, as {@link #send(byte[])} does to each.
	 * @param frame the bytes, copied
	 * @param connectionId the id of the client, as in the header {@code ip_connectionId}
	 * @throws ConnectionException if there is no such client, the listener is not open or
	 * receive-only, or the client was closed because it does not read
	 * @throws io.mooring.codec.FrameException if the frame is longer than
	 * {@code framing.max-size}; nothing was sent
	 */
	void send(byte[] frame, String connectionId);

}
