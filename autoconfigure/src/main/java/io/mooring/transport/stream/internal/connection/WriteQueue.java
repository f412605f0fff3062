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

import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

/**
 * The queue of one stream, between those who send and the event loop that writes.
 * <p>
 * One lock, its own, guards all of it, the {@link PendingFrames} too: senders wait for
 * room, the event loop takes frames and says what the kernel took, and whoever closes
 * waits for that or for the end.
 */
public final class WriteQueue {

	/**
	 * The most bytes that are queued; a single frame may be longer.
	 */
	public static final int MAX_BYTES = PendingFrames.MAX_BYTES;

	private final Runnable start;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private final PendingFrames frames;

	private long taken;

	private boolean writing;

	private boolean held;

	private boolean refused;

	private boolean ending;

	private long lastTaken;

	private @Nullable Throwable closed;

	/**
	 * Create an empty queue.
	 * @param capacity the most frames that wait
	 * @param start called when there is something to write and nobody at it
	 */
	WriteQueue(int capacity, Runnable start) {
		this.frames = new PendingFrames(capacity);
		this.start = start;
	}

	/**
	 * Add a frame.
	 * @param frame the frame
	 * @param policy how long to wait for room while the kernel takes nothing
	 * @return what came of it
	 * @throws InterruptedException if the thread was interrupted while waiting
	 */
	OfferResult put(Frame frame, OfferPolicy policy) throws InterruptedException {
		boolean start;
		this.lock.lock();
		try {
			OfferResult result = awaitRoom(frame, policy);
			if (result != OfferResult.QUEUED) {
				return result;
			}
			start = add(frame);
		}
		finally {
			this.lock.unlock();
		}
		if (start) {
			this.start.run();
		}
		return OfferResult.QUEUED;
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
			if (!this.frames.isEmpty() || this.held || this.closed != null) {
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
		this.frames.add(frame);
		return start();
	}

	private OfferResult awaitRoom(Frame frame, OfferPolicy policy) throws InterruptedException {
		long taken = this.taken;
		long left = policy.nanos();
		while (this.closed == null && !this.ending && !this.frames.hasRoom(frame)) {
			if (policy == OfferPolicy.NONE || (left <= 0 && isStuck())) {
				return OfferResult.FULL;
			}
			long before = System.nanoTime();
			this.changed.awaitNanos((left > 0) ? left : Long.MAX_VALUE);
			left = (taken == this.taken) ? left - (System.nanoTime() - before) : policy.nanos();
			taken = this.taken;
		}
		return (this.closed == null && !this.ending) ? OfferResult.QUEUED : OfferResult.CLOSED;
	}

	/**
	 * While it is not the kernel that holds the frames up, the event loop is about to
	 * write them.
	 */
	private boolean isStuck() {
		return this.held || this.refused;
	}

	private boolean start() {
		if (this.writing || this.held || this.closed != null || !this.frames.isWaiting()) {
			return false;
		}
		this.writing = true;
		return true;
	}

	/**
	 * Hold back what waits, or let it go.
	 * @param held whether to hold it back; asked under the lock, so that the last to ask
	 * decides
	 */
	void hold(BooleanSupplier held) {
		boolean start;
		this.lock.lock();
		try {
			this.held = held.getAsBoolean();
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
		this.lock.lock();
		try {
			List<Frame> next = (this.held || this.closed != null) ? List.of() : this.frames.next(size);
			if (next.isEmpty()) {
				this.writing = false;
			}
			return next;
		}
		finally {
			this.lock.unlock();
		}
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
			this.frames.putBack(file);
			taken();
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
			this.refused = this.frames.isWriting();
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
				this.frames.fail(frames);
				return false;
			}
			this.frames.remove(frames);
			this.refused &= this.frames.isWriting();
			taken();
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
			taken();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void taken() {
		this.taken++;
		this.lastTaken = System.nanoTime();
		this.changed.signalAll();
	}

	/**
	 * Take no more frames, but go on with those that wait. Who waits for room is told
	 * that the stream is closed.
	 */
	public void end() {
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
			while (!this.frames.isEmpty() && !this.held && this.closed == null
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
			return this.frames.isEmpty();
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
			List<Frame> lost = this.frames.removeUnwritten();
			this.changed.signalAll();
			return lost;
		}
		finally {
			this.lock.unlock();
		}
	}

	public @Nullable Throwable closed() {
		this.lock.lock();
		try {
			return this.closed;
		}
		finally {
			this.lock.unlock();
		}
	}

}
