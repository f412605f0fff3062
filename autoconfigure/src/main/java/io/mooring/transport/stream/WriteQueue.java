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

package io.mooring.transport.stream;

import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * The frames of one stream that the kernel has not taken, bounded by number and bytes.
 */
final class WriteQueue {

	/**
	 * The most bytes that wait; a single frame may be longer.
	 */
	static final int MAX_BYTES = 4 * 1024 * 1024;

	private final int capacity;

	private final Runnable start;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private final Deque<Frame> waiting = new ArrayDeque<>(0);

	private int count;

	private long bytes;

	private long taken;

	private boolean writing;

	private boolean held;

	private boolean refused;

	private boolean ending;

	private long lastTaken;

	private final List<Frame> failed = new ArrayList<>(0);

	private @Nullable Throwable closed;

	/**
	 * Create an empty queue.
	 * @param capacity the most frames that wait
	 * @param start called when there is something to write and nobody at it
	 */
	WriteQueue(int capacity, Runnable start) {
		this.capacity = capacity;
		this.start = start;
	}

	/**
	 * Add a frame.
	 * @param frame the frame
	 * @param patience how long to wait for room while the kernel takes nothing
	 * @return what came of it
	 * @throws InterruptedException if the thread was interrupted while waiting
	 */
	Outcome put(Frame frame, Patience patience) throws InterruptedException {
		boolean start;
		this.lock.lock();
		try {
			Outcome outcome = awaitRoom(frame, patience);
			if (outcome != Outcome.QUEUED) {
				return outcome;
			}
			start = add(frame);
		}
		finally {
			this.lock.unlock();
		}
		if (start) {
			this.start.run();
		}
		return Outcome.QUEUED;
	}

	/**
	 * Add a frame that is of no use behind others.
	 * @param frame the frame
	 * @return whether it was added; {@code false} if frames wait, or are held back
	 */
	boolean putIfEmpty(Frame frame) {
		boolean start;
		this.lock.lock();
		try {
			if (this.count > 0 || this.held || this.closed != null) {
				return false;
			}
			start = add(frame);
		}
		finally {
			this.lock.unlock();
		}
		if (start) {
			this.start.run();
		}
		return true;
	}

	private boolean add(Frame frame) {
		this.waiting.add(frame);
		this.count++;
		this.bytes += frame.bytes().length;
		return start();
	}

	private Outcome awaitRoom(Frame frame, Patience patience) throws InterruptedException {
		long taken = this.taken;
		long left = patience.nanos();
		while (this.closed == null && !this.ending && !hasRoom(frame)) {
			if (patience == Patience.NONE || (left <= 0 && isStuck())) {
				return Outcome.FULL;
			}
			long before = System.nanoTime();
			this.changed.awaitNanos((left > 0) ? left : Long.MAX_VALUE);
			left = (taken == this.taken) ? left - (System.nanoTime() - before) : patience.nanos();
			taken = this.taken;
		}
		return (this.closed == null && !this.ending) ? Outcome.QUEUED : Outcome.CLOSED;
	}

	/**
	 * While it is not the kernel that holds the frames up, the event loop is about to
	 * write them.
	 */
	private boolean isStuck() {
		return this.held || this.refused;
	}

	private boolean hasRoom(Frame frame) {
		return this.count == 0 || (this.count < this.capacity && this.bytes + frame.bytes().length <= MAX_BYTES);
	}

	private boolean start() {
		if (this.writing || this.held || this.closed != null || this.waiting.isEmpty()) {
			return false;
		}
		this.writing = true;
		return true;
	}

