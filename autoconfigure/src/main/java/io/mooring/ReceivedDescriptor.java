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
 * A file descriptor that came with a datagram. It is close-on-exec.
 * <p>
 * It can be taken once: as a stream, as a channel, or as a number. One that is not taken
 * is closed with its datagram; what is taken is its taker's to close.
 */
public interface ReceivedDescriptor extends AutoCloseable {

	/**
	 * Return the number of the descriptor, for looking at it or for sending it on. It
	 * remains Mooring's to close.
	 * @return the number
	 * @throws IllegalStateException if it was taken or closed
	 */
	int number();

	/**
	 * Return whether the descriptor was neither taken nor closed.
	 * @return whether it is still here
	 */
	boolean isOpen();

	/**
	 * Take the descriptor as a stream: a file, a pipe or a socket.
	 * @return a stream that reads from where the sender left off, to be closed
	 * @throws IllegalStateException if it was taken or closed
	 * @throws IOException if the system refuses; the descriptor is still here then
	 */
	InputStream asInputStream() throws IOException;

	/**
	 * Take the descriptor as a channel, where it is a file. The channel shares the
	 * position with the sender, and reads and writes as the sender opened the file.
	 * @return a channel, to be closed
	 * @throws IllegalStateException if it was taken or closed
	 * @throws IOException if it is no file that has a position, such as a pipe or a
	 * socket, or if the system refuses; the descriptor is still here then
	 */
	FileChannel asFileChannel() throws IOException;

	/**
	 * Take the descriptor as a number, for other native code.
	 * @return the number, which nobody else closes from now on
	 * @throws IllegalStateException if it was taken or closed
	 */
	int detach();

	/**
	 * Close the descriptor. Does nothing if it was taken or closed.
	 */
	@Override
	void close();

}
