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

package io.mooring.transport.unix.internal.jna;

/**
 * Poll set of a socket and its wake-up pipe (poll(2)). Used by one thread at a time.
 */
public final class PollSet {

	private static final int SIZE = Layouts.POLLFD.size();

	private static final int EVENTS = Layouts.POLLFD.offset("events");

	private final NativeBlock block = new NativeBlock(2L * SIZE);

	/**
	 * Wait.
	 * @param socket the socket
	 * @param events the events to wait for
	 * @param wake the pipe, readable when the wait is to end
	 * @param timeoutMillis the timeout, -1 for none
	 * @throws NativeException if the system call fails
	 */
	void await(int socket, short events, int wake, int timeoutMillis) throws NativeException {
		this.block.clear();
		this.block.buffer().putInt(0, socket).putShort(EVENTS, events);
		this.block.buffer().putInt(SIZE, wake).putShort(SIZE + EVENTS, Os.POLLIN);
		if (LibC.poll(this.block.address(), 2, timeoutMillis) < 0 && LibC.errno() != Os.EINTR) {
			throw new NativeException("cannot wait", LibC.errno());
		}
	}

}
