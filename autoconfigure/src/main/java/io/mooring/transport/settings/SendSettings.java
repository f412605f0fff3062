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

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the write queue of streams.
 *
 * @param capacity maximum number of frames in the write queue, which is also limited to
 * 4MB
 */
@ConfigurationProperties("mooring.defaults.send")
public record SendSettings(@DefaultValue("1024") int capacity) implements SettingsRules<SendSettings> {

	@Override
	public SendSettings check(SettingsCheck check) {
		check.between("send.capacity", this.capacity, 1, Integer.MAX_VALUE, "accepted is 1 or more");
		return this;
	}

}
