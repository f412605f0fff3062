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

import java.io.IOException;
import java.util.function.LongSupplier;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;

import io.mooring.transport.internal.heartbeat.Heartbeat;
import io.mooring.transport.settings.HeartbeatSettings;
import io.mooring.transport.stream.internal.channel.StreamEnd;

/**
 * The heartbeat of one stream. Any byte that comes is a sign of life, and any that the
 * kernel takes puts off the next heartbeat; with TLS, any that is not TLS's own.
 */
final class StreamHeartbeat extends ChannelDuplexHandler implements Heartbeat.Side {

	private final AbstractStreamConnection connection;

	private final StreamSocket socket;

	private final Heartbeat heartbeat;

	// Of the event loop
	private boolean inputEnded;

	/**
	 * Create the heartbeat of a stream, which runs while this handler is in the pipeline
	 * of an open channel.
	 * @param connection the connection
	 * @param socket the stream
	 * @param spec the interval and the timeout
	 * @param nanoTime the clock, as {@link System#nanoTime()}
	 */
	StreamHeartbeat(AbstractStreamConnection connection, StreamSocket socket, HeartbeatSettings spec,
			LongSupplier nanoTime) {
		this.connection = connection;
		this.socket = socket;
		this.heartbeat = new Heartbeat(spec, socket.eventLoop(), nanoTime, this);
	}

	/**
	 * The stream is about to be read again.
	 */
	void reading() {
		this.heartbeat.onReceived();
	}

	@Override
	public void handlerAdded(ChannelHandlerContext context) {
		if (context.channel().isActive()) {
			this.heartbeat.start();
		}
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext context) {
		this.heartbeat.stop();
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		this.heartbeat.stop();
		context.fireChannelInactive();
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		this.heartbeat.onReceived();
		context.fireChannelRead(message);
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) {
		if (event instanceof StreamEnd || event instanceof ChannelInputShutdownEvent
				|| event instanceof ChannelInputShutdownReadComplete) {
			// Who has finished sending waits for answers, perhaps
			this.inputEnded = true;
		}
		context.fireUserEventTriggered(event);
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		context.write(message, promise.unvoid().addListener((future) -> this.heartbeat.onSent()));
	}

	@Override
	public void sendHeartbeat() {
		this.connection.beat(this.socket);
	}

	@Override
	public boolean isListening() {
		return !this.inputEnded && this.socket.isReading();
	}

	@Override
	public void silent(IOException cause) {
		this.connection.silent(this.socket, cause);
	}

}
