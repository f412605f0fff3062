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

package io.mooring.transport.stream;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

import io.mooring.transport.settings.SettingsCheck;
import io.mooring.transport.settings.SettingsRules;

/**
 * Options of TCP; those that are not given are left to the system.
 *
 * @param noDelay whether to send small frames of TCP immediately (TCP_NODELAY)
 * @param keepAlive whether to send TCP keep-alive probes (SO_KEEPALIVE)
 * @param keepAliveIdle time without data after which to send the first probe
 * (TCP_KEEPIDLE). If a duration suffix is not specified, seconds are used
 * @param keepAliveInterval time between two probes (TCP_KEEPINTVL). If a duration suffix
 * is not specified, seconds are used
 * @param keepAliveCount number of unanswered probes after which the connection is lost
 * (TCP_KEEPCNT)
 * @param userTimeout maximum time that sent data stays unacknowledged before the
 * connection is lost (TCP_USER_TIMEOUT); Linux only. If a duration suffix is not
 * specified, milliseconds are used
 * @param linger time that closing waits for the peer to acknowledge data sent; zero
 * resets the connection and discards it (SO_LINGER). If a duration suffix is not
 * specified, seconds are used
 */
@ConfigurationProperties("mooring.defaults.socket")
public record TcpSettings(@DefaultValue("true") boolean noDelay, @Nullable Boolean keepAlive,
		@DurationUnit(ChronoUnit.SECONDS) @Nullable Duration keepAliveIdle,
		@DurationUnit(ChronoUnit.SECONDS) @Nullable Duration keepAliveInterval, @Nullable Integer keepAliveCount,
		@Nullable Duration userTimeout,
		@DurationUnit(ChronoUnit.SECONDS) @Nullable Duration linger) implements SettingsRules<TcpSettings> {

	/**
	 * TCP_NODELAY; the other options are left to the system.
	 */
	public static final TcpSettings DEFAULT = new TcpSettings(true, null, null, null, null, null, null);

	/**
	 * The longest time, and the most probes, that Linux takes (tcp(7), and MAX_TCP_ in
	 * the kernel's net/tcp.h).
	 */
	private static final int MAX_SECONDS = 32767;

	private static final int MAX_COUNT = 127;

	private static final List<String> DETAILS = List.of("socket.keep-alive-idle", "socket.keep-alive-interval",
			"socket.keep-alive-count");

	@Override
	public TcpSettings check(SettingsCheck check) {
		seconds(check, "socket.keep-alive-idle", this.keepAliveIdle, 1);
		seconds(check, "socket.keep-alive-interval", this.keepAliveInterval, 1);
		seconds(check, "socket.linger", this.linger, 0);
		check.between("socket.keep-alive-count", this.keepAliveCount, 1, MAX_COUNT, "accepted is 1 to " + MAX_COUNT);
		if (this.userTimeout != null && (this.userTimeout.toMillis() < 1
				|| this.userTimeout.compareTo(Duration.ofMillis(Integer.MAX_VALUE)) > 0)) {
			check.reject("socket.user-timeout", "is out of range; accepted is 1ms to 24d");
		}
		return new TcpSettings(this.noDelay, probes(check), this.keepAliveIdle, this.keepAliveInterval,
				this.keepAliveCount, this.userTimeout, this.linger);
	}

	/**
	 * The details turn probes on, unless the connection itself turns them off.
	 */
	private @Nullable Boolean probes(SettingsCheck check) {
		if (!Boolean.FALSE.equals(this.keepAlive)) {
			return (this.keepAliveIdle != null || this.keepAliveInterval != null || this.keepAliveCount != null)
					? Boolean.TRUE : this.keepAlive;
		}
		List<String> own = DETAILS.stream().filter(check::isOwn).toList();
		if (!check.isOwn("socket.keep-alive")) {
			return !own.isEmpty();
		}
		own.forEach((key) -> check.reject(key, "has no meaning with socket.keep-alive: false; drop one of them"));
		return false;
	}

	private static void seconds(SettingsCheck check, String key, @Nullable Duration value, int lowest) {
		if (value != null && (value.getNano() != 0 || value.isNegative() || value.toSeconds() < lowest
				|| value.toSeconds() > MAX_SECONDS)) {
			check.reject(key,
					"is out of range; accepted are whole seconds from " + lowest + "s to " + MAX_SECONDS + "s");
		}
	}

}
