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

package io.mooring.codec;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Decoder that takes frames from the beginning of a buffer.
 */
final class BufferFrameDecoder extends FrameDecoder {

	/**
	 * What may surround the longest message.
	 */
	private static final int OVERHEAD = 1024;

	private final int maxSize;

	private final Function<ByteBuffer, byte @Nullable []> reader;

	BufferFrameDecoder(int maxSize, Function<ByteBuffer, byte @Nullable []> reader) {
		this.maxSize = maxSize;
		this.reader = reader;
	}

	@Override
	public void decode(byte[] bytes, int offset, int length, Consumer<? super byte[]> frames) {
		keep(bytes, offset, length);
		int next = 0;
		while (next < kept()) {
			ByteBuffer buffer = kept(next, kept());
			byte[] frame = this.reader.apply(buffer);
			if (frame == null) {
				break;
			}
			if (buffer.position() == 0) {
				throw new IllegalStateException("A frame was returned of which no byte had been read");
			}
			if (frame.length > this.maxSize) {
				throw tooLong(frame.length);
			}
			frames.accept(frame);
			next += buffer.position();
		}
		discard(next);
		if (kept() > this.maxSize + (long) OVERHEAD) {
			throw tooLong(kept());
		}
	}

	private FrameException tooLong(int size) {
		return new OversizeFrameException(
				"a frame of " + size + " bytes or more is longer than framing.max-size, " + this.maxSize);
	}

}
