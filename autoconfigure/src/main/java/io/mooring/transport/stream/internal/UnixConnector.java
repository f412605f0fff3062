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

package io.mooring.transport.stream.internal;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import org.jspecify.annotations.Nullable;

import io.mooring.ConnectionSpec;
import io.mooring.UnixPath;
import io.mooring.transport.internal.receive.StreamPeer;
import io.mooring.transport.settings.ConnectSettings;
import io.mooring.transport.settings.SocketSettings;
import io.mooring.transport.stream.internal.channel.ChannelOptions;
import io.mooring.transport.stream.internal.channel.Failures;
import io.mooring.transport.stream.internal.channel.Peers;
import io.mooring.transport.stream.internal.connection.StreamSocket;
import io.mooring.transport.stream.internal.tls.Tls;

/**
 * Makes one attempt to connect to a Unix socket.
 */
final class UnixConnector {

	private final StreamClient client;

	private final ConnectionSpec spec;

	private final UnixPath path;

	private final @Nullable Tls tls;

	UnixConnector(StreamClient client, UnixPath path, @Nullable Tls tls) {
		this.client = client;
		this.spec = client.getSpec();
		this.path = path;
		this.tls = tls;
	}

	/**
	 * Connect.
	 * @return the open stream
	 * @throws IOException if nobody listens, or not within {@code connect-timeout}
	 * @throws InterruptedException if the thread was interrupted
	 */
	StreamSocket connect() throws IOException, InterruptedException {
		ChannelFuture attempt = bootstrap().connect(this.client.loops().unixAddress(this.path));
		boolean connected = false;
		try {
			boolean answered = attempt.await(this.spec.get(ConnectSettings.class).connectTimeout().toNanos(),
					TimeUnit.NANOSECONDS);
			connected = attempt.isSuccess();
			if (!connected) {
				throw failure(answered ? attempt.cause() : null);
			}
			return open(attempt.channel(), Peers.connected(attempt.channel(), this.path));
		}
		finally {
			if (!connected && attempt.channel().isOpen()) {
				attempt.channel().close();
			}
		}
	}

	private StreamSocket open(Channel channel, StreamPeer peer) throws IOException, InterruptedException {
		if (this.tls == null) {
			return this.client.socket(channel, peer, null);
		}
		return this.tls.connect(channel, this.path,
				(session) -> this.client.socket(channel, peer.withSession(session), null));
	}

	private IOException failure(@Nullable Throwable cause) {
		Throwable failure = (cause != null) ? cause : new SocketTimeoutException("no answer within "
				+ this.spec.get(ConnectSettings.class).connectTimeout().toMillis() + "ms (connect-timeout)");
		String text = "cannot connect to " + this.path + ": " + Failures.describe(failure);
		// That one says nothing but the name of its class
		return (failure instanceof FileNotFoundException) ? new IOException(text) : new IOException(text, failure);
	}

	private Bootstrap bootstrap() {
		Bootstrap bootstrap = this.client.loops().unixClient().handler(new ChannelInitializer<>() {

			@Override
			protected void initChannel(Channel channel) {
			}

		}).option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0);
		ChannelOptions.applyBuffers(this.spec.get(SocketSettings.class), bootstrap::option);
		return bootstrap;
	}

}
