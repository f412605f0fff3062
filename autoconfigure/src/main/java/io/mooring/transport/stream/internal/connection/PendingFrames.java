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

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The frames of one stream that the kernel has not taken, bounded by number and bytes:
 * those that wait, those that are being written, and those whose writing failed while
 * nobody knew why. Has no lock of its own: {@link WriteQueue} calls it with its lock
 * held.
 */
final class PendingFrames {

	/**
	 * The most bytes; a single frame may be longer.
	 */
	static final int MAX_BYTES = 4 * 1024 * 1024;

	private final int capacity;

	private final Deque<Frame> waiting = new ArrayDeque<>(0);

	private final List<Frame> failed = new ArrayList<>(0);

	private int count;

	private long bytes;

	/**
	 * Create an empty collection.
	 * @param capacity the most frames
	 */
	PendingFrames(int capacity) {
		this.capacity = capacity;
	}

	boolean isEmpty() {
		return this.count == 0;
	}

	/**
	 * Return whether a frame is within the bounds.
	 */
	boolean hasRoom(Frame frame) {
		return this.count == 0 || (this.count < this.capacity && this.bytes + frame.bytes().length <= MAX_BYTES);
	}

	/**
	 * Add a frame that waits, behind the others.
	 */
	void add(Frame frame) {
		this.waiting.add(frame);
		this.count++;
		this.bytes += frame.bytes().length;
	}

	/**
	 * Return whether there is a next frame.
	 */
	boolean isWaiting() {
		return !this.waiting.isEmpty();
	}

	/**
	 * Take the frames that the next write is made of. A file comes alone.
	 * @param size the most bytes, unless the first frame is longer
	 * @return the frames, which are being written from now on; none if none wait
	 */
	List<Frame> next(int size) {
		List<Frame> joined = new ArrayList<>();
		int left = size;
		while (!this.waiting.isEmpty()
				&& (joined.isEmpty() || (this.waiting.element().bytes().length <= left && !isFile(joined)))) {
			Frame frame = this.waiting.remove();
			left -= frame.bytes().length;
			joined.add(frame);
		}
		return joined;
	}

	private boolean isFile(List<Frame> joined) {
		return joined.get(0).file() != null || this.waiting.element().file() != null;
	}

	/**
	 * Put a frame that is being written before those that wait.
	 */
	void putBack(Frame frame) {
		this.waiting.addFirst(frame);
	}

	/**
	 * Return whether frames are being written.
	 */
	boolean isWriting() {
		return this.count > this.waiting.size() + this.failed.size();
	}

	/**
	 * Keep frames that are written no more, until it is known why.
	 */
	void fail(List<Frame> frames) {
		this.failed.addAll(frames);
	}

	/**
	 * Let go of frames that were being written.
	 */
	void remove(List<Frame> frames) {
		this.count -= frames.size();
		frames.forEach((frame) -> this.bytes -= frame.bytes().length);
	}

	/**
	 * Let go of all but those that are being written.
	 * @return those that failed, and those that waited
	 */
	List<Frame> removeUnwritten() {
		List<Frame> removed = new ArrayList<>(this.failed);
		removed.addAll(this.waiting);
		this.failed.clear();
		this.waiting.clear();
		remove(removed);
		return removed;
	}

}
