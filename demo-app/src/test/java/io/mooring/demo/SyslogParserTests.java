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

package io.mooring.demo;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SyslogParser} and {@link SyslogMessage}.
 */
class SyslogParserTests {

	@Test
	void parsesWhatLoggerSendsByDefault() {
		SyslogMessage message = parse("<13>1 2026-11-21T04:11:44.289469+00:00 vm root - - "
				+ "[timeQuality tzKnown=\"1\" isSynced=\"0\"] hello");
		assertThat(message).isEqualTo(new SyslogMessage(1, 5, "2026-11-21T04:11:44.289469+00:00", "vm", "root", null,
				null, "[timeQuality tzKnown=\"1\" isSynced=\"0\"]", "hello"));
		assertThat(message).hasToString("user.notice vm root: hello");
	}

	@Test
	void parsesWhatLoggerSendsWithRfc3164() {
		SyslogMessage message = parse("<13>Nov 21 04:11:44 vm root: hello");
		assertThat(message)
			.isEqualTo(new SyslogMessage(1, 5, "Nov 21 04:11:44", "vm", "root", null, null, null, "hello"));
		assertThat(message).hasToString("user.notice vm root: hello");
	}

	@Test
	void parsesEveryFieldOfRfc5424() {
		SyslogMessage message = parse("<165>1 2003-10-11T22:14:15.003Z mymachine.example.com evntslog 7 ID47 "
				+ "[exampleSDID@32473 iut=\"3\" say=\"a \\\" and a \\]\"][other@1] \uFEFFgrüße");
		assertThat(message).isEqualTo(new SyslogMessage(20, 5, "2003-10-11T22:14:15.003Z", "mymachine.example.com",
				"evntslog", "7", "ID47", "[exampleSDID@32473 iut=\"3\" say=\"a \\\" and a \\]\"][other@1]", "grüße"));
		assertThat(message).hasToString("local4.notice mymachine.example.com evntslog[7]: grüße");
	}

	@Test
	void takesDashesOfRfc5424ForNothing() {
		SyslogMessage message = parse("<0>1 - - - - - - hi");
		assertThat(message).isEqualTo(new SyslogMessage(0, 0, null, null, null, null, null, null, "hi"));
		assertThat(message).hasToString("kern.emerg: hi");
	}

	@Test
	void needsNoTextInRfc5424() {
		assertThat(parse("<191>1 - host app - - -").text()).isEmpty();
		assertThat(parse("<191>1 - host app - - - ")).hasToString("local7.debug host app: ");
	}

	@Test
	void parsesProcessAndSingleDigitDayOfRfc3164() {
		SyslogMessage message = parse("<34>Oct  1 22:14:15 mymachine su[230]: 'su root' failed: denied");
		assertThat(message).isEqualTo(new SyslogMessage(4, 2, "Oct  1 22:14:15", "mymachine", "su", "230", null, null,
				"'su root' failed: denied"));
	}

	@Test
	void takesAllForTextWhereRfc3164HasNoTag() {
		assertThat(parse("<13>Nov 21 04:11:44 vm no tag here"))
			.isEqualTo(new SyslogMessage(1, 5, "Nov 21 04:11:44", "vm", null, null, null, null, "no tag here"));
	}

	@Test
	void keepsThePriorityOfAMessageThatIsNothingElse() {
		assertThat(parse("<34>Use the BFG!"))
			.isEqualTo(new SyslogMessage(4, 2, null, null, null, null, null, null, "Use the BFG!"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "hello there", "", "<", "<13", "<>x", "<192>x", "<999>1 - - - - - - x", "<013>x", "<-1>x",
			"<1a>x" })
	void takesWhatHasNoPriorityAsItIs(String line) {
		assertThat(parse(line)).isEqualTo(new SyslogMessage(1, 5, null, null, null, null, null, null, line));
	}

	@ParameterizedTest
	@ValueSource(strings = { "1 garbage", "1 - - - - - [unclosed x", "1 - - - - - [a \"]", "2 - - - - - - x",
			"1  - - - - - - x" })
	void takesWhatIsNeitherFormatForText(String rest) {
		assertThat(parse("<13>" + rest).text()).isEqualTo(rest);
	}

	@Test
	void dropsLineEndsAndShowsOtherControlCharacters() {
		SyslogMessage message = parse("<13>Nov 21 04:11:44 vm app: a\u001b[31mred\nb\u009bc\r\n\u0000");
		assertThat(message.text()).isEqualTo("a\u001b[31mred\nb\u009bc");
		assertThat(message).hasToString("user.notice vm app: a#033[31mred#012b#233c");
	}

	@Test
	void replacesBytesThatAreNotUtf8() {
		assertThat(SyslogParser.parse(new byte[] { '<', '1', '3', '>', (byte) 0xFF }).text()).isEqualTo("\uFFFD");
	}

	@ParameterizedTest
	@ValueSource(strings = { "[", "[]", "\"", "[a x=\"\\\\", "\\\"", "a", " ", "\n", "[a \"\"" })
	void survivesLongHostileInput(String part) {
		String data = part.repeat(65_000 / part.length());
		assertThat(parse("<13>1 - - - - - " + data)).isNotNull();
		assertThat(parse("<13>1 - - - - - [a x=\"" + data)).isNotNull();
		assertThat(parse("<13>Nov 21 04:11:44 vm " + data)).isNotNull();
	}

	private SyslogMessage parse(String line) {
		return SyslogParser.parse(line.getBytes(StandardCharsets.UTF_8));
	}

}
