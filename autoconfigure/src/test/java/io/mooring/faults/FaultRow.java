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

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Row of the {@link FaultTable}: a fault, a connection, and the measured times. The time
 * to detect is measured from before the fault, the time to recover from the removal of
 * its cause until the first round trip.
 */
final class FaultRow implements AutoCloseable {

	/**
	 * Tolerance above the bound for a busy machine.
	 */
	private static final Duration SLACK = Duration.ofSeconds(8);

	private static final Duration LOCAL = Duration.ofSeconds(2);

	private static final String NONE = "–";

	private final String fault;

	private final String connection;

	private Duration noticeBound = LOCAL;

	private Duration recoverBound = LOCAL;

	private Duration length = Duration.ZERO;

	private String noticed = NONE;

	private String recovered = NONE;

	private String lost = NONE;

	private FaultRow(String fault, String connection) {
		this.fault = fault;
		this.connection = connection;
	}

	/**
	 * Begin a row for a local fault, with bounds of 2 s.
	 */
	static FaultRow of(String fault, String connection) {
		return new FaultRow(fault, connection);
	}

	FaultRow noticedWithin(Duration bound) {
		this.noticeBound = bound;
		return this;
	}

	FaultRow recoveredWithin(Duration bound) {
		this.recoverBound = bound;
		return this;
	}

	/**
	 * Set the bound of a remote fault, 1.2 times the maximum delay.
	 */
	FaultRow recoveredBy(Duration maxDelay) {
		return recoveredWithin(maxDelay.multipliedBy(6).dividedBy(5));
	}

	/**
	 * Cause the fault and measure the time to detect it.
	 */
	void strike(Runnable cause, BooleanSupplier noticed) {
		long start = System.nanoTime();
		this.noticed = "never";
		cause.run();
		this.noticed = await("noticed", start, this.noticeBound, noticed);
	}

	/**
	 * Cause a fault that is detected by sending.
	 * @param traffic the sender, called before each check
	 */
	void strike(Runnable cause, BooleanSupplier traffic, BooleanSupplier noticed) {
		strike(cause, () -> {
			traffic.getAsBoolean();
			return noticed.getAsBoolean();
		});
	}

	/**
	 * Remove the cause after the duration of the fault, and measure the time to recover.
	 */
	void repair(Runnable repair, BooleanSupplier works) {
		this.recovered = "never";
		after(this.length, repair);
		this.recovered = await("recovered", System.nanoTime(), this.recoverBound, works);
	}

	/**
	 * Set the duration of the fault after its detection, such as long enough for the
	 * delays to reach their maximum.
	 */
	void lasts(int seconds) {
		this.length = Duration.ofSeconds(seconds);
	}

	/**
	 * Run the removal of a fault at its time.
	 */
	static void after(Duration length, Runnable repair) {
		CompletableFuture
			.runAsync(repair, CompletableFuture.delayedExecutor(length.toNanos(), TimeUnit.NANOSECONDS, Runnable::run))
			.join();
	}

	private String await(String what, long start, Duration bound, BooleanSupplier condition) {
		try {
			Awaitility.await(this + " " + what)
				.atMost(bound.plus(SLACK))
				.pollDelay(Duration.ZERO)
				.pollInterval(Duration.ofMillis(2))
				.until(condition::getAsBoolean);
		}
		catch (ConditionTimeoutException ex) {
			throw new AssertionError("%s: not %s within %s: %s".formatted(this, what, bound.plus(SLACK), condition),
					ex);
		}
		long millis = (System.nanoTime() - start) / 1_000_000;
		return millis + ((millis > bound.toMillis()) ? " (!)" : "");
	}

	/**
	 * Check that nothing was lost.
	 */
	void lost(long lost, long of) {
		this.lost = lost + " of " + of;
		assertThat(lost).as("%s: lost of %d", this, of).isZero();
	}

	/**
	 * Record permitted losses.
	 */
	void note(String lost) {
		this.lost = lost;
	}

	@Override
	public void close() {
		FaultTable.add("| "
				+ String.join(" | ", this.fault, this.connection, this.noticed, bound(this.noticed, this.noticeBound),
						this.recovered, bound(this.recovered, this.recoverBound), this.lost)
				+ " |");
	}

	private static String bound(String measured, Duration bound) {
		return measured.equals(NONE) ? NONE : String.valueOf(bound.toMillis());
	}

	@Override
	public String toString() {
		return this.fault + ", " + this.connection;
	}

}
