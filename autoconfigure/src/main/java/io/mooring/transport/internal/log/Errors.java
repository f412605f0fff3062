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

package io.mooring.transport.internal.log;

import java.net.UnknownHostException;

import org.springframework.util.StringUtils;

/**
 * Descriptions of exceptions for operators.
 */
public final class Errors {

	private Errors() {
	}

	/**
	 * Describe an exception in one line.
	 * @param cause the exception
	 * @return the message, with the name of the class if the message alone is not
	 * meaningful
	 */
	public static String describe(Throwable cause) {
		if (cause instanceof UnknownHostException) {
			return "unknown host " + cause.getMessage();
		}
		String message = cause.getMessage();
		return StringUtils.hasText(message) ? message : cause.getClass().getSimpleName();
	}

}
