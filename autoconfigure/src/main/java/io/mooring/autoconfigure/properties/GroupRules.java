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

import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

import io.mooring.ConnectionSpec;
import io.mooring.transport.SpecProblems;

/**
 * Which values the keys accept that mean the same for every type.
 */
final class GroupRules {

	private final SpecProblems problems;

	private final ConnectionProperties properties;

	GroupRules(ConnectionProperties properties, SpecProblems problems) {
		this.properties = properties;
		this.problems = problems;
	}

	/**
	 * Check all of them.
	 * @param defaults what is used where nothing was given
	 */
	void check(ConnectionSpec defaults) {
		positive("startup-timeout", this.properties.getStartupTimeout());
		ReconnectProperties reconnect = this.properties.getReconnect();
		positive("reconnect.initial-delay", reconnect.getInitialDelay());
		positive("reconnect.max-delay", reconnect.getMaxDelay());
		checkDelays(reconnect, defaults.reconnect());
		between("reconnect.jitter", reconnect.getJitter(), 0, 1, "accepted is 0 to 1");
		between("reconnect.multiplier", reconnect.getMultiplier(), 1, 1000, "accepted is 1 to 1000");
		between("reconnect.max-attempts", reconnect.getMaxAttempts(), 0, Integer.MAX_VALUE,
				"accepted is a number of attempts, or 0 to never give up");
		between("receive.capacity", this.properties.getReceive().getCapacity(), 1, Integer.MAX_VALUE,
				"accepted is 1 or more");
		positive("integration.reply-timeout", this.properties.getIntegration().getReplyTimeout());
		positive("connect-timeout", this.properties.getConnectTimeout());
		between("send.capacity", this.properties.getSend().getCapacity(), 1, Integer.MAX_VALUE,
				"accepted is 1 or more");
		size("receive.max-size", this.properties.getReceive().getMaxSize());
		size("socket.receive-buffer", this.properties.getSocket().getReceiveBuffer());
		size("socket.send-buffer", this.properties.getSocket().getSendBuffer());
	}

	private void checkDelays(ReconnectProperties reconnect, ConnectionSpec.Reconnect defaults) {
		Duration initial = reconnect.getInitialDelay();
		Duration max = reconnect.getMaxDelay();
		if (max != null && max.compareTo((initial != null) ? initial : defaults.initialDelay()) < 0) {
			this.problems.reject("reconnect.max-delay", "is less than the initial delay, "
					+ text((initial != null) ? initial : defaults.initialDelay()) + "; accepted is that or more");
		}
		else if (max == null && initial != null && initial.compareTo(defaults.maxDelay()) > 0) {
			this.problems.reject("reconnect.initial-delay", "is more than the longest delay, "
					+ text(defaults.maxDelay()) + "; accepted is that or less, unless reconnect.max-delay is given");
		}
	}

	private String text(Duration duration) {
		return duration.toMillis() + "ms";
	}

	private void positive(String key, @Nullable Duration value) {
		if (value != null && (value.isNegative() || value.isZero())) {
			this.problems.reject(key, "is not positive; accepted are durations such as 500ms or 5s");
		}
	}

	private void between(String key, @Nullable Number value, double lowest, double highest, String accepted) {
		if (value != null && !(value.doubleValue() >= lowest && value.doubleValue() <= highest)) {
			this.problems.reject(key, "is out of range; " + accepted);
		}
	}

	private void size(String key, @Nullable DataSize value) {
		between(key, (value != null) ? value.toBytes() : null, 1, Integer.MAX_VALUE, "accepted is 1B to 2047MB");
	}

}
