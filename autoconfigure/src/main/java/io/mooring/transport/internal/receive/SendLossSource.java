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

package io.mooring.transport.internal.receive;

import org.jspecify.annotations.Nullable;

/**
 * Connection that queues accepted messages, and so can lose them before the kernel
 * accepts them.
 */
public interface SendLossSource {

	/**
	 * Set the listener for lost messages. They are always counted.
	 * @param listener the listener, {@code null} for none
	 */
	void setSendLossListener(@Nullable SendLossListener listener);

	/**
	 * Listener for accepted messages that were lost.
	 */
	@FunctionalInterface
	interface SendLossListener {

		/**
		 * A message was lost before the kernel took it. Called on a worker thread.
		 * @param payload the message
		 * @param peer who should have got it
		 * @param cause why it was lost
		 */
		void lost(byte[] payload, StreamPeer peer, Throwable cause);

	}

}
