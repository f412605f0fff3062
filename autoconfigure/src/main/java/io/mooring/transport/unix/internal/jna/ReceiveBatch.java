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

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.mooring.ConnectionSpec;
import io.mooring.PeerCredentials;
import io.mooring.ReceivedDescriptor;
import io.mooring.UnixDatagram;
import io.mooring.UnixPath;
import io.mooring.transport.settings.DatagramSettings;
import io.mooring.transport.unix.AncillarySettings;

/**
 * Buffers for several datagrams, filled by one recvmmsg(2). Used by one thread.
 */
public final class ReceiveBatch {

	private static final int MAX_DATAGRAMS = 64;

	private static final int MAX_BYTES = 8 * 1024 * 1024;

	private static final int HEADER_SIZE = Os.LINUX ? Layouts.MMSGHDR.size() : Layouts.MSGHDR.size();

	private static final int LENGTH = Layouts.MMSGHDR.offset("length");

	private static final int NAME = Layouts.MSGHDR.offset("name");

	private static final int NAME_LENGTH = Layouts.MSGHDR.offset("nameLength");

	private static final int IOV = Layouts.MSGHDR.offset("iov");

	private static final int IOV_LENGTH = Layouts.MSGHDR.offset("iovLength");

	private static final int SIZE_BYTES = Os.LINUX ? Long.BYTES : Integer.BYTES;

	private static final int CONTROL = Layouts.MSGHDR.offset("control");

	private static final int CONTROL_LENGTH = Layouts.MSGHDR.offset("controlLength");

	private static final int FLAGS = Layouts.MSGHDR.offset("flags");

	private final boolean wantsDescriptors;

	private final int count;

	private final int payloadSize;

	private final int controlSize;

	private final NativeBlock headers;

	private final NativeBlock names;

	private final NativeBlock iovecs;

	private final NativeBlock payloads;

	private final @Nullable NativeBlock controls;

	private int macLength;

	private byte[] lastName = {};

	private @Nullable UnixPath lastSender;

	public ReceiveBatch(ConnectionSpec spec) {
		this.wantsDescriptors = spec.get(AncillarySettings.class).descriptors();
		this.payloadSize = spec.get(DatagramSettings.class).maxSizeBytes();
		this.controlSize = controlSize(spec.get(AncillarySettings.class));
		this.count = Os.LINUX ? Math.max(1, Math.min(MAX_DATAGRAMS, MAX_BYTES / (this.payloadSize + this.controlSize)))
				: 1;
		this.headers = new NativeBlock((long) this.count * HEADER_SIZE);
		this.names = new NativeBlock((long) this.count * SocketAddresses.SIZE);
		this.iovecs = new NativeBlock((long) this.count * Layouts.IOVEC.size());
		this.payloads = new NativeBlock((long) this.count * this.payloadSize);
		this.controls = (this.controlSize > 0) ? new NativeBlock((long) this.count * this.controlSize) : null;
		this.headers.clear();
		for (int i = 0; i < this.count; i++) {
			initialize(i);
			reset(i);
		}
	}

	/**
	 * Without room for descriptors the kernel creates none that would have to be closed.
	 */
	private static int controlSize(AncillarySettings ancillary) {
		if (ancillary.descriptors()) {
			return Math.toIntExact(ancillary.ancillarySize().toBytes());
		}
		return ancillary.credentials() ? ControlMessages.credentialsSpace() : 0;
	}

	private void initialize(int i) {
		int iovec = i * Layouts.IOVEC.size();
		this.iovecs.buffer().putLong(iovec, this.payloads.address() + (long) i * this.payloadSize);
		this.iovecs.buffer().putLong(iovec + Layouts.IOVEC.offset("length"), this.payloadSize);
		int header = i * HEADER_SIZE;
		ByteBuffer buffer = this.headers.buffer();
		buffer.putLong(header + NAME, this.names.address() + (long) i * SocketAddresses.SIZE);
		buffer.putLong(header + IOV, this.iovecs.address() + iovec);
		this.headers.putSize(header + IOV_LENGTH, 1, SIZE_BYTES);
		buffer.putLong(header + CONTROL,
				(this.controls != null) ? this.controls.address() + (long) i * this.controlSize : 0);
	}

