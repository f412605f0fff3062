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

import org.jspecify.annotations.Nullable;

/**
 * What one read of a socket gave, or that the socket begins or ends, and how far that is
 * handed on. {@link Inbound} keeps the batches in order, lets one thread at a time hand
 * on the first, and guards the rest by its lock.
 */
final class Batch {

	// An array costs more than its bytes
	private static final int FRAME_OVERHEAD = 32;

	private final StreamSocket socket;

	private final long bytes;

	private final long weight;

	private final @Nullable Throwable cause;

	private List<byte[]> frames;

	private int next;

	private boolean begun;

	private boolean done;

	private Batch(StreamSocket socket, List<byte[]> frames, long bytes, @Nullable Throwable cause) {
		this.socket = socket;
		this.frames = frames;
		this.bytes = bytes;
		this.weight = bytes + (long) FRAME_OVERHEAD * Math.max(frames.size(), 1);
		this.cause = cause;
	}

	/**
	 * Make the beginning of a socket, before its frames.
	 */
	static Batch begin(StreamSocket socket) {
		return new Batch(socket, List.of(), 0, null);
	}

	static Batch of(StreamSocket socket, List<byte[]> frames) {
		long bytes = 0;
		for (byte[] frame : frames) {
			bytes += frame.length;
		}
		return new Batch(socket, frames, bytes, null);
	}

	/**
	 * Make the end of a socket, behind its frames.
	 */
	static Batch end(StreamSocket socket, Throwable cause) {
		return new Batch(socket, List.of(), 0, cause);
	}

	StreamSocket socket() {
		return this.socket;
	}

	/**
	 * Return how many bytes it takes in memory, about.
	 */
	long weight() {
		return this.weight;
	}

	/**
	 * Hand on what is left, as far as it is taken. Called by the thread that hands on.
	 */
	void handOn(InboundConsumer consumer) {
		if (this.cause != null) {
			consumer.end(this.socket, this.cause);
			this.done = true;
			return;
		}
		if (!this.begun && this.frames.isEmpty()) {
			consumer.opened(this.socket);
			this.done = true;
			return;
		}
		if (!this.begun) {
			this.begun = true;
			this.frames = consumer.begin(this.socket, this.frames, this.bytes);
		}
		this.next = consumer.take(this.socket, this.frames, this.next);
		this.done = this.next == this.frames.size();
	}

	/**
	 * Return whether all of it was taken. Called by the thread that hands on.
	 */
	boolean isDone() {
		return this.done;
	}

	/**
	 * Drop what nobody got, perhaps while another thread is handing it on.
	 * @param consumer is told of frames that it has not seen
	 * @param inHand the last that somebody got, {@code null} if it is not known
	 * @return how many frames nobody got
	 */
	int discard(InboundConsumer consumer, byte @Nullable [] inHand) {
		int left = left(inHand);
		if (!this.begun) {
			consumer.discardedUnseen(this.frames.size(), this.bytes);
		}
		return left;
	}

	/**
	 * Drop what nobody got, as handing it on failed.
	 */
	int fail(InboundConsumer consumer, byte @Nullable [] inHand) {
		this.done = true;
		return discard(consumer, inHand);
	}

	private int left(byte @Nullable [] inHand) {
		for (int i = this.next; i < this.frames.size() && inHand != null; i++) {
			if (this.frames.get(i) == inHand) {
				return this.frames.size() - i - 1;
			}
		}
		return this.frames.size() - this.next;
	}

}
