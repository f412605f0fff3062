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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class DelimiterTests {

	@Test
	void readsTextAndEscapes() {
		assertThat(Delimiter.parse(";").getBytes()).containsExactly(';');
		assertThat(Delimiter.parse("\\0").getBytes()).containsExactly(0);
		assertThat(Delimiter.parse("\\r\\n\\t\\\\").getBytes()).containsExactly('\r', '\n', '\t', '\\');
		assertThat(Delimiter.parse("a\\x1eb\\xFF").getBytes()).containsExactly('a', 0x1e, 'b', 0xff);
		assertThat(Delimiter.parse("\n ").getBytes()).containsExactly('\n', ' ');
		assertThat(Delimiter.parse("§").getBytes()).containsExactly(0xc2, 0xa7);
	}

	@ParameterizedTest
	@ValueSource(strings = { ";", "\\0", "\\r\\n", "\\\\", "\\x1e", "--\\xff--", "\\xc2\\xa7" })
	void isShownAsItIsRead(String text) {
		assertThat(Delimiter.parse(text)).hasToString(text)
			.isEqualTo(Delimiter.of(Delimiter.parse(text).getBytes()))
			.hasSameHashCodeAs(Delimiter.parse(text));
	}

	@ParameterizedTest
	@ValueSource(strings = { "\\e", "a\\", "\\x", "\\x1", "\\xg0", "\\u0000" })
	void refusesOtherEscapes(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> Delimiter.parse(text))
			.withMessageContaining("accepted are \\0, \\t, \\n, \\r, \\\\ and \\x with two hexadecimal digits");
	}

	@Test
	void refusesNothing() {
		assertThatIllegalArgumentException().isThrownBy(() -> Delimiter.parse(""))
			.withMessage("is empty; accepted are one or more bytes");
	}

}
