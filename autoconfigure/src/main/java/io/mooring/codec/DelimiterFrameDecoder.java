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
 * Frames with certain bytes behind them.
 */
final class DelimiterFrameDecoder extends FrameDecoder {

	private final byte[] delimiter;

	private final byte last;

	private final int maxSize;

	DelimiterFrameDecoder(byte[] delimiter, int maxSize) {
		this.delimiter = delimiter;
		this.last = delimiter[delimiter.length - 1];
		this.maxSize = maxSize;
	}

	@Override
	public void decode(byte[] bytes, int offset, int length, Consumer<? super byte[]> frames) {
		int begin = offset;
		int end = offset + length;
		for (int i = offset; i < end; i++) {
			if (bytes[i] == this.last && isEnd(bytes, begin, i)) {
				frames.accept(frame(bytes, begin, i));
				begin = i + 1;
			}
		}
		// What is more than the longest frame is the beginning of its delimiter, perhaps
		if (kept() + end - begin >= this.maxSize + (long) this.delimiter.length) {
			throw tooLong();
		}
		if (begin < end) {
			keep(bytes, begin, end - begin);
		}
	}

	/**
	 * Look whether a frame ends.
	 * @param begin where it begins, behind what was kept
	 * @param index where the last byte of a delimiter is
	 */
	private boolean isEnd(byte[] bytes, int begin, int index) {
		int shift = index - (this.delimiter.length - 1);
		if (shift - begin + kept() < 0) {
			return false;
		}
		for (int i = this.delimiter.length - 2; i >= 0; i--) {
			int at = shift + i;
			byte next = (at >= begin) ? bytes[at] : kept(kept() + at - begin);
			if (next != this.delimiter[i]) {
				return false;
			}
		}
		return true;
	}

	private byte[] frame(byte[] bytes, int begin, int index) {
		int size = kept() + index + 1 - begin - this.delimiter.length;
		if (size > this.maxSize) {
			throw tooLong();
		}
		if (kept() == 0) {
			return copy(bytes, begin, begin + size);
		}
		return copy(join(0, bytes, begin, index + 1 - begin), 0, size);
	}

	private FrameException tooLong() {
		return new OversizeFrameException("a frame is longer than framing.max-size, " + this.maxSize + " bytes");
	}

}
