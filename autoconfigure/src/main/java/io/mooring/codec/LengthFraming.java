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

/**
 * Messages with their length in front.
 *
 * @param lengthBytes the size of the length in bytes
 */
record LengthFraming(int lengthBytes) implements Framing {

	LengthFraming {
		if (lengthBytes != 1 && lengthBytes != 2 && lengthBytes != 4) {
			throw new IllegalArgumentException("A length of " + lengthBytes + " bytes is not one of 1, 2 and 4");
		}
	}

	@Override
	public byte[] encode(byte[] message) {
		byte[] header = fileHeader(message.length);
		byte[] frame = new byte[header.length + message.length];
		System.arraycopy(header, 0, frame, 0, header.length);
		System.arraycopy(message, 0, frame, header.length, message.length);
		return frame;
	}

	@Override
	public FrameDecoder newDecoder(int maxSize) {
		return new LengthFrameDecoder(this.lengthBytes, maxSize);
	}

	@Override
	public byte[] fileHeader(long length) {
		long limit = (1L << (8 * this.lengthBytes)) - 1;
		if (length > limit) {
			throw new OversizeFrameException("A frame of " + length + " bytes is longer than " + limit
					+ ", the most that a length of " + this.lengthBytes + " bytes can say");
		}
		byte[] header = new byte[this.lengthBytes];
		for (int i = 0; i < header.length; i++) {
			header[i] = (byte) (length >>> (8 * (header.length - 1 - i)));
		}
		return header;
	}

}
