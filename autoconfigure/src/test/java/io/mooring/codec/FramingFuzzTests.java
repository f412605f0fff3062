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

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random frames in random chunks through every framing, 1,000,000 in all, and bytes that
 * are no frames. Another seed than that of the day's run, which a failure shows, is set
 * by the system property {@code mooring.fuzz.seed}.
 */
@Timeout(120)
class FramingFuzzTests {

	private static final int FRAMES = 1_000_000;

	private static final long SEED = Long.getLong("mooring.fuzz.seed", System.nanoTime());

	private static final int MAX = 300;

	/**
	 * Bytes that mean something to one of the framings, and some that do not.
	 */
	private static final byte[] ALPHABET = { 0, 1, 2, 3, '\r', '\n', 'a', 'b', ';', (byte) 0xff };

	static List<Framing> framings() {
		return List.of(Framing.raw(), Framing.length(1), Framing.length(2), Framing.length(4), Framing.line(),
				Framing.crlf(), Framing.stxEtx(), Framing.fixed(1), Framing.fixed(7), Framing.fixed(MAX),
				delimiter(";"), delimiter("\\0"), delimiter("aa"), delimiter("aba"), delimiter("\\n\\x02ab\\xff"),
				new ByteCounted());
	}

	private static Framing delimiter(String text) {
		return Framing.delimiter(Delimiter.parse(text));
	}

	@ParameterizedTest
	@MethodSource("framings")
	void whatWasEncodedIsDecoded(Framing framing) {
		Random random = new Random(SEED);
		int count = FRAMES / framings().size() + 1;
		FrameDecoder decoder = framing.newDecoder(MAX);
		for (int done = 0; done < count;) {
			List<byte[]> sent = new ArrayList<>();
			byte[] stream = stream(framing, random, Math.min(1 + random.nextInt(40), count - done), sent);
			List<byte[]> received = decode(decoder, stream, random);
			if (!framing.keepsBoundaries()) {
				received = List.of(join(received));
				done += sent.size();
				sent = List.of(join(sent));
			}
			else {
				done += sent.size();
			}
			if (!Arrays.deepEquals(received.toArray(), sent.toArray())) {
				assertThat(received).as("seed %d, %s", SEED, framing).containsExactlyElementsOf(sent);
			}
			assertThat(decoder.isIncomplete()).as("seed %d, %s", SEED, framing).isFalse();
		}
	}

	private static byte[] stream(Framing framing, Random random, int count, List<byte[]> sent) {
		ByteArrayOutputStream stream = new ByteArrayOutputStream();
		while (sent.size() < count) {
			byte[] payload = payload(framing, random);
			try {
				byte[] frame = framing.encode(payload);
				stream.writeBytes(frame);
				sent.add(payload);
			}
			catch (FrameException ex) {
				// It contains its own end, or is longer than one byte of length can say
				continue;
			}
		}
		return stream.toByteArray();
	}

	/**
	 * Make a message that its framing gives back as it is: not with a carriage return
	 * before its line feed.
	 */
	private static byte[] payload(Framing framing, Random random) {
		int size = (random.nextInt(50) > 0) ? random.nextInt(20) : random.nextInt(MAX + 1);
		byte[] payload = bytes(random, (framing instanceof FixedFraming fixed) ? fixed.size() : size);
		if (framing == Framing.line() && payload.length > 0 && payload[payload.length - 1] == '\r') {
			payload[payload.length - 1] = 'r';
		}
		return payload;
	}

	private static byte[] bytes(Random random, int size) {
		byte[] bytes = new byte[size];
		random.nextBytes(bytes);
		if (random.nextInt(4) == 0) {
			for (int i = 0; i < size; i++) {
				bytes[i] = ALPHABET[(bytes[i] & 0xff) % ALPHABET.length];
			}
		}
		return bytes;
	}

	private static List<byte[]> decode(FrameDecoder decoder, byte[] stream, Random random) {
		List<byte[]> frames = new ArrayList<>();
		int most = 1 + random.nextInt(random.nextBoolean() ? 5 : 1000);
		for (int i = 0; i < stream.length;) {
			int length = Math.min(1 + random.nextInt(most), stream.length - i);
			decoder.decode(stream, i, length, frames::add);
			i += length;
		}
		return frames;
	}

	private static byte[] join(List<byte[]> parts) {
		ByteArrayOutputStream joined = new ByteArrayOutputStream();
		parts.forEach(joined::writeBytes);
		return joined.toByteArray();
	}

	@ParameterizedTest
	@MethodSource("framings")
	void garbageIsRefusedOrTakenAndNeverKept(Framing framing) {
		Random random = new Random(SEED);
		for (int round = 0; round < 2_000; round++) {
			FrameDecoder decoder = framing.newDecoder(MAX);
			byte[] garbage = Stream.generate(() -> bytes(random, random.nextInt(200)))
				.limit(1 + random.nextInt(20))
				.reduce(new byte[0], (one, other) -> join(List.of(one, other)));
			try {
				List<byte[]> frames = decode(decoder, garbage, random);
				assertThat(frames).as("seed %d, %s", SEED, framing)
					.allSatisfy((frame) -> assertThat(frame.length).isLessThanOrEqualTo(MAX));
			}
			catch (FrameException ex) {
				assertThat(ex).as("seed %d, %s", SEED, framing).hasMessageContaining("frame");
			}
			catch (RuntimeException ex) {
				throw new AssertionError("seed " + SEED + ", " + framing, ex);
			}
			assertThat(decoder.kept()).as("seed %d, %s", SEED, framing).isLessThanOrEqualTo(MAX + 1024);
		}
	}

	/**
	 * A framing as an application writes it: the size in two bytes, and their complement.
	 */
	private static final class ByteCounted implements Framing {

		@Override
		public byte[] encode(byte[] message) {
			return ByteBuffer.allocate(4 + message.length)
				.putShort((short) message.length)
				.putShort((short) ~message.length)
				.put(message)
				.array();
		}

		@Override
		public FrameDecoder newDecoder(int maxSize) {
			return FrameDecoder.of(maxSize, (bytes) -> {
				if (bytes.remaining() < 4) {
					return null;
				}
				int size = bytes.getShort() & 0xffff;
				if (size != (~bytes.getShort() & 0xffff)) {
					throw new FrameException("the frame has a damaged size");
				}
				if (bytes.remaining() < size) {
					return null;
				}
				byte[] message = new byte[size];
				bytes.get(message);
				return message;
			});
		}

	}

}
