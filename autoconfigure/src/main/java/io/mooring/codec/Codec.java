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

import java.nio.charset.Charset;

/**
 * Turns objects into the bytes of one frame or datagram and back. Implementations are
 * safe for use by several threads.
 *
 * @param <T> the type of the object
 */
public interface Codec<T> {

	/**
	 * Encode an object.
	 * @param value the object
	 * @return its bytes
	 * @throws CodecException if it cannot be encoded
	 */
	byte[] encode(T value);

	/**
	 * Decode a frame.
	 * @param frame all of its bytes, not to be kept or changed
	 * @return the object
	 * @throws CodecException if the bytes are not those of such an object
	 */
	T decode(byte[] frame);

	/**
	 * Return a codec of text.
	 * @param charset the charset, one that can encode
	 * @return a codec to which malformed bytes and characters that the charset does not
	 * have are errors
	 */
	static Codec<String> string(Charset charset) {
		return new StringCodec(charset);
	}

}
