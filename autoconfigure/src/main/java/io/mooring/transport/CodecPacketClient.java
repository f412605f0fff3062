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

package io.mooring.transport;

import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import io.mooring.DropReason;
import io.mooring.PacketClient;
import io.mooring.codec.Codec;
import io.mooring.codec.CodecException;

/**
 * {@link PacketClient} over a message connection.
 *
 * @param <M> the type of a message
 * @param <T> the type of a packet
 */
final class CodecPacketClient<M, T> implements PacketClient<T> {

	private final AbstractMessageConnection<M, ?> connection;

	private final Codec<T> codec;

	CodecPacketClient(AbstractMessageConnection<M, ?> connection, Codec<T> codec) {
		this.connection = connection;
		this.codec = codec;
	}

	@Override
	public void send(T packet) {
		this.connection.sendBytes(this.codec.encode(packet));
	}

	@Override
	public @Nullable T receive(Duration timeout) {
		M message = this.connection.receive(timeout);
		return (message != null) ? decode(message) : null;
	}

	@Override
	public CompletableFuture<T> receiveAsync() {
		return new PacketRequest(this.connection.receiveAsync());
	}

	private T decode(M message) {
		try {
			return this.codec.decode(this.connection.bytes(message));
		}
		catch (RuntimeException ex) {
			this.connection.counters().dropped(DropReason.CODEC, 1);
			throw (ex instanceof CodecException exception) ? exception
					: new CodecException("the codec failed: " + ex.getMessage(), ex);
		}
		finally {
			this.connection.finished(message);
		}
	}

	@Override
	public Iterable<T> receiveAll(Duration budget) {
		return () -> new PacketIterator(budget);
	}

	/**
	 * Request for a packet, linked to the request for its message: both are served, or
	 * both are cancelled.
	 */
	private final class PacketRequest extends CompletableFuture<T> {

		private final CompletableFuture<M> message;

		PacketRequest(CompletableFuture<M> message) {
			this.message = message;
			message.whenComplete(this::received);
		}

		private void received(@Nullable M message, @Nullable Throwable failure) {
			if (message == null) {
				super.completeExceptionally(Objects.requireNonNull(failure));
				return;
			}
			try {
				if (!super.complete(decode(message))) {
					CodecPacketClient.this.connection.counters().dropped(DropReason.CONSUMER, 1);
				}
			}
			catch (RuntimeException ex) {
				super.completeExceptionally(ex);
			}
		}

		@Override
		public boolean complete(T value) {
			boolean completed = super.complete(value);
			this.message.cancel(false);
			return completed;
		}

		@Override
		public boolean completeExceptionally(Throwable failure) {
			return this.message.completeExceptionally(failure);
		}

		@Override
		public boolean cancel(boolean mayInterruptIfRunning) {
			return this.message.cancel(mayInterruptIfRunning) || isCancelled();
		}

	}

	private final class PacketIterator implements Iterator<T> {

		private Duration left;

		private @Nullable M next;

		PacketIterator(Duration budget) {
			this.left = budget;
		}

		@Override
		public boolean hasNext() {
			if (this.next == null) {
				long start = System.nanoTime();
				this.next = CodecPacketClient.this.connection
					.receive(this.left.isNegative() ? Duration.ZERO : this.left);
				this.left = this.left.minusNanos(System.nanoTime() - start);
			}
			return this.next != null;
		}

		@Override
		public T next() {
			if (!hasNext()) {
				throw new NoSuchElementException();
			}
			M message = this.next;
			this.next = null;
			return decode(Objects.requireNonNull(message));
		}

	}

}
