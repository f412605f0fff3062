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

package io.mooring.transport.unix.internal;

import java.io.IOException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import io.mooring.ConnectionType;
import io.mooring.MessageConnection;
import io.mooring.UnixDatagram;
import io.mooring.UnixDatagramConnection;
import io.mooring.test.RequiresTools;
import io.mooring.test.SpecBuilder;
import io.mooring.transport.AbstractConnectionContractTests;
import io.mooring.transport.Peer;

@EnabledOnOs(OS.LINUX)
@RequiresTools("python3")
class UnixDatagramContractTests extends AbstractConnectionContractTests<UnixDatagram> {

	private PythonPeer peer;

	@AfterEach
	void closePeer() throws IOException {
		if (this.peer != null) {
			this.peer.close();
		}
	}

	@Override
	public ConnectionType type() {
		return ConnectionType.UNIX_DATAGRAM;
	}

	@Override
	protected SpecBuilder spec(String name) throws IOException {
		if (this.peer == null) {
			this.peer = new PythonPeer("auto");
		}
		return SpecBuilder.of(name, type()).unix(Specs.path(this.peer.address().toString()));
	}

	@Override
	protected Peer newPeer(MessageConnection<UnixDatagram> connection) {
		return this.peer.to(connection.getLocalAddress());
	}

	@Override
	protected void send(MessageConnection<UnixDatagram> connection, byte[] bytes, Peer to) {
		((UnixDatagramConnection) connection).send(bytes);
	}

	@Override
	protected byte[] bytes(UnixDatagram message) {
		return message.payload();
	}

}
