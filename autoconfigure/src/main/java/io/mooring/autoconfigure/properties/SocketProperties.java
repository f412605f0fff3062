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
import java.time.temporal.ChronoUnit;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.util.unit.DataSize;

/**
 * Options of the socket; those that are not given are left to the system.
 */
class SocketProperties {

	/**
	 * Kernel's receive buffer (SO_RCVBUF). If a size suffix is not specified, bytes are
	 * used.
	 */
	private @Nullable DataSize receiveBuffer;

	/**
	 * Kernel's send buffer (SO_SNDBUF). If a size suffix is not specified, bytes are
	 * used.
	 */
	private @Nullable DataSize sendBuffer;

	/**
	 * Whether to allow an address that is in use (SO_REUSEADDR).
	 */
	private @Nullable Boolean reuseAddress;

	/**
	 * Whether to share the port with other sockets that allow it (SO_REUSEPORT).
	 */
	private @Nullable Boolean reusePort;

	/**
	 * IP precedence of what is sent, 0 to 7.
	 */
	private @Nullable Integer precedence;

	/**
	 * Number of connections that may wait to be accepted, negative for the system's
	 * choice.
	 */
	private @Nullable Integer backlog;

	/**
	 * Whether to send small frames of TCP at once rather than to wait for more
	 * (TCP_NODELAY).
	 */
	private @Nullable Boolean noDelay;

	/**
	 * Whether to ask a TCP peer that says nothing whether it is still there
	 * (SO_KEEPALIVE).
	 */
	private @Nullable Boolean keepAlive;

	/**
	 * Time without data after which to ask (TCP_KEEPIDLE). If a duration suffix is not
	 * specified, seconds are used.
	 */
	@DurationUnit(ChronoUnit.SECONDS)
	private @Nullable Duration keepAliveIdle;

	/**
	 * Time from one question to the next (TCP_KEEPINTVL). If a duration suffix is not
	 * specified, seconds are used.
	 */
	@DurationUnit(ChronoUnit.SECONDS)
	private @Nullable Duration keepAliveInterval;

	/**
	 * Number of questions without an answer after which the connection is lost
	 * (TCP_KEEPCNT).
	 */
	private @Nullable Integer keepAliveCount;

	/**
	 * Time that sent data may stay unacknowledged before the connection is lost
	 * (TCP_USER_TIMEOUT); Linux only. If a duration suffix is not specified, milliseconds
	 * are used.
	 */
	private @Nullable Duration userTimeout;

	/**
	 * Time that closing waits for the peer to acknowledge what was sent; zero resets the
	 * connection and discards that (SO_LINGER). If a duration suffix is not specified,
	 * seconds are used.
	 */
	@DurationUnit(ChronoUnit.SECONDS)
	private @Nullable Duration linger;

	public @Nullable Integer getBacklog() {
		return this.backlog;
	}

	public void setBacklog(@Nullable Integer backlog) {
		this.backlog = backlog;
	}

	public @Nullable DataSize getReceiveBuffer() {
		return this.receiveBuffer;
	}

	public void setReceiveBuffer(@Nullable DataSize receiveBuffer) {
		this.receiveBuffer = receiveBuffer;
	}

	public @Nullable DataSize getSendBuffer() {
		return this.sendBuffer;
	}

	public void setSendBuffer(@Nullable DataSize sendBuffer) {
		this.sendBuffer = sendBuffer;
	}

	public @Nullable Boolean getReuseAddress() {
		return this.reuseAddress;
	}

	public void setReuseAddress(@Nullable Boolean reuseAddress) {
		this.reuseAddress = reuseAddress;
	}

	public @Nullable Boolean getReusePort() {
		return this.reusePort;
	}

	public void setReusePort(@Nullable Boolean reusePort) {
		this.reusePort = reusePort;
	}

	public @Nullable Boolean getNoDelay() {
		return this.noDelay;
	}

	public void setNoDelay(@Nullable Boolean noDelay) {
		this.noDelay = noDelay;
	}

	public @Nullable Boolean getKeepAlive() {
		return this.keepAlive;
	}

	public void setKeepAlive(@Nullable Boolean keepAlive) {
		this.keepAlive = keepAlive;
	}

	public @Nullable Duration getKeepAliveIdle() {
		return this.keepAliveIdle;
	}

	public void setKeepAliveIdle(@Nullable Duration keepAliveIdle) {
		this.keepAliveIdle = keepAliveIdle;
	}

	public @Nullable Duration getKeepAliveInterval() {
		return this.keepAliveInterval;
	}

	public void setKeepAliveInterval(@Nullable Duration keepAliveInterval) {
		this.keepAliveInterval = keepAliveInterval;
	}

	public @Nullable Integer getKeepAliveCount() {
		return this.keepAliveCount;
	}

	public void setKeepAliveCount(@Nullable Integer keepAliveCount) {
		this.keepAliveCount = keepAliveCount;
	}

	public @Nullable Duration getUserTimeout() {
		return this.userTimeout;
	}

	public void setUserTimeout(@Nullable Duration userTimeout) {
		this.userTimeout = userTimeout;
	}

	public @Nullable Duration getLinger() {
		return this.linger;
	}

	public void setLinger(@Nullable Duration linger) {
		this.linger = linger;
	}

	public @Nullable Integer getPrecedence() {
		return this.precedence;
	}

	public void setPrecedence(@Nullable Integer precedence) {
		this.precedence = precedence;
	}

}
