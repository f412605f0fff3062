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
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Decodes one stream of bytes into messages. Keeps the beginning of a frame that is not
 * complete, which is not to grow beyond the longest frame. Used by one thread at a time.
 */
public abstract class FrameDecoder {

	static final byte[] EMPTY = new byte[0];

	private byte[] partial = EMPTY;

	private int length;

	/**
	 * Create a decoder at the beginning of a stream.
	 */
	protected FrameDecoder() {
	}

	/**
	 * Return a decoder that buffers bytes until they are a frame. The reader is called
	 * with the bytes from the beginning of a frame on, each time there are more of them,
	 * and should therefore decide by the first few of them.
	 * @param maxSize the maximum size of a message in bytes
	 * @param reader reads a frame: leaves the position of the buffer after it and returns
	 * the message, or returns {@code null} if the frame is not complete
	 * @return the decoder
	 */
	public static FrameDecoder of(int maxSize, Function<ByteBuffer, byte @Nullable []> reader) {
		return new BufferFrameDecoder(maxSize, reader);
	}

	/**
	 * Decode the next bytes of the stream.
	 * @param bytes an array with the bytes, not to be kept or changed
	 * @param offset the index of the first of them
	 * @param length their number
	 * @param frames takes the messages that are complete, each in an array of its own
	 * @throws FrameException if a frame is too long or is not one; the stream cannot be
	 * read further
	 */
	public abstract void decode(byte[] bytes, int offset, int length, Consumer<? super byte[]> frames);

	/**
	 * Return whether the last frame lacks its end.
	 * @return whether bytes are kept, unless overridden
	 */
	public boolean isIncomplete() {
		return this.length > 0;
	}

	/**
	 * Return the number of bytes kept.
	 * @return the number
	 */
	protected final int kept() {
		return this.length;
	}

	/**
	 * Return a byte kept.
	 * @param index its index
	 * @return the byte
	 */
	protected final byte kept(int index) {
		return this.partial[index];
	}

	/**
	 * Append bytes to those kept.
	 * @param bytes an array with the bytes
	 * @param offset the index of the first of them
	 * @param length their number
	 */
	protected final void keep(byte[] bytes, int offset, int length) {
		if (this.length + length > this.partial.length) {
			this.partial = Arrays.copyOf(this.partial, Math.max(this.length + length, 2 * this.partial.length));
		}
		System.arraycopy(bytes, offset, this.partial, this.length, length);
		this.length += length;
	}

	/**
	 * Join the bytes kept with those that follow, and keep none.
	 * @param from the index of the first byte kept that is returned
	 * @param bytes an array with the bytes that follow
	 * @param offset the index of the first of them
	 * @param length their number
	 * @return a new array
	 */
	protected final byte[] join(int from, byte[] bytes, int offset, int length) {
		byte[] frame = new byte[this.length - from + length];
		System.arraycopy(this.partial, from, frame, 0, this.length - from);
		System.arraycopy(bytes, offset, frame, this.length - from, length);
		forget();
		return frame;
	}

	/**
	 * Keep no bytes.
	 */
	protected final void forget() {
		this.partial = EMPTY;
		this.length = 0;
	}

	/**
	 * Return a read-only view of bytes kept.
	 */
	final ByteBuffer kept(int from, int to) {
		return ByteBuffer.wrap(this.partial, from, to - from).slice().asReadOnlyBuffer();
	}

	/**
	 * Keep all but the first bytes.
	 */
	final void discard(int count) {
		if (count == this.length) {
			forget();
			return;
		}
		System.arraycopy(this.partial, count, this.partial, 0, this.length - count);
		this.length -= count;
	}

	static byte[] copy(byte[] bytes, int from, int to) {
		return (from < to) ? Arrays.copyOfRange(bytes, from, to) : EMPTY;
	}

}
