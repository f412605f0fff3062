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

import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.mooring.ConnectionState;
import io.mooring.ConnectionType;
import io.mooring.test.SpecBuilder;
import io.mooring.test.TestTransports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(60)
class StateMachineTests {

	@Test
	void socketThatCannotBeReadIsClosedAndOpenedAnew() throws Exception {
		try (TestTransports transports = new TestTransports()) {
			Unreadable connection = new Unreadable(transports.context());
			CompletableFuture<Void> attempt = connection.startOpen();
			assertThat(attempt).failsWithin(Duration.ofSeconds(10));
			await().until(() -> connection.getStatistics().opens() == 2);
			assertThat(connection.awaitState(ConnectionState.CONNECTED, Duration.ofSeconds(10))).isTrue();
			assertThat(connection.getStatistics().lastError()).hasMessage("unable to create native thread");
			assertThat(connection.closedSockets).isEqualTo(1);
		}
	}

	@Test
	void whatACancelledAttemptHoldsIsLetGoBeforeTheNextOneOpens() {
		try (TestTransports transports = new TestTransports()) {
			OnePort connection = new OnePort(transports.context());
			connection.startOpen();
			await().until(() -> connection.holders.get() == 1);
			connection.close();
			CompletableFuture<Void> next = connection.startOpen();
			await().during(Duration.ofMillis(300)).until(() -> !next.isDone());
			connection.first.countDown();
			assertThat(next).succeedsWithin(Duration.ofSeconds(10));
			assertThat(connection.holders).hasValue(1);
		}
	}

	@Test
	void anAttemptThatDoesNotEndHoldsUpTheNextOneForSecondsOnly() {
		try (TestTransports transports = new TestTransports()) {
			OnePort connection = new OnePort(transports.context());
			connection.startOpen();
			await().until(() -> connection.holders.get() == 1);
			connection.close();
			assertThat(connection.startOpen()).failsWithin(Duration.ofSeconds(30))
				.withThrowableThat()
				.withMessageContaining("in use");
			connection.first.countDown();
		}
	}

	/**
	 * A connection to whose port one socket can be bound, and whose first attempt takes
	 * no notice of an interrupt.
	 */
	private static final class OnePort extends AbstractConnection<Endpoint> {

		private final AtomicInteger holders = new AtomicInteger();

		private final CountDownLatch first = new CountDownLatch(1);

		OnePort(TransportContext context) {
			super(SpecBuilder.of("port", ConnectionType.UDP)
				.reconnect(SpecBuilder.reconnect(false, Duration.ofSeconds(1), 1, Duration.ofSeconds(1), 0, 0))
				.build(), context);
		}

		@Override
		protected Endpoint openEndpoint() throws IOException {
			if (!this.holders.compareAndSet(0, 1)) {
				throw new BindException("Address already in use");
			}
			awaitUninterruptibly(this.first);
			return new NoSocket(this.holders::decrementAndGet);
		}

		private static void awaitUninterruptibly(CountDownLatch latch) {
			while (true) {
				try {
					latch.await();
					return;
				}
				catch (InterruptedException ex) {
					// The point of it
				}
			}
		}

		@Override
		protected void endpointOpened(Endpoint endpoint) {
		}

		@Override
		protected void endpointClosing(Endpoint endpoint, boolean requested) {
		}

		@Override
		protected void released() {
		}

	}

	/**
	 * A connection whose first socket gets no thread to read it.
	 */
	private static final class Unreadable extends AbstractConnection<Endpoint> {

		private boolean threads;

		private volatile int closedSockets;

		Unreadable(TransportContext context) {
			super(SpecBuilder.of("unreadable", ConnectionType.UDP).build(), context);
		}

		@Override
		protected Endpoint openEndpoint() {
			return new NoSocket(() -> this.closedSockets++);
		}

		@Override
		protected void endpointOpened(Endpoint endpoint) {
			if (!this.threads) {
				this.threads = true;
				throw new OutOfMemoryError("unable to create native thread");
			}
		}

		@Override
		protected void endpointClosing(Endpoint endpoint, boolean requested) {
		}

		@Override
		protected void released() {
		}

	}

}
