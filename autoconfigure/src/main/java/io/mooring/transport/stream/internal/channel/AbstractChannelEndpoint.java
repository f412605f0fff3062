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

package io.mooring.transport.stream.internal.channel;

import java.io.IOException;
import java.net.SocketOption;

import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

import io.mooring.transport.Endpoint;

/**
 * A socket that is a channel of Netty's, whether it listens or is a stream.
 */
public abstract class AbstractChannelEndpoint implements Endpoint {

	/**
	 * How long to wait for the event loop to close the channel.
	 */
	protected static final long CLOSE_SECONDS = 2;

	/**
	 * The channel, which is open.
	 */
	protected final Channel channel;

	private final @Nullable String interfaceName;

	public AbstractChannelEndpoint(Channel channel, @Nullable String interfaceName) {
		this.channel = channel;
		this.interfaceName = interfaceName;
	}

	@Override
	public final @Nullable String getInterfaceName() {
		return this.interfaceName;
	}

	@Override
	public final <T> @Nullable T getOption(SocketOption<T> option) throws IOException {
		return ChannelOptions.get(this.channel, option);
	}

	@Override
	public final <T> void setOption(SocketOption<T> option, T value) throws IOException {
		ChannelOptions.set(this.channel, option, value);
	}

}
