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

	private final SocketProperties socket;

	private final TypedKeys keys;

	TcpKeys(TypedKeys keys) {
		this.socket = keys.properties().getSocket();
		this.keys = keys;
	}

	void apply(ConnectionSpecBuilder spec) {
		seconds("socket.keep-alive-idle", this.socket.getKeepAliveIdle(), 1);
		seconds("socket.keep-alive-interval", this.socket.getKeepAliveInterval(), 1);
		seconds("socket.linger", this.socket.getLinger(), 0);
		Integer count = this.socket.getKeepAliveCount();
		if (count != null && (count < 1 || count > MAX_COUNT)) {
			this.keys.reject("socket.keep-alive-count", "is out of range; accepted is 1 to " + MAX_COUNT);
		}
		Duration userTimeout = this.socket.getUserTimeout();
		if (userTimeout != null
				&& (userTimeout.toMillis() < 1 || userTimeout.compareTo(Duration.ofMillis(Integer.MAX_VALUE)) > 0)) {
			this.keys.reject("socket.user-timeout", "is out of range; accepted is 1ms to 24d");
		}
		if (this.keys.reads("socket.no-delay")) {
			spec.socket(spec.build().socket().withTcp(tcp()));
		}
	}

	private ConnectionSpec.Tcp tcp() {
		Duration idle = this.socket.getKeepAliveIdle();
		Duration interval = this.socket.getKeepAliveInterval();
		Integer count = this.socket.getKeepAliveCount();
		return new ConnectionSpec.Tcp(
				Objects.requireNonNullElse(this.socket.getNoDelay(), ConnectionSpec.Tcp.DEFAULT.noDelay()),
				keepAlive(idle != null || interval != null || count != null), idle, interval, count,
				this.socket.getUserTimeout(), this.socket.getLinger());
	}

	/**
	 * What says how to ask turns it on, unless the connection itself turns it off.
	 */
	private @Nullable Boolean keepAlive(boolean detailed) {
		Boolean keepAlive = this.socket.getKeepAlive();
		if (!Boolean.FALSE.equals(keepAlive)) {
			return detailed ? Boolean.TRUE : keepAlive;
		}
		List<String> own = DETAILS.stream().filter(this.keys::isOwn).toList();
		if (!this.keys.isOwn("socket.keep-alive")) {
			return !own.isEmpty();
		}
		own.forEach((key) -> this.keys.reject(key, "has no meaning with socket.keep-alive: false; drop one of them"));
		return false;
	}

	private void seconds(String key, @Nullable Duration value, int lowest) {
		if (value != null && (value.getNano() != 0 || value.isNegative() || value.toSeconds() < lowest
				|| value.toSeconds() > MAX_SECONDS)) {
			this.keys.reject(key,
					"is out of range; accepted are whole seconds from " + lowest + "s to " + MAX_SECONDS + "s");
		}
	}

}
