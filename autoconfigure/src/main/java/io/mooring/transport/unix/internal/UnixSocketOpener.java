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

package io.mooring.transport.unix.internal;

import java.io.IOException;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.mooring.ConnectionSpec;
import io.mooring.ConnectionType;
import io.mooring.Direction;
import io.mooring.UnixPath;
import io.mooring.transport.internal.binding.SocketFile;
import io.mooring.transport.settings.DatagramSettings;
import io.mooring.transport.settings.FlowSettings;
import io.mooring.transport.settings.SocketSettings;
import io.mooring.transport.settings.UnixSettings;
import io.mooring.transport.unix.AncillarySettings;
import io.mooring.transport.unix.internal.jna.LibC;
import io.mooring.transport.unix.internal.jna.NativeException;
import io.mooring.transport.unix.internal.jna.NativeOptions;
import io.mooring.transport.unix.internal.jna.NativeSocket;
import io.mooring.transport.unix.internal.jna.Os;
import io.mooring.transport.unix.internal.jna.RawSocket;

/**
 * Factory that opens Unix datagram sockets according to a spec.
 */
final class UnixSocketOpener {

	private final ConnectionSpec spec;

	private final UnixSettings unix;

	private final PassedSockets passed = new PassedSockets(System.getenv(), ProcessHandle.current().pid());

	private boolean takenOver;

	UnixSocketOpener(ConnectionSpec spec) {
		this.spec = spec;
		this.unix = spec.get(UnixSettings.class);
	}

	NativeSocket open() throws IOException {
		if (this.unix.fd() != null) {
			return takeOver(this.unix.fd());
		}
		RawSocket socket = new RawSocket();
		SocketFile file = null;
		try {
			configure(socket);
			file = bind(socket);
			if (!this.spec.type().isListener() && this.unix.path() != null) {
				socket.connect(this.unix.path());
			}
			NativeSocket opened = new NativeSocket(socket.fd(), local(socket), remote(socket), file,
					() -> this.passed.closed(socket.fd()));
			this.passed.opened(socket.fd());
			return opened;
		}
		catch (IOException | RuntimeException ex) {
			if (file != null) {
				file.remove();
			}
			socket.close();
			throw ex;
		}
	}

	private void configure(RawSocket socket) throws IOException {
		if (this.spec.get(AncillarySettings.class).credentials()
				&& this.spec.get(FlowSettings.class).direction() != Direction.SEND) {
			// Before binding, so that every datagram has credentials
			NativeOptions.set(socket.fd(), Os.SO_PASSCRED, 1);
		}
		Integer sendBuffer = this.spec.get(SocketSettings.class).sendBufferBytes();
		if (sendBuffer != null) {
			NativeOptions.set(socket.fd(), Os.SO_SNDBUF, sendBuffer);
		}
		Integer receiveBuffer = this.spec.get(SocketSettings.class).receiveBufferBytes();
		if (receiveBuffer != null) {
			NativeOptions.set(socket.fd(), Os.SO_RCVBUF, receiveBuffer);
		}
		else if (this.spec.get(DatagramSettings.class).maximizeBuffer()) {
			NativeOptions.maximize(socket.fd(), Os.SO_RCVBUF);
		}
	}

	private @Nullable SocketFile bind(RawSocket socket) throws IOException {
		UnixPath path = this.spec.type().isListener() ? this.unix.path() : this.unix.localPath();
		if (path == null) {
			socket.bindAnywhere();
			return null;
		}
		if (path.isAbstract()) {
			socket.bind(path);
			return null;
		}
		// Recipients reply to the bound name: the socket cannot be bound elsewhere and
		// moved
		return SocketFile.bind(path, this.unix.permissions(), UnixSocketOpener::isInUse, (target) -> {
			if (Os.LINUX) {
				// The file is created with at most the mode of the socket
				LibC.fchmod(socket.fd(), bits(this.unix.permissions()));
			}
			socket.bind(target);
		});
	}

	private static boolean isInUse(UnixPath path) throws IOException {
		RawSocket probe = new RawSocket();
		try {
			probe.connect(path);
			return true;
		}
		catch (NativeException ex) {
			if (ex.errno() == Os.ECONNREFUSED || ex.errno() == Os.ENOENT) {
				return false;
			}
			if (ex.errno() == Os.EPROTOTYPE) {
				return true;
			}
			throw ex;
		}
		finally {
			probe.close();
		}
	}

	private NativeSocket takeOver(String fd) throws IOException {
		if (this.takenOver) {
			throw new IOException("the inherited file descriptor " + fd
					+ " was used before and is closed; restart the process to inherit another");
		}
		int number = this.passed.take(fd);
		try {
			NativeSocket socket = takeOver(new RawSocket(number));
			this.takenOver = true;
			return socket;
		}
		catch (IOException ex) {
			this.passed.closed(number);
			throw new IOException("cannot take over file descriptor " + number + ": " + ex.getMessage(), ex);
		}
	}

	/**
	 * A rejected socket is left open, since it is not owned.
	 */
	private NativeSocket takeOver(RawSocket socket) throws IOException {
		if (!socket.isUnix()) {
			throw new IOException("it is not a Unix socket (AF_UNIX)");
		}
		if (NativeOptions.get(socket.fd(), Os.SO_TYPE) != Os.SOCK_DGRAM) {
			throw new IOException("it is not a datagram socket (SOCK_DGRAM)");
		}
		UnixPath local = local(socket);
		UnixPath remote = remote(socket);
		boolean listener = this.spec.type().isListener();
		if (!listener && remote == null) {
			throw new IOException("it is not connected to a bound socket, as required by the type "
					+ ConnectionType.UNIX_DATAGRAM + "; use " + ConnectionType.UNIX_DATAGRAM_LISTEN);
		}
		if (listener && remote != null) {
			throw new IOException("it is connected to " + remote + ", which the type " + this.spec.type()
					+ " does not support; use " + ConnectionType.UNIX_DATAGRAM);
		}
		configure(socket);
		return new NativeSocket(socket.fd(), local, remote, null, () -> this.passed.closed(socket.fd()));
	}

	private static UnixPath local(RawSocket socket) throws IOException {
		UnixPath local = socket.localAddress();
		if (local == null) {
			throw new IOException("it is unnamed and cannot be replied to");
		}
		return local;
	}

	private static @Nullable UnixPath remote(RawSocket socket) throws IOException {
		try {
			return socket.remoteAddress();
		}
		catch (NativeException ex) {
			if (ex.errno() == Os.ENOTCONN) {
				return null;
			}
			throw ex;
		}
	}

	/**
	 * Return the mode of a file as a number (chmod(2)).
	 */
	private static int bits(Set<PosixFilePermission> mode) {
		PosixFilePermission[] all = PosixFilePermission.values();
		int bits = 0;
		for (PosixFilePermission permission : mode) {
			// The constants are in the order of the bits, from the highest one
			bits |= 1 << (all.length - 1 - permission.ordinal());
		}
		return bits;
	}

}
