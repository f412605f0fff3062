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

import java.util.List;

/**
 * Where the frames of a connection go. But for the pausing, called by one thread at a
 * time.
 */
interface InboundConsumer {

	/**
	 * Return whether nothing is to be read and handed on.
	 */
	boolean isPaused();

	/**
	 * Frames of a socket are about to come.
	 */
	void opened(StreamSocket socket);

	/**
	 * Frames are about to be handed on for the first time.
	 * @return the frames to hand on
	 */
	List<byte[]> begin(StreamSocket socket, List<byte[]> frames, long bytes);

	/**
	 * Hand on frames.
	 * @return the index of the first that was not taken
	 */
	int take(StreamSocket socket, List<byte[]> frames, int from);

	/**
	 * Return whether frames were not taken for the moment only, as another thread hands
	 * on earlier ones.
	 */
	boolean isHeldUp();

	/**
	 * Frames were dropped that are not counted as read.
	 */
	void discardedUnseen(int frames, long bytes);

	/**
	 * Frames were dropped.
	 */
	void discarded(int frames);

	/**
	 * All frames of a socket were handed on, and there are no more.
	 */
	void end(StreamSocket socket, Throwable cause);

}
