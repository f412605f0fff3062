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
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;

import org.jspecify.annotations.Nullable;

import io.mooring.ConnectionSpec;
import io.mooring.ConnectionType;
import io.mooring.binding.NetworkInterfaces;
import io.mooring.transport.datagram.BroadcastSettings;
import io.mooring.transport.datagram.MulticastSettings;
import io.mooring.transport.internal.log.Errors;
import io.mooring.transport.settings.AddressSettings;
import io.mooring.transport.settings.DatagramSettings;
import io.mooring.transport.settings.SocketSettings;

/**
 * Configurer for socket options. Multicast options of a dual-stack socket apply to both
 * families.
 */
final class SocketOptions {

	private static final int MAX_BUFFER = 32 * 1024 * 1024;

	private static final int PRECEDENCE_SHIFT = 5;

	private final ConnectionSpec spec;

	SocketOptions(ConnectionSpec spec) {
		this.spec = spec;
	}

	/**
	 * Set the options.
	 * @param channel the unbound socket
	 * @param plan the plan of the socket
	 * @throws IOException if the operating system rejects an option
	 */
	void apply(DatagramChannel channel, BindPlan plan) throws IOException {
		SocketSettings socket = this.spec.get(SocketSettings.class);
		set(channel, StandardSocketOptions.SO_REUSEADDR, reuseAddress(socket));
		set(channel, StandardSocketOptions.SO_REUSEPORT, socket.reusePort());
		set(channel, StandardSocketOptions.SO_SNDBUF, socket.sendBufferBytes());
		set(channel, StandardSocketOptions.SO_RCVBUF, socket.receiveBufferBytes());
		if (socket.receiveBuffer() == null && this.spec.get(DatagramSettings.class).maximizeBuffer()) {
			maximizeBuffer(channel);
		}
		if (socket.precedence() != null) {
			set(channel, StandardSocketOptions.IP_TOS, socket.precedence() << PRECEDENCE_SHIFT);
		}
		if (this.spec.get(BroadcastSettings.class).isEnabled()) {
			set(channel, StandardSocketOptions.SO_BROADCAST, true);
		}
		if (this.spec.type().equals(ConnectionType.UDP_MULTICAST)) {
			set(channel, StandardSocketOptions.IP_MULTICAST_TTL, this.spec.get(MulticastSettings.class).ttl());
			set(channel, StandardSocketOptions.IP_MULTICAST_LOOP, this.spec.get(MulticastSettings.class).loopback());
			if (plan.outgoing() != null) {
				set(channel, StandardSocketOptions.IP_MULTICAST_IF, NetworkInterfaces.live(plan.outgoing()));
			}
		}
	}

	/**
	 * Several listeners on one host can join a group, so the port is shared.
	 */
	private @Nullable Boolean reuseAddress(SocketSettings socket) {
		boolean shared = this.spec.type().equals(ConnectionType.UDP_MULTICAST)
				&& AddressSettings.localPort(this.spec) != 0;
		return (socket.reuseAddress() != null || !shared) ? socket.reuseAddress() : Boolean.TRUE;
	}

	private static <T> void set(DatagramChannel channel, SocketOption<T> option, @Nullable T value) throws IOException {
		if (value == null) {
			return;
		}
		try {
			channel.setOption(option, value);
		}
		catch (IOException | UnsupportedOperationException ex) {
			throw new IOException("cannot set " + option.name() + " to " + value + ": " + Errors.describe(ex), ex);
		}
	}

	private static void maximizeBuffer(DatagramChannel channel) throws IOException {
		int size = channel.getOption(StandardSocketOptions.SO_RCVBUF);
		while (size < MAX_BUFFER) {
			try {
				channel.setOption(StandardSocketOptions.SO_RCVBUF, Math.min(2 * size, MAX_BUFFER));
			}
			catch (IOException ex) {
				// macOS rejects more than its maximum; Linux reduces it
				return;
			}
			int granted = channel.getOption(StandardSocketOptions.SO_RCVBUF);
			if (granted <= size) {
				return;
			}
			size = granted;
		}
	}

}
