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

package io.mooring.transport.settings;

import java.time.Duration;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

import io.mooring.Direction;
import io.mooring.codec.EscapedBytes;

/**
 * Settings of heartbeats and dead-peer detection.
 *
 * @param interval send idle time after which a heartbeat is sent, 0 to disable. If a
 * duration suffix is not specified, milliseconds are used
 * @param payload payload of a heartbeat, sent as a framed message: text, with the escapes
 * \\0, \\t, \\n, \\r, \\\\ and, for any other byte, \\x and two hexadecimal digits
 * @param timeout receive idle time after which the connection is lost, 0 to disable. If a
 * duration suffix is not specified, milliseconds are used
 */
@ConfigurationProperties("mooring.defaults.heartbeat")
public record HeartbeatSettings(@Nullable Duration interval, @Nullable EscapedBytes payload,
		@Nullable Duration timeout) implements SettingsRules<HeartbeatSettings> {

	/**
	 * Disabled heartbeats and dead-peer detection.
	 */
	public static final HeartbeatSettings NONE = new HeartbeatSettings(null, null, null);

	private static final String INTERVAL = "heartbeat.interval";

	private static final String PAYLOAD = "heartbeat.payload";

	private static final String TIMEOUT = "heartbeat.timeout";

	@Override
	public HeartbeatSettings check(SettingsCheck check) {
		Direction direction = check.get(FlowSettings.class).direction();
		Duration beat = used(check, INTERVAL, this.interval, direction, Direction.RECEIVE, "which sends nothing");
		Duration silence = used(check, TIMEOUT, this.timeout, direction, Direction.SEND, "which receives nothing");
		if (beat == null) {
			if (this.payload != null && check.isOwn(PAYLOAD) && this.interval == null) {
				check.reject(PAYLOAD, "has no meaning without heartbeat.interval, after which it is sent");
			}
			return new HeartbeatSettings(null, null, silence);
		}
		if (this.payload == null) {
			check.reject(PAYLOAD,
					"missing; heartbeat.interval needs what to send, such as \"PING\", \"\\0\" or \"\\x1e\"");
			return new HeartbeatSettings(null, null, silence);
		}
		if (silence != null && silence.compareTo(beat) <= 0) {
			check.reject(TIMEOUT, "is not longer than heartbeat.interval, " + beat.toMillis()
					+ "ms, so that a peer that answers would be lost; accepted is more, best twice as much or more");
		}
		return new HeartbeatSettings(beat, this.payload, silence);
	}

	private static @Nullable Duration used(SettingsCheck check, String key, @Nullable Duration value,
			Direction direction, Direction without, String why) {
		if (direction == without && check.isOwn(key)) {
			check.reject(key, "does not go with the direction " + direction.name().toLowerCase(Locale.ROOT) + ", " + why
					+ "; drop one of them");
		}
		if (value != null && !value.isZero() && value.toMillis() < 1) {
			check.reject(key, "is not positive; accepted are durations such as 500ms or 5s, or 0 for "
					+ (key.equals(INTERVAL) ? "none" : "never"));
			return null;
		}
		return (value == null || value.isZero() || direction == without) ? null : value;
	}

}
