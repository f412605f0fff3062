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

package io.mooring.transport.stream.internal.connection;

import java.io.EOFException;
import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.handler.timeout.IdleStateEvent;
import org.jspecify.annotations.Nullable;

import io.mooring.codec.FrameDecoder;
import io.mooring.codec.FrameException;
import io.mooring.transport.internal.log.Errors;
import io.mooring.transport.stream.internal.channel.EventLoops;
import io.mooring.transport.stream.internal.channel.Failures;
import io.mooring.transport.stream.internal.channel.StreamEnd;

/**
 * What the event loop does for one stream: it takes frames out of the bytes and hands
 * them on.
 */
final class StreamHandler extends ChannelInboundHandlerAdapter {

	private final AbstractStreamConnection connection;

	private final EventLoops loops;

	private final @Nullable FrameDecoder decoder;

	private final StreamSocket socket;

	private @Nullable Throwable cause;

	private boolean ended;

	private boolean listening;

	private boolean gone;

	/**
	 * Create a handler.
	 * @param connection gets the frames
	 * @param socket the stream
	 * @param loops the loops that it belongs to
	 * @param decoder takes the bytes apart, {@code null} to read only until the end
	 */
	StreamHandler(AbstractStreamConnection connection, StreamSocket socket, EventLoops loops,
			@Nullable FrameDecoder decoder) {
		this.connection = connection;
		this.socket = socket;
		this.loops = loops;
		this.decoder = decoder;
	}

	@Override
	public void handlerAdded(ChannelHandlerContext context) {
		this.listening = context.channel().isActive();
	}

	/**
	 * The channel is closed. Called by the event loop, also where that was so before this
	 * handler could listen: its pipeline tells it nothing then, not even that it was
	 * added.
	 */
	void closed() {
		if (!this.listening) {
			inactive();
		}
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		ByteBuf bytes = (ByteBuf) message;
		this.socket.lingeringClose().read();
		try {
			if (this.decoder != null && !this.socket.lingeringClose().isBegun() && this.cause == null && !this.ended) {
				decode(context, bytes, this.decoder);
			}
		}
		finally {
			bytes.release();
		}
	}

	private void decode(ChannelHandlerContext context, ByteBuf bytes, FrameDecoder decoder) {
		List<byte[]> frames = new ArrayList<>();
		byte[] scratch = this.loops.scratch();
		FrameException refused = null;
		try {
			while (bytes.isReadable()) {
				int length = Math.min(bytes.readableBytes(), scratch.length);
				bytes.readBytes(scratch, 0, length);
				decoder.decode(scratch, 0, length, frames::add);
			}
		}
		catch (FrameException ex) {
			refused = ex;
		}
		catch (RuntimeException ex) {
			refused = new FrameException("the framing failed: " + Errors.describe(ex), ex);
		}
		this.cause = refused;
		if (!frames.isEmpty()) {
			this.connection.read(this.socket, frames);
		}
		if (refused != null) {
			this.connection.misframed(this.socket, refused);
			context.close();
		}
	}

	@Override
	public void channelWritabilityChanged(ChannelHandlerContext context) {
		if (context.channel().isWritable()) {
			this.socket.writer().write();
		}
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) {
		if (event instanceof StreamEnd end) {
			if (this.cause == null && this.socket.closedFor() == null) {
				this.cause = end.cause();
			}
			inputEnded(context);
		}
		else if (event instanceof ChannelInputShutdownEvent || event instanceof ChannelInputShutdownReadComplete) {
			inputEnded(context);
		}
		else if (event instanceof IdleStateEvent) {
			this.connection.idle(this.socket);
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		inactive();
	}

	private void inactive() {
		if (this.gone) {
			return;
		}
		this.gone = true;
		// First, as who opens the connection just now looks here
		this.socket.writer().close(cause());
		this.socket.lingeringClose().over();
		end();
		this.connection.disconnected(this.socket);
	}

	private void inputEnded(ChannelHandlerContext context) {
		end();
		if (this.socket.lingeringClose().isBegun()) {
			context.close();
		}
	}

	private void end() {
		if (this.ended) {
			return;
		}
		this.ended = true;
		// A failure has its own reason for what is lost
		boolean incomplete = this.decoder != null && this.cause == null && this.decoder.isIncomplete();
		this.connection.readEnd(this.socket, cause(), incomplete);
	}

	private Throwable cause() {
		if (this.cause == null) {
			Throwable reason = this.socket.closedFor();
			this.cause = (reason != null) ? reason : new EOFException("the peer closed the connection");
		}
		return this.cause;
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		if (this.cause == null) {
			this.cause = Failures.plain(cause);
		}
		context.close();
	}

}
