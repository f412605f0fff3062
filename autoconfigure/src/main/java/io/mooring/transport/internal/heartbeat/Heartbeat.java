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

package io.mooring.transport.internal.heartbeat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import io.mooring.transport.settings.HeartbeatSettings;

/**
 * Heartbeat of one open socket by the {@code heartbeat} properties: when nothing was sent
 * for the interval a heartbeat is due, and when nothing arrived for the timeout the peer
 * is silent. Time in which receiving is paused or blocked does not count as silence.
 * {@link #onSent()} and {@link #onReceived()} may be called by any thread and cost a read
 * of the clock.
 */
public final class Heartbeat {

	private final HeartbeatSettings spec;

	private final Side side;

	private final @Nullable HeartbeatClock sent;

	private final @Nullable HeartbeatClock heard;

	/**
	 * Create a heartbeat that is not running.
	 * @param spec the interval and the timeout
	 * @param timer calls the side
	 * @param nanoTime the clock, as {@link System#nanoTime()}
	 * @param side this side of the socket
	 */
	public Heartbeat(HeartbeatSettings spec, ScheduledExecutorService timer, LongSupplier nanoTime, Side side) {
		this.spec = spec;
		this.side = side;
		this.sent = clock(spec.interval(), timer, nanoTime, side::sendHeartbeat);
		this.heard = clock(spec.timeout(), timer, nanoTime, this::silent);
	}

	private static @Nullable HeartbeatClock clock(@Nullable Duration period, ScheduledExecutorService timer,
			LongSupplier nanoTime, Runnable due) {
		return (period != null) ? new HeartbeatClock(period, timer, nanoTime, due) : null;
	}

	/**
	 * Begin both times.
	 */
	public void start() {
		if (this.sent != null) {
			this.sent.start();
		}
		if (this.heard != null) {
			this.heard.start();
		}
	}

	/**
	 * End for good.
	 */
	public void stop() {
		if (this.sent != null) {
			this.sent.stop();
		}
		if (this.heard != null) {
			this.heard.stop();
		}
	}

	/**
	 * Something was sent: the interval begins again.
	 */
	public void onSent() {
		if (this.sent != null) {
			this.sent.reset();
		}
	}

	/**
	 * Something arrived, or receiving was resumed: the timeout begins again.
	 */
	public void onReceived() {
		if (this.heard != null) {
			this.heard.reset();
		}
	}

	private void silent() {
		if (this.side.isListening()) {
			stop();
			this.side.silent(silence(this.spec));
		}
	}

	/**
	 * Create the error of a silent peer.
	 * @param spec has the timeout
	 * @return the error
	 */
	static IOException silence(HeartbeatSettings spec) {
		Duration timeout = (spec.timeout() != null) ? spec.timeout() : Duration.ZERO;
		String shown = (timeout.toMillisPart() == 0) ? timeout.toSeconds() + "s" : timeout.toMillis() + "ms";
		return new IOException("nothing was received for " + shown + " (heartbeat.timeout)");
	}

	/**
	 * Local side of a socket. Called by the timer: must not block, or run user code.
	 */
	public interface Side {

		/**
		 * Nothing was sent for the interval: send the payload, unless sending is paused
		 * or something waits to be sent.
		 */
		void sendHeartbeat();

		/**
		 * Return whether input would be noticed.
		 * @return {@code false} while receiving is paused, or a consumer is slow
		 */
		boolean isListening();

		/**
		 * Nothing arrived for the timeout. Called once, and nothing else after it.
		 * @param cause the reason
		 */
		void silent(IOException cause);

	}

}
