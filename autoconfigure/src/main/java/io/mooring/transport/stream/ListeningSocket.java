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

package io.mooring.transport.stream;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.util.concurrent.atomic.AtomicReference;

import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

import io.mooring.UnixPath;
import io.mooring.transport.Endpoint;
import io.mooring.transport.SocketFile;

/**
 * An open socket that accepts streams.
 */
final class ListeningSocket implements Endpoint {

	private final Channel channel;

	private final @Nullable SocketAddress localAddress;

	private final @Nullable String interfaceName;

	private final AtomicReference<@Nullable SocketFile> file = new AtomicReference<>();

	private volatile @Nullable IOException failure;

	private volatile boolean misplaced;

	ListeningSocket(Channel channel, @Nullable String interfaceName) {
		this.channel = channel;
		this.localAddress = channel.localAddress();
		this.interfaceName = interfaceName;
	}

	/**
	 * Make one of a Unix socket.
	 * @param channel the channel
	 * @param path where it is, which the socket itself need not know
	 * @param file its file, {@code null} for an abstract name
	 */
	ListeningSocket(Channel channel, UnixPath path, @Nullable SocketFile file) {
		this.channel = channel;
		this.localAddress = path;
		this.interfaceName = null;
		this.file.set(file);
	}

	void setAccepting(boolean accepting) {
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
	public @Nullable String getInterfaceName() {
		return this.interfaceName;
	}

	@Override
	public <T> @Nullable T getOption(SocketOption<T> option) throws IOException {
		return SocketOptions.get(this.channel, option);
	}

	@Override
	public <T> void setOption(SocketOption<T> option, T value) throws IOException {
		SocketOptions.set(this.channel, option, value);
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
		StreamSocket.close(this.channel);
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
