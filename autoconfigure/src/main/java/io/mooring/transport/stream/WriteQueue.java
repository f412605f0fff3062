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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * The frames of one stream that the kernel has not taken. Many small ones are joined into
 * one write.
 */
final class WriteQueue {

	/**
	 * The most bytes that wait; a single frame may be longer.
	 */
	static final int MAX_BYTES = 4 * 1024 * 1024;

	private static final int JOINED_BYTES = 64 * 1024;

	private final Channel channel;

	private final int capacity;

	private final Listener listener;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private final Deque<Frame> waiting = new ArrayDeque<>();

	private int count;

	private long bytes;

	private long taken;

	private boolean writing;

	private boolean held;

	private boolean refused;

	private @Nullable Throwable closed;

	WriteQueue(Channel channel, int capacity, Listener listener) {
		this.channel = channel;
		this.capacity = capacity;
		this.listener = listener;
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
			this.waiting.add(frame);
			this.count++;
			this.bytes += frame.bytes().length;
			start = start();
		}
		finally {
			this.lock.unlock();
		}
		if (start) {
			this.channel.eventLoop().execute(this::write);
		}
		return Outcome.QUEUED;
	}

	private Outcome awaitRoom(Frame frame, Patience patience) throws InterruptedException {
		long taken = this.taken;
		long left = patience.nanos();
		while (this.closed == null && !hasRoom(frame)) {
			if (patience == Patience.NONE || (left <= 0 && isStuck())) {
				return Outcome.FULL;
			}
			long before = System.nanoTime();
			this.changed.awaitNanos((left > 0) ? left : Long.MAX_VALUE);
			left = (taken == this.taken) ? left - (System.nanoTime() - before) : patience.nanos();
			taken = this.taken;
		}
		return (this.closed == null) ? Outcome.QUEUED : Outcome.CLOSED;
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
			this.channel.eventLoop().execute(this::write);
		}
	}

	/**
	 * Write as much as the kernel takes. Called by the event loop, when there is
	 * something to write and when the kernel takes more.
	 */
	void write() {
		boolean any = false;
		while (this.channel.isWritable()) {
			List<Frame> frames = next();
			if (frames.isEmpty()) {
				break;
			}
			any = true;
			this.channel.write(join(frames)).addListener((future) -> done(frames, future.cause()));
		}
		if (any) {
			this.channel.flush();
		}
		flushed();
	}

	private List<Frame> next() {
		List<Frame> joined = new ArrayList<>();
		this.lock.lock();
		try {
			int size = 0;
			while (!this.held && this.closed == null && !this.waiting.isEmpty()
					&& (joined.isEmpty() || size + this.waiting.element().bytes().length <= JOINED_BYTES)) {
				Frame frame = this.waiting.remove();
				size += frame.bytes().length;
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

	private ByteBuf join(List<Frame> frames) {
		if (frames.size() == 1) {
			return Unpooled.wrappedBuffer(frames.get(0).bytes());
		}
		ByteBuf joined = this.channel.alloc()
			.directBuffer(frames.stream().mapToInt((frame) -> frame.bytes().length).sum());
		frames.forEach((frame) -> joined.writeBytes(frame.bytes()));
		return joined;
	}

	private void flushed() {
		this.lock.lock();
		try {
			this.refused = this.count > this.waiting.size();
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void done(List<Frame> frames, @Nullable Throwable failure) {
		this.lock.lock();
		try {
			if (failure instanceof ClosedChannelException && this.closed == null) {
				// Why it is closed is about to be told
				this.waiting.addAll(frames);
				return;
			}
			this.count -= frames.size();
			frames.forEach((frame) -> this.bytes -= frame.bytes().length);
			this.taken++;
			this.refused &= this.count > this.waiting.size();
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
		if (failure == null) {
			this.listener.taken(frames);
		}
		else {
			this.listener.lost(frames, failure);
		}
	}

	/**
	 * Wait until the kernel took everything, unless it is held back.
	 * @param deadline when to give up, by {@link System#nanoTime()}
	 */
	void awaitEmpty(long deadline) {
		this.lock.lock();
		try {
			long left;
			while (this.count > 0 && !this.held && this.closed == null && (left = deadline - System.nanoTime()) > 0) {
				this.changed.awaitNanos(left);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Lose what waits, and take no more. Called by the event loop.
	 * @param cause why
	 */
	void close(Throwable cause) {
		List<Frame> lost;
		this.lock.lock();
		try {
			if (this.closed != null) {
				return;
			}
			this.closed = cause;
			lost = new ArrayList<>(this.waiting);
			this.waiting.clear();
			this.count -= lost.size();
			lost.forEach((frame) -> this.bytes -= frame.bytes().length);
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
		if (!lost.isEmpty()) {
			this.listener.lost(lost, cause);
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

	/**
	 * A message in its frame.
	 *
	 * @param bytes the frame
	 * @param outcome completes when the kernel took it or it was lost, {@code null} if
	 * nobody asked
	 */
	record Frame(byte[] bytes, @Nullable CompletableFuture<Void> outcome) {

	}

	/**
	 * What came of a frame that was to be added.
	 */
	enum Outcome {

		/**
		 * It is in the queue.
		 */
		QUEUED,

		/**
		 * There is no room.
		 */
		FULL,

		/**
		 * The stream is closed.
		 */
		CLOSED

	}

	/**
	 * How long to wait for room.
	 */
	enum Patience {

		/**
		 * Not at all.
		 */
		NONE(0),

		/**
		 * While the kernel takes what is there.
		 */
		WHILE_TAKEN(0),

		/**
		 * A while longer.
		 */
		SECONDS(5_000_000_000L),

		/**
		 * As long as the stream is open.
		 */
		ENDLESS(Long.MAX_VALUE);

		private final long nanos;

		Patience(long nanos) {
			this.nanos = nanos;
		}

		long nanos() {
			return this.nanos;
		}

	}

	/**
	 * Is told what became of frames. Called by the event loop.
	 */
	interface Listener {

		void taken(List<Frame> frames);

		void lost(List<Frame> frames, Throwable cause);

	}

}
