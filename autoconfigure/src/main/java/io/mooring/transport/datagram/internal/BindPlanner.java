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
 * Planner that resolves a spec to the parameters of a socket, by the current network
 * interfaces.
 */
interface BindPlanner {

	/**
	 * Create a plan.
	 * @return the plan
	 * @throws IOException if the spec cannot be resolved; the message is for an operator
	 */
	BindPlan plan() throws IOException;

	/**
	 * Check that an open socket still conforms to its spec after a change of the
	 * interfaces.
	 * @param plan the plan of the socket
	 * @param change the change of the interfaces
	 * @return the new plan, to which the open socket can be adapted
	 * @throws IOException if the socket must be reopened
	 * @throws io.mooring.binding.BindingException if there is no matching interface
	 */
	BindPlan check(BindPlan plan, InterfaceChange change) throws IOException;

	/**
	 * Reset the planner after the connection was closed by the application.
	 */
	default void reset() {
	}

	static InetSocketAddress local(@Nullable InetAddress address, int port) {
		return (address != null) ? new InetSocketAddress(address, port) : new InetSocketAddress(port);
	}

}
