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

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * The way of a connection's frames from the event loop to user code: one task at a time,
 * on a worker, hands them on in order. While it does not keep up, nothing is read.
 */
final class Inbound {

	private static final int HIGH_WATER_BYTES = 128 * 1024;

	private static final int LOW_WATER_BYTES = 64 * 1024;

	// An array costs more than its bytes
	private static final int FRAME_OVERHEAD = 32;

	private final Consumer consumer;

	private final Executor executor;

	private final Deque<Batch> batches = new ArrayDeque<>(0);

	// Of a socket that is not yet that of the connection: who answers could not send
	private final Deque<Batch> early = new ArrayDeque<>();

	private long bytes;

	private boolean full;

	private boolean running;

	private boolean again;

	private @Nullable StreamSocket socket;

	private boolean reading;

	private boolean suspended;

	private boolean stopped;

	private boolean stuck;

	private volatile boolean discarding;

	private volatile @Nullable Thread thread;

	private final AtomicReference<byte @Nullable []> inHand = new AtomicReference<>();

	Inbound(Consumer consumer, Executor executor) {
		this.consumer = consumer;
		this.executor = executor;
	}

	/**
	 * Begin to read a socket, in place of the one before.
	 * @param socket the socket, of which at most its first frames were read yet
	 */
	synchronized void read(StreamSocket socket) {
		this.socket = socket;
		this.reading = false;
		socket.begin();
		this.early.removeIf((batch) -> batch.socket != socket);
		this.early.forEach(this::enqueue);
		this.early.clear();
		update();
		start();
	}

	/**
	 * Announce a socket, before its frames.
	 * @param socket the socket
	 */
	void begin(StreamSocket socket) {
		add(new Batch(socket, List.of(), 0, null));
	}

	/**
	 * Add frames. Called by the event loop.
	 * @param socket where they come from
	 * @param frames the frames
	 */
	void add(StreamSocket socket, List<byte[]> frames) {
		long bytes = 0;
		for (byte[] frame : frames) {
			bytes += frame.length;
		}
		add(new Batch(socket, frames, bytes, null));
	}

	/**
	 * Add the end of a socket, behind its frames. Called by the event loop.
	 * @param socket the socket
	 * @param cause why it ended
	 */
	void end(StreamSocket socket, Throwable cause) {
		add(new Batch(socket, List.of(), 0, cause));
	}

	private synchronized void add(Batch batch) {
		if (!batch.socket.isBegun()) {
			this.early.add(batch);
			return;
		}
		enqueue(batch);
		update();
		start();
	}

	private void enqueue(Batch batch) {
		this.batches.add(batch);
		this.bytes += batch.weight;
	}

	/**
	 * Look again whether frames can be handed on.
	 */
	synchronized void resume() {
		this.again = true;
		update();
		start();
	}

	private void update() {
		this.full = this.bytes > (this.full ? LOW_WATER_BYTES : HIGH_WATER_BYTES);
		boolean reading = !this.full && !this.suspended && !this.stopped && !this.consumer.isPaused();
		if (this.socket != null && reading != this.reading) {
			this.reading = reading;
			this.socket.setReading(reading);
		}
	}

	private void start() {
		if (this.running || this.batches.isEmpty()) {
			return;
		}
		this.running = true;
		try {
			this.executor.execute(this::run);
		}
		catch (RejectedExecutionException ex) {
			// The application has ended, and nobody takes frames any more
			this.running = false;
		}
	}

	private void run() {
		this.thread = Thread.currentThread();
		Batch batch = null;
		while ((batch = next(batch)) != null) {
			if (batch.cause != null) {
				this.consumer.end(batch.socket, batch.cause);
				batch.done = true;
				continue;
			}
			if (!batch.begun && batch.frames.isEmpty()) {
				this.consumer.opened(batch.socket);
				batch.done = true;
				continue;
			}
			if (!batch.begun) {
				batch.begun = true;
				batch.frames = this.consumer.begin(batch.socket, batch.frames, batch.bytes);
			}
			batch.next = this.consumer.take(batch.socket, batch.frames, batch.next);
			batch.done = batch.next == batch.frames.size();
		}
	}

