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
import java.util.List;

import io.mooring.ConnectionType;
import io.mooring.Datagram;
import io.mooring.DatagramConnection;
import io.mooring.MessageConnection;
import io.mooring.MulticastBind;
import io.mooring.binding.SocketBinding;
import io.mooring.test.SpecBuilder;
import io.mooring.transport.AbstractConnectionContractTests;
import io.mooring.transport.Peer;
import io.mooring.transport.datagram.Group;

/**
 * On the loopback interface, whose memberships work although it claims otherwise.
 */
class UdpMulticastContractTests extends AbstractConnectionContractTests<Datagram> {

	@Override
	public ConnectionType type() {
		return ConnectionType.UDP_MULTICAST;
	}

	@Override
	protected SpecBuilder spec(String name) {
		return SpecBuilder.of(name, type())
			.local(new SocketBinding.Interface("127.0.0.1"), 0)
			.multicast(SpecBuilder.multicast(List.of(Group.of("239.255.14.50", null, List.of())), null, 1, null, null,
					true, false, MulticastBind.ANY));
	}

	@Override
	protected Peer newPeer(MessageConnection<Datagram> connection) throws IOException {
		return new DatagramPeer().to(connection);
	}

	@Override
	protected void send(MessageConnection<Datagram> connection, byte[] bytes, Peer to) {
		((DatagramConnection) connection).send(bytes, to.address());
	}

	@Override
	protected byte[] bytes(Datagram message) {
		return message.payload();
	}

}
