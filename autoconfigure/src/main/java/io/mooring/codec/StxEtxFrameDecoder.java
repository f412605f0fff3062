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
 * Frames between STX and ETX, with nothing between them.
 */
final class StxEtxFrameDecoder extends FrameDecoder {

	static final byte STX = 0x02;

	static final byte ETX = 0x03;

	private final int maxSize;

	StxEtxFrameDecoder(int maxSize) {
		this.maxSize = maxSize;
	}

	@Override
	public void decode(byte[] bytes, int offset, int length, Consumer<? super byte[]> frames) {
		int begin = offset;
		int end = offset + length;
		for (int i = offset; i < end; i++) {
			if (i == begin && !isIncomplete()) {
				checkBegin(bytes[i]);
			}
			else if (bytes[i] == ETX) {
				frames.accept(frame(bytes, begin, i));
				begin = i + 1;
			}
		}
		if (kept() + end - begin > 1L + this.maxSize) {
			throw tooLong();
		}
		if (begin < end) {
			keep(bytes, begin, end - begin);
		}
	}

	private void checkBegin(byte first) {
		if (first != STX) {
			throw new FrameException(String.format("a frame begins with the byte 0x%02x, not with STX, 0x02", first));
		}
	}

	private byte[] frame(byte[] bytes, int begin, int etx) {
		if (kept() + etx - begin - 1 > this.maxSize) {
			throw tooLong();
		}
		return isIncomplete() ? join(1, bytes, begin, etx - begin) : copy(bytes, begin + 1, etx);
	}

	private FrameException tooLong() {
		return new OversizeFrameException("a frame is longer than framing.max-size, " + this.maxSize + " bytes");
	}

}
