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

package io.mooring.transport;

import java.util.Map;

/**
 * Mapping between the messages of a connection and Spring messages. Implemented by
 * connections whose bean interface is not one of the package {@code io.mooring}.
 *
 * @param <M> the type of a received message
 */
public interface MappedMessages<M> {

	/**
	 * Return the payload of a message.
	 * @param message the message
	 * @return the bytes
	 */
	byte[] payload(M message);

	/**
	 * Return the headers of a message, in addition to the name of the connection.
	 * @param message the message
	 * @return the headers by name
	 */
	Map<String, Object> headers(M message);

	/**
	 * Send a payload.
	 * @param payload the bytes
	 * @param headers the headers of the message
	 */
	void send(byte[] payload, Map<String, Object> headers);

}
