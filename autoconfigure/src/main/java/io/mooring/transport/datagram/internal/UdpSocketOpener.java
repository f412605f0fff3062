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
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;

import org.jspecify.annotations.Nullable;

import io.mooring.transport.internal.log.Addresses;
import io.mooring.transport.internal.log.Errors;

/**
 * Factory that opens UDP sockets according to their plan.
 */
final class UdpSocketOpener {

	private final BindPlanner planner;

	private final SocketOptions options;

	UdpSocketOpener(BindPlanner planner, SocketOptions options) {
		this.planner = planner;
		this.options = options;
	}

	UdpSocket open() throws IOException {
		BindPlan plan = this.planner.plan();
		DatagramChannel channel = (plan.family() != null) ? DatagramChannel.open(plan.family())
				: DatagramChannel.open();
		try {
			this.options.apply(channel, plan);
			bind(channel, plan.local());
			connect(channel, plan.remote());
			return new UdpSocket(channel, plan);
		}
		catch (IOException | RuntimeException ex) {
			channel.close();
			throw ex;
		}
	}

	private static void bind(DatagramChannel channel, InetSocketAddress local) throws IOException {
		try {
			channel.bind(local);
		}
		catch (IOException ex) {
			throw new IOException("cannot bind to " + Addresses.toString(local) + ": " + Errors.describe(ex), ex);
		}
	}

	private static void connect(DatagramChannel channel, @Nullable InetSocketAddress remote) throws IOException {
		if (remote == null) {
			return;
		}
		try {
			channel.connect(remote);
		}
		catch (IOException ex) {
			throw new IOException("cannot connect to " + Addresses.toString(remote) + ": " + Errors.describe(ex), ex);
		}
	}

}
