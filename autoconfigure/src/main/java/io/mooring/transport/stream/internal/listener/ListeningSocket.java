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

package io.mooring.transport.stream.internal.listener;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import org.jspecify.annotations.Nullable;

import io.mooring.UnixPath;
import io.mooring.transport.internal.binding.SocketFile;
import io.mooring.transport.stream.internal.channel.AbstractChannelEndpoint;

/**
 * An open socket that accepts streams.
 */
final class ListeningSocket extends AbstractChannelEndpoint {

	private final @Nullable SocketAddress localAddress;

	private final AtomicReference<@Nullable SocketFile> file = new AtomicReference<>();

	private volatile @Nullable IOException failure;

	private volatile boolean misplaced;

	ListeningSocket(Channel channel, @Nullable String interfaceName) {
		super(channel, interfaceName);
		this.localAddress = channel.localAddress();
	}

	/**
	 * Make one of a Unix socket.
	 * @param channel the channel
	 * @param path where it is, which the socket itself need not know
	 * @param file its file, {@code null} for an abstract name
	 */
	ListeningSocket(Channel channel, UnixPath path, @Nullable SocketFile file) {
		super(channel, null);
		this.localAddress = path;
		this.file.set(file);
	}

	void setAccepting(BooleanSupplier accepting) {
		AcceptGuard.setAccepting(this.channel, accepting);
	}

	/**
	 * Set what to run when the socket is closed, on the event loop.
	 */
	void onClose(Runnable listener) {
		this.channel.closeFuture().addListener((future) -> listener.run());
	}

	@Override
	public @Nullable SocketAddress getLocalAddress() {
		return this.localAddress;
	}

	@Override
	public @Nullable SocketAddress getRemoteAddress() {
		return null;
	}

	@Override
	public void checkPlace() throws IOException {
		SocketFile file = this.file.get();
		try {
			if (file != null) {
				file.check();
			}
		}
		catch (IOException ex) {
			this.misplaced = true;
			throw ex;
		}
	}

	/**
	 * Return whether nobody finds the socket any more, which is nothing to its clients.
	 */
	boolean isMisplaced() {
		return this.misplaced;
	}

	/**
	 * Accept nobody any more. What went wrong is for {@link #close()} to tell.
	 */
	void stop() {
		// Once only: another may have a file of the same number there soon
		SocketFile file = this.file.getAndSet(null);
		try {
			if (file != null) {
				// While it is in use, nobody else takes it for a stale one
				file.remove();
			}
		}
		catch (IOException ex) {
			this.failure = ex;
		}
		closeChannel();
	}

	private void closeChannel() {
		ChannelFuture closing = this.channel.close();
		if (!this.channel.eventLoop().inEventLoop()) {
			closing.awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
		}
	}

	@Override
	public void close() throws IOException {
		stop();
		IOException failure = this.failure;
		if (failure != null) {
			throw failure;
		}
	}

}
