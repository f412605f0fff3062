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

/**
 * Thrown when bytes do not stand in a stream as the framing has it: received ones, behind
 * which nothing can be told apart any more, or a message to be sent that its frame cannot
 * carry.
 */
public class FrameException extends CodecException {

	/**
	 * Create an exception.
	 * @param message what is wrong
	 * @param cause why
	 */
	public FrameException(String message, Throwable cause) {
		super(message, cause);
	}

	/**
	 * Create an exception.
	 * @param message what is wrong
	 */
	public FrameException(String message) {
		super(message);
	}

}
