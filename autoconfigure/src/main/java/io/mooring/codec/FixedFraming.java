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
 * Messages of one length.
 *
 * @param size the length in bytes
 */
record FixedFraming(int size) implements Framing {

	FixedFraming {
		if (size < 1) {
			throw new IllegalArgumentException("The size " + size + " is not positive");
		}
	}

	@Override
	public byte[] encode(byte[] message) {
		if (message.length != this.size) {
			throw new FrameException(
					"A message of " + message.length + " bytes is not of the " + this.size + " that framing.size says");
		}
		return message.clone();
	}

	@Override
	public FrameDecoder newDecoder(int maxSize) {
		return new FixedFrameDecoder(this.size);
	}

}
