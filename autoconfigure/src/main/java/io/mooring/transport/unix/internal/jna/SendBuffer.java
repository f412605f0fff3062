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

import java.io.FileDescriptor;
import java.io.IOException;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.mooring.Ancillary;
import io.mooring.PeerCredentials;
import io.mooring.ReceivedDescriptor;
import io.mooring.UnixPath;

/**
 * Datagram in native memory for sendmsg(2). Used by one thread at a time.
 */
final class SendBuffer {

	private static final int NAME = Layouts.MSGHDR.offset("name");

	private static final int NAME_LENGTH = Layouts.MSGHDR.offset("nameLength");

	private static final int IOV = Layouts.MSGHDR.offset("iov");

	private static final int IOV_LENGTH = Layouts.MSGHDR.offset("iovLength");

	private static final int IOV_LENGTH_BYTES = Os.LINUX ? Long.BYTES : Integer.BYTES;

	private static final int CONTROL = Layouts.MSGHDR.offset("control");

	private static final int CONTROL_LENGTH = Layouts.MSGHDR.offset("controlLength");

	private static final int IOVEC = Layouts.MSGHDR.size();

	private static final int IOVEC_LENGTH = IOVEC + Layouts.IOVEC.offset("length");

	private static final int ADDRESS = IOVEC + Layouts.IOVEC.size();

	private static final int MIN_PAYLOAD = 4096;

	private static final int MAX_KEPT_PAYLOAD = 256 * 1024;

	private final NativeBlock header = new NativeBlock(ADDRESS + SocketAddresses.SIZE);

	private final PollSet poll = new PollSet();

	private NativeBlock payload = new NativeBlock(MIN_PAYLOAD);

	private @Nullable NativeBlock control;

	SendBuffer() {
		this.header.clear();
		this.header.buffer().putLong(IOV, this.header.address() + IOVEC);
		this.header.putSize(IOV_LENGTH, 1, IOV_LENGTH_BYTES);
	}

	long address() {
		return this.header.address();
	}

	PollSet poll() {
		return this.poll;
	}

	/**
	 * Write a datagram.
	 * @param bytes the payload
	 * @param to the recipient, {@code null} for the remote of a connected socket
	 * @param ancillary the descriptors and credentials
	 * @throws IOException if a descriptor cannot be sent
	 */
	void write(byte[] bytes, @Nullable UnixPath to, Ancillary ancillary) throws IOException {
		if (bytes.length > this.payload.size()) {
			this.payload = new NativeBlock(bytes.length);
		}
		this.payload.buffer().put(0, bytes);
		this.header.buffer().putLong(IOVEC, this.payload.address());
		this.header.buffer().putLong(IOVEC_LENGTH, bytes.length);
		this.header.buffer().putLong(NAME, (to != null) ? this.header.address() + ADDRESS : 0);
		this.header.buffer().putInt(NAME_LENGTH, (to != null) ? SocketAddresses.write(to, this.header, ADDRESS) : 0);
		int controlLength = ancillary.isEmpty() ? 0 : writeControl(ancillary);
		this.header.buffer().putLong(CONTROL, (this.control != null && controlLength > 0) ? this.control.address() : 0);
		this.header.putSize(CONTROL_LENGTH, controlLength, IOV_LENGTH_BYTES);
	}

	private int writeControl(Ancillary ancillary) throws IOException {
		NativeBlock block = this.control;
		if (block == null) {
			block = new NativeBlock(
					ControlMessages.descriptorsSpace(Ancillary.MAX_DESCRIPTORS) + ControlMessages.credentialsSpace());
			this.control = block;
		}
		block.clear();
		int length = 0;
		if (!ancillary.getDescriptors().isEmpty()) {
			length = ControlMessages.putDescriptors(block, length, numbers(ancillary.getDescriptors()));
		}
		PeerCredentials credentials = ancillary.getCredentials();
		if (credentials != null) {
			if (!Os.LINUX) {
				throw new IOException("credentials can be sent on Linux only");
			}
			length = ControlMessages.putCredentials(block, length, credentials);
		}
		return length;
	}

	private static int[] numbers(List<Object> descriptors) throws IOException {
		int[] numbers = new int[descriptors.size()];
		for (int i = 0; i < numbers.length; i++) {
			numbers[i] = number(descriptors.get(i));
			if (numbers[i] < 0) {
				throw new IOException("descriptor " + (i + 1) + " of " + numbers.length + " is closed");
			}
		}
		return numbers;
	}

	private static int number(Object descriptor) {
		if (descriptor instanceof ReceivedDescriptor received) {
			return received.isOpen() ? received.number() : -1;
		}
		return (descriptor instanceof FileDescriptor file) ? FileDescriptors.number(file) : (Integer) descriptor;
	}

	/**
	 * Free the memory of a long datagram.
	 */
	void shrink() {
		if (this.payload.size() > MAX_KEPT_PAYLOAD) {
			this.payload = new NativeBlock(MIN_PAYLOAD);
		}
	}

}
