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
 * What the socket of a multicast connection is bound to.
 */
public enum MulticastBind {

	/**
	 * The group: nothing else arrives, neither unicast nor the groups of other sockets.
	 * Not on Windows.
	 */
	GROUP,

	/**
	 * The address of the interface: unicast to it arrives; multicast does not, but on
	 * Windows.
	 */
	INTERFACE,

	/**
	 * Any address: unicast arrives as well, and on JDK 17 the IPv6 groups that other
	 * sockets of the machine joined.
	 */
	ANY

}
