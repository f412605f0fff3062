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

import java.nio.charset.StandardCharsets;

/**
 * How messages stand in a stream of bytes.
 *
 * @param type what tells one frame from the next
 * @param lengthBytes how long the length in front of a frame is: 1, 2 or 4 bytes,
 * unsigned and big-endian; read by {@link Type#LENGTH} only
 * @param maxSize the longest frame in bytes, both ways, without what surrounds it
 */
public record Framing(Type type, int lengthBytes, int maxSize) {

	/**
	 * No frames: bytes as the network happens to deliver them.
	 */
	public static final Framing RAW = new Framing(Type.RAW, 4, 64 * 1024);

	/**
	 * Check the numbers.
	 * @param type what tells one frame from the next
	 * @param lengthBytes the bytes of the length in front of a frame
	 * @param maxSize the most bytes of a frame
	 */
	public Framing {
		if (lengthBytes != 1 && lengthBytes != 2 && lengthBytes != 4) {
			throw new IllegalArgumentException("A length of " + lengthBytes + " bytes is not one of 1, 2 and 4");
		}
		if (maxSize < 1) {
			throw new IllegalArgumentException("The maximum size " + maxSize + " is not positive");
		}
	}

	/**
	 * Put a message into a frame.
	 * @param payload the message, copied
	 * @return the frame with all that surrounds it
	 * @throws FrameException if it is longer than the maximum; raw bytes never are
	 */
	public byte[] encode(byte[] payload) {
		int limit = limit();
		if (this.type != Type.RAW && payload.length > limit) {
			throw new FrameException("A frame of " + payload.length + " bytes is longer than " + limit
					+ ", the most that framing.max-size and the length allow");
		}
		int header = headerSize();
		byte[] trailer = this.type.trailer;
		byte[] frame = new byte[header + payload.length + trailer.length];
		for (int i = 0; i < header; i++) {
			frame[i] = (byte) (payload.length >>> (8 * (header - 1 - i)));
		}
		System.arraycopy(payload, 0, frame, header, payload.length);
		System.arraycopy(trailer, 0, frame, header + payload.length, trailer.length);
		return frame;
	}

	/**
	 * Take a message out of the frame that {@link #encode} made of it.
	 * @param frame the frame
	 * @return the message
	 */
	public byte[] payload(byte[] frame) {
		byte[] payload = new byte[payloadSize(frame)];
		System.arraycopy(frame, headerSize(), payload, 0, payload.length);
		return payload;
	}

	/**
	 * Return the length of the message in a frame that {@link #encode} made.
	 * @param frame the frame
	 * @return its length in bytes
	 */
	public int payloadSize(byte[] frame) {
		return frame.length - headerSize() - this.type.trailer.length;
	}

	/**
	 * Make what takes a stream apart.
	 * @return a new decoder for one stream
	 */
	public FrameDecoder newDecoder() {
		return switch (this.type) {
			case RAW -> new RawFrameDecoder(this.maxSize);
			case LENGTH -> new LengthFrameDecoder(this.lengthBytes, limit());
			case LINE -> new LineFrameDecoder(this.maxSize, false);
			case CRLF -> new LineFrameDecoder(this.maxSize, true);
		};
	}

	private int headerSize() {
		return (this.type == Type.LENGTH) ? this.lengthBytes : 0;
	}

	private int limit() {
		return (this.type == Type.LENGTH && this.lengthBytes < 4)
				? Math.min(this.maxSize, (1 << (8 * this.lengthBytes)) - 1) : this.maxSize;
	}

	/**
	 * What tells one frame from the next.
	 */
	public enum Type {

		/**
		 * Nothing: a message is what one read gave.
		 */
		RAW,

		/**
		 * The length in front of it.
		 */
		LENGTH,

		/**
		 * A line feed behind it; a carriage return before that is dropped.
		 */
		LINE("\n"),

		/**
		 * A carriage return and a line feed behind it.
		 */
		CRLF("\r\n");

		private final byte[] trailer;

		Type() {
			this("");
		}

		Type(String trailer) {
			this.trailer = trailer.getBytes(StandardCharsets.US_ASCII);
		}

	}

}
