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

import java.net.SocketOption;
import java.time.Duration;

import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioChannelOption;
import jdk.net.ExtendedSocketOptions;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.mooring.ConnectionSpec;
import io.mooring.ConnectionType;
import io.mooring.transport.stream.TcpSettings;

/**
 * Configured options of TCP, for clients and for accepted channels.
 */
public final class TcpOptions {

	private TcpOptions() {
	}

	/**
	 * Set the configured options.
	 * @param spec the spec; nothing is set for other types than TCP
	 * @param loops the event loops of the socket
	 * @param target the method of the bootstrap
	 */
	public static void apply(ConnectionSpec spec, EventLoops loops, ChannelOptions.Target target) {
		if (!isTcp(spec)) {
			return;
		}
		TcpSettings tcp = spec.get(TcpSettings.class);
		boolean epoll = loops.isEpoll();
		target.set(ChannelOption.TCP_NODELAY, tcp.noDelay());
		target.set(ChannelOption.SO_KEEPALIVE, tcp.keepAlive());
		target.set(epoll ? EpollTypes.keepAliveIdle() : nio(ExtendedSocketOptions.TCP_KEEPIDLE),
				seconds(tcp.keepAliveIdle()));
		target.set(epoll ? EpollTypes.keepAliveInterval() : nio(ExtendedSocketOptions.TCP_KEEPINTERVAL),
				seconds(tcp.keepAliveInterval()));
		target.set(epoll ? EpollTypes.keepAliveCount() : nio(ExtendedSocketOptions.TCP_KEEPCOUNT),
				tcp.keepAliveCount());
		target.set(ChannelOption.SO_LINGER, seconds(tcp.linger()));
		if (epoll && tcp.userTimeout() != null) {
			target.set(EpollTypes.userTimeout(), Math.toIntExact(tcp.userTimeout().toMillis()));
		}
	}

	private static boolean isTcp(ConnectionSpec spec) {
		return spec.type().equals(ConnectionType.TCP) || spec.type().equals(ConnectionType.TCP_LISTEN);
	}

	private static ChannelOption<Integer> nio(SocketOption<Integer> option) {
		return NioChannelOption.of(option);
	}

	private static @Nullable Integer seconds(@Nullable Duration duration) {
		return (duration != null) ? Math.toIntExact(duration.toSeconds()) : null;
	}

	/**
	 * Warn about configured options that the event loops do not support.
	 */
	public static void warnOfMissing(ConnectionSpec spec, EventLoops loops) {
		if (spec.get(TcpSettings.class).userTimeout() != null && !loops.isEpoll()) {
			LogFactory.getLog("io.mooring.connection." + spec.name())
				.warn("socket.user-timeout is not set, as the JDK does not have it; it takes Linux and "
						+ "io.netty:netty-transport-native-epoll");
		}
	}

}
