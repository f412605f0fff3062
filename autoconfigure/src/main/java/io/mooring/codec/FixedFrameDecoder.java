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
 * Frames that are all of one length.
 */
final class FixedFrameDecoder extends FrameDecoder {

	private final int size;

	FixedFrameDecoder(int size) {
		this.size = size;
	}

	@Override
	public void decode(byte[] bytes, int offset, int length, Consumer<? super byte[]> frames) {
		int next = offset;
		int end = offset + length;
		if (isIncomplete() && end - next >= this.size - kept()) {
			int missing = this.size - kept();
			frames.accept(join(0, bytes, next, missing));
			next += missing;
		}
		// What did not complete the frame that was begun is shorter than one
		for (; end - next >= this.size; next += this.size) {
			frames.accept(copy(bytes, next, next + this.size));
		}
		if (next < end) {
			keep(bytes, next, end - next);
		}
	}

}
