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

import org.jspecify.annotations.Nullable;

/**
 * How messages stand in a stream of bytes.
 *
 * @param type what tells one frame from the next
 * @param lengthBytes how long the length in front of a frame is: 1, 2 or 4 bytes,
 * unsigned and big-endian; read by {@link Type#LENGTH} only
 * @param delimiter what stands behind a frame; of {@link Type#DELIMITER} only,
 * {@code null} for all others
 * @param size how many bytes each frame has; of {@link Type#FIXED} only, 0 for all others
 * @param maxSize the longest frame in bytes, both ways, without what surrounds it
 */
public record Framing(Type type, int lengthBytes, @Nullable Delimiter delimiter, int size, int maxSize) {

	/**
	 * No frames: bytes as the network happens to deliver them.
	 */
	public static final Framing RAW = new Framing(Type.RAW, 4, 64 * 1024);

	private static final byte[] STX = { StxEtxFrameDecoder.STX };

	/**
	 * Check the numbers.
	 * @param type what tells one frame from the next
	 * @param lengthBytes the bytes of the length in front of a frame
	 * @param delimiter what stands behind a frame
	 * @param size the bytes of each frame
	 * @param maxSize the most bytes of a frame
	 */
	public Framing {
		if (lengthBytes != 1 && lengthBytes != 2 && lengthBytes != 4) {
			throw new IllegalArgumentException("A length of " + lengthBytes + " bytes is not one of 1, 2 and 4");
		}
		if (maxSize < 1) {
			throw new IllegalArgumentException("The maximum size " + maxSize + " is not positive");
		}
		if ((delimiter != null) != (type == Type.DELIMITER)) {
			throw new IllegalArgumentException("The framing " + type + " does not go with the delimiter " + delimiter);
		}
		if ((size != 0) != (type == Type.FIXED) || size < 0 || size > maxSize) {
			throw new IllegalArgumentException(
					"The framing " + type + " does not go with the size " + size + " and the maximum " + maxSize);
		}
	}

	/**
	 * Make a framing of a type without delimiter and size.
	 * @param type what tells one frame from the next
	 * @param lengthBytes the bytes of the length in front of a frame
	 * @param maxSize the most bytes of a frame
	 */
	public Framing(Type type, int lengthBytes, int maxSize) {
		this(type, lengthBytes, null, 0, maxSize);
	}

	/**
	 * Make a framing of frames with certain bytes behind them.
	 * @param delimiter the bytes
	 * @param maxSize the most bytes of a frame, without the delimiter
	 * @return the framing
	 */
	public static Framing delimiter(Delimiter delimiter, int maxSize) {
		return new Framing(Type.DELIMITER, 4, delimiter, 0, maxSize);
	}

	/**
	 * Make a framing of frames of one length.
	 * @param size the bytes of each frame
	 * @return the framing
	 */
	public static Framing fixed(int size) {
		return new Framing(Type.FIXED, 4, null, size, Math.max(size, 1));
	}

	/**
	 * Put a message into a frame.
	 * @param payload the message, copied
	 * @return the frame with all that surrounds it
	 * @throws OversizeFrameException if it is longer than the maximum; raw bytes never
	 * are
	 * @throws FrameException if it has another length than frames have, or contains what
	 * its frame ends with, so that it would arrive as two
	 */
	public byte[] encode(byte[] payload) {
		check(payload.length);
		byte[] header = header(payload.length);
		byte[] trailer = trailer();
		byte[] frame = new byte[header.length + payload.length + trailer.length];
		System.arraycopy(header, 0, frame, 0, header.length);
		System.arraycopy(payload, 0, frame, header.length, payload.length);
		System.arraycopy(trailer, 0, frame, header.length + payload.length, trailer.length);
		if (trailer.length > 0) {
			checkEnd(frame, header.length, trailer);
		}
		return frame;
	}

	private void check(long length) {
		int limit = limit();
		if (this.type == Type.FIXED && length != this.size) {
			throw new FrameException(
					"A message of " + length + " bytes is not of the " + this.size + " that framing.size says");
		}
		if (this.type != Type.RAW && length > limit) {
			throw new OversizeFrameException("A frame of " + length + " bytes is longer than " + limit
					+ ", the most that framing.max-size and the length allow");
		}
	}

	/**
	 * Refuse a message that seems to end before its end.
	 */
	private void checkEnd(byte[] frame, int begin, byte[] trailer) {
		int end = frame.length - trailer.length;
		for (int i = begin; i < end; i++) {
			if (frame[i] == trailer[0] && Arrays.equals(frame, i, i + trailer.length, trailer, 0, trailer.length)) {
				throw new FrameException("A message cannot contain what its frame ends with, \"" + Delimiter.of(trailer)
						+ "\", which stands at " + (i - begin) + " of its " + (end - begin)
						+ " bytes: it would arrive as two");
			}
		}
	}

	/**
	 * Return whether a frame can be any bytes, known by their number alone, so that a
	 * message can be sent without having been looked at.
	 * @return whether it can
	 */
	public boolean carriesAnyBytes() {
		return this.type == Type.RAW || this.type == Type.LENGTH;
	}

	/**
	 * Return what stands before a message that {@linkplain #carriesAnyBytes() can be any
	 * bytes} and is not at hand, such as a file.
	 * @param length the length of the message in bytes
	 * @return the bytes before it; there are none behind it
	 * @throws OversizeFrameException if it is longer than the maximum; raw bytes never
	 * are
	 */
	public byte[] fileHeader(long length) {
		check(length);
		return header((int) length);
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
		return frame.length - headerSize() - trailer().length;
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
			case DELIMITER -> new DelimiterFrameDecoder(trailer(), this.maxSize);
			case FIXED -> new FixedFrameDecoder(this.size);
			case STX_ETX -> new StxEtxFrameDecoder(this.maxSize);
		};
	}

	private int headerSize() {
		return switch (this.type) {
			case LENGTH -> this.lengthBytes;
			case STX_ETX -> STX.length;
			default -> 0;
		};
	}

	private byte[] header(int length) {
		if (this.type != Type.LENGTH) {
			return (this.type == Type.STX_ETX) ? STX : FrameDecoder.EMPTY;
		}
		byte[] header = new byte[this.lengthBytes];
		for (int i = 0; i < header.length; i++) {
			header[i] = (byte) (length >>> (8 * (header.length - 1 - i)));
		}
		return header;
	}

	private byte[] trailer() {
		return (this.delimiter != null) ? this.delimiter.bytes() : this.type.trailer;
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
		LINE('\n'),

		/**
		 * A carriage return and a line feed behind it.
		 */
		CRLF('\r', '\n'),

		/**
		 * Certain bytes behind it.
		 */
		DELIMITER,

		/**
		 * Its length, which is always the same.
		 */
		FIXED,

		/**
		 * STX (0x02) in front of it and ETX (0x03) behind it, with nothing between two
		 * frames.
		 */
		STX_ETX(StxEtxFrameDecoder.ETX);

		private final byte[] trailer;

		Type(int... trailer) {
			this.trailer = new byte[trailer.length];
			for (int i = 0; i < trailer.length; i++) {
				this.trailer[i] = (byte) trailer[i];
			}
		}

	}

}
