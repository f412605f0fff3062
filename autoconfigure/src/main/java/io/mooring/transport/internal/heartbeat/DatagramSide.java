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

package io.mooring.transport.internal.heartbeat;

import java.io.IOException;

import io.mooring.transport.Endpoint;

/**
 * Local side of a datagram connection, as its heartbeat sees it.
 *
 * @param <E> the open socket
 */
interface DatagramSide<E extends Endpoint> {

	/**
	 * Send a heartbeat, unless sending is paused or has to wait. Called by the timer:
	 * must not block, or run user code.
	 * @param socket the socket
	 * @param payload the heartbeat
	 */
	void sendHeartbeat(E socket, byte[] payload);

	/**
	 * Return whether receiving is paused.
	 * @return whether it is
	 */
	boolean isReceivingPaused();

	/**
	 * Wait until something arrived from a peer.
	 * @param socket the socket
	 * @return whether it did; {@code false} if the socket was closed or the thread
	 * interrupted
	 * @throws IOException if the system fails
	 */
	boolean awaitFirst(E socket) throws IOException;

	/**
	 * Nothing arrived for the timeout: the socket is lost.
	 * @param socket the socket
	 * @param cause the reason
	 */
	void silent(E socket, IOException cause);

}
