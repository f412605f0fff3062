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

/**
 * How the local address of a socket is found. Resolved anew at every open by a
 * {@link BindingResolver}.
 */
public sealed interface SocketBinding {

	/**
	 * All addresses.
	 */
	SocketBinding ANY = new Fixed("");

	/**
	 * Return the binding in words, such as "interface eth0".
	 */
	@Override
	String toString();

	/**
	 * An address of the machine, given.
	 *
	 * @param host a host name or address, empty for all addresses
	 */
	record Fixed(String host) implements SocketBinding {

		@Override
		public String toString() {
			return this.host.isEmpty() ? "any address" : "host " + this.host;
		}

	}

	/**
	 * The address of an interface.
	 *
	 * @param name the name of the interface
	 */
	record Interface(String name) implements SocketBinding {

		@Override
		public String toString() {
			return "interface " + this.name;
		}

	}

	/**
	 * The address of whichever interface has one in a subnet.
	 *
	 * @param network the subnet
	 */
	record Subnet(IpSubnet network) implements SocketBinding {

		@Override
		public String toString() {
			return "subnet " + this.network;
		}

	}

}
