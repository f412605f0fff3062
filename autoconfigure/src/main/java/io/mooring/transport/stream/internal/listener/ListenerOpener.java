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

package io.mooring.transport.stream.internal.listener;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;

import io.mooring.ConnectionSpec;
import io.mooring.UnixPath;
import io.mooring.binding.ResolvedBinding;
import io.mooring.transport.internal.binding.ListenBinding;
import io.mooring.transport.internal.log.Addresses;
import io.mooring.transport.settings.AddressSettings;
import io.mooring.transport.settings.SocketSettings;
import io.mooring.transport.settings.UnixSettings;
import io.mooring.transport.stream.internal.channel.ChannelOptions;
import io.mooring.transport.stream.internal.channel.EventLoops;
import io.mooring.transport.stream.internal.channel.Failures;
import io.mooring.transport.stream.internal.channel.TcpOptions;

/**
 * Opens sockets that accept streams as a spec says.
 */
final class ListenerOpener {

	private final ConnectionSpec spec;

	private final ListenBinding binding;

	private final EventLoops loops;

	private final Supplier<AcceptGuard> guards;

	ListenerOpener(ConnectionSpec spec, ListenBinding binding, EventLoops loops, Supplier<AcceptGuard> guards) {
		this.spec = spec;
		this.binding = binding;
		this.loops = loops;
		this.guards = guards;
	}

	/**
	 * Open a socket.
	 * @param accepted takes what is accepted, on its event loop
	 * @return the socket, which accepts nothing yet
	 * @throws IOException if it cannot be bound
	 * @throws InterruptedException if the thread was interrupted
	 */
	ListeningSocket open(Consumer<Channel> accepted) throws IOException, InterruptedException {
		ResolvedBinding local = this.binding.resolve(AddressSettings.binding(this.spec));
		InetSocketAddress address = (local.address() != null)
				? new InetSocketAddress(local.address(), AddressSettings.localPort(this.spec))
				: new InetSocketAddress(AddressSettings.localPort(this.spec));
		Channel channel = bind(this.loops.server(), accepted, address, Addresses.toString(address));
		return new ListeningSocket(channel,
				(local.networkInterface() != null) ? local.networkInterface().name() : null);
	}

	/**
	 * Open a Unix socket.
	 * @param path where to
	 * @param accepted takes what is accepted, on its event loop
	 * @return the socket, which accepts nothing yet
	 * @throws IOException if it cannot be bound
	 * @throws InterruptedException if the thread was interrupted
	 */
	ListeningSocket open(UnixPath path, Consumer<Channel> accepted) throws IOException, InterruptedException {
		UnixBinder binder = new UnixBinder(
				(target) -> bind(this.loops.unixServer(), accepted, this.loops.unixAddress(target), path.toString()));
		return binder.bind(path, this.spec.get(UnixSettings.class).permissions());
	}

	private Channel bind(ServerBootstrap bootstrap, Consumer<Channel> accepted, SocketAddress address, String name)
			throws IOException, InterruptedException {
		ChannelFuture binding = configure(bootstrap, accepted).bind(address);
		try {
			binding.await();
		}
		catch (InterruptedException ex) {
			// Otherwise, the socket file may appear while its directory is removed
			binding.channel().close().awaitUninterruptibly();
			throw ex;
		}
		Throwable failure = binding.cause();
		if (failure != null) {
			throw new IOException("cannot bind to " + name + ": " + Failures.describe(failure), failure);
		}
		return binding.channel();
	}

	private ServerBootstrap configure(ServerBootstrap bootstrap, Consumer<Channel> accepted) {
		bootstrap.handler(this.guards.get()).childHandler(new ChannelInitializer<>() {

			@Override
			protected void initChannel(Channel channel) {
				accepted.accept(channel);
			}

		});
		SocketSettings options = this.spec.get(SocketSettings.class);
		ChannelOptions.apply(options, bootstrap::option);
		bootstrap.option(ChannelOption.SO_RCVBUF, options.receiveBufferBytes());
		Integer backlog = options.backlog();
		bootstrap.option(ChannelOption.SO_BACKLOG, (backlog != null && backlog >= 0) ? backlog : null);
		ChannelOptions.applyBuffers(options, bootstrap::childOption);
		TcpOptions.apply(this.spec, this.loops, bootstrap::childOption);
		return bootstrap;
	}

}
