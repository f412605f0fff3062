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
		for (Framing framing : List.of(new Framing(Framing.Type.LENGTH, 1, 100),
				new Framing(Framing.Type.LENGTH, 2, 100), new Framing(Framing.Type.LENGTH, 4, 100),
				new Framing(Framing.Type.LINE, 4, 100), new Framing(Framing.Type.CRLF, 4, 100),
				new Framing(Framing.Type.STX_ETX, 4, 100), Framing.delimiter(Delimiter.parse(";"), 100),
				Framing.delimiter(Delimiter.parse("\\r\\n\\x1e\\0"), 100))) {
			FrameDecoder decoder = framing.newDecoder();
			assertThat(decode(decoder, join(framing, "one", "", "three", "four"), pieces)).as("%s", framing)
				.containsExactly("one", "", "three", "four");
			assertThat(decoder.isIncomplete()).isFalse();
			assertThat(framing.payload(framing.encode(utf8("one")))).isEqualTo(utf8("one"));
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 1000 })
	void linesLoseTheirCarriageReturnAndStrictOnesNeedIt(int pieces) {
		byte[] bytes = utf8("a\r\nb\nc\r\nd");
		FrameDecoder line = new Framing(Framing.Type.LINE, 4, 100).newDecoder();
		assertThat(decode(line, bytes, pieces)).containsExactly("a", "b", "c");
		assertThat(line.isIncomplete()).isTrue();
		FrameDecoder crlf = new Framing(Framing.Type.CRLF, 4, 100).newDecoder();
		assertThat(decode(crlf, bytes, pieces)).containsExactly("a", "b\nc");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 5, 1000 })
	void theLongestFrameIsAcceptedAndOneMoreByteIsNot(int pieces) {
		for (Framing framing : List.of(new Framing(Framing.Type.LENGTH, 4, 10), new Framing(Framing.Type.LINE, 4, 10),
				new Framing(Framing.Type.CRLF, 4, 10), new Framing(Framing.Type.STX_ETX, 4, 10),
				Framing.delimiter(Delimiter.parse("-;-"), 10))) {
			Framing wider = new Framing(framing.type(), 4, framing.delimiter(), 0, 11);
			assertThat(decode(framing.newDecoder(), framing.encode(new byte[10]), pieces)).hasSize(1);
			assertThatExceptionOfType(OversizeFrameException.class).as("%s", framing)
				.isThrownBy(() -> decode(framing.newDecoder(), wider.encode(new byte[11]), pieces));
			assertThatExceptionOfType(OversizeFrameException.class).isThrownBy(() -> framing.encode(new byte[11]));
		}
	}

	@Test
	void aLineWithoutEndIsRefusedBeforeItGrows() {
		FrameDecoder decoder = new Framing(Framing.Type.LINE, 4, 10).newDecoder();
		decode(decoder, new byte[11], 1);
		assertThatExceptionOfType(FrameException.class).isThrownBy(() -> decode(decoder, new byte[1], 1));
	}

	@Test
	void aShortLengthLimitsTheFrame() {
		Framing framing = new Framing(Framing.Type.LENGTH, 1, 65536);
		assertThat(framing.encode(new byte[255])).hasSize(256).startsWith(0xff);
		assertThatExceptionOfType(FrameException.class).isThrownBy(() -> framing.encode(new byte[256]));
		assertThat(new Framing(Framing.Type.LENGTH, 4, 100_000).encode(new byte[66_051])).startsWith(0, 1, 2, 3);
	}

	@Test
	void rawBytesComeAsTheyAreInPiecesOfTheMaximum() {
		Framing framing = new Framing(Framing.Type.RAW, 4, 4);
		assertThat(decode(framing.newDecoder(), utf8("abcdefghi"), 1000)).containsExactly("abcd", "efgh", "i");
		assertThat(framing.encode(new byte[100])).hasSize(100);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 1000 })
	void aDelimiterEndsAFrameWhereItIsFirstComplete(int pieces) {
		FrameDecoder decoder = Framing.delimiter(Delimiter.parse("aab"), 100).newDecoder();
		assertThat(decode(decoder, utf8("aaabxaab-aab"), pieces)).containsExactly("a", "x", "-");
		assertThat(decode(Framing.delimiter(Delimiter.parse("aa"), 100).newDecoder(), utf8("aaaxaa"), pieces))
			.containsExactly("", "ax");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 1000 })
	void fixedFramesAreCutByTheirLengthAlone(int pieces) {
		Framing framing = Framing.fixed(3);
		FrameDecoder decoder = framing.newDecoder();
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
		Framing framing = new Framing(Framing.Type.STX_ETX, 4, 10);
		assertThat(framing.encode(utf8("ab"))).containsExactly(2, 'a', 'b', 3);
		assertThat(decode(framing.newDecoder(), new byte[] { 2, 2, 'a', 3, 2, 3 }, 1)).containsExactly("\2a", "");
		assertThatExceptionOfType(FrameException.class)
			.isThrownBy(() -> decode(framing.newDecoder(), new byte[] { 2, 'a', 3, 'b' }, 1000))
			.withMessage("a frame begins with the byte 0x62, not with STX, 0x02");
	}

	@Test
	void aMessageThatContainsItsEndIsRefused() {
		assertRefused(new Framing(Framing.Type.LINE, 4, 100), "one\ntwo", "\"\\n\", which stands at 3 of its 7 bytes");
		assertRefused(new Framing(Framing.Type.LINE, 4, 100), "one\n", "which stands at 3 of its 4 bytes");
		assertRefused(new Framing(Framing.Type.CRLF, 4, 100), "one\r\ntwo", "\"\\r\\n\", which stands at 3");
		assertRefused(new Framing(Framing.Type.STX_ETX, 4, 100), "one\3two", "\"\\x03\", which stands at 3");
		assertRefused(Framing.delimiter(Delimiter.parse("--"), 100), "one--two", "\"--\", which stands at 3");
		// Together with what is put behind it
		assertRefused(Framing.delimiter(Delimiter.parse("--"), 100), "one-", "\"--\", which stands at 3");
	}

	private static void assertRefused(Framing framing, String payload, String reason) {
		assertThatExceptionOfType(FrameException.class).isThrownBy(() -> framing.encode(utf8(payload)))
			.isNotInstanceOf(OversizeFrameException.class)
			.withMessageContaining(reason)
			.withMessageEndingWith("it would arrive as two");
	}

	@Test
	void whatLooksLikePartOfTheEndIsNotRefused() {
		Framing crlf = new Framing(Framing.Type.CRLF, 4, 100);
		assertThat(decode(crlf.newDecoder(), join(crlf, "a\nb", "a\rb", "a\r"), 1)).containsExactly("a\nb", "a\rb",
				"a\r");
	}

	@Test
	void partsThatDoNotGoTogetherAreRefused() {
		Delimiter delimiter = Delimiter.parse(";");
		assertThatIllegalArgumentException().isThrownBy(() -> new Framing(Framing.Type.LINE, 4, delimiter, 0, 10));
		assertThatIllegalArgumentException().isThrownBy(() -> new Framing(Framing.Type.DELIMITER, 4, 10));
		assertThatIllegalArgumentException().isThrownBy(() -> new Framing(Framing.Type.FIXED, 4, null, 0, 10));
		assertThatIllegalArgumentException().isThrownBy(() -> new Framing(Framing.Type.FIXED, 4, null, 11, 10));
		assertThatIllegalArgumentException().isThrownBy(() -> new Framing(Framing.Type.RAW, 4, null, 1, 10));
		assertThatIllegalArgumentException().isThrownBy(() -> Framing.fixed(0));
	}

}
