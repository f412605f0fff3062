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

import org.springframework.messaging.MessageHandler;

import io.mooring.benchmarks.workload.Workload;

/**
 * Implementation of the workloads by a contender. Unsupported workloads throw an
 * {@link UnsupportedOperationException}.
 */
public interface Engine extends AutoCloseable {

	/**
	 * Listen, and pass each message to a consumer through a {@code DirectChannel}.
	 * @param workload the workload
	 * @param consumer the consumer
	 * @return the listening endpoint
	 * @throws Exception if the endpoint cannot be opened
	 */
	default Endpoint receive(Workload workload, MessageHandler consumer) throws Exception {
		throw new UnsupportedOperationException();
	}

	/**
	 * Listen, and send each message back to its sender.
	 * @param workload the workload
	 * @return the listening endpoint
	 * @throws Exception if the endpoint cannot be opened
	 */
	default Endpoint answer(Workload workload) throws Exception {
		throw new UnsupportedOperationException();
	}

	/**
	 * Connect to a peer.
	 * @param workload the workload
	 * @param target port or path of the peer
	 * @return the connected endpoint
	 * @throws Exception if the endpoint cannot be opened
	 */
	default Endpoint connect(Workload workload, String target) throws Exception {
		throw new UnsupportedOperationException();
	}

	/**
	 * Start an application with listeners.
	 * @param connections the number of listeners
	 * @return the application
	 */
	default BootApplication start(int connections) {
		throw new UnsupportedOperationException();
	}

	@Override
	default void close() throws Exception {
	}

}
