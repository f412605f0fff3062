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

package io.mooring.transport.unix.internal.jna;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

import io.mooring.UnixPath;

/**
 * Datagram socket before it is opened. Used by one thread.
 */
public final class RawSocket {

	private final int fd;

	private final NativeBlock address = new NativeBlock(SocketAddresses.SIZE);

	public RawSocket() throws IOException {
		this(NativeException.check(LibC.socket(Os.AF_UNIX, Os.SOCK_DGRAM | Os.SOCK_CLOEXEC, 0),
				"cannot create a socket"));
	}

	public RawSocket(int fd) {
		this.fd = fd;
		LibC.ioctl(fd, Os.FIOCLEX);
	}

	public int fd() {
		return this.fd;
	}

	/**
	 * Bind to a path or abstract name.
	 */
	public void bind(UnixPath path) throws IOException {
		bind(write(path), "cannot bind to " + path);
	}

	/**
	 * Bind to an abstract name chosen by the kernel (autobind, unix(7)).
	 */
	public void bindAnywhere() throws IOException {
		bind(SocketAddresses.writeUnnamed(this.address), "cannot bind to a name chosen by the kernel");
	}

	private void bind(int length, String action) throws IOException {
		NativeException.check(LibC.bind(this.fd, this.address.address(), length), action);
	}

	public void connect(UnixPath path) throws IOException {
		NativeException.check(LibC.connect(this.fd, this.address.address(), write(path)), "cannot connect to " + path);
	}

	private int write(UnixPath path) throws IOException {
		try {
			return SocketAddresses.write(path, this.address, 0);
		}
		catch (IllegalArgumentException ex) {
			throw new IOException(path + " " + ex.getMessage(), ex);
		}
	}

	public @Nullable UnixPath localAddress() throws IOException {
		NativeBlock length = length();
		NativeException.check(LibC.getsockname(this.fd, this.address.address(), length.address()),
				"cannot read the name of the socket");
		return SocketAddresses.read(this.address, 0, length.buffer().getInt(0));
	}

	/**
	 * Return whether the socket is one of AF_UNIX.
	 */
	public boolean isUnix() throws IOException {
		NativeException.check(LibC.getsockname(this.fd, this.address.address(), length().address()), "not a socket");
		return SocketAddresses.isUnix(this.address);
	}

	/**
	 * Return the remote address.
	 * @return the address, {@code null} if the remote is unnamed
	 * @throws NativeException if the socket is not connected (ENOTCONN)
	 */
	public @Nullable UnixPath remoteAddress() throws NativeException {
		NativeBlock length = length();
		NativeException.check(LibC.getpeername(this.fd, this.address.address(), length.address()),
				"cannot read the name of the remote");
		return SocketAddresses.read(this.address, 0, length.buffer().getInt(0));
	}

	private static NativeBlock length() {
		NativeBlock length = new NativeBlock(Integer.BYTES);
		length.buffer().putInt(0, SocketAddresses.SIZE);
		return length;
	}

	public void close() {
		LibC.close(this.fd);
	}

}
