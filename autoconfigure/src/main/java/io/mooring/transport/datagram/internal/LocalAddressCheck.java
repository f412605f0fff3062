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
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

import io.mooring.binding.InterfaceSnapshot;
import io.mooring.binding.NetworkInterfaces;

/**
 * Classifier for send failures: invalid recipient, or removed local address.
 */
final class LocalAddressCheck {

	private final NetworkInterfaces interfaces;

	LocalAddressCheck(NetworkInterfaces interfaces) {
		this.interfaces = interfaces;
	}

	/**
	 * Return whether a send failed because the address of the socket, or the interface
	 * for multicast, was removed.
	 * @param socket the socket
	 * @param failure the exception
	 * @return whether the socket must be reopened
	 */
	boolean isGone(UdpSocket socket, IOException failure) {
		InterfaceSnapshot outgoing = socket.plan().outgoing();
		if (outgoing != null
				&& this.interfaces.list().stream().noneMatch((candidate) -> candidate.index() == outgoing.index())) {
			return true;
		}
		return isGone(((InetSocketAddress) socket.getLocalAddress()).getAddress(), failure);
	}

	boolean isGone(InetAddress local, IOException failure) {
		if (local.isAnyLocalAddress()) {
			// The recipient is unreachable from this address, also with a new socket
			return false;
		}
		// The JDK throws BindException for EADDRNOTAVAIL, and for EACCES of a broadcast
		// without permission
		if (failure instanceof BindException && !"Permission denied".equals(failure.getMessage())) {
			return true;
		}
		return !local.isMulticastAddress() && this.interfaces.list()
			.stream()
			.filter(InterfaceSnapshot::up)
			.flatMap((candidate) -> candidate.addresses().stream())
			.noneMatch((candidate) -> candidate.address().equals(local));
	}

}
