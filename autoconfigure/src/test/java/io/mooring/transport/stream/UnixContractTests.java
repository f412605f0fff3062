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
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

import io.mooring.ConnectionType;
import io.mooring.MessageConnection;
import io.mooring.StreamConnection;
import io.mooring.test.SpecBuilder;
import io.mooring.transport.AbstractConnectionContractTests;
import io.mooring.transport.Peer;

class UnixContractTests extends AbstractConnectionContractTests<byte[]> {

	@TempDir
	private Path directory;

	private ServerSocketChannel server;

	@AfterEach
	void closeServer() throws IOException {
		if (this.server != null) {
			this.server.close();
		}
	}

	@Override
	public ConnectionType type() {
		return ConnectionType.UNIX;
	}

	@Override
	protected SpecBuilder spec(String name) throws IOException {
		Path path = this.directory.resolve("peer.sock");
		if (this.server == null) {
			this.server = UnixPeerSocket.server(path);
		}
		return UnixSpecs.client(name, path);
	}

	@Override
	protected Peer newPeer(MessageConnection<byte[]> connection) throws IOException {
		UnixPeerSocket peer = UnixPeerSocket.accept(this.server);
		this.server.configureBlocking(false);
		try {
			// Those before are of connections that were closed
			for (var next = this.server.accept(); next != null; next = this.server.accept()) {
				peer.close();
				peer = new UnixPeerSocket(next);
			}
		}
		finally {
			this.server.configureBlocking(true);
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