	private void reset(int i) {
		int header = i * HEADER_SIZE;
		this.headers.buffer().putInt(header + NAME_LENGTH, SocketAddresses.SIZE).putInt(header + FLAGS, 0);
		this.headers.putSize(header + CONTROL_LENGTH, this.controlSize, SIZE_BYTES);
	}

	/**
	 * Receive available datagrams, without waiting.
	 * @param fd the socket
	 * @return the number of datagrams, each of which must be taken
	 * @throws NativeException if the system call fails
	 */
	int receive(int fd) throws NativeException {
		while (true) {
			int flags = Os.MSG_DONTWAIT | Os.MSG_CMSG_CLOEXEC;
			int received;
			if (Os.LINUX) {
				received = LinuxLibC.recvmmsg(fd, this.headers.address(), this.count, flags, 0);
			}
			else {
				this.macLength = (int) LibC.recvmsg(fd, this.headers.address(), flags);
				received = (this.macLength < 0) ? -1 : 1;
			}
			if (received >= 0) {
				return received;
			}
			int errno = LibC.errno();
			if (errno == Os.EAGAIN) {
				return 0;
			}
			if (errno != Os.EINTR) {
				throw new NativeException("cannot receive", errno);
			}
		}
	}

	/**
	 * Take a datagram.
	 * @param i the index
	 * @return the datagram
	 */
	public UnixDatagram take(int i) {
		int header = i * HEADER_SIZE;
		ByteBuffer buffer = this.headers.buffer();
		int length = Os.LINUX ? buffer.getInt(header + LENGTH) : this.macLength;
		int flags = buffer.getInt(header + FLAGS);
		byte[] payload = new byte[Math.min(length, this.payloadSize)];
		this.payloads.buffer().get(i * this.payloadSize, payload);
		UnixPath sender = sender(i, buffer.getInt(header + NAME_LENGTH));
		int controlLength = (this.controls != null) ? (int) this.headers.getSize(header + CONTROL_LENGTH, SIZE_BYTES)
				: 0;
		reset(i);
		boolean truncated = (flags & Os.MSG_TRUNC) != 0;
		boolean controlTruncated = (flags & Os.MSG_CTRUNC) != 0;
		if (this.controls == null || controlLength == 0) {
			return new UnixDatagram(payload, sender, List.of(), null, truncated, controlTruncated);
		}
		Control control = new Control();
		ControlMessages.read(this.controls, i * this.controlSize, controlLength, control);
		return new UnixDatagram(payload, sender, List.copyOf(control.descriptors), control.credentials, truncated,
				controlTruncated || control.refused);
	}

	private @Nullable UnixPath sender(int i, int length) {
		int offset = i * SocketAddresses.SIZE;
		if (length == this.lastName.length && this.lastSender != null) {
			int at = 0;
			while (at < length && this.names.buffer().get(offset + at) == this.lastName[at]) {
				at++;
			}
			if (at == length) {
				return this.lastSender;
			}
		}
		UnixPath sender = SocketAddresses.read(this.names, offset, length);
		if (sender != null) {
			this.lastName = new byte[Math.min(length, SocketAddresses.SIZE)];
			this.names.buffer().get(offset, this.lastName);
			this.lastSender = sender;
		}
		return sender;
	}

	private final class Control implements ControlMessages.Visitor {

		private final List<ReceivedDescriptor> descriptors = new ArrayList<>(1);

		private @Nullable PeerCredentials credentials;

		private boolean refused;

		@Override
		public void descriptor(int number) {
			if (!ReceiveBatch.this.wantsDescriptors) {
				LibC.close(number);
				this.refused = true;
				return;
			}
			if (Os.MSG_CMSG_CLOEXEC == 0) {
				LibC.ioctl(number, Os.FIOCLEX);
			}
			this.descriptors.add(new NativeDescriptor(number));
		}

		@Override
		public void credentials(PeerCredentials credentials) {
			this.credentials = credentials;
		}

	}

}
