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

package io.mooring.benchmarks.workload;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Counter of received messages in memory shared with the sender in another process.
 */
public final class Counter {

	private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

	private final ByteBuffer memory;

	private Counter(ByteBuffer memory) {
		this.memory = memory;
	}

	/**
	 * Map the counter of a file.
	 * @param file the file, which is created
	 * @return the counter
	 * @throws IOException if the file cannot be mapped
	 */
	public static Counter map(Path file) throws IOException {
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
				StandardOpenOption.WRITE)) {
			return new Counter(channel.map(MapMode.READ_WRITE, 0, Long.BYTES));
		}
	}

	/**
	 * Count one message.
	 */
	public void increment() {
		LONGS.getAndAdd(this.memory, 0, 1L);
	}

	/**
	 * Return the number of messages.
	 * @return messages since the last reset
	 */
	public long get() {
		return (long) LONGS.getVolatile(this.memory, 0);
	}

	/**
	 * Reset the counter.
	 */
	public void reset() {
		LONGS.setVolatile(this.memory, 0, 0L);
	}

}
