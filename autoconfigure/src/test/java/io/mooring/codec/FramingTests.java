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
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class FramingTests {

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * Decode in pieces of some size.
	 */
	private static List<String> decode(FrameDecoder decoder, byte[] bytes, int pieces) {
		List<String> frames = new ArrayList<>();
		for (int i = 0; i < bytes.length; i += pieces) {
			decoder.decode(bytes, i, Math.min(pieces, bytes.length - i),
					(frame) -> frames.add(new String(frame, StandardCharsets.UTF_8)));
		}
		return frames;
	}

	private static byte[] join(Framing framing, String... payloads) {
		List<Byte> bytes = new ArrayList<>();
		for (String payload : payloads) {
			for (byte next : framing.encode(utf8(payload))) {
				bytes.add(next);
			}
		}
		byte[] joined = new byte[bytes.size()];
		for (int i = 0; i < joined.length; i++) {
			joined[i] = bytes.get(i);
		}
		return joined;
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 7, 1000 })
	void framesSurviveAnyCut(int pieces) {
		for (Framing framing : List.of(Framing.length(1), Framing.length(2), Framing.length(4), Framing.line(),
				Framing.crlf(), Framing.stxEtx(), Framing.delimiter(Delimiter.parse(";")),
				Framing.delimiter(Delimiter.parse("\\r\\n\\x1e\\0")))) {
			FrameDecoder decoder = framing.newDecoder(100);
			assertThat(decode(decoder, join(framing, "one", "", "three", "four"), pieces)).as("%s", framing)
				.containsExactly("one", "", "three", "four");
			assertThat(decoder.isIncomplete()).isFalse();
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 1000 })
	void linesLoseTheirCarriageReturnAndStrictOnesNeedIt(int pieces) {
		byte[] bytes = utf8("a\r\nb\nc\r\nd");
		FrameDecoder line = Framing.line().newDecoder(100);
		assertThat(decode(line, bytes, pieces)).containsExactly("a", "b", "c");
		assertThat(line.isIncomplete()).isTrue();
		FrameDecoder crlf = Framing.crlf().newDecoder(100);
		assertThat(decode(crlf, bytes, pieces)).containsExactly("a", "b\nc");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 5, 1000 })
	void theLongestFrameIsAcceptedAndOneMoreByteIsNot(int pieces) {
		for (Framing framing : List.of(Framing.length(4), Framing.line(), Framing.crlf(), Framing.stxEtx(),
				Framing.delimiter(Delimiter.parse("-;-")))) {
			assertThat(decode(framing.newDecoder(10), framing.encode(new byte[10]), pieces)).hasSize(1);
			assertThatExceptionOfType(OversizeFrameException.class).as("%s", framing)
				.isThrownBy(() -> decode(framing.newDecoder(10), framing.encode(new byte[11]), pieces));
		}
	}

	@Test
	void aLineWithoutEndIsRefusedBeforeItGrows() {
		FrameDecoder decoder = Framing.line().newDecoder(10);
		decode(decoder, new byte[11], 1);
		assertThatExceptionOfType(FrameException.class).isThrownBy(() -> decode(decoder, new byte[1], 1));
	}

	@Test
	void aShortLengthLimitsTheFrame() {
		Framing framing = Framing.length(1);
		assertThat(framing.encode(new byte[255])).hasSize(256).startsWith(0xff);
		assertThatExceptionOfType(FrameException.class).isThrownBy(() -> framing.encode(new byte[256]));
		assertThat(Framing.length(4).encode(new byte[66_051])).startsWith(0, 1, 2, 3);
	}

	@Test
	void rawBytesComeAsTheyAreInPiecesOfTheMaximum() {
		Framing framing = Framing.raw();
		assertThat(decode(framing.newDecoder(4), utf8("abcdefghi"), 1000)).containsExactly("abcd", "efgh", "i");
		assertThat(framing.encode(new byte[100])).hasSize(100);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 1000 })
	void aDelimiterEndsAFrameWhereItIsFirstComplete(int pieces) {
		FrameDecoder decoder = Framing.delimiter(Delimiter.parse("aab")).newDecoder(100);
		assertThat(decode(decoder, utf8("aaabxaab-aab"), pieces)).containsExactly("a", "x", "-");
		assertThat(decode(Framing.delimiter(Delimiter.parse("aa")).newDecoder(100), utf8("aaaxaa"), pieces))
			.containsExactly("", "ax");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 1000 })
	void fixedFramesAreCutByTheirLengthAlone(int pieces) {
		Framing framing = Framing.fixed(3);
		FrameDecoder decoder = framing.newDecoder(100);
		assertThat(decode(decoder, utf8("abc\ndef"), pieces)).containsExactly("abc", "\nde");
		assertThat(decoder.isIncomplete()).isTrue();
		assertThat(framing.encode(utf8("abc"))).isEqualTo(utf8("abc"));
	}

	@Test
	void aMessageOfAnotherLengthThanFixedIsRefused() {
		for (int size : new int[] { 0, 2, 4 }) {
			assertThatExceptionOfType(FrameException.class).isThrownBy(() -> Framing.fixed(3).encode(new byte[size]))
				.withMessage("A message of " + size + " bytes is not of the 3 that framing.size says");
		}
	}

	@Test
	void betweenStxAndEtxIsWhatItMustBe() {
		Framing framing = Framing.stxEtx();
		assertThat(framing.encode(utf8("ab"))).containsExactly(2, 'a', 'b', 3);
		assertThat(decode(framing.newDecoder(100), new byte[] { 2, 2, 'a', 3, 2, 3 }, 1)).containsExactly("\2a", "");
		assertThatExceptionOfType(FrameException.class)
			.isThrownBy(() -> decode(framing.newDecoder(100), new byte[] { 2, 'a', 3, 'b' }, 1000))
			.withMessage("a frame begins with the byte 0x62, not with STX, 0x02");
	}

	@Test
	void aMessageThatContainsItsEndIsRefused() {
		assertRefused(Framing.line(), "one\ntwo", "\"\\n\", which stands at 3 of its 7 bytes");
		assertRefused(Framing.line(), "one\n", "which stands at 3 of its 4 bytes");
		assertRefused(Framing.crlf(), "one\r\ntwo", "\"\\r\\n\", which stands at 3");
		assertRefused(Framing.stxEtx(), "one\3two", "\"\\x03\", which stands at 3");
		assertRefused(Framing.delimiter(Delimiter.parse("--")), "one--two", "\"--\", which stands at 3");
		// Together with what is put behind it
		assertRefused(Framing.delimiter(Delimiter.parse("--")), "one-", "\"--\", which stands at 3");
	}

	private static void assertRefused(Framing framing, String payload, String reason) {
		assertThatExceptionOfType(FrameException.class).isThrownBy(() -> framing.encode(utf8(payload)))
			.isNotInstanceOf(OversizeFrameException.class)
			.withMessageContaining(reason)
			.withMessageEndingWith("it would arrive as two");
	}

	@Test
	void whatLooksLikePartOfTheEndIsNotRefused() {
		Framing crlf = Framing.crlf();
		assertThat(decode(crlf.newDecoder(100), join(crlf, "a\nb", "a\rb", "a\r"), 1)).containsExactly("a\nb", "a\rb",
				"a\r");
	}

	@Test
	void sizesThatNoFramingHasAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> Framing.length(5));
		assertThatIllegalArgumentException().isThrownBy(() -> Framing.fixed(0));
	}

	@Test
	void aDecoderOfABufferIsBoundedAndMovesOn() {
		FrameDecoder endless = FrameDecoder.of(10, (bytes) -> null);
		assertThatExceptionOfType(OversizeFrameException.class).isThrownBy(() -> decode(endless, new byte[3000], 1))
			.withMessageContaining("longer than framing.max-size, 10");
		assertThat(endless.kept()).isLessThan(1100);
		FrameDecoder stuck = FrameDecoder.of(10, (bytes) -> new byte[0]);
		assertThatIllegalStateException().isThrownBy(() -> decode(stuck, new byte[1], 1));
	}

}
