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

package io.mooring.transport.stream.internal.connection;

import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Whether the socket of a connection is read: not while too much waits that was read, and
 * not while somebody does not want it. Has no lock of its own: {@link Inbound} calls it
 * with its lock held.
 */
final class ReadSwitch {

	private static final int HIGH_WATER_BYTES = 128 * 1024;

	private static final int LOW_WATER_BYTES = 64 * 1024;

	private final BooleanSupplier paused;

	private @Nullable StreamSocket socket;

	private long bytes;

	private boolean full;

	private boolean suspended;

	private boolean stopped;

	private boolean reading;

	/**
	 * Create a switch that is off, as there is no socket.
	 * @param paused whether nothing is to be read
	 */
	ReadSwitch(BooleanSupplier paused) {
		this.paused = paused;
	}

	/**
	 * Go on with a socket that is not read yet.
	 */
	void begin(StreamSocket socket) {
		this.socket = socket;
		this.reading = false;
	}

	/**
	 * Return the socket that is read.
	 * @return the socket, {@code null} if there was none yet
	 */
	@Nullable StreamSocket socket() {
		return this.socket;
	}

	/**
	 * More waits, or less. Counts from the next {@link #update()} on, as all the rest.
	 * @param bytes how much more, negative for less
	 */
	void waiting(long bytes) {
		this.bytes += bytes;
	}

	/**
	 * Nothing waits any more.
	 */
	void nothingWaiting() {
		this.bytes = 0;
	}

	/**
	 * Read no more for the moment, or go on.
	 */
	void suspend(boolean suspended) {
		this.suspended = suspended;
	}

	/**
	 * Read no more as the application ends, or go on.
	 */
	void stop(boolean stopped) {
		this.stopped = stopped;
	}

	/**
	 * Turn the reading of the socket on or off, as it is to be now.
	 */
	void update() {
		this.full = this.bytes > (this.full ? LOW_WATER_BYTES : HIGH_WATER_BYTES);
		boolean reading = !this.full && !this.suspended && !this.stopped && !this.paused.getAsBoolean();
		if (this.socket != null && reading != this.reading) {
			this.reading = reading;
			this.socket.setReading(reading);
		}
	}

	/**
	 * Return whether the socket is read.
	 */
	boolean isReading() {
		return this.reading;
	}

}
