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

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

import io.mooring.ConnectionType;
import io.mooring.StartupMode;
import io.mooring.binding.SocketBinding;

/**
 * Settings for opening a connection on application startup.
 *
 * @param mode behavior of application startup if the connection cannot be opened. By
 * default "fail-fast" for listeners with a fixed address, else "background"
 * @param timeout maximum time that application startup waits. If a duration suffix is not
 * specified, milliseconds are used
 * @param auto whether to open the connection on application startup
 * @param phase lifecycle phase in which the connection is opened and closed
 * @param role Spring Integration role that opens and closes the connection, such as that
 * of a leader election, instead of the application
 */
@ConfigurationProperties("mooring.defaults")
public record StartupSettings(@Name("startup") @Nullable StartupMode mode,
		@Name("startup-timeout") @DefaultValue("30s") Duration timeout,
		@Name("auto-startup") @DefaultValue("true") boolean auto, @DefaultValue("0") int phase,
		@Nullable String role) implements SettingsRules<StartupSettings> {

	/**
	 * Return the mode.
	 * @return the mode, BACKGROUND unless one is configured
	 */
	public StartupMode effectiveMode() {
		return (this.mode != null) ? this.mode : StartupMode.BACKGROUND;
	}

	@Override
	public StartupSettings check(SettingsCheck check) {
		check.positive("startup-timeout", this.timeout);
		if (this.role != null && this.auto && check.isGiven("auto-startup")) {
			checkRole(check);
		}
		return new StartupSettings((this.mode != null) ? this.mode : defaultMode(check), this.timeout,
				this.auto && this.role == null, this.phase, this.role);
	}

	/**
	 * Either the role or the application opens a connection. A key of the connection
	 * takes precedence over the defaults.
	 */
	private void checkRole(SettingsCheck check) {
		boolean ownRole = check.isOwn("role");
		boolean ownStart = check.isOwn("auto-startup");
		if (ownStart && !ownRole) {
			check.reject("auto-startup", "does not go with mooring.defaults.role: \"" + this.role
					+ "\", which opens the connection; an empty role leaves it out of that");
		}
		else if (ownStart || !ownRole) {
			check.reject("auto-startup",
					"does not go with the role \"" + this.role + "\", which opens the connection; drop one of them");
		}
	}

	private static StartupMode defaultMode(SettingsCheck check) {
		ConnectionType type = check.type();
		return (type.isListener() && check.get(AddressSettings.class).binding(type) instanceof SocketBinding.Fixed)
				? StartupMode.FAIL_FAST : StartupMode.BACKGROUND;
	}

}
