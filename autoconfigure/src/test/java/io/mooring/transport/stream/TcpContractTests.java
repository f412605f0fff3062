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

package io.mooring.transport.stream;

import java.io.IOException;
import java.net.ServerSocket;

import org.junit.jupiter.api.AfterEach;

import io.mooring.ConnectionType;
import io.mooring.MessageConnection;
import io.mooring.StreamConnection;
import io.mooring.test.SpecBuilder;
import io.mooring.transport.AbstractConnectionContractTests;
import io.mooring.transport.Peer;

class TcpContractTests extends AbstractConnectionContractTests<byte[]> {

	private final ServerSocket server;

	TcpContractTests() throws IOException {
		this.server = StreamPeerSocket.server();
	}

	@AfterEach
	void closeServer() throws IOException {
		this.server.close();
	}

	@Override
	public ConnectionType type() {
		return ConnectionType.TCP;
	}

	@Override
	protected SpecBuilder spec(String name) {
		return SpecBuilder.of(name, type())
			.remote("127.0.0.1", this.server.getLocalPort())
			.framing(FramingSettings.of("length", 65536));
	}

	@Override
	protected Peer newPeer(MessageConnection<byte[]> connection) throws IOException {
		StreamPeerSocket peer = StreamPeerSocket.accept(this.server);
		while (!peer.address().equals(connection.getRemoteAddress())
				|| !peer.socket().getRemoteSocketAddress().equals(connection.getLocalAddress())) {
			// That of a connection that was closed
			peer.close();
			peer = StreamPeerSocket.accept(this.server);
		}
		return peer;
	}

	@Override
	protected void send(MessageConnection<byte[]> connection, byte[] bytes, Peer to) {
		((StreamConnection) connection).send(bytes);
	}

	@Override
	protected byte[] bytes(byte[] message) {
		return message;
	}

}
