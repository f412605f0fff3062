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
import java.nio.ByteOrder;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;

/**
 * Native memory for system calls, accessed by its address or by a buffer, which the JIT
 * reads and writes without a native call. Not zeroed; freed by garbage collection.
 */
final class NativeBlock {

	private final Memory memory;

	private final ByteBuffer buffer;

	private final long address;

	NativeBlock(long size) {
		this.memory = new Memory(size);
		this.buffer = this.memory.getByteBuffer(0, size).order(ByteOrder.nativeOrder());
		this.address = Pointer.nativeValue(this.memory);
	}

	ByteBuffer buffer() {
		return this.buffer;
	}

	long address() {
		return this.address;
	}

	int size() {
		return (int) this.memory.size();
	}

	void clear() {
		this.memory.clear();
	}

	/**
	 * Write a {@code size_t} or a {@code socklen_t}.
	 */
	void putSize(int offset, long value, int bytes) {
		if (bytes == Long.BYTES) {
			this.buffer.putLong(offset, value);
		}
		else {
			this.buffer.putInt(offset, (int) value);
		}
	}

	long getSize(int offset, int bytes) {
		return (bytes == Long.BYTES) ? this.buffer.getLong(offset) : this.buffer.getInt(offset);
	}

}
