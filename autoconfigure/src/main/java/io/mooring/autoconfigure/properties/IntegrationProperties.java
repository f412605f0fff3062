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

import io.mooring.IntegrationMode;

/**
 * Spring Integration channels and adapters.
 */
class IntegrationProperties {

	/**
	 * Whether there are channels and channel adapters for the connection.
	 */
	private @Nullable Boolean enabled;

	/**
	 * Name of the channel to send what was received to. A channel called
	 * "&lt;name&gt;.in" is created otherwise.
	 */
	private @Nullable String inboundChannel;

	/**
	 * Name of the channel from which to take what is to be sent. A channel called
	 * "&lt;name&gt;.out" is created otherwise.
	 */
	private @Nullable String outboundChannel;

	/**
	 * Name of the channel that gets what could not be handled or delivered.
	 */
	private @Nullable String errorChannel;

	/**
	 * Channel adapters, or gateways, with which a listener sends what a flow returns to
	 * whoever asked, and a client waits for the reply.
	 */
	private @Nullable IntegrationMode mode;

	/**
	 * How long the gateway of a client waits for a reply. If a duration suffix is not
	 * specified, milliseconds are used.
	 */
	private @Nullable Duration replyTimeout;

	public @Nullable Boolean getEnabled() {
		return this.enabled;
	}

	public void setEnabled(@Nullable Boolean enabled) {
		this.enabled = enabled;
	}

	public @Nullable String getInboundChannel() {
		return this.inboundChannel;
	}

	public void setInboundChannel(@Nullable String inboundChannel) {
		this.inboundChannel = inboundChannel;
	}

	public @Nullable String getOutboundChannel() {
		return this.outboundChannel;
	}

	public void setOutboundChannel(@Nullable String outboundChannel) {
		this.outboundChannel = outboundChannel;
	}

	public @Nullable String getErrorChannel() {
		return this.errorChannel;
	}

	public void setErrorChannel(@Nullable String errorChannel) {
		this.errorChannel = errorChannel;
	}

	public @Nullable IntegrationMode getMode() {
		return this.mode;
	}

	public void setMode(@Nullable IntegrationMode mode) {
		this.mode = mode;
	}

	public @Nullable Duration getReplyTimeout() {
		return this.replyTimeout;
	}

	public void setReplyTimeout(@Nullable Duration replyTimeout) {
		this.replyTimeout = replyTimeout;
	}

}
