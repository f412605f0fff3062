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

package io.mooring;

/**
 * Local address to which the socket of a multicast connection is bound.
 */
public enum MulticastBind {

	/**
	 * The group: neither unicast nor groups joined by other sockets are received. Not
	 * supported on Windows.
	 */
	GROUP,

	/**
	 * The address of the interface: unicast to it is received. Multicast is received on
	 * Windows only.
	 */
	INTERFACE,

	/**
	 * The wildcard address: unicast is received as well, and on JDK 17 also IPv6 groups
	 * joined by other sockets of the host.
	 */
	ANY

}
