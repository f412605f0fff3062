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
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CodecTests {

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	@Test
	void textIsThatOfItsCharset() {
		for (var charset : List.of(StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1, StandardCharsets.UTF_16LE)) {
			Codec<String> codec = Codec.string(charset);
			assertThat(codec.encode("grün")).isEqualTo("grün".getBytes(charset));
			assertThat(codec.decode("grün".getBytes(charset))).isEqualTo("grün");
			assertThat(codec.decode(new byte[0])).isEmpty();
		}
	}

	@Test
	void whatIsNotOfTheCharsetIsRefusedAndNotReplaced() {
		Codec<String> utf8 = Codec.string(StandardCharsets.UTF_8);
		assertThatExceptionOfType(CodecException.class)
			.isThrownBy(() -> utf8.decode(new byte[] { 'a', (byte) 0xff, 'b' }))
			.withMessage("the bytes are not UTF-8: Input length = 1");
		assertThat(utf8.decode(utf8("sent as \uFFFD it is"))).isEqualTo("sent as \uFFFD it is");
		assertThatExceptionOfType(CodecException.class).isThrownBy(() -> utf8.encode("half \ud800"))
			.withMessage("the text has characters that UTF-8 has not");
		assertThatExceptionOfType(CodecException.class)
			.isThrownBy(() -> Codec.string(StandardCharsets.US_ASCII).encode("grün"))
			.withMessage("the text has characters that US-ASCII has not");
		assertThatExceptionOfType(CodecException.class)
			.isThrownBy(() -> Codec.string(StandardCharsets.US_ASCII).decode(utf8("grün")));
	}

	@Test
	void objectsAreJson() {
		Codec<Position> positions = new JsonCodec<>(JsonMapper.shared(), Position.class);
		assertThat(positions.decode(utf8("{\"lat\": 1.5, \"lon\": -2}"))).isEqualTo(new Position(1.5, -2));
		assertThat(positions.encode(new Position(1.5, -2))).asString().isEqualTo("{\"lat\":1.5,\"lon\":-2.0}");
		Codec<Object> any = new JsonCodec<>(JsonMapper.shared(), Object.class);
		assertThat(any.decode(utf8("{\"a\": [1, true, \"b\"]}"))).isEqualTo(Map.of("a", List.of(1, true, "b")));
	}

	@Test
	void whatIsNotJsonIsRefused() {
		Codec<Position> codec = new JsonCodec<>(JsonMapper.shared(), Position.class);
		for (String text : List.of("", "{", "{} {}", "[]", "{\"lat\": \"north\"}", "\u0000", "null")) {
			assertThatExceptionOfType(CodecException.class).as(text).isThrownBy(() -> codec.decode(utf8(text)));
		}
		assertThatExceptionOfType(CodecException.class).isThrownBy(() -> codec.decode(utf8("[")))
			.withMessageStartingWith("the bytes are not JSON of the type " + Position.class.getName());
		Map<String, Object> endless = new HashMap<>();
		endless.put("itself", endless);
		assertThatExceptionOfType(CodecException.class)
			.isThrownBy(() -> new JsonCodec<>(JsonMapper.shared(), Object.class).encode(endless))
			.withMessageStartingWith("it cannot be written as JSON");
	}

	record Position(double lat, double lon) {

	}

}
