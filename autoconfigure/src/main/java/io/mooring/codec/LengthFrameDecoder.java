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
 * Frames with their length in front.
 */
final class LengthFrameDecoder extends FrameDecoder {

	private final int lengthBytes;

	private final int maxSize;

	LengthFrameDecoder(int lengthBytes, int maxSize) {
		this.lengthBytes = lengthBytes;
		this.maxSize = maxSize;
	}

	@Override
	public void decode(byte[] bytes, int offset, int length, Consumer<? super byte[]> frames) {
		int next = offset;
		int end = offset + length;
		if (isIncomplete()) {
			next = complete(bytes, next, end, frames);
		}
		while (end - next >= this.lengthBytes) {
			int size = check(size(bytes, next));
			if (end - next - this.lengthBytes < size) {
				break;
			}
			next += this.lengthBytes;
			frames.accept(copy(bytes, next, next + size));
			next += size;
		}
		if (next < end) {
			keep(bytes, next, end - next);
		}
	}

	private int complete(byte[] bytes, int from, int end, Consumer<? super byte[]> frames) {
		int next = from;
		if (kept() < this.lengthBytes) {
			int header = Math.min(this.lengthBytes - kept(), end - next);
			keep(bytes, next, header);
			next += header;
			if (kept() < this.lengthBytes) {
				return next;
			}
		}
		int missing = this.lengthBytes + check(keptSize()) - kept();
		if (end - next < missing) {
			keep(bytes, next, end - next);
			return end;
		}
		frames.accept(join(this.lengthBytes, bytes, next, missing));
		return next + missing;
	}

	private long size(byte[] bytes, int offset) {
		long size = 0;
		for (int i = 0; i < this.lengthBytes; i++) {
			size = (size << 8) | (bytes[offset + i] & 0xff);
		}
		return size;
	}

	private long keptSize() {
		long size = 0;
		for (int i = 0; i < this.lengthBytes; i++) {
			size = (size << 8) | (kept(i) & 0xff);
		}
		return size;
	}

	private int check(long size) {
		if (size > this.maxSize) {
			throw new OversizeFrameException(
					"a frame of " + size + " bytes is longer than framing.max-size, " + this.maxSize);
		}
		return (int) size;
	}

}
