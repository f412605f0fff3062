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

import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A syslog message. Missing fields are {@code null}.
 *
 * @param facility the facility, 0 to 23
 * @param severity the severity, from 0 (emergency) to 7 (debug)
 * @param timestamp the timestamp, as received
 * @param host the host name of the sender
 * @param app the name of the sending program
 * @param procId the process ID
 * @param msgId the message ID
 * @param structuredData the structured data in square brackets, as received
 * @param text the message text, possibly empty
 */
record SyslogMessage(int facility, int severity, @Nullable String timestamp, @Nullable String host,
		@Nullable String app, @Nullable String procId, @Nullable String msgId, @Nullable String structuredData,
		String text) {

	private static final List<String> FACILITIES = List.of("kern", "user", "mail", "daemon", "auth", "syslog", "lpr",
			"news", "uucp", "cron", "authpriv", "ftp", "ntp", "audit", "alert", "clock", "local0", "local1", "local2",
			"local3", "local4", "local5", "local6", "local7");

	private static final List<String> SEVERITIES = List.of("emerg", "alert", "crit", "err", "warning", "notice", "info",
			"debug");

	private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");

	/**
	 * Return the message as one line: facility, severity, host, program and text. Control
	 * characters, which could manipulate a terminal, are written as {@code #} and their
	 * octal code.
	 */
	@Override
	public String toString() {
		StringBuilder line = new StringBuilder();
		line.append(FACILITIES.get(this.facility)).append('.').append(SEVERITIES.get(this.severity));
		if (this.host != null) {
			line.append(' ').append(this.host);
		}
		if (this.app != null) {
			line.append(' ').append(this.app);
			if (this.procId != null) {
				line.append('[').append(this.procId).append(']');
			}
		}
		line.append(": ").append(this.text);
		return CONTROL.matcher(line).replaceAll((match) -> "#%03o".formatted((int) match.group().charAt(0)));
	}

}
