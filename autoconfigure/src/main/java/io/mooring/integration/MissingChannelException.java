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

package io.mooring.integration;

/**
 * Exception thrown when a property names a channel that does not exist.
 */
public class MissingChannelException extends RuntimeException {

	/**
	 * Create an exception.
	 * @param property the full name of the property
	 * @param channel the name of the channel
	 * @param cause the exception of the bean factory
	 */
	public MissingChannelException(String property, String channel, Throwable cause) {
		super(property + ": \"" + channel + "\" is not a MessageChannel bean; "
				+ "accepted is the name of a bean that is one, and without the property "
				+ "the connection has a channel of its own or uses errorChannel", cause);
	}

}
