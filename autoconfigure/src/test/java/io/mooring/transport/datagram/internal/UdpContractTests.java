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

import org.junit.jupiter.api.AfterEach;

import io.mooring.ConnectionType;
import io.mooring.Datagram;
import io.mooring.DatagramConnection;
import io.mooring.MessageConnection;
import io.mooring.test.SpecBuilder;
import io.mooring.transport.AbstractConnectionContractTests;
import io.mooring.transport.Peer;

class UdpContractTests extends AbstractConnectionContractTests<Datagram> {

	private final DatagramPeer peer;

	UdpContractTests() throws IOException {
		this.peer = new DatagramPeer();
	}

	@AfterEach
	void closePeer() {
		this.peer.close();
	}

	@Override
	public ConnectionType type() {
		return ConnectionType.UDP;
	}

	@Override
	protected SpecBuilder spec(String name) {
		return SpecBuilder.of(name, type()).remote("127.0.0.1", this.peer.port());
	}

	@Override
	protected Peer newPeer(MessageConnection<Datagram> connection) {
		return this.peer.to(connection);
	}

	@Override
	protected void send(MessageConnection<Datagram> connection, byte[] bytes, Peer to) {
		((DatagramConnection) connection).send(bytes);
	}

	@Override
	protected byte[] bytes(Datagram message) {
		return message.payload();
	}

}
