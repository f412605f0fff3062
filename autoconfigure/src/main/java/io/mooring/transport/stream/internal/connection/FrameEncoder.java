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

package io.mooring.transport.stream.internal.connection;

import io.mooring.DropReason;
import io.mooring.codec.FrameException;
import io.mooring.codec.Framing;
import io.mooring.codec.OversizeFrameException;
import io.mooring.transport.Counters;

/**
 * Makes frames, and counts what is none.
 */
public final class FrameEncoder {

	private final Framing framing;

	private final Counters counters;

	public FrameEncoder(Framing framing, Counters counters) {
		this.framing = framing;
		this.counters = counters;
	}

	/**
	 * Make the frame of a message.
	 * @param payload the message
	 * @return the frame
	 * @throws FrameException if the framing has none for it
	 */
	public byte[] encode(byte[] payload) {
		try {
			return this.framing.encode(payload);
		}
		catch (FrameException ex) {
			count(ex);
			throw ex;
		}
	}

	/**
	 * Make what goes ahead of a file.
	 * @param size the bytes of the file
	 * @return the bytes
	 * @throws FrameException if the framing has no frame for it
	 */
	byte[] fileHeader(long size) {
		try {
			return this.framing.fileHeader(size);
		}
		catch (FrameException ex) {
			count(ex);
			throw ex;
		}
	}

	/**
	 * Count a message that is too long or not one, in either direction.
	 * @param cause why
	 */
	void count(FrameException cause) {
		this.counters.dropped((cause instanceof OversizeFrameException) ? DropReason.OVERSIZE : DropReason.MALFORMED,
				1);
	}

}
