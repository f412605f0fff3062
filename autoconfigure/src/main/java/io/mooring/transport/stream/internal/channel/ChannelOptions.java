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
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.nio.AbstractNioChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import org.jspecify.annotations.Nullable;

import io.mooring.transport.settings.SocketSettings;

/**
 * Socket options of channels: the configured ones, and those of the JDK as Netty's.
 */
public final class ChannelOptions {

	private static final String UNIX_OPTIONS = "io.netty.channel.unix.UnixChannelOption";

	// What the native transport calls by other names than the JDK
	private static final Map<String, String> NATIVE_NAMES = Map.of("TCP_KEEPINTERVAL", "TCP_KEEPINTVL", "TCP_KEEPCOUNT",
			"TCP_KEEPCNT");

	private ChannelOptions() {
	}

	/**
	 * Set the configured options, except for buffers and backlog.
	 * @param spec the settings
	 * @param target the method of the bootstrap
	 */
	public static void apply(SocketSettings spec, Target target) {
		target.set(ChannelOption.SO_REUSEADDR, spec.reuseAddress());
		target.set(reusePort(), spec.reusePort());
	}

	/**
	 * Set the configured sizes of buffers.
	 * @param spec the settings
	 * @param target the method of the bootstrap
	 */
	public static void applyBuffers(SocketSettings spec, Target target) {
		target.set(ChannelOption.SO_RCVBUF, spec.receiveBufferBytes());
		target.set(ChannelOption.SO_SNDBUF, spec.sendBufferBytes());
	}

	private static ChannelOption<Boolean> reusePort() {
		return ChannelOption.valueOf(UNIX_OPTIONS + "#SO_REUSEPORT");
	}

	public static <T> @Nullable T get(Channel channel, SocketOption<T> option) throws IOException {
		try {
			return channel.config().getOption(netty(channel, option));
		}
		catch (ChannelException ex) {
			throw new IOException(ex);
		}
	}

	public static <T> void set(Channel channel, SocketOption<T> option, T value) throws IOException {
		try {
			channel.config().setOption(netty(channel, option), value);
		}
		catch (ChannelException ex) {
			throw new IOException(ex);
		}
	}

	@SuppressWarnings("unchecked")
	private static <T> ChannelOption<T> netty(Channel channel, SocketOption<T> option) {
		Set<ChannelOption<?>> unlisted = (channel instanceof AbstractNioChannel) ? Set.of()
				: EpollTypes.unlisted(channel);
		return (ChannelOption<T>) Stream.concat(channel.config().getOptions().keySet().stream(), unlisted.stream())
			.filter((candidate) -> isNamed(candidate, option.name()))
			.findFirst()
			.orElseThrow(() -> new UnsupportedOperationException("The socket has no option " + option.name()));
	}

	private static boolean isNamed(ChannelOption<?> candidate, String option) {
		String name = (candidate instanceof NioChannelOption) ? option : NATIVE_NAMES.getOrDefault(option, option);
		return candidate.name().equals(name) || candidate.name().endsWith("#" + name);
	}

	/**
	 * Method of a bootstrap that sets an option; {@code null} leaves it to the system.
	 */
	public interface Target {

		<T> Object set(ChannelOption<T> option, @Nullable T value);

	}

}
