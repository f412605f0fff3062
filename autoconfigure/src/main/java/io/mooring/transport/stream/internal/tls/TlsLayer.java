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

import java.time.Duration;
import java.util.concurrent.Executor;

import javax.net.ssl.SSLEngine;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandler;

/**
 * Netty's TLS, which knows whether the peer has said anything at all.
 */
public final class TlsLayer extends SslHandler {

	private static final long CLOSE_NOTIFY_MILLIS = 1000;

	private boolean begun;

	/**
	 * Create a layer.
	 * @param engine does TLS
	 * @param tasks runs what takes long
	 * @param handshakeTimeout the longest handshake
	 */
	TlsLayer(SSLEngine engine, Executor tasks, Duration handshakeTimeout) {
		super(engine, tasks);
		// 0 would be forever
		setHandshakeTimeoutMillis(Math.max(1, handshakeTimeout.toMillis()));
		setCloseNotifyFlushTimeoutMillis(CLOSE_NOTIFY_MILLIS);
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
		this.begun = true;
		super.channelRead(context, message);
	}

	/**
	 * Return whether anything was read. Called by the event loop.
	 */
	boolean hasBegun() {
		return this.begun;
	}

}
