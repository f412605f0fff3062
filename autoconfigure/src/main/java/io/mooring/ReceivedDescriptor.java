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

package io.mooring;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;

/**
 * File descriptor received with a datagram. It is close-on-exec.
 * <p>
 * Ownership can be taken once: as a stream, a channel or a number, which the caller then
 * closes. A descriptor that is not taken is closed with its datagram.
 */
public interface ReceivedDescriptor extends AutoCloseable {

	/**
	 * Return the number of the descriptor, to inspect or forward it, without taking
	 * ownership.
	 * @return the number
	 * @throws IllegalStateException if the descriptor was taken or closed
	 */
	int number();

	/**
	 * Return whether the descriptor was neither taken nor closed.
	 * @return whether the descriptor is open
	 */
	boolean isOpen();

	/**
	 * Take the descriptor as a stream: a file, a pipe or a socket.
	 * @return a stream that reads from the current file position; the caller closes it
	 * @throws IllegalStateException if the descriptor was taken or closed
	 * @throws IOException if the operating system reports an error; the descriptor is not
	 * taken
	 */
	InputStream asInputStream() throws IOException;

	/**
	 * Take the descriptor as a file channel. The channel shares the file position with
	 * the sender and has the access mode in which the sender opened the file.
	 * @return a channel; the caller closes it
	 * @throws IllegalStateException if the descriptor was taken or closed
	 * @throws IOException if the descriptor is not a seekable file, such as a pipe or a
	 * socket, or if the operating system reports an error; the descriptor is not taken
	 */
	FileChannel asFileChannel() throws IOException;

	/**
	 * Take the descriptor as a number, for native code.
	 * @return the number; the caller closes the descriptor
	 * @throws IllegalStateException if the descriptor was taken or closed
	 */
	int detach();

	/**
	 * Close the descriptor. Does nothing if it was taken or is closed.
	 */
	@Override
	void close();

}
