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
 * Connection that reports failures of interceptors for received messages.
 */
public interface InterceptionFailureSource {

	/**
	 * Set the listener for failures. Messages are always counted, and logged if there is
	 * no listener.
	 * @param listener the listener, {@code null} for none
	 */
	void setInterceptionFailureListener(@Nullable InterceptionFailureListener listener);

	/**
	 * Listener for received messages that were dropped because an interceptor failed.
	 */
	@FunctionalInterface
	interface InterceptionFailureListener {

		/**
		 * A message was lost. Called on the thread that read it; its resources are
		 * released afterwards.
		 * @param message the message, as a consumer that is attached would have got it
		 * @param cause why it was lost
		 */
		void failed(Object message, Throwable cause);

	}

}
