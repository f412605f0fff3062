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
import java.net.UnixDomainSocketAddress;
import java.util.concurrent.TimeUnit;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.FastThreadLocal;
import org.springframework.util.ClassUtils;

import io.mooring.UnixPath;

/**
 * The threads that do the input and output of all streams of one application, and never
 * run user code.
 */
public final class EventLoops implements AutoCloseable {

	/**
	 * The most bytes of one read.
	 */
	static final int READ_SIZE = 32 * 1024;

	private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(64 * 1024, 128 * 1024);

	private final RecvByteBufAllocator readSizes = new AdaptiveRecvByteBufAllocator(512, 2048, READ_SIZE);

	private final FastThreadLocal<byte[]> scratch = new FastThreadLocal<>() {

		@Override
		protected byte[] initialValue() {
			return new byte[READ_SIZE];
		}

	};

	private final EventLoopGroup group;

	private final boolean epoll;

	public EventLoops() {
		this(isEpollAvailable());
	}

	/**
	 * Start loops.
	 * @param epoll whether on Netty's native transport rather than NIO
	 */
	public EventLoops(boolean epoll) {
		this.epoll = epoll;
		this.group = group(epoll ? EpollTypes.handlers() : NioIoHandler.newFactory());
	}

	private static EventLoopGroup group(IoHandlerFactory handlers) {
		// Not daemons: an application that only listens stays alive
		return new MultiThreadIoEventLoopGroup(Runtime.getRuntime().availableProcessors(),
				new DefaultThreadFactory("mooring-stream"), handlers);
	}

	/**
	 * Return whether Netty's native transport is there and loads.
	 */
	public static boolean isEpollAvailable() {
		return ClassUtils.isPresent("io.netty.channel.epoll.Epoll", EventLoops.class.getClassLoader())
				&& EpollTypes.isAvailable();
	}

	/**
	 * Return whether the loops are on Netty's native transport rather than NIO.
	 */
	boolean isEpoll() {
		return this.epoll;
	}

	/**
	 * Return where a thread of the loops may put what it just read.
	 * @return {@link #READ_SIZE} bytes that belong to the calling thread
	 */
	public byte[] scratch() {
		return this.scratch.get();
	}

	/**
	 * Prepare to connect. Nothing is read before auto-read is turned on.
	 * @return a bootstrap without handler and options of the socket
	 */
	public Bootstrap client() {
		return client(this.epoll ? EpollTypes.socket() : NioSocketChannel.class);
	}

	/**
	 * Prepare to connect to a Unix socket, as {@link #client()} does for TCP.
	 */
	public Bootstrap unixClient() {
		return client(this.epoll ? EpollTypes.unixSocket() : NioDomainSocketChannel.class);
	}

	private Bootstrap client(Class<? extends Channel> type) {
		return new Bootstrap().group(this.group)
			.channel(type)
			.option(ChannelOption.AUTO_READ, false)
			.option(ChannelOption.RECVBUF_ALLOCATOR, this.readSizes)
			.option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK);
	}

	/**
	 * Prepare to listen. Nothing is accepted, and nothing read from what was accepted,
	 * before auto-read is turned on.
	 * @return a bootstrap without handlers and options of the socket
	 */
	public ServerBootstrap server() {
		return server(this.epoll ? EpollTypes.server() : NioServerSocketChannel.class);
	}

	/**
	 * Prepare to listen at a Unix socket, as {@link #server()} does for TCP.
	 */
	public ServerBootstrap unixServer() {
		ServerBootstrap bootstrap = server(this.epoll ? EpollTypes.unixServer() : NioServerDomainSocketChannel.class);
		// Netty has no half-closed Unix sockets on NIO: what is sent to a peer that has
		// finished sending is lost there
		return this.epoll ? bootstrap : bootstrap.childOption(ChannelOption.ALLOW_HALF_CLOSURE, null);
	}

	private ServerBootstrap server(Class<? extends ServerChannel> type) {
		return new ServerBootstrap().group(this.group)
			.channel(type)
			.option(ChannelOption.AUTO_READ, false)
			.childOption(ChannelOption.AUTO_READ, false)
			.childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
			.childOption(ChannelOption.RECVBUF_ALLOCATOR, this.readSizes)
			.childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK);
	}

	/**
	 * Return an address as the channels of these loops take it.
	 * @throws IOException if the name is abstract, which NIO has not
	 */
	public SocketAddress unixAddress(UnixPath path) throws IOException {
		if (this.epoll) {
			return EpollTypes.address(path);
		}
		if (path.isAbstract()) {
			throw new IOException(path + " is an abstract name, which the JDK does not support; it takes Linux and "
					+ "io.netty:netty-transport-native-epoll");
		}
		return UnixDomainSocketAddress.of(path.toFile());
	}

	@Override
	public void close() {
		this.group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
	}

}
