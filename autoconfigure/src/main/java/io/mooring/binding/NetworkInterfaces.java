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
 * The network interfaces of the machine. All of Mooring looks at them through here.
 */
@FunctionalInterface
public interface NetworkInterfaces {

	/**
	 * Take a snapshot of all interfaces.
	 * @return the interfaces, ordered by index
	 */
	List<InterfaceSnapshot> list();

	/**
	 * Return the interface of a snapshot as the JDK has it, for joining groups.
	 * @param snapshot the snapshot
	 * @return the interface
	 * @throws IOException if there is none any more, or it has no address
	 */
	static NetworkInterface live(InterfaceSnapshot snapshot) throws IOException {
		NetworkInterface found = NetworkInterface.getByName(snapshot.name());
		if (found == null) {
			throw new IOException("the network interface " + snapshot + " is gone or has no address");
		}
		return found;
	}

	/**
	 * Return those of this machine, by {@link java.net.NetworkInterface}.
	 * @return the real interfaces
	 */
	static NetworkInterfaces system() {
		return new SystemNetworkInterfaces();
	}

}
