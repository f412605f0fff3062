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

/**
 * Whether the current thread is within a consumer of received messages. Such a thread
 * waits for no other one: that may be within a consumer as well, and wait for it.
 */
public final class ConsumerThread {

	private static final ThreadLocal<Boolean> CURRENT = ThreadLocal.withInitial(() -> false);

	private ConsumerThread() {
	}

	/**
	 * Return whether the current thread is within a consumer.
	 * @return whether it is
	 */
	public static boolean isCurrent() {
		return CURRENT.get();
	}

	/**
	 * Set whether the current thread is within a consumer.
	 * @param current whether it is
	 */
	static void setCurrent(boolean current) {
		CURRENT.set(current);
	}

}
