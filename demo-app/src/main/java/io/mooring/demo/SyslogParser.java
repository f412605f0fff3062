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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Parser for syslog messages in the formats of RFC 5424 and RFC 3164. Any other input is
 * the text of a message with facility user and severity notice (RFC 3164, section 4.3.3).
 */
final class SyslogParser {

	private static final int DEFAULT_PRIORITY = 13;

	private static final int MAX_PRIORITY = 191;

	private static final Pattern PRIORITY = Pattern.compile("<(0|[1-9]\\d{0,2})>(.*)", Pattern.DOTALL);

	// Possessive, so that long hostile input costs neither time nor stack
	private static final Pattern RFC_5424 = Pattern.compile("""
			1 (?<timestamp>\\S++) (?<host>\\S++) (?<app>\\S++) (?<proc>\\S++) (?<msg>\\S++) \
			(?<data>-|(?:\\[(?:[^]"]++|"(?:[^"\\\\]++|\\\\.)*+")*+])++)(?: (?<text>.*+))?""", Pattern.DOTALL);

	private static final Pattern RFC_3164 = Pattern.compile("""
			(?<timestamp>[A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d) (?<host>\\S++) \
			(?:(?<app>[\\w./-]{1,48}+)(?:\\[(?<proc>[^]\\s]*+)])?: ?)?(?<text>.*+)""", Pattern.DOTALL);

	private static final Pattern LINE_END = Pattern.compile("[\\r\\n\\x00]++$");

	private SyslogParser() {
	}

	/**
	 * Parse a datagram.
	 * @param datagram the bytes, text in UTF-8
	 * @return the message
	 */
	static SyslogMessage parse(byte[] datagram) {
		String line = LINE_END.matcher(new String(datagram, StandardCharsets.UTF_8)).replaceFirst("");
		Matcher start = PRIORITY.matcher(line);
		if (!start.matches() || Integer.parseInt(start.group(1)) > MAX_PRIORITY) {
			return text(DEFAULT_PRIORITY, line);
		}
		int priority = Integer.parseInt(start.group(1));
		Matcher rest = RFC_5424.matcher(start.group(2));
		if (rest.matches()) {
			return message(priority, rest, given(rest.group("msg")), given(rest.group("data")));
		}
		rest = RFC_3164.matcher(start.group(2));
		return (rest.matches()) ? message(priority, rest, null, null) : text(priority, start.group(2));
	}

	private static SyslogMessage message(int priority, Matcher parts, @Nullable String msgId, @Nullable String data) {
		String text = (parts.group("text") != null) ? parts.group("text") : "";
		return new SyslogMessage(priority / 8, priority % 8, given(parts.group("timestamp")),
				given(parts.group("host")), given(parts.group("app")), given(parts.group("proc")), msgId, data,
				(text.startsWith("\uFEFF")) ? text.substring(1) : text);
	}

	private static SyslogMessage text(int priority, String text) {
		return new SyslogMessage(priority / 8, priority % 8, null, null, null, null, null, null, text);
	}

	private static @Nullable String given(@Nullable String field) {
		return ("-".equals(field)) ? null : field;
	}

}
