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
import java.io.InterruptedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Objects;
import java.util.Set;

import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

import io.mooring.UnixPath;
import io.mooring.transport.internal.binding.SocketFile;

/**
 * Binds a Unix socket that listens for streams. It does so at another path and is moved
 * when it listens, so that who finds the file can connect.
 */
final class UnixBinder {

	private final Sockets sockets;

	private @Nullable Channel channel;

	UnixBinder(Sockets sockets) {
		this.sockets = sockets;
	}

	/**
	 * Bind the socket.
	 * @param path where to
	 * @param mode who may use the file
	 * @return the socket, which accepts nothing yet
	 * @throws IOException if there is something that is not to be replaced, or the system
	 * refuses
	 * @throws InterruptedException if the thread was interrupted
	 */
	ListeningSocket bind(UnixPath path, Set<PosixFilePermission> mode) throws IOException, InterruptedException {
		if (path.isAbstract()) {
			return new ListeningSocket(this.sockets.open(path), path, null);
		}
		SocketFile file = null;
		try {
			file = SocketFile.bindAside(path, mode, UnixBinder::isInUse, this::open);
		}
		catch (InterruptedIOException ex) {
			throw (InterruptedException) new InterruptedException().initCause(ex);
		}
		finally {
			if (file == null && this.channel != null) {
				this.channel.close();
			}
		}
		return new ListeningSocket(Objects.requireNonNull(this.channel), path, file);
	}

	private void open(UnixPath target) throws IOException {
		try {
			this.channel = this.sockets.open(target);
		}
		catch (InterruptedException ex) {
			throw (IOException) new InterruptedIOException().initCause(ex);
		}
	}

	private static boolean isInUse(UnixPath path) throws IOException {
		try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
			// Does not wait for a listener that has no room
			probe.configureBlocking(false);
			probe.connect(UnixDomainSocketAddress.of(path.toFile()));
			return true;
		}
		catch (ConnectException ex) {
			return false;
		}
		catch (BindException ex) {
			throw new IOException("cannot bind to " + path
					+ ": there is a socket, which does not let itself be asked whether it is in use: "
					+ ex.getMessage(), ex);
		}
		catch (SocketException ex) {
			// What is there still is a socket in use of another kind (EPROTOTYPE)
			return Files.exists(path.toFile(), LinkOption.NOFOLLOW_LINKS);
		}
	}

	/**
	 * Opens sockets.
	 */
	@FunctionalInterface
	interface Sockets {

		/**
		 * Open a socket that listens.
		 * @param path where to
		 */
		Channel open(UnixPath path) throws IOException, InterruptedException;

	}

}
