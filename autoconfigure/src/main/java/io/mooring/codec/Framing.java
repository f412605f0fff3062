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

import org.jspecify.annotations.Nullable;

/**
 * Defines how messages are delimited in a byte stream. A bean of this type is used by the
 * connections whose {@code framing.type} is its name. Implementations are safe for use by
 * several threads.
 */
public interface Framing {

	/**
	 * Encode a message into its frame.
	 * @param message the message, not to be kept or changed; not longer than
	 * {@code framing.max-size}, unless messages do not {@linkplain #keepsBoundaries()
	 * keep their boundaries}
	 * @return the frame, a new array
	 * @throws FrameException if no frame can carry the message
	 */
	byte[] encode(byte[] message);

	/**
	 * Return a decoder for one stream.
	 * @param maxSize the maximum size of a message in bytes, as {@code framing.max-size}
	 * has it; a longer one is refused with an {@link OversizeFrameException}
	 * @return a new decoder, see {@link FrameDecoder#of}
	 */
	FrameDecoder newDecoder(int maxSize);

	/**
	 * Return the bytes in front of a message that may be any bytes, such as those of a
	 * file which is sent without having been looked at. Nothing follows the message.
	 * @param length the length of the message in bytes
	 * @return the bytes, {@code null} if messages are looked at or followed by bytes, as
	 * is the case unless this method is overridden
	 * @throws OversizeFrameException if the message is longer than a frame can be
	 */
	default byte @Nullable [] fileHeader(long length) {
		return null;
	}

	/**
	 * Return whether the receiver gets each message as it was sent. Heartbeats take it;
	 * {@code framing.max-size} limits only such messages when they are sent.
	 * @return whether it does, {@code true} unless overridden
	 */
	default boolean keepsBoundaries() {
		return true;
	}

	/**
	 * Return the framing {@code raw}: no frames, bytes as the network delivers them.
	 * @return the framing
	 */
	static Framing raw() {
		return RawFraming.INSTANCE;
	}

	/**
	 * Return the framing {@code length}: messages with their length, unsigned and
	 * big-endian, in front.
	 * @param lengthBytes the size of the length: 1, 2 or 4 bytes
	 * @return the framing
	 */
	static Framing length(int lengthBytes) {
		return new LengthFraming(lengthBytes);
	}

	/**
	 * Return the framing {@code line}: messages with a line feed after them; a carriage
	 * return before that is dropped.
	 * @return the framing
	 */
	static Framing line() {
		return DelimitedFraming.LINE;
	}

	/**
	 * Return the framing {@code crlf}: messages with a carriage return and a line feed
	 * after them.
	 * @return the framing
	 */
	static Framing crlf() {
		return DelimitedFraming.CRLF;
	}

	/**
	 * Return the framing {@code delimiter}: messages with certain bytes after them.
	 * @param delimiter the bytes
	 * @return the framing
	 */
	static Framing delimiter(Delimiter delimiter) {
		return DelimitedFraming.of(delimiter);
	}

	/**
	 * Return the framing {@code fixed}: messages of one length.
	 * @param size the length in bytes
	 * @return the framing
	 */
	static Framing fixed(int size) {
		return new FixedFraming(size);
	}

	/**
	 * Return the framing {@code stx-etx}: messages between STX (0x02) and ETX (0x03).
	 * @return the framing
	 */
	static Framing stxEtx() {
		return DelimitedFraming.STX_ETX;
	}

}
