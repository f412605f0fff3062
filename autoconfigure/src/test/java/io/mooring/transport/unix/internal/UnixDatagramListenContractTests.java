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
import java.nio.file.Path;

import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

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
class UnixDatagramListenContractTests extends AbstractConnectionContractTests<UnixDatagram> {

	@TempDir
	private Path directory;

	private PythonPeer peer;

	@Override
	public ConnectionType type() {
		return ConnectionType.UNIX_DATAGRAM_LISTEN;
	}

	@Override
	protected SpecBuilder spec(String name) {
		return SpecBuilder.of(name, type()).unix(Specs.path(this.directory.resolve("contract.sock").toString()));
	}

	@Override
	protected Peer newPeer(MessageConnection<UnixDatagram> connection) throws IOException {
		if (this.peer == null) {
			this.peer = new PythonPeer("auto");
		}
		return this.peer.to(connection.getLocalAddress());
	}

	@Override
	protected void send(MessageConnection<UnixDatagram> connection, byte[] bytes, Peer to) {
		((UnixDatagramConnection) connection).send(bytes, to.address());
	}

	@Override
	protected byte[] bytes(UnixDatagram message) {
		return message.payload();
	}

}
