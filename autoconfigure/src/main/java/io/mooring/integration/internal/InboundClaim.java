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
 * Decides which of two consumers gets the messages of a connection: the listener of its
 * connection factory takes precedence over {@code <name>.in}.
 */
public final class InboundClaim {

	private volatile boolean held;

	private volatile Runnable listener = () -> {
	};

	/**
	 * Return whether the listener of the connection factory has it.
	 * @return whether {@code <name>.in} has to do without
	 */
	public boolean isHeld() {
		return this.held;
	}

	/**
	 * Set what to run when {@link #isHeld()} has changed.
	 * @param listener returns when the change is made
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
