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
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import org.jspecify.annotations.Nullable;

import io.mooring.PeerCredentials;
import io.mooring.UnixPath;

/**
 * What is of Netty's native transport for Linux, which need not be on the class path.
 */
public final class EpollTypes {

	// The number that the kernel has for TCP_ESTABLISHED
	private static final int ESTABLISHED = 1;

	private static final String ABSTRACT = "\0";

	private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(1);

	private EpollTypes() {
	}

	static boolean isAvailable() {
		return Epoll.isAvailable();
	}

	static IoHandlerFactory handlers() {
		return EpollIoHandler.newFactory();
	}

	static Class<? extends SocketChannel> socket() {
		return EpollSocketChannel.class;
	}

	static Class<? extends ServerChannel> server() {
		return EpollServerSocketChannel.class;
	}

	static ChannelOption<Integer> keepAliveIdle() {
		return EpollChannelOption.TCP_KEEPIDLE;
	}

	static ChannelOption<Integer> keepAliveInterval() {
		return EpollChannelOption.TCP_KEEPINTVL;
	}

	static ChannelOption<Integer> keepAliveCount() {
		return EpollChannelOption.TCP_KEEPCNT;
	}

	static ChannelOption<Integer> userTimeout() {
		return EpollChannelOption.TCP_USER_TIMEOUT;
	}

	/**
	 * Return the options that a channel has beside those that it lists.
	 */
	static Set<ChannelOption<?>> unlisted(Channel channel) {
		return (channel instanceof EpollSocketChannel) ? Set.of(userTimeout()) : Set.of();
	}

	static Class<? extends Channel> unixSocket() {
		return EpollDomainSocketChannel.class;
	}

	static Class<? extends ServerChannel> unixServer() {
		return EpollServerDomainSocketChannel.class;
	}

	static SocketAddress address(UnixPath path) {
		String name = new String(path.toBytes(), StandardCharsets.UTF_8);
		return new DomainSocketAddress(path.isAbstract() ? ABSTRACT + name : name);
	}

	/**
	 * Return the address of a peer.
	 * @param address an address of Netty's, {@code null} gives an address without name
	 */
	static UnixPath path(@Nullable SocketAddress address) {
		String name = (address instanceof DomainSocketAddress domain) ? domain.path() : "";
		boolean abstractName = name.startsWith(ABSTRACT);
		return UnixPath.of((abstractName ? name.substring(1) : name).getBytes(StandardCharsets.UTF_8), abstractName);
	}

	/**
	 * Return who the peer of a Unix socket is, who connected or listened (SO_PEERCRED of
	 * unix(7)).
	 * @return the credentials, {@code null} if the peer has gone
	 */
	static @Nullable PeerCredentials credentials(Channel channel) {
		try {
			io.netty.channel.unix.PeerCredentials peer = ((EpollDomainSocketChannel) channel).peerCredentials();
			return new PeerCredentials(peer.pid(), Integer.toUnsignedLong(peer.uid()),
					Integer.toUnsignedLong(peer.gids()[0]));
		}
		catch (IOException ex) {
			return null;
		}
	}

	/**
	 * Return whether neither side has closed a channel, as the kernel knows it (TCP_INFO
	 * of tcp(7)).
	 */
	public static boolean isEstablished(Channel channel) {
		if (channel instanceof EpollDomainSocketChannel unix) {
			return isThere(unix);
		}
		return ((EpollSocketChannel) channel).tcpInfo().state() == ESTABLISHED;
	}

	/**
	 * Writing nothing to a stream fails once the peer has closed it (EPIPE of unix(7)).
	 */
	private static boolean isThere(EpollDomainSocketChannel channel) {
		try {
			// On the event loop, which alone closes the descriptor
			return channel.eventLoop().submit(() -> {
				channel.fd().write(NOTHING, 0, 0);
				return true;
			}).await().isSuccess();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return channel.isActive();
		}
		catch (RejectedExecutionException ex) {
			return false;
		}
	}

}
