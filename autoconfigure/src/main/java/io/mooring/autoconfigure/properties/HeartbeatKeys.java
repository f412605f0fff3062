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

package io.mooring.autoconfigure.properties;

import java.time.Duration;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.mooring.ConnectionSpec;
import io.mooring.ConnectionSpecBuilder;
import io.mooring.Direction;
import io.mooring.codec.EscapedBytes;
import io.mooring.codec.FrameException;
import io.mooring.codec.Framing;

/**
 * What the keys for heartbeats mean. Those that do not go with the connection are
 * refused, unless they are defaults.
 */
final class HeartbeatKeys {

	private static final String INTERVAL = "heartbeat.interval";

	private static final String PAYLOAD = "heartbeat.payload";

	private static final String TIMEOUT = "heartbeat.timeout";

	private static final String IDLE_TIMEOUT = "clients.idle-timeout";

	private final HeartbeatProperties heartbeat;

	private final TypedKeys keys;

	HeartbeatKeys(TypedKeys keys) {
		this.heartbeat = keys.properties().getHeartbeat();
		this.keys = keys;
	}

	/**
	 * Put them into a spec that has its direction, framing and clients.
	 */
	void apply(ConnectionSpecBuilder spec) {
		ConnectionSpec known = spec.build();
		Duration interval = duration(INTERVAL, this.heartbeat.getInterval());
		Duration timeout = duration(TIMEOUT, this.heartbeat.getTimeout());
		if (!isUsed(INTERVAL, known.direction(), Direction.RECEIVE, "which sends nothing")) {
			interval = null;
		}
		if (!isUsed(TIMEOUT, known.direction(), Direction.SEND, "which receives nothing")) {
			timeout = null;
		}
		EscapedBytes payload = payload(interval != null);
		if (interval != null) {
			checkIdleTimeout(known);
			checkTimeout(interval, timeout);
			payload = (payload != null) ? fitting(payload, known.framing()) : null;
		}
		else if (this.keys.isOwn(PAYLOAD) && this.heartbeat.getInterval() == null && this.keys.reads(PAYLOAD)) {
			this.keys.reject(PAYLOAD, "has no meaning without heartbeat.interval, after which it is sent");
		}
		boolean beating = interval != null && payload != null;
		spec.heartbeat(new ConnectionSpec.Heartbeat(beating ? interval : null, beating ? payload : null, timeout));
	}

	private @Nullable Duration duration(String key, @Nullable Duration value) {
		if (value == null || value.isZero() || !this.keys.reads(key)) {
			return null;
		}
		if (value.toMillis() < 1) {
			this.keys.reject(key, "is not positive; accepted are durations such as 500ms or 5s, or 0 for "
					+ (key.equals(INTERVAL) ? "none" : "never"));
			return null;
		}
		return value;
	}

	private @Nullable EscapedBytes payload(boolean needed) {
		String text = this.heartbeat.getPayload();
		if (text == null && needed) {
			this.keys.reject(PAYLOAD,
					"missing; heartbeat.interval needs what to send, such as \"PING\", \"\\0\" or \"\\x1e\"");
		}
		try {
			return (text != null) ? EscapedBytes.parse(text) : null;
		}
		catch (IllegalArgumentException ex) {
			this.keys.reject(PAYLOAD, String.valueOf(ex.getMessage()));
			return null;
		}
	}

	private boolean isUsed(String key, Direction direction, Direction without, String why) {
		if (direction == without && this.keys.isOwn(key) && this.keys.reads(key)) {
			this.keys.reject(key, "does not go with the direction " + direction.name().toLowerCase(Locale.ROOT) + ", "
					+ why + "; drop one of them");
		}
		return direction != without;
	}

	private @Nullable EscapedBytes fitting(EscapedBytes payload, Framing framing) {
		if (!this.keys.reads("framing")) {
			return payload;
		}
		if (payload.length() == 0 && framing.type() == Framing.Type.RAW) {
			this.keys.reject(PAYLOAD, "is empty, which framing.type raw cannot send; accepted are one or more bytes");
			return null;
		}
		try {
			framing.encode(payload.getBytes());
			return payload;
		}
		catch (FrameException ex) {
			this.keys.reject(PAYLOAD, "does not fit a frame: " + ex.getMessage());
			return null;
		}
	}

	private void checkTimeout(Duration interval, @Nullable Duration timeout) {
		if (timeout != null && timeout.compareTo(interval) <= 0) {
			this.keys.reject(TIMEOUT, "is not longer than heartbeat.interval, " + interval.toMillis()
					+ "ms, so that a peer that answers would be lost; accepted is more, best twice as much or more");
		}
	}

	private void checkIdleTimeout(ConnectionSpec known) {
		if (known.clients().idleTimeout() != null && this.keys.isOwn(IDLE_TIMEOUT)) {
			this.keys.reject(IDLE_TIMEOUT, "does not go with heartbeat.interval, with which no client is ever idle; "
					+ "drop one of them: heartbeat.timeout closes clients that are silent");
		}
	}

}
