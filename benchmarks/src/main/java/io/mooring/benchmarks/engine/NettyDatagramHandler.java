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

import java.net.InetSocketAddress;
import java.util.Map;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import org.jspecify.annotations.Nullable;

/**
 * Handler that passes datagrams to a consumer.
 */
final class NettyDatagramHandler extends SimpleChannelInboundHandler<DatagramPacket> {

	private final Messages messages;

	private @Nullable InetSocketAddress last;

	private Map<String, Object> headers = Map.of();

	NettyDatagramHandler(Messages messages) {
		this.messages = messages;
	}

	@Override
	protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
		if (!packet.sender().equals(this.last)) {
			this.last = packet.sender();
			this.headers = Messages.headers(packet.sender());
		}
		this.messages.send(ByteBufUtil.getBytes(packet.content()), this.headers);
	}

}
