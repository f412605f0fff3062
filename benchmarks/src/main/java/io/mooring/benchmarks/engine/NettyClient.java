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
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import org.jspecify.annotations.Nullable;

import io.mooring.benchmarks.workload.Frames;

/**
 * Connected Netty channel with at most 1,024 messages to write.
 */
final class NettyClient implements Endpoint {

	private static final int CAPACITY = 1024;

	private final Semaphore room = new Semaphore(CAPACITY);

	private final Messages messages = new Messages((message) -> write((byte[]) message.getPayload()));

	private final Channel channel;

	private final @Nullable Frames frames;

	private final Replies replies;

	NettyClient(Channel channel, @Nullable Frames frames, Replies replies) {
		this.channel = channel;
		this.frames = frames;
		this.replies = replies;
	}

	static ByteBuf frame(ByteBufAllocator allocator, Frames frames, byte[] payload) {
		int length = payload.length + frames.overhead();
		ByteBuf buffer = allocator.directBuffer(length);
		frames.write(payload, buffer.nioBuffer(0, length));
		return buffer.writerIndex(length);
	}

	@Override
	public void send(byte[] payload) {
		this.messages.send(payload, Map.of());
	}

	private void write(byte[] payload) {
		this.room.acquireUninterruptibly();
		ByteBuf written = (this.frames != null) ? frame(this.channel.alloc(), this.frames, payload)
				: Unpooled.wrappedBuffer(payload);
		this.channel.writeAndFlush(written).addListener((sent) -> this.room.release());
	}

	@Override
	public byte[] request(byte[] payload) throws InterruptedException {
		send(payload);
		byte[] reply = this.replies.queue.poll(10, TimeUnit.SECONDS);
		if (reply == null) {
			throw new IllegalStateException("There was no reply");
		}
		return reply;
	}

	@Override
	public void close() throws InterruptedException {
		this.room.acquire(CAPACITY);
		this.channel.close().sync();
	}

	/**
	 * Handler that passes received frames to callers waiting for a reply.
	 */
	static final class Replies extends SimpleChannelInboundHandler<ByteBuf> {

		private final BlockingQueue<byte[]> queue = new ArrayBlockingQueue<>(CAPACITY);

		@Override
		protected void channelRead0(ChannelHandlerContext context, ByteBuf frame) {
			this.queue.add(ByteBufUtil.getBytes(frame));
		}

	}

}
