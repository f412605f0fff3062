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
 * Address family of a socket.
 */
public enum IpMode {

	/**
	 * IPv4 only.
	 */
	IPV4,

	/**
	 * IPv6. A socket bound to the wildcard address also receives IPv4 unicast, since the
	 * JDK does not support IPV6_V6ONLY.
	 */
	IPV6,

	/**
	 * IPv4 and IPv6 on one socket.
	 */
	DUAL

}
