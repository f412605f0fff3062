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

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for connecting to a remote.
 *
 * @param connectTimeout maximum duration of an attempt to connect to the remote. If a
 * duration suffix is not specified, milliseconds are used
 */
@ConfigurationProperties("mooring.defaults")
public record ConnectSettings(@DefaultValue("5s") Duration connectTimeout) implements SettingsRules<ConnectSettings> {

	@Override
	public ConnectSettings check(SettingsCheck check) {
		check.positive("connect-timeout", this.connectTimeout);
		return this;
	}

}
