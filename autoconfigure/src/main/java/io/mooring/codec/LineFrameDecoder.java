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

import java.util.function.Consumer;

/**
 * Frames that end with a line feed, or with a carriage return and a line feed.
 */
final class LineFrameDecoder extends FrameDecoder {

	private final int maxSize;

	private final boolean strict;

	/**
	 * Create a decoder.
	 * @param maxSize the longest frame
	 * @param strict whether a line feed ends a frame only behind a carriage return
	 */
	LineFrameDecoder(int maxSize, boolean strict) {
		this.maxSize = maxSize;
		this.strict = strict;
	}

	@Override
	public void decode(byte[] bytes, int offset, int length, Consumer<? super byte[]> frames) {
		int begin = offset;
		int end = offset + length;
		for (int i = offset; i < end; i++) {
			if (bytes[i] != '\n') {
				continue;
			}
			boolean carriageReturn = (i > begin) ? bytes[i - 1] == '\r' : (kept() > 0 && kept(kept() - 1) == '\r');
			if (carriageReturn || !this.strict) {
				frames.accept(frame(bytes, begin, i, carriageReturn));
				begin = i + 1;
			}
		}
		// One more than the longest frame is a carriage return, perhaps
		if (kept() + end - begin > this.maxSize + 1L) {
			throw tooLong();
		}
		if (begin < end) {
			keep(bytes, begin, end - begin);
		}
	}

	private byte[] frame(byte[] bytes, int begin, int end, boolean carriageReturn) {
		int size = kept() + end - begin - (carriageReturn ? 1 : 0);
		if (size > this.maxSize) {
			throw tooLong();
		}
		if (kept() == 0) {
			return copy(bytes, begin, begin + size);
		}
		byte[] line = join(0, bytes, begin, end - begin);
		return copy(line, 0, size);
	}

	private FrameException tooLong() {
		return new OversizeFrameException("a frame is longer than framing.max-size, " + this.maxSize + " bytes");
	}

}
