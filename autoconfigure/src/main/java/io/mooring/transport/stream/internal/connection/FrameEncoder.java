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

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.mooring.DropReason;
import io.mooring.codec.FrameException;
import io.mooring.codec.Framing;
import io.mooring.codec.OversizeFrameException;
import io.mooring.transport.Counters;
import io.mooring.transport.NamedBeans;
import io.mooring.transport.stream.FramingSettings;

/**
 * Encoder of the frames that a connection sends. Counts the messages for which there is
 * no frame.
 */
public final class FrameEncoder {

	private final Framing framing;

	private final FramingSettings settings;

	private final Counters counters;

	/**
	 * Create an encoder.
	 * @param settings the settings of the framing
	 * @param beans the beans to which the settings may refer
	 * @param counters counts the messages without a frame
	 */
	public FrameEncoder(FramingSettings settings, NamedBeans beans, Counters counters) {
		this.settings = settings;
		this.framing = settings.framing(beans);
		this.counters = counters;
	}

	/**
	 * Encode a message.
	 * @param message the message
	 * @return the frame
	 * @throws FrameException if the framing has none for it
	 */
	public Frame encode(byte[] message) {
		try {
			return new Frame(encodeChecked(message), message.length);
		}
		catch (FrameException ex) {
			count(ex);
			throw ex;
		}
	}

	private byte[] encodeChecked(byte[] message) {
		this.settings.checkSize(this.framing, message.length);
		return this.framing.encode(message);
	}

	/**
	 * Return whether a file can be sent without looking at its bytes.
	 */
	boolean takesFiles() {
		return this.framing.fileHeader(0) != null;
	}

	/**
	 * Encode the bytes in front of a file.
	 * @param content the file
	 * @return the frame with the file
	 * @throws FrameException if the framing has no frame for it
	 */
	Frame encode(FileContent content) {
		try {
			this.settings.checkSize(this.framing, content.size());
			byte[] header = Objects.requireNonNull(this.framing.fileHeader(content.size()));
			return new Frame(header, 0, content, null);
		}
		catch (FrameException ex) {
			count(ex);
			throw ex;
		}
	}

	/**
	 * Decode a frame that was lost before it was sent.
	 * @param frame the frame
	 * @return its message, or all bytes of the frame if the framing does not give it back
	 */
	byte[] decode(Frame frame) {
		List<byte[]> messages = new ArrayList<>();
		if (this.framing.keepsBoundaries()) {
			try {
				this.framing.newDecoder(this.settings.maxBytes())
					.decode(frame.bytes(), 0, frame.bytes().length, messages::add);
			}
			catch (RuntimeException ex) {
				return frame.bytes();
			}
		}
		return (messages.size() == 1) ? messages.get(0) : frame.bytes();
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
