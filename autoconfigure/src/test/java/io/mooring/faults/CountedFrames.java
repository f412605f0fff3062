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

package io.mooring.faults;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.awaitility.Awaitility;

import io.mooring.ConnectionException;
import io.mooring.StreamConnection;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sender of numbered frames that records for each whether the kernel accepted it or its
 * loss was reported.
 */
final class CountedFrames {

	private final StreamConnection connection;

	private final FaultPeer sink;

	private final ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor();

	private final AtomicLong accepted = new AtomicLong();

	private final AtomicLong taken = new AtomicLong();

	private final AtomicLong reported = new AtomicLong();

	CountedFrames(StreamConnection connection, FaultPeer sink) {
		this.connection = connection;
		this.sink = sink;
		this.sender.scheduleWithFixedDelay(this::send, 0, 2, TimeUnit.MILLISECONDS);
	}

	private void send() {
		try {
			this.connection.sendAsync(String.valueOf(this.accepted.get()).getBytes(StandardCharsets.US_ASCII))
				.whenComplete((result, failure) -> ((failure != null) ? this.reported : this.taken).incrementAndGet());
			this.accepted.incrementAndGet();
		}
		catch (ConnectionException ex) {
			// Not accepted: the connection is not open
		}
	}

	/**
	 * Stop sending and check that no frame was lost without a report or received out of
	 * order.
	 * @return the figures
	 */
	String check() throws InterruptedException {
		this.sender.shutdown();
		assertThat(this.sender.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(this.taken.get() + this.reported.get()).isEqualTo(this.accepted.get()));
		assertThat(this.connection.getStatistics().sent()).isEqualTo(this.taken.get());
		this.sink.tell("end " + (this.accepted.get() - 1));
		long arrived = 0;
		for (String line = this.sink.line(); !"end".equals(line); line = this.sink.line()) {
			String[] numbers = line.split(" ");
			long count = Long.parseLong(numbers[2]);
			assertThat(Long.parseLong(numbers[1]) - Long.parseLong(numbers[0]) + 1)
				.as("first, last and number of the frames of one connection: %s", line)
				.isEqualTo(count);
			arrived += count;
		}
		assertThat(arrived).isBetween(1L, this.taken.get());
		return "frames: %d sent, %d arrived, %d in flight to a peer that was gone, %d reported"
			.formatted(this.accepted.get(), arrived, this.taken.get() - arrived, this.reported.get());
	}

}
