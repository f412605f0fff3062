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

import java.util.Map;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.MessageHandler;

import io.mooring.benchmarks.workload.Frames;

/**
 * Handler that passes the frames of one client to a consumer, or sends them back.
 */
final class NettyFrameHandler extends SimpleChannelInboundHandler<ByteBuf> {

	private final @Nullable MessageHandler consumer;

	private final Frames frames;

	private Map<String, Object> headers = Map.of();

	private @Nullable Messages messages;

	NettyFrameHandler(Frames frames, @Nullable MessageHandler consumer) {
		this.consumer = consumer;
		this.frames = frames;
	}

	@Override
	public void channelActive(ChannelHandlerContext context) {
		this.headers = Messages.headers(context.channel().remoteAddress());
		this.messages = new Messages((this.consumer != null) ? this.consumer : (message) -> context
			.writeAndFlush(NettyClient.frame(context.alloc(), this.frames, (byte[]) message.getPayload())));
	}

	@Override
	protected void channelRead0(ChannelHandlerContext context, ByteBuf frame) {
		if (this.messages != null) {
			this.messages.send(ByteBufUtil.getBytes(frame), this.headers);
		}
	}

}
