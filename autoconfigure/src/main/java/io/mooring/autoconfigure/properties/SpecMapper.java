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

import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

import io.mooring.ConnectionSpec;
import io.mooring.ConnectionSpecBuilder;
import io.mooring.OverflowPolicy;

/**
 * Puts the groups of keys into a spec. What was not given remains as
 * {@link ConnectionSpecBuilder} has it.
 */
final class SpecMapper {

	private final ConnectionProperties properties;

	private final ConnectionSpec defaults;

	/**
	 * Create a mapper.
	 * @param properties what was given
	 * @param defaults what is used where nothing was given
	 */
	SpecMapper(ConnectionProperties properties, ConnectionSpec defaults) {
		this.properties = properties;
		this.defaults = defaults;
	}

	void apply(ConnectionSpecBuilder spec) {
		spec.startup(startup());
		spec.reconnect(reconnect());
		spec.connectTimeout(or(this.properties.getConnectTimeout(), this.defaults.connectTimeout()));
		spec.send(
				new ConnectionSpec.Send(or(this.properties.getSend().getCapacity(), this.defaults.send().capacity())));
		spec.receive(receive());
		spec.socket(socket());
		spec.integration(integration());
		spec.health(health());
	}

	private ConnectionSpec.Startup startup() {
		ConnectionSpec.Startup startup = this.defaults.startup();
		String role = text(this.properties.getRole());
		return new ConnectionSpec.Startup(or(this.properties.getStartup(), startup.mode()),
				or(this.properties.getStartupTimeout(), startup.timeout()),
				role == null && or(this.properties.getAutoStartup(), startup.auto()),
				or(this.properties.getPhase(), startup.phase()), role);
	}

	private ConnectionSpec.Reconnect reconnect() {
		ReconnectProperties given = this.properties.getReconnect();
		ConnectionSpec.Reconnect reconnect = this.defaults.reconnect();
		return new ConnectionSpec.Reconnect(or(given.getEnabled(), reconnect.enabled()),
				or(given.getInitialDelay(), reconnect.initialDelay()),
				or(given.getMultiplier(), reconnect.multiplier()), or(given.getMaxDelay(), reconnect.maxDelay()),
				or(given.getJitter(), reconnect.jitter()), or(given.getMaxAttempts(), reconnect.maxAttempts()),
				text(given.getPolicy()));
	}

	private ConnectionSpec.Receive receive() {
		ReceiveProperties given = this.properties.getReceive();
		ConnectionSpec.Receive receive = this.defaults.receive();
		OverflowPolicy overflow = or(given.getOverflow(), receive.overflow());
		return new ConnectionSpec.Receive(or(given.getCapacity(), receive.capacity()), overflow,
				or(bytes(given.getMaxSize()), receive.maxSize()),
				or(given.getMaximizeBuffer(), receive.maximizeBuffer()));
	}

	private ConnectionSpec.Socket socket() {
		SocketProperties given = this.properties.getSocket();
		return new ConnectionSpec.Socket(bytes(given.getReceiveBuffer()), bytes(given.getSendBuffer()),
				given.getReuseAddress(), given.getReusePort(), given.getPrecedence(), given.getBacklog(),
				this.defaults.socket().tcp());
	}

	private ConnectionSpec.Integration integration() {
		IntegrationProperties given = this.properties.getIntegration();
		ConnectionSpec.Integration integration = this.defaults.integration();
		return new ConnectionSpec.Integration(or(given.getEnabled(), integration.enabled()),
				or(given.getMode(), integration.mode()), text(given.getInboundChannel()),
				text(given.getOutboundChannel()), or(text(given.getErrorChannel()), integration.errorChannel()),
				or(given.getReplyTimeout(), integration.replyTimeout()));
	}

	private ConnectionSpec.Health health() {
		HealthProperties given = this.properties.getHealth();
		ConnectionSpec.Health health = this.defaults.health();
		return new ConnectionSpec.Health(or(given.getEnabled(), health.enabled()),
				or(given.getImportance(), health.importance()));
	}

	private static <T> T or(@Nullable T given, T other) {
		return Objects.requireNonNullElse(given, other);
	}

	private static @Nullable String text(@Nullable String given) {
		return StringUtils.hasText(given) ? given.strip() : null;
	}

	private static @Nullable Integer bytes(@Nullable DataSize given) {
		return (given != null) ? Math.toIntExact(given.toBytes()) : null;
	}

}