	/**
	 * Hold back what waits, or let it go.
	 * @param held whether to hold it back
	 */
	void hold(boolean held) {
		boolean start;
		this.lock.lock();
		try {
			this.held = held;
			start = start();
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
		if (start) {
			this.start.run();
		}
	}

	/**
	 * Take the frames that the next write is made of. A file comes alone.
	 * @param size the most bytes, unless the first frame is longer
	 * @return the frames, none if there is nothing to write
	 */
	List<Frame> next(int size) {
		List<Frame> joined = new ArrayList<>();
		this.lock.lock();
		try {
			int left = size;
			while (!this.held && this.closed == null && !this.waiting.isEmpty()
					&& (joined.isEmpty() || (this.waiting.element().bytes().length <= left && !isFile(joined)))) {
				Frame frame = this.waiting.remove();
				left -= frame.bytes().length;
				joined.add(frame);
			}
			if (joined.isEmpty()) {
				this.writing = false;
			}
			return joined;
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean isFile(List<Frame> joined) {
		return joined.get(0).file() != null || this.waiting.element().file() != null;
	}

	/**
	 * The kernel took a part of a file: the rest is next again.
	 * @param file the frame that {@link #next} gave
	 * @return whether it is; {@code false} if the queue is closed
	 */
	boolean putBack(Frame file) {
		this.lock.lock();
		try {
			if (this.closed != null) {
				return false;
			}
			this.waiting.addFirst(file);
			this.taken++;
			this.lastTaken = System.nanoTime();
			this.changed.signalAll();
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * The kernel was offered all that there was: what it has not taken now, it refused.
	 */
	void flushed() {
		this.lock.lock();
		try {
			this.refused = this.count > this.waiting.size() + this.failed.size();
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * The kernel took frames, or they failed.
	 * @param frames what {@link #next} gave
	 * @param failure why they failed, {@code null} if they were taken
	 * @return whether that is their end; {@code false} if they wait for
	 * {@link #close(Throwable)} to say why
	 */
	boolean done(List<Frame> frames, @Nullable Throwable failure) {
		this.lock.lock();
		try {
			if (failure instanceof ClosedChannelException && this.closed == null) {
				this.failed.addAll(frames);
				return false;
			}
			this.count -= frames.size();
			frames.forEach((frame) -> this.bytes -= frame.bytes().length);
			this.taken++;
			this.lastTaken = System.nanoTime();
			this.refused &= this.count > this.waiting.size() + this.failed.size();
			this.changed.signalAll();
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * The kernel took a part of what {@link #next} gave.
	 */
	void progressed() {
		this.lock.lock();
		try {
			this.taken++;
			this.lastTaken = System.nanoTime();
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Take no more frames, but go on with those that wait. Who waits for room is told
	 * that the stream is closed.
	 */
	void end() {
		this.lock.lock();
		try {
			if (!this.ending) {
				this.ending = true;
				this.lastTaken = System.nanoTime();
			}
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Wait after {@link #end()} until the kernel took everything, unless it is held back.
	 * @param deadline when to give up, by {@link System#nanoTime()}
	 * @param patience how long to wait, in nanoseconds, while the kernel takes nothing
	 * @return whether the kernel took everything
	 */
	boolean awaitEmpty(long deadline, long patience) {
		this.lock.lock();
		try {
			long left;
			while (this.count > 0 && !this.held && this.closed == null
					&& (left = Math.min(deadline, this.lastTaken + patience) - System.nanoTime()) > 0) {
				this.changed.awaitNanos(left);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.lock.unlock();
		}
		return isEmpty();
	}

	boolean isEmpty() {
		this.lock.lock();
		try {
			return this.count == 0;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Take no more.
	 * @param cause why
	 * @return what waited and is lost
	 */
	List<Frame> close(Throwable cause) {
		this.lock.lock();
		try {
			if (this.closed != null) {
				return List.of();
			}
			this.closed = cause;
			List<Frame> lost = new ArrayList<>(this.failed);
			lost.addAll(this.waiting);
			this.failed.clear();
			this.waiting.clear();
			this.count -= lost.size();
			lost.forEach((frame) -> this.bytes -= frame.bytes().length);
			this.changed.signalAll();
			return lost;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Nullable Throwable closed() {
		this.lock.lock();
		try {
			return this.closed;
		}
		finally {
			this.lock.unlock();
		}
	}

}
