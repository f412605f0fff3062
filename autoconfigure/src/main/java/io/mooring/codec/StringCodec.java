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
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;

/**
 * Text in some charset. What is not of the charset is refused rather than replaced.
 */
final class StringCodec implements Codec<String> {

	private static final char REPLACEMENT = '\uFFFD';

	private final Charset charset;

	StringCodec(Charset charset) {
		this.charset = charset;
	}

	@Override
	public byte[] encode(String value) {
		try {
			ByteBuffer buffer = this.charset.newEncoder().encode(CharBuffer.wrap(value));
			byte[] bytes = new byte[buffer.remaining()];
			buffer.get(bytes);
			return bytes;
		}
		catch (CharacterCodingException ex) {
			throw new CodecException("the text has characters that " + this.charset + " has not", ex);
		}
	}

	@Override
	public String decode(byte[] frame) {
		String text = new String(frame, this.charset);
		if (text.indexOf(REPLACEMENT) < 0) {
			return text;
		}
		try {
			// Replaced, or sent as it is
			return this.charset.newDecoder().decode(ByteBuffer.wrap(frame)).toString();
		}
		catch (CharacterCodingException ex) {
			throw new CodecException("the bytes are not " + this.charset + ": " + ex.getMessage(), ex);
		}
	}

}
