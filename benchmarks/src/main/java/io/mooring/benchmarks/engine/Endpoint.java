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

package io.mooring.benchmarks.engine;

/**
 * Open socket of a contender that sends and receives messages.
 */
public interface Endpoint extends AutoCloseable {

	/**
	 * Return the endpoint for the peer.
	 * @return a port or a path, or {@code -} for a client
	 */
	default String address() {
		return "-";
	}

	/**
	 * Send one message.
	 * @param payload its payload
	 * @throws Exception if the message cannot be sent
	 */
	default void send(byte[] payload) throws Exception {
		throw new UnsupportedOperationException();
	}

	/**
	 * Send one request and wait for its reply.
	 * @param payload payload of the request
	 * @return payload of the reply
	 * @throws Exception if there is no reply
	 */
	default byte[] request(byte[] payload) throws Exception {
		throw new UnsupportedOperationException();
	}

	@Override
	void close() throws Exception;

}
