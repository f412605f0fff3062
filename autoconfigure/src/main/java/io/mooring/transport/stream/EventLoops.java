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

import java.util.concurrent.TimeUnit;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.FastThreadLocal;
import org.springframework.util.ClassUtils;

/**
 * The threads that do the input and output of all streams of one application, and never
 * run user code.
 */
final class EventLoops implements AutoCloseable {

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

	private final Class<? extends SocketChannel> socketType;

	private final Class<? extends ServerChannel> serverType;

	EventLoops() {
		boolean epoll = isEpollAvailable();
		this.group = group(epoll ? EpollTypes.handlers() : NioIoHandler.newFactory());
		this.socketType = epoll ? EpollTypes.socket() : NioSocketChannel.class;
		this.serverType = epoll ? EpollTypes.server() : NioServerSocketChannel.class;
	}

	private static EventLoopGroup group(IoHandlerFactory handlers) {
		// Not daemons: an application that only listens stays alive
		return new MultiThreadIoEventLoopGroup(Runtime.getRuntime().availableProcessors(),
				new DefaultThreadFactory("mooring-stream"), handlers);
	}

	private static boolean isEpollAvailable() {
		return ClassUtils.isPresent("io.netty.channel.epoll.Epoll", EventLoops.class.getClassLoader())
				&& EpollTypes.isAvailable();
	}

	/**
	 * Return where a thread of the loops may put what it just read.
	 * @return {@link #READ_SIZE} bytes that belong to the calling thread
	 */
	byte[] scratch() {
		return this.scratch.get();
	}

	/**
	 * Prepare to connect. Nothing is read before auto-read is turned on.
	 * @return a bootstrap without handler and options of the socket
	 */
	Bootstrap client() {
		return new Bootstrap().group(this.group)
			.channel(this.socketType)
			.option(ChannelOption.AUTO_READ, false)
			.option(ChannelOption.RECVBUF_ALLOCATOR, this.readSizes)
			.option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK);
	}

	/**
	 * Prepare to listen. Nothing is accepted, and nothing read from what was accepted,
	 * before auto-read is turned on.
	 * @return a bootstrap without handlers and options of the socket
	 */
	ServerBootstrap server() {
		return new ServerBootstrap().group(this.group)
			.channel(this.serverType)
			.option(ChannelOption.AUTO_READ, false)
			.childOption(ChannelOption.AUTO_READ, false)
			.childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
			.childOption(ChannelOption.RECVBUF_ALLOCATOR, this.readSizes)
			.childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK);
	}

	@Override
	public void close() {
		this.group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
	}

}