	/**
	 * Return what to hand on next.
	 * @param last what this thread was at, {@code null} at first
	 * @return the batch, {@code null} if this task is over
	 */
	private synchronized @Nullable Batch next(@Nullable Batch last) {
		this.inHand.setRelease(null);
		boolean over = this.discarding || (last != null && last.done);
		if (last != null && last.done && !this.discarding) {
			this.batches.remove();
			this.bytes -= last.weight;
			update();
		}
		this.discarding = false;
		boolean stopped = last != null && !over && !this.again;
		this.again = false;
		Batch batch = (stopped || this.consumer.isPaused()) ? null : this.batches.peek();
		if (batch == null) {
			this.running = false;
			this.thread = null;
			notifyAll();
		}
		return batch;
	}

	/**
	 * Read no more, or go on.
	 * @param suspended whether to read no more
	 */
	synchronized void suspend(boolean suspended) {
		this.suspended = suspended;
		resume();
	}

	/**
	 * Read no more, in any socket, until {@link #startReading()}.
	 */
	synchronized void stopReading() {
		this.stopped = true;
		update();
	}

	/**
	 * Wait until what was read before {@link #stopReading()} is handed on. Whoever did
	 * not manage that in time is not waited for again.
	 * @param deadline when to give up, by {@link System#nanoTime()}
	 */
	void settle(long deadline) {
		StreamSocket socket;
		synchronized (this) {
			socket = this.socket;
		}
		if (socket != null) {
			socket.awaitEventLoop(deadline);
		}
		synchronized (this) {
			if (!this.stuck) {
				awaitEmpty(deadline);
				this.stuck = this.running && !isHandingOn();
			}
		}
	}

	/**
	 * Read again.
	 */
	synchronized void startReading() {
		this.stopped = false;
		this.stuck = false;
		resume();
	}

	/**
	 * Note which frame a consumer is about to get.
	 */
	void inHand(byte[] frame) {
		this.inHand.setRelease(frame);
	}

	/**
	 * Drop what was read and nobody got.
	 */
	synchronized void discard() {
		int frames = 0;
		for (Batch batch : this.batches) {
			frames += batch.left(this.running ? this.inHand.get() : null);
			if (!batch.begun) {
				this.consumer.discardedUnseen(batch.frames.size(), batch.bytes);
			}
		}
		this.batches.clear();
		this.bytes = 0;
		this.discarding = this.running;
		if (frames > 0) {
			this.consumer.discarded(frames);
		}
	}

	/**
	 * Return whether the frames that are being handed on were dropped.
	 */
	boolean isDiscarding() {
		return this.discarding;
	}

	/**
	 * Wait until what was read is handed on. Does not wait in the thread that does so.
	 * @param deadline when to give up, by {@link System#nanoTime()}
	 */
	synchronized void awaitEmpty(long deadline) {
		try {
			long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
			while (this.running && !isHandingOn() && millis > 0) {
				wait(millis);
				millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	synchronized boolean isEmpty() {
		return this.batches.isEmpty();
	}

	/**
	 * Return whether the next thing to happen is the peer's to do: everything was handed
	 * on, and more would be read.
	 */
	synchronized boolean isWaitingForPeer() {
		return this.reading && this.batches.isEmpty();
	}

	/**
	 * Return whether the calling thread is handing on a frame of this connection.
	 */
	boolean isHandingOn() {
		return this.thread == Thread.currentThread();
	}

	private static final class Batch {

		private final StreamSocket socket;

		private final long bytes;

		private final long weight;

		private final @Nullable Throwable cause;

		private List<byte[]> frames;

		private int next;

		private boolean begun;

		private boolean done;

		Batch(StreamSocket socket, List<byte[]> frames, long bytes, @Nullable Throwable cause) {
			this.socket = socket;
			this.frames = frames;
			this.bytes = bytes;
			this.weight = bytes + (long) FRAME_OVERHEAD * Math.max(frames.size(), 1);
			this.cause = cause;
		}

		/**
		 * Return how many frames nobody got.
		 * @param inHand the last that somebody got, {@code null} if it is not known
		 */
		private int left(byte @Nullable [] inHand) {
			for (int i = this.next; i < this.frames.size() && inHand != null; i++) {
				if (this.frames.get(i) == inHand) {
					return this.frames.size() - i - 1;
				}
			}
			return this.frames.size() - this.next;
		}

	}

	/**
	 * Where the frames go. But for the pausing, called by one thread at a time.
	 */
	interface Consumer {

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

}
