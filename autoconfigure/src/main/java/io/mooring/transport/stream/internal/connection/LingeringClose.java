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

import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;

import io.mooring.transport.stream.internal.tls.TlsLayer;

/**
 * Lingering close of a TCP stream. Closing a socket while the peer still sends resets the
 * connection, and the peer loses bytes that it has not read yet (RFC 2525, section 2.17).
 * So output is shut down first, and input is discarded until the peer closes as well.
 */
final class LingeringClose {

	private static final long MAX_NANOS = 2_000_000_000;

	private static final long QUIET_NANOS = 100_000_000;

	private static final long RECENT_NANOS = 1_000_000_000;

	private final Channel channel;

	private final CountDownLatch over = new CountDownLatch(1);

	private final LongSupplier nanoTime;

	private volatile long lastRead;

	private volatile boolean begun;

	private volatile long begin;

	/**
	 * Create it for a stream that stays open.
	 * @param channel the stream
	 * @param nanoTime the clock, as {@link System#nanoTime()}
	 */
	LingeringClose(Channel channel, LongSupplier nanoTime) {
		this.channel = channel;
		this.nanoTime = nanoTime;
		this.lastRead = nanoTime.getAsLong() - RECENT_NANOS;
	}

	/**
	 * Bytes were read. Called by the event loop.
	 */
	void read() {
		this.lastRead = this.nanoTime.getAsLong();
	}

	/**
	 * Return whether input is to be discarded.
	 */
	boolean isBegun() {
		return this.begun;
	}

	/**
	 * Shut down output, if the peer seems to be still sending.
	 * @param reading whether everything was read that it sent
	 */
	void begin(boolean reading) {
		long now = this.nanoTime.getAsLong();
		if (this.begun || (reading && now - this.lastRead >= RECENT_NANOS)
				|| !(this.channel instanceof DuplexChannel duplex)
				|| !(this.channel.remoteAddress() instanceof InetSocketAddress) || isLingering()) {
			return;
		}
		this.begin = now;
		this.begun = true;
		try {
			TlsLayer tls = this.channel.pipeline().get(TlsLayer.class);
			if (tls != null) {
				tls.closeOutbound().addListener((future) -> duplex.shutdownOutput());
			}
			else {
				duplex.shutdownOutput();
			}
			this.channel.config().setAutoRead(true);
		}
		catch (RejectedExecutionException ex) {
			// The application has ended, and the socket is closed
		}
	}

	private boolean isLingering() {
		try {
			Integer seconds = this.channel.config().getOption(ChannelOption.SO_LINGER);
			return seconds != null && seconds >= 0;
		}
		catch (ChannelException ex) {
			// It is closed just now
			return true;
		}
	}

	/**
	 * Wait until the peer has closed as well, or sends nothing.
	 */
	void await() throws InterruptedException {
		while (this.begun) {
			long now = this.nanoTime.getAsLong();
			long quiet = Math.max(this.lastRead, this.begin) + QUIET_NANOS - now;
			long left = Math.min(quiet, this.begin + MAX_NANOS - now);
			if (left <= 0 || this.over.await(left, TimeUnit.NANOSECONDS)) {
				return;
			}
		}
	}

	/**
	 * The channel is closed, and the results of all frames are known. Called by the event
	 * loop.
	 */
	void over() {
		this.over.countDown();
	}

	/**
	 * Wait until the channel is closed.
	 */
	void awaitOver(long seconds) throws InterruptedException {
		this.over.await(seconds, TimeUnit.SECONDS);
	}

}
