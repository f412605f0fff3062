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

package io.mooring.integration;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.mooring.DatagramConnection;
import io.mooring.Direction;
import io.mooring.IntegrationMode;
import io.mooring.transport.settings.FlowSettings;
import io.mooring.transport.settings.SettingsCheck;
import io.mooring.transport.settings.SettingsRules;

/**
 * Settings of the Spring Integration channels and endpoints of a connection.
 *
 * @param enabled whether to create channels and channel adapters for the connection
 * @param mode kind of endpoints: channel adapters, or gateways, with which a listener
 * sends the result of a flow to the requester, and a client waits for the reply
 * @param inboundChannel name of the channel to send received messages to. By default a
 * channel called "&lt;name&gt;.in" is created
 * @param outboundChannel name of the channel from which to take messages to send. By
 * default a channel called "&lt;name&gt;.out" is created
 * @param errorChannel name of the channel for messages that could not be handled or
 * delivered
 * @param replyTimeout maximum time that the gateway of a client waits for a reply. If a
 * duration suffix is not specified, milliseconds are used
 */
@ConfigurationProperties("mooring.defaults.integration")
public record IntegrationSettings(@DefaultValue("true") boolean enabled, @DefaultValue("adapter") IntegrationMode mode,
		@Nullable String inboundChannel, @Nullable String outboundChannel,
		@DefaultValue("errorChannel") String errorChannel,
		@DefaultValue("5s") Duration replyTimeout) implements SettingsRules<IntegrationSettings> {

	@Override
	public IntegrationSettings check(SettingsCheck check) {
		check.positive("integration.reply-timeout", this.replyTimeout);
		if (this.mode == IntegrationMode.GATEWAY) {
			checkGateway(check);
		}
		return this;
	}

	private void checkGateway(SettingsCheck check) {
		if (!check.type().isListener() && check.isOwn("integration.inbound-channel")) {
			check.reject("integration.inbound-channel", "cannot be combined with integration.mode: gateway, where a "
					+ check.type() + " replies to the sender of a request; drop one of them");
		}
		Direction direction = check.get(FlowSettings.class).direction();
		if (direction != Direction.BOTH && DatagramConnection.class.isAssignableFrom(check.type().getBeanType())) {
			check.reject("integration.mode", "cannot be combined with the direction " + direction
					+ ": a gateway needs requests and replies; accepted is adapter");
		}
		if (Boolean.TRUE.equals(check.value("multicast.only"))) {
			check.reject("multicast.only",
					"cannot be combined with integration.mode: gateway, which replies to single senders; drop one of them");
		}
	}

}
