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

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Takes one stream of bytes apart into frames. Keeps the beginning of a frame that is not
 * complete, which never grows beyond the longest frame. Not safe for use by several
 * threads at a time.
 */
public abstract class FrameDecoder {

	static final byte[] EMPTY = new byte[0];

	private byte[] partial = EMPTY;

	private int length;

	FrameDecoder() {
	}

	/**
	 * Take the next bytes of the stream.
	 * @param bytes has them; not kept
	 * @param offset where they begin
	 * @param length how many there are
	 * @param frames takes the frames that are complete, each an array of its own
	 * @throws FrameException if a frame is too long or does not begin as it must; the
	 * stream cannot be read further
	 */
	public abstract void decode(byte[] bytes, int offset, int length, Consumer<? super byte[]> frames);

	/**
	 * Return whether the stream stands within a frame.
	 * @return whether a frame lacks its end
	 */
	public final boolean isIncomplete() {
		return this.length > 0;
	}

	final int kept() {
		return this.length;
	}

	final byte kept(int index) {
		return this.partial[index];
	}

	final void keep(byte[] bytes, int offset, int length) {
		if (this.length + length > this.partial.length) {
			this.partial = Arrays.copyOf(this.partial, Math.max(this.length + length, 2 * this.partial.length));
		}
		System.arraycopy(bytes, offset, this.partial, this.length, length);
		this.length += length;
	}

	/**
	 * Join what was kept with what follows, and keep nothing.
	 */
	final byte[] join(int from, byte[] bytes, int offset, int length) {
		byte[] frame = new byte[this.length - from + length];
		System.arraycopy(this.partial, from, frame, 0, this.length - from);
		System.arraycopy(bytes, offset, frame, this.length - from, length);
		forget();
		return frame;
	}

	final void forget() {
		this.partial = EMPTY;
		this.length = 0;
	}

	static byte[] copy(byte[] bytes, int from, int to) {
		return (from < to) ? Arrays.copyOfRange(bytes, from, to) : EMPTY;
	}

}
