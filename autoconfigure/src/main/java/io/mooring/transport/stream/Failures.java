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

package io.mooring.transport.stream;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.mooring.transport.Errors;

/**
 * Netty's exceptions in the words of the system: without the function and the number that
 * its native transport, and without the address that all of it, adds.
 */
final class Failures {

	private static final Pattern NATIVE = Pattern.compile("\\w+\\(\\.\\.\\) failed with error\\(-?\\d+\\): (.*)");

	private Failures() {
	}

	static String describe(Throwable failure) {
		// The cause of one that names the address does not
		Throwable plain = (failure.getCause() != null) ? failure.getCause() : failure;
		if (plain instanceof FileNotFoundException) {
			return "No such file or directory";
		}
		String text = Errors.describe(plain);
		Matcher matcher = NATIVE.matcher(text);
		return matcher.matches() ? matcher.group(1) : text;
	}

	static Throwable plain(Throwable failure) {
		return (failure instanceof IOException && NATIVE.matcher(Errors.describe(failure)).matches())
				? new IOException(describe(failure), failure) : failure;
	}

}
