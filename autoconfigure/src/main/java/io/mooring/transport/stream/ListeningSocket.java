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

package io.mooring.transport.stream;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;

import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

import io.mooring.transport.Endpoint;

/**
 * An open socket that accepts streams.
 */
final class ListeningSocket implements Endpoint {

	private final Channel channel;

	private final @Nullable String interfaceName;

	ListeningSocket(Channel channel, @Nullable String interfaceName) {
		this.channel = channel;
		this.interfaceName = interfaceName;
	}

	void setAccepting(boolean accepting) {
		this.channel.config().setAutoRead(accepting);
	}

	/**
	 * Set what to run when the socket is closed, on the event loop.
	 */
	void onClose(Runnable listener) {
		this.channel.closeFuture().addListener((future) -> listener.run());
	}

	@Override
	public @Nullable SocketAddress getLocalAddress() {
		return this.channel.localAddress();
	}

	@Override
	public @Nullable SocketAddress getRemoteAddress() {
		return null;
	}

	@Override
	public @Nullable String getInterfaceName() {
		return this.interfaceName;
	}

	@Override
	public <T> @Nullable T getOption(SocketOption<T> option) throws IOException {
		return SocketOptions.get(this.channel, option);
	}

	@Override
	public <T> void setOption(SocketOption<T> option, T value) throws IOException {
		SocketOptions.set(this.channel, option, value);
	}

	@Override
	public void close() {
		StreamSocket.close(this.channel);
	}

}
