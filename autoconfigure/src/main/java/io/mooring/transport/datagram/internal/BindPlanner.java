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
import java.net.InetAddress;
import java.net.InetSocketAddress;

import org.jspecify.annotations.Nullable;

import io.mooring.binding.InterfaceChange;

/**
 * Finds out what a socket is to be, from what the machine is at the moment.
 */
interface BindPlanner {

	/**
	 * Make a plan.
	 * @return the plan
	 * @throws IOException if there can be none; the message is for an operator
	 */
	BindPlan plan() throws IOException;

	/**
	 * Check that a socket still is what a new one would be, as far as the interfaces
	 * decide.
	 * @param plan what it was to be
	 * @param change what changed on the interfaces
	 * @return what it is to be now, which an open socket can become
	 * @throws IOException if it is not
	 * @throws io.mooring.binding.BindingException if there is no interface for it any
	 * more
	 */
	BindPlan check(BindPlan plan, InterfaceChange change) throws IOException;

	/**
	 * Forget what was bound to before, as somebody closed the connection.
	 */
	default void reset() {
	}

	static InetSocketAddress local(@Nullable InetAddress address, int port) {
		return (address != null) ? new InetSocketAddress(address, port) : new InetSocketAddress(port);
	}

}
