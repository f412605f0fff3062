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

package io.mooring.integration.internal;

/**
 * Claim of the connection factory to the received messages of a connection. It is held
 * while the factory has a listener; otherwise messages go to {@code <name>.in}.
 */
public final class InboundClaim {

	private volatile boolean held;

	private volatile Runnable listener = () -> {
	};

	/**
	 * Return whether the connection factory holds the claim.
	 * @return whether messages go to the connection factory instead of {@code <name>.in}
	 */
	public boolean isHeld() {
		return this.held;
	}

	/**
	 * Set the callback for changes of {@link #isHeld()}.
	 * @param listener the callback, which returns after the change has taken effect
	 */
	public void setListener(Runnable listener) {
		this.listener = listener;
	}

	/**
	 * Take the messages from {@code <name>.in}.
	 */
	public void take() {
		this.held = true;
		this.listener.run();
	}

	/**
	 * Return the messages to {@code <name>.in}.
	 */
	public void release() {
		this.held = false;
		this.listener.run();
	}

}
