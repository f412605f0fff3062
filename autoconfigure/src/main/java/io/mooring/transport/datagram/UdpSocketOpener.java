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

package io.mooring.transport.datagram;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import io.mooring.ConnectionSpec;
import io.mooring.ConnectionSpec.Remote;
import io.mooring.binding.BindingResolver;
import io.mooring.binding.ResolvedBinding;
import io.mooring.transport.Addresses;
import io.mooring.transport.Errors;

/**
 * Opens UDP sockets as a spec says.
 */
final class UdpSocketOpener {

	private static final int MAX_BUFFER = 32 * 1024 * 1024;

	private final ConnectionSpec spec;

	private final BindingResolver bindings;

	UdpSocketOpener(ConnectionSpec spec, BindingResolver bindings) {
		this.spec = spec;
		this.bindings = bindings;
	}

	UdpSocket open() throws IOException {
		Remote remote = this.spec.remote();
		if (remote == null) {
			return open(this.bindings.resolve(this.spec.binding()), null);
		}
		InetAddress[] addresses = InetAddress.getAllByName(remote.host());
		ResolvedBinding local = this.bindings.resolve(this.spec.binding(), family(addresses[0]));
		InetAddress address = Arrays.stream(addresses)
			.filter((candidate) -> local.address() == null || family(candidate) == family(local.address()))
			.findFirst()
			.orElseThrow(() -> new IOException("no address of " + remote.host() + " (" + Arrays.toString(addresses)
					+ ") is of the family of the local address " + local.address()));
		return open(local, new InetSocketAddress(address, remote.port()));
	}

	private UdpSocket open(ResolvedBinding local, @Nullable InetSocketAddress remote) throws IOException {
		DatagramChannel channel = newChannel(local, remote);
		try {
			configure(channel);
			bind(channel, local);
			if (remote != null) {
				connect(channel, remote);
			}
			return new UdpSocket(channel, (local.networkInterface() != null) ? local.networkInterface().name() : null);
		}
		catch (IOException | RuntimeException ex) {
			channel.close();
			throw ex;
		}
	}

	/**
	 * One socket for both families where nothing decides between them.
	 */
	private static DatagramChannel newChannel(ResolvedBinding local, @Nullable InetSocketAddress remote)
			throws IOException {
		if (local.address() != null) {
			return DatagramChannel.open(family(local.address()));
		}
		return (remote != null) ? DatagramChannel.open(family(remote.getAddress())) : DatagramChannel.open();
	}

	private static StandardProtocolFamily family(InetAddress address) {
		return (address instanceof Inet4Address) ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
	}

	private void configure(DatagramChannel channel) throws IOException {
		ConnectionSpec.Socket socket = this.spec.socket();
		set(channel, StandardSocketOptions.SO_REUSEADDR, socket.reuseAddress());
		set(channel, StandardSocketOptions.SO_REUSEPORT, socket.reusePort());
		set(channel, StandardSocketOptions.SO_SNDBUF, socket.sendBuffer());
		set(channel, StandardSocketOptions.SO_RCVBUF, socket.receiveBuffer());
		if (socket.receiveBuffer() == null && this.spec.receive().maximizeBuffer()) {
			maximizeBuffer(channel);
		}
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
				// macOS refuses more than its maximum where Linux trims
				return;
			}
			int granted = channel.getOption(StandardSocketOptions.SO_RCVBUF);
			if (granted <= size) {
				return;
			}
			size = granted;
		}
	}

	private void bind(DatagramChannel channel, ResolvedBinding local) throws IOException {
		InetSocketAddress address = (local.address() != null)
				? new InetSocketAddress(local.address(), this.spec.localPort())
				: new InetSocketAddress(this.spec.localPort());
		try {
			channel.bind(address);
		}
		catch (IOException ex) {
			throw new IOException("cannot bind to " + Addresses.toString(address) + ": " + Errors.describe(ex), ex);
		}
	}

	private static void connect(DatagramChannel channel, InetSocketAddress remote) throws IOException {
		try {
			channel.connect(remote);
		}
		catch (IOException ex) {
			throw new IOException("cannot connect to " + Addresses.toString(remote) + ": " + Errors.describe(ex), ex);
		}
	}

}
