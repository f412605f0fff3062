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

package io.mooring.binding;

import java.io.IOException;
import java.net.NetworkInterface;
import java.util.List;

/**
 * Source of the network interfaces of the host, used by all of Mooring.
 */
@FunctionalInterface
public interface NetworkInterfaces {

	/**
	 * Take a snapshot of all interfaces.
	 * @return the interfaces, ordered by index
	 */
	List<InterfaceSnapshot> list();

	/**
	 * Return the JDK's interface for a snapshot, for joining groups.
	 * @param snapshot the snapshot
	 * @return the interface
	 * @throws IOException if the interface was removed or has no address
	 */
	static NetworkInterface live(InterfaceSnapshot snapshot) throws IOException {
		NetworkInterface found = NetworkInterface.getByName(snapshot.name());
		if (found == null) {
			throw new IOException("Network interface " + snapshot + " was removed or has no address");
		}
		return found;
	}

	/**
	 * Return the interfaces of this host, by {@link java.net.NetworkInterface}.
	 * @return the interfaces of the operating system
	 */
	static NetworkInterfaces system() {
		return new SystemNetworkInterfaces();
	}

}
