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

import io.mooring.PeerCredentials;

/**
 * Control messages in native memory: the macros of cmsg(3).
 */
final class ControlMessages {

	private static final int LENGTH = Layouts.CMSGHDR.offset("length");

	private static final int LEVEL = Layouts.CMSGHDR.offset("level");

	private static final int TYPE = Layouts.CMSGHDR.offset("type");

	private static final int LENGTH_BYTES = LEVEL - LENGTH;

	// Linux aligns to size_t, macOS to 32 bits
	private static final int ALIGNMENT = LENGTH_BYTES;

	private static final int HEADER = align(Layouts.CMSGHDR.size());

	private static final int CREDENTIALS_SIZE = Layouts.UCRED.size();

	private static final int PID = Layouts.UCRED.offset("pid");

	private static final int UID = Layouts.UCRED.offset("uid");

	private static final int GID = Layouts.UCRED.offset("gid");

	private ControlMessages() {
	}

	private static int align(int length) {
		return (length + ALIGNMENT - 1) & -ALIGNMENT;
	}

	/**
	 * Return the size of one message (CMSG_SPACE).
	 */
	private static int space(int dataLength) {
		return HEADER + align(dataLength);
	}

	static int descriptorsSpace(int count) {
		return space(count * Integer.BYTES);
	}

	static int credentialsSpace() {
		return space(CREDENTIALS_SIZE);
	}

	/**
	 * Write descriptors.
	 * @return the offset after them
	 */
	static int putDescriptors(NativeBlock block, int offset, int[] descriptors) {
		int length = descriptors.length * Integer.BYTES;
		putHeader(block, offset, length, Os.SCM_RIGHTS);
		for (int i = 0; i < descriptors.length; i++) {
			block.buffer().putInt(offset + HEADER + i * Integer.BYTES, descriptors[i]);
		}
		return offset + space(length);
	}

	/**
	 * Write credentials.
	 * @return the offset after them
	 */
	static int putCredentials(NativeBlock block, int offset, PeerCredentials credentials) {
		putHeader(block, offset, CREDENTIALS_SIZE, Os.SCM_CREDENTIALS);
		int data = offset + HEADER;
		block.buffer()
			.putInt(data + PID, (int) credentials.pid())
			.putInt(data + UID, (int) credentials.uid())
			.putInt(data + GID, (int) credentials.gid());
		return offset + space(CREDENTIALS_SIZE);
	}

	private static void putHeader(NativeBlock block, int offset, int dataLength, int type) {
		block.putSize(offset + LENGTH, HEADER + dataLength, LENGTH_BYTES);
		block.buffer().putInt(offset + LEVEL, Os.SOL_SOCKET).putInt(offset + TYPE, type);
	}

	/**
	 * Read all messages.
	 * @param block the memory block
	 * @param offset the offset of the first message
	 * @param length the total length, as returned by the system call
	 * @param visitor the callback
	 */
	static void read(NativeBlock block, int offset, int length, Visitor visitor) {
		ByteBuffer buffer = block.buffer();
		int end = offset + length;
		int at = offset;
		while (at + HEADER <= end) {
			int messageLength = (int) block.getSize(at + LENGTH, LENGTH_BYTES);
			int dataLength = Math.min(messageLength, end - at) - HEADER;
			if (dataLength < 0) {
				return;
			}
			int data = at + HEADER;
			if (buffer.getInt(at + LEVEL) == Os.SOL_SOCKET) {
				int type = buffer.getInt(at + TYPE);
				if (type == Os.SCM_RIGHTS) {
					for (int i = 0; i + Integer.BYTES <= dataLength; i += Integer.BYTES) {
						visitor.descriptor(buffer.getInt(data + i));
					}
				}
				else if (Os.LINUX && type == Os.SCM_CREDENTIALS && dataLength >= CREDENTIALS_SIZE) {
					visitor.credentials(new PeerCredentials(buffer.getInt(data + PID),
							Integer.toUnsignedLong(buffer.getInt(data + UID)),
							Integer.toUnsignedLong(buffer.getInt(data + GID))));
				}
			}
			at += space(dataLength);
		}
	}

	/**
	 * Callback for received control messages.
	 */
	interface Visitor {

		void descriptor(int number);

		void credentials(PeerCredentials credentials);

	}

}
