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

package io.mooring.benchmarks.engine;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.util.function.Supplier;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.handler.codec.DelimiterBasedFrameDecoder;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import org.springframework.messaging.MessageHandler;

import io.mooring.benchmarks.workload.Frames;
import io.mooring.benchmarks.workload.Protocol;
import io.mooring.benchmarks.workload.Workload;

/**
 * Netty's native transport, with handlers on its event loop.
 */
public final class NettyEngine implements Engine {

	private static final int MAX_FRAME = 64 * 1024;

	private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());

	@Override
	public Endpoint receive(Workload workload, MessageHandler consumer) throws Exception {
		if (workload.protocol() == Protocol.UDP) {
			return new NettyEndpoint(new Bootstrap().group(this.group)
				.channel(EpollDatagramChannel.class)
				.option(ChannelOption.SO_RCVBUF, NativeSocket.RECEIVE_BUFFER)
				.handler(new NettyDatagramHandler(new Messages(consumer)))
				.bind(loopback(0))
				.sync()
				.channel());
		}
		return listen(workload, () -> new NettyFrameHandler(Frames.of(workload), consumer));
	}

	@Override
	public Endpoint answer(Workload workload) throws Exception {
		return listen(workload, () -> new NettyFrameHandler(Frames.of(workload), null));
	}

	private Endpoint listen(Workload workload, Supplier<ChannelHandler> handler) throws Exception {
		boolean unix = workload.protocol() == Protocol.UNIX;
		SocketAddress address = unix
				? new DomainSocketAddress(Files.createTempDirectory("bench").resolve("socket").toFile()) : loopback(0);
		ServerBootstrap bootstrap = new ServerBootstrap().group(this.group)
			.channel(unix ? EpollServerDomainSocketChannel.class : EpollServerSocketChannel.class)
			.option(ChannelOption.SO_BACKLOG, 1024)
			.childHandler(new ChannelInitializer<>() {

				@Override
				protected void initChannel(Channel channel) {
					channel.pipeline().addLast(decoder(workload), handler.get());
				}

			});
		return new NettyEndpoint(bootstrap.bind(address).sync().channel());
	}

	@Override
	public Endpoint connect(Workload workload, String target) throws Exception {
		NettyClient.Replies replies = new NettyClient.Replies();
		Channel channel = (workload.protocol() == Protocol.UDP)
				? new Bootstrap().group(this.group)
					.channel(EpollDatagramChannel.class)
					.handler(replies)
					.connect(loopback(Integer.parseInt(target)))
					.sync()
					.channel()
				: new Bootstrap().group(this.group)
					.channel(EpollSocketChannel.class)
					.option(ChannelOption.TCP_NODELAY, true)
					.handler(new ChannelInitializer<>() {

						@Override
						protected void initChannel(Channel connected) {
							connected.pipeline().addLast(decoder(workload), replies);
						}

					})
					.connect(loopback(Integer.parseInt(target)))
					.sync()
					.channel();
		return new NettyClient(channel, (workload.protocol() == Protocol.UDP) ? null : Frames.of(workload), replies);
	}

	private static ChannelHandler decoder(Workload workload) {
		return (Frames.of(workload) == Frames.LENGTH)
				? new LengthFieldBasedFrameDecoder(MAX_FRAME, 0, Integer.BYTES, 0, Integer.BYTES)
				: new DelimiterBasedFrameDecoder(MAX_FRAME, Unpooled.wrappedBuffer(new byte[] { '\r', '\n' }));
	}

	private static InetSocketAddress loopback(int port) {
		return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
	}

	@Override
	public void close() {
		this.group.shutdownGracefully();
	}

}
