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
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;

/**
 * The way of a connection's frames from the event loop to user code: one task at a time,
 * on a worker, hands them on in order. While it does not keep up, nothing is read.
 * <p>
 * One lock, its own, guards the batches and the {@link ReadSwitch}. The first batch
 * belongs to the worker that hands it on, which calls the consumer without the lock; so
 * nobody waits for user code but who asks to.
 */
public final class Inbound {

	/**
	 * How long to wait for a thread when there was none.
	 */
	private static final long RETRY_MILLIS = 100;

	private final InboundConsumer consumer;

	private final Executor executor;

	private final Deque<Batch> batches = new ArrayDeque<>(0);

	// Of a socket that is not yet that of the connection: who answers could not send
	private final Deque<Batch> early = new ArrayDeque<>();

	private final Log logger;

	private final ReadSwitch reading;

	private boolean running;

	private boolean again;

	private boolean stuck;

	private volatile boolean discarding;

	private volatile @Nullable Thread thread;

	private final AtomicReference<byte @Nullable []> inHand = new AtomicReference<>();

	Inbound(InboundConsumer consumer, Executor executor, Log logger) {
		this.consumer = consumer;
		this.reading = new ReadSwitch(consumer::isPaused);
		this.executor = executor;
		this.logger = logger;
	}

	/**
	 * Begin to read a socket, in place of the one before.
	 * @param socket the socket, of which at most its first frames were read yet
	 */
	synchronized void read(StreamSocket socket) {
		this.reading.begin(socket);
		socket.begin();
		this.early.removeIf((batch) -> batch.socket() != socket);
		this.early.forEach(this::enqueue);
		this.early.clear();
		this.reading.update();
		start();
	}

	/**
	 * Announce a socket, before its frames.
	 * @param socket the socket
	 */
	void begin(StreamSocket socket) {
		add(Batch.begin(socket));
	}

	/**
	 * Add frames. Called by the event loop.
	 * @param socket where they come from
	 * @param frames the frames
	 */
	void add(StreamSocket socket, List<byte[]> frames) {
		add(Batch.of(socket, frames));
	}

	/**
	 * Add the end of a socket, behind its frames. Called by the event loop.
	 * @param socket the socket
	 * @param cause why it ended
	 */
	public void end(StreamSocket socket, Throwable cause) {
		add(Batch.end(socket, cause));
	}

	private synchronized void add(Batch batch) {
		if (!batch.socket().isBegun()) {
			this.early.add(batch);
			return;
		}
		enqueue(batch);
		this.reading.update();
		start();
	}

	private void enqueue(Batch batch) {
		this.batches.add(batch);
		this.reading.waiting(batch.weight());
	}

	/**
	 * Look again whether frames can be handed on.
	 */
	public synchronized void resume() {
		this.again = true;
		this.reading.update();
		start();
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
		catch (Throwable ex) {
			this.running = false;
			this.logger.warn("There is no thread to hand on what was read; trying again: " + ex);
			this.batches.element().socket().eventLoop().schedule(this::resume, RETRY_MILLIS, TimeUnit.MILLISECONDS);
		}
	}

	private void run() {
		this.thread = Thread.currentThread();
		Batch batch = null;
		while ((batch = next(batch)) != null) {
			try {
				batch.handOn(this.consumer);
			}
			catch (Throwable ex) {
				fail(batch, ex);
			}
		}
	}

	/**
	 * Whatever happens to a batch, the next ones are handed on.
	 */
	private synchronized void fail(Batch batch, Throwable cause) {
		if (!this.discarding) {
			int frames = batch.fail(this.consumer, this.inHand.get());
			this.consumer.discarded(frames);
			this.logger.error("Failed to hand on what was read; " + frames + " frames were dropped", cause);
		}
	}

	/**
	 * Return what to hand on next.
	 * @param last what this thread was at, {@code null} at first
	 * @return the batch, {@code null} if this task is over
	 */
	private synchronized @Nullable Batch next(@Nullable Batch last) {
		this.inHand.setRelease(null);
		boolean over = this.discarding || (last != null && last.isDone());
		if (last != null && last.isDone() && !this.discarding) {
			this.batches.remove();
			this.reading.waiting(-last.weight());
			this.reading.update();
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
	public synchronized void suspend(boolean suspended) {
		this.reading.suspend(suspended);
		resume();
	}

	/**
	 * Read no more, in any socket, until {@link #startReading()}.
	 */
	public synchronized void stopReading() {
		this.reading.stop(true);
		this.reading.update();
	}

	/**
	 * Wait until what was read before {@link #stopReading()} is handed on. Whoever did
	 * not manage that in time is not waited for again.
	 * @param deadline when to give up, by {@link System#nanoTime()}
	 */
	public void settle(long deadline) {
		StreamSocket socket;
		synchronized (this) {
			socket = this.reading.socket();
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
		this.reading.stop(false);
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
	public synchronized void discard() {
		int frames = 0;
		for (Batch batch : this.batches) {
			frames += batch.discard(this.consumer, this.running ? this.inHand.get() : null);
		}
		this.batches.clear();
		this.reading.nothingWaiting();
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
	public synchronized void awaitEmpty(long deadline) {
		try {
			long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
			while (isBusy() && !isHandingOn() && millis > 0) {
				wait(millis);
				millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private boolean isBusy() {
		return this.running || (!this.batches.isEmpty() && this.consumer.isHeldUp());
	}

	public synchronized boolean isEmpty() {
		return this.batches.isEmpty();
	}

	/**
	 * Return whether the next thing to happen is the peer's to do: everything was handed
	 * on, and more would be read.
	 */
	public synchronized boolean isWaitingForPeer() {
		return this.reading.isReading() && this.batches.isEmpty();
	}

	/**
	 * Return whether the calling thread is handing on a frame of this connection.
	 */
	public boolean isHandingOn() {
		return this.thread == Thread.currentThread();
	}

}
