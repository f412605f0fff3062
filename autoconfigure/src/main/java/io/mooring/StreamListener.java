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
 * Listener for stream connections. While a channel adapter is attached, it receives the
 * frames of all clients; otherwise clients are accepted one by one with {@link #accept}.
 * <p>
 * An accepted connection cannot be reopened.
 */
public interface StreamListener extends Connection {

	/**
	 * Accept a client, waiting for one if necessary.
	 * @param timeout the maximum time to wait; zero polls without waiting
	 * @return the client, {@code null} if the timeout elapsed or the listener was closed.
	 * The peer may have disconnected already, with frames left to receive
	 * @throws IllegalStateException if a consumer is attached
	 * @throws ConnectionException if the thread was interrupted
	 */
	@Nullable StreamConnection accept(Duration timeout);

	/**
	 * Return the connected clients.
	 * @return an unmodifiable copy
	 */
	Collection<StreamConnection> getClients();

	/**
	 * Send a frame to all connected clients. A client that does not read is disconnected
	 * when its write queue ({@code send.capacity}) is full, so that it does not block the
	 * others.
	 * @param frame the payload of the frame, copied
	 * @throws ConnectionException if the listener is not open or is receive-only
	 * @throws io.mooring.codec.FrameException if the frame is longer than
	 * {@code framing.max-size}; nothing was sent
	 */
	void send(byte[] frame);

	/**
	 * Send a frame to one client. Blocks while the write queue of the client is full and
	 * the client is reading, and while sending is paused.
	 * @param frame the payload of the frame, copied
	 * @param connectionId the ID of the client, as in the header {@code ip_connectionId}
	 * @throws ConnectionException if there is no such client, the listener is not open or
	 * is receive-only, or the client was disconnected because it does not read
	 * @throws io.mooring.codec.FrameException if the frame is longer than
	 * {@code framing.max-size}; nothing was sent
	 */
	void send(byte[] frame, String connectionId);

}
