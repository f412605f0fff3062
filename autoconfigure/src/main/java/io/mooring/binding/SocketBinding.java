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
 * Declared local address of a socket, resolved by a {@link BindingResolver} at every
 * opening.
 */
public sealed interface SocketBinding {

	/**
	 * Binding to the wildcard address.
	 */
	SocketBinding ANY = new Fixed("");

	/**
	 * Return a description such as "interface eth0".
	 */
	@Override
	String toString();

	/**
	 * Binding to a given local address.
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
	 * Binding to the address of an interface.
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
	 * Binding to the local address in a subnet, on any interface.
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
