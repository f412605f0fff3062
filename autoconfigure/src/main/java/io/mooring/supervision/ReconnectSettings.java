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

package io.mooring.supervision;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.mooring.transport.settings.SettingsCheck;
import io.mooring.transport.settings.SettingsRules;

/**
 * Settings for the re-establishment of lost connections.
 *
 * @param enabled whether to reconnect after a failure or loss
 * @param initialDelay delay before the first attempt. Delays are reset after the
 * connection has been open for 30 seconds. If a duration suffix is not specified,
 * milliseconds are used
 * @param multiplier factor by which the delay grows from one attempt to the next, 1 or
 * more
 * @param maxDelay maximum delay between two attempts, without the jitter; 1s by default
 * for clients on Unix sockets. If a duration suffix is not specified, milliseconds are
 * used
 * @param jitter fraction of each delay, from 0 to 1, by which it is randomly increased or
 * reduced
 * @param maxAttempts number of failed attempts after which to give up, 0 to never give
 * up. A loss within 30 seconds counts as one
 * @param policy name of the ReconnectPolicy bean that determines the delays in place of
 * these properties
 */
@ConfigurationProperties("mooring.defaults.reconnect")
public record ReconnectSettings(@DefaultValue("true") boolean enabled, @DefaultValue("200ms") Duration initialDelay,
		@DefaultValue("2") double multiplier, @DefaultValue("5s") Duration maxDelay, @DefaultValue("0.2") double jitter,
		@DefaultValue("0") int maxAttempts, @Nullable String policy) implements SettingsRules<ReconnectSettings> {

	@Override
	public ReconnectSettings check(SettingsCheck check) {
		check.positive("reconnect.initial-delay", this.initialDelay);
		check.positive("reconnect.max-delay", this.maxDelay);
		checkDelays(check);
		check.between("reconnect.jitter", this.jitter, 0, 1, "accepted is 0 to 1");
		check.between("reconnect.multiplier", this.multiplier, 1, 1000, "accepted is 1 to 1000");
		check.between("reconnect.max-attempts", this.maxAttempts, 0, Integer.MAX_VALUE,
				"accepted is a number of attempts, or 0 to never give up");
		return this;
	}

	private void checkDelays(SettingsCheck check) {
		if (this.maxDelay.compareTo(this.initialDelay) >= 0) {
			return;
		}
		if (check.isGiven("reconnect.max-delay")) {
			check.reject("reconnect.max-delay", "is less than the initial delay, " + this.initialDelay.toMillis()
					+ "ms; accepted is at least that");
		}
		else {
			check.reject("reconnect.initial-delay", "exceeds the maximum delay, " + this.maxDelay.toMillis()
					+ "ms; accepted is at most that, unless reconnect.max-delay is set");
		}
	}

}
