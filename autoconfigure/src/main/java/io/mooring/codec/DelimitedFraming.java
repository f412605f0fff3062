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
import java.util.function.IntFunction;

/**
 * Messages with certain bytes around them.
 */
final class DelimitedFraming implements Framing {

	static final Framing LINE = new DelimitedFraming(FrameDecoder.EMPTY, new byte[] { '\n' },
			(maxSize) -> new LineFrameDecoder(maxSize, false));

	static final Framing CRLF = new DelimitedFraming(FrameDecoder.EMPTY, new byte[] { '\r', '\n' },
			(maxSize) -> new LineFrameDecoder(maxSize, true));

	static final Framing STX_ETX = new DelimitedFraming(new byte[] { StxEtxFrameDecoder.STX },
			new byte[] { StxEtxFrameDecoder.ETX }, StxEtxFrameDecoder::new);

	private final byte[] begin;

	private final byte[] end;

	private final IntFunction<FrameDecoder> decoders;

	private DelimitedFraming(byte[] begin, byte[] end, IntFunction<FrameDecoder> decoders) {
		this.begin = begin;
		this.end = end;
		this.decoders = decoders;
	}

	static Framing of(Delimiter delimiter) {
		return new DelimitedFraming(FrameDecoder.EMPTY, delimiter.bytes(),
				(maxSize) -> new DelimiterFrameDecoder(delimiter.bytes(), maxSize));
	}

	@Override
	public byte[] encode(byte[] message) {
		byte[] frame = new byte[this.begin.length + message.length + this.end.length];
		System.arraycopy(this.begin, 0, frame, 0, this.begin.length);
		System.arraycopy(message, 0, frame, this.begin.length, message.length);
		System.arraycopy(this.end, 0, frame, this.begin.length + message.length, this.end.length);
		checkEnd(frame);
		return frame;
	}

	/**
	 * Refuse a message that seems to end before its end.
	 */
	private void checkEnd(byte[] frame) {
		int from = this.begin.length;
		int to = frame.length - this.end.length;
		for (int i = from; i < to; i++) {
			if (frame[i] == this.end[0] && Arrays.equals(frame, i, i + this.end.length, this.end, 0, this.end.length)) {
				throw new FrameException("A message cannot contain what its frame ends with, \""
						+ EscapedBytes.of(this.end) + "\", which stands at " + (i - from) + " of its " + (to - from)
						+ " bytes: it would arrive as two");
			}
		}
	}

	@Override
	public FrameDecoder newDecoder(int maxSize) {
		return this.decoders.apply(maxSize);
	}

}
