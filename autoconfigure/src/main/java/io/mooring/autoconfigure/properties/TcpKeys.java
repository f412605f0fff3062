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
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.mooring.ConnectionSpec;
import io.mooring.ConnectionSpecBuilder;

/**
 * What the keys for the options of TCP mean.
 */
final class TcpKeys {

	/**
	 * The longest time, and the most probes, that Linux takes (tcp(7), and MAX_TCP_ in
	 * the kernel's net/tcp.h).
	 */
	private static final int MAX_SECONDS = 32767;

	private static final int MAX_COUNT = 127;

	private static final List<String> DETAILS = List.of("socket.keep-alive-idle", "socket.keep-alive-interval",
			"socket.keep-alive-count");

	private final SocketProperties keys;

	private final TransportTypes.Entry type;

	private final GivenKeys given;

	TcpKeys(ConnectionProperties properties, TransportTypes.Entry type, GivenKeys given) {
		this.keys = properties.getSocket();
		this.type = type;
		this.given = given;
	}

	void apply(ConnectionSpecBuilder spec) {
		seconds("socket.keep-alive-idle", this.keys.getKeepAliveIdle(), 1);
		seconds("socket.keep-alive-interval", this.keys.getKeepAliveInterval(), 1);
		seconds("socket.linger", this.keys.getLinger(), 0);
		Integer count = this.keys.getKeepAliveCount();
		if (count != null && (count < 1 || count > MAX_COUNT)) {
			this.given.reject("socket.keep-alive-count", "is out of range; accepted is 1 to " + MAX_COUNT);
		}
		Duration userTimeout = this.keys.getUserTimeout();
		if (userTimeout != null
				&& (userTimeout.toMillis() < 1 || userTimeout.compareTo(Duration.ofMillis(Integer.MAX_VALUE)) > 0)) {
			this.given.reject("socket.user-timeout", "is out of range; accepted is 1ms to 24d");
		}
		if (this.type.reads("socket.no-delay")) {
			spec.socket(spec.build().socket().withTcp(tcp()));
		}
	}

	private ConnectionSpec.Tcp tcp() {
		Duration idle = this.keys.getKeepAliveIdle();
		Duration interval = this.keys.getKeepAliveInterval();
		Integer count = this.keys.getKeepAliveCount();
		return new ConnectionSpec.Tcp(
				Objects.requireNonNullElse(this.keys.getNoDelay(), ConnectionSpec.Tcp.DEFAULT.noDelay()),
				keepAlive(idle != null || interval != null || count != null), idle, interval, count,
				this.keys.getUserTimeout(), this.keys.getLinger());
	}

	/**
	 * What says how to ask turns it on, unless the connection itself turns it off.
	 */
	private @Nullable Boolean keepAlive(boolean detailed) {
		Boolean keepAlive = this.keys.getKeepAlive();
		if (!Boolean.FALSE.equals(keepAlive)) {
			return detailed ? Boolean.TRUE : keepAlive;
		}
		List<String> own = DETAILS.stream().filter((key) -> this.given.own(key) != null).toList();
		if (this.given.own("socket.keep-alive") == null) {
			return !own.isEmpty();
		}
		own.forEach((key) -> this.given.reject(key, "has no meaning with socket.keep-alive: false; drop one of them"));
		return false;
	}

	private void seconds(String key, @Nullable Duration value, int lowest) {
		if (value != null && (value.getNano() != 0 || value.isNegative() || value.toSeconds() < lowest
				|| value.toSeconds() > MAX_SECONDS)) {
			this.given.reject(key,
					"is out of range; accepted are whole seconds from " + lowest + "s to " + MAX_SECONDS + "s");
		}
	}

}
