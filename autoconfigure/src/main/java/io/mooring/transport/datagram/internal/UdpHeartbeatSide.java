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

package io.mooring.transport.datagram.internal;

import java.io.IOException;
import java.net.SocketAddress;

import io.mooring.transport.DatagramSide;

/**
 * The heartbeat's view of a UDP connection.
 */
final class UdpHeartbeatSide implements DatagramSide<UdpSocket> {

	private final UdpConnection connection;

	private final UdpSender sender;

	UdpHeartbeatSide(UdpConnection connection, UdpSender sender) {
		this.connection = connection;
		this.sender = sender;
	}

	@Override
	public void beat(UdpSocket socket, byte[] payload) {
		boolean connected = socket.getRemoteAddress() != null;
		SocketAddress to = connected ? null : this.connection.defaultRecipient(socket);
		if ((connected || to != null) && !this.connection.isSendingPaused()) {
			this.sender.offer(socket, payload, to);
		}
	}

	@Override
	public boolean isReceivingPaused() {
		return this.connection.isReceivingPaused();
	}

	@Override
	public boolean awaitFirst(UdpSocket socket) throws IOException {
		return new UdpReader(this.connection, socket).awaitFirst();
	}

	@Override
	public void silent(UdpSocket socket, IOException cause) {
		this.connection.broken(socket, cause);
	}

}
