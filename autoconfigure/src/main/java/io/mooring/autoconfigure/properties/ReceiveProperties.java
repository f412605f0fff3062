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

package io.mooring.autoconfigure.properties;

import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

import io.mooring.OverflowPolicy;

/**
 * How messages are received.
 */
class ReceiveProperties {

	/**
	 * Number of messages that the queue holds while nobody takes them.
	 */
	private @Nullable Integer capacity;

	/**
	 * What happens to a message that arrives while the queue is full.
	 */
	private @Nullable OverflowPolicy overflow;

	/**
	 * Longest message. If a size suffix is not specified, bytes are used.
	 */
	private @Nullable DataSize maxSize;

	/**
	 * Whether to raise the kernel's receive buffer as far as the system allows.
	 */
	private @Nullable Boolean maximizeBuffer;

	/**
	 * Whether to receive the credentials of the senders of Unix datagrams.
	 */
	private @Nullable Boolean credentials;

	/**
	 * Whether to receive file descriptors with Unix datagrams.
	 */
	private @Nullable Boolean descriptors;

	/**
	 * Room for the file descriptors and credentials of a Unix datagram. If a size suffix
	 * is not specified, bytes are used.
	 */
	private @Nullable DataSize ancillarySize;

	public @Nullable Integer getCapacity() {
		return this.capacity;
	}

	public void setCapacity(@Nullable Integer capacity) {
		this.capacity = capacity;
	}

	public @Nullable OverflowPolicy getOverflow() {
		return this.overflow;
	}

	public void setOverflow(@Nullable OverflowPolicy overflow) {
		this.overflow = overflow;
	}

	public @Nullable DataSize getMaxSize() {
		return this.maxSize;
	}

	public void setMaxSize(@Nullable DataSize maxSize) {
		this.maxSize = maxSize;
	}

	public @Nullable Boolean getMaximizeBuffer() {
		return this.maximizeBuffer;
	}

	public void setMaximizeBuffer(@Nullable Boolean maximizeBuffer) {
		this.maximizeBuffer = maximizeBuffer;
	}

	public @Nullable Boolean getCredentials() {
		return this.credentials;
	}

	public void setCredentials(@Nullable Boolean credentials) {
		this.credentials = credentials;
	}

	public @Nullable Boolean getDescriptors() {
		return this.descriptors;
	}

	public void setDescriptors(@Nullable Boolean descriptors) {
		this.descriptors = descriptors;
	}

	public @Nullable DataSize getAncillarySize() {
		return this.ancillarySize;
	}

	public void setAncillarySize(@Nullable DataSize ancillarySize) {
		this.ancillarySize = ancillarySize;
	}

}
