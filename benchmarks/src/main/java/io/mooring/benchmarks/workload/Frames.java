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

import java.nio.ByteBuffer;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Framing of the peers and of the engines without a library: {@code length} or
 * {@code crlf}.
 */
public enum Frames {

	/**
	 * Length in four bytes before each frame.
	 */
	LENGTH {

		@Override
		public void write(byte[] payload, ByteBuffer to) {
			to.putInt(payload.length).put(payload);
		}

		@Override
		public byte @Nullable [] read(ByteBuffer from) {
			int start = from.position();
			if (from.remaining() < Integer.BYTES) {
				return null;
			}
			int length = from.getInt(start);
			if (from.remaining() < Integer.BYTES + length) {
				return null;
			}
			byte[] payload = new byte[length];
			from.position(start + Integer.BYTES).get(payload);
			return payload;
		}

		@Override
		public int overhead() {
			return Integer.BYTES;
		}

	},

	/**
	 * Carriage return and line feed after each frame.
	 */
	CRLF {

		@Override
		public void write(byte[] payload, ByteBuffer to) {
			to.put(payload).put((byte) '\r').put((byte) '\n');
		}

		@Override
		public byte @Nullable [] read(ByteBuffer from) {
			int start = from.position();
			for (int end = start + 1; end < from.limit(); end++) {
				if (from.get(end) == '\n' && from.get(end - 1) == '\r') {
					byte[] payload = new byte[end - 1 - start];
					from.get(payload).position(end + 1);
					return payload;
				}
			}
			return null;
		}

		@Override
		public int overhead() {
			return 2;
		}

	};

	/**
	 * Write one frame.
	 * @param payload its payload
	 * @param to buffer with room for it
	 */
	public abstract void write(byte[] payload, ByteBuffer to);

	/**
	 * Read one frame.
	 * @param from buffer to read from
	 * @return its payload, or {@code null} if the frame is not complete yet
	 */
	public abstract byte @Nullable [] read(ByteBuffer from);

	/**
	 * Return the bytes of a frame that are not payload.
	 * @return number of bytes
	 */
	public abstract int overhead();

	/**
	 * Return the framing of a workload.
	 * @param workload a workload over streams
	 * @return its framing
	 */
	public static Frames of(Workload workload) {
		return "crlf".equals(workload.variant()) ? CRLF : LENGTH;
	}

	/**
	 * Return a payload that no framing has to escape.
	 * @param size its bytes
	 * @return the payload
	 */
	public static byte[] payload(int size) {
		byte[] payload = new byte[size];
		Arrays.fill(payload, (byte) 'x');
		return payload;
	}

	/**
	 * Return one frame.
	 * @param payload its payload
	 * @return the frame, ready to be read
	 */
	public ByteBuffer frame(byte[] payload) {
		ByteBuffer frame = ByteBuffer.allocateDirect(payload.length + overhead());
		write(payload, frame);
		return frame.flip();
	}

}
