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

package io.mooring.transport.stream.internal.tls;

import java.io.EOFException;
import java.io.IOException;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

import io.mooring.transport.stream.internal.channel.StreamEnd;

/**
 * Between Netty's TLS and the frames: tells how the handshake ended, and makes the end of
 * TLS in either direction that of the stream.
 */
final class TlsHandler extends ChannelDuplexHandler {

	private final TlsLayer tls;

	private final Tls.Handshake handshake;

	private boolean decided;

	private boolean failed;

	private boolean inputEnded;

	private @Nullable IOException outputEnd;

	TlsHandler(TlsLayer tls, Tls.Handshake handshake) {
		this.tls = tls;
		this.handshake = handshake;
	}

	@Override
	public void channelActive(ChannelHandlerContext context) {
		// The first words are the client's, and nothing is read by itself
		context.read();
		context.fireChannelActive();
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) {
		if (event instanceof SslHandshakeCompletionEvent completion) {
			decide(context, completion.isSuccess() ? null : completion.cause());
		}
		else if (event instanceof SslCloseCompletionEvent completion) {
			closed(context, completion);
		}
		else if (event instanceof ChannelInputShutdownEvent || event instanceof ChannelInputShutdownReadComplete) {
			inputShutdown(context);
		}
		else {
			context.fireUserEventTriggered(event);
		}
	}

	private void decide(ChannelHandlerContext context, @Nullable Throwable failure) {
		if (this.decided) {
			return;
		}
		this.decided = true;
		if (failure == null) {
			this.handshake.done(this.tls.engine().getSession());
		}
		else {
			this.failed = true;
			this.handshake.failed(failure, this.tls.hasBegun());
			context.close();
		}
	}

	private void closed(ChannelHandlerContext context, SslCloseCompletionEvent completion) {
		if (completion.isSuccess() && this.tls.engine().isOutboundDone() && this.outputEnd == null) {
			// RFC 5246, section 7.2.1: up to TLS 1.2 both directions end together
			this.outputEnd = new IOException("the peer ended the TLS connection");
		}
		endInput(context, completion.isSuccess() ? "the peer closed the connection"
				: "the peer closed the connection without the close_notify of TLS");
	}

	private void inputShutdown(ChannelHandlerContext context) {
		if (this.decided) {
			endInput(context, "the peer closed the connection without the close_notify of TLS");
		}
		else {
			context.close();
		}
	}

	private void endInput(ChannelHandlerContext context, String reason) {
		if (this.decided && !this.inputEnded) {
			this.inputEnded = true;
			context.fireUserEventTriggered(new StreamEnd(new EOFException(reason)));
		}
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		if (this.outputEnd == null) {
			context.write(message, promise);
		}
		else {
			ReferenceCountUtil.release(message);
			promise.setFailure(this.outputEnd);
		}
	}

	@Override
	public void close(ChannelHandlerContext context, ChannelPromise promise) {
		if (this.outputEnd == null) {
			this.outputEnd = new IOException("the connection was closed");
		}
		if (context.channel().isWritable() && !hasPending(context)) {
			context.close(promise);
		}
		else {
			// The peer does not get all that was sent, and must not be told that it did
			context.pipeline().context(this.tls).close(promise);
		}
	}

	private static boolean hasPending(ChannelHandlerContext context) {
		return context.channel().unsafe().outboundBuffer() != null
				&& context.channel().unsafe().outboundBuffer().totalPendingWriteBytes() > 0;
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		if (!this.decided) {
			decide(context, cause);
		}
		else if (!this.failed) {
			context.fireExceptionCaught(TlsFailures.plain(cause));
		}
	}

}
