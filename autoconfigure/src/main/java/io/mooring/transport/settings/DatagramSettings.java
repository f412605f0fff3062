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
import org.springframework.util.unit.DataSize;

/**
 * Settings of received datagrams.
 *
 * @param maxSize maximum size of a message. If a size suffix is not specified, bytes are
 * used
 * @param maximizeBuffer whether to raise the receive buffer of the kernel to the
 * permitted maximum
 */
@ConfigurationProperties("mooring.defaults.receive")
public record DatagramSettings(@DefaultValue("65507") DataSize maxSize,
		@DefaultValue("true") boolean maximizeBuffer) implements SettingsRules<DatagramSettings> {

	/**
	 * Return the maximum size of a message.
	 * @return the size in bytes
	 */
	public int maxSizeBytes() {
		return Math.toIntExact(this.maxSize.toBytes());
	}

	@Override
	public DatagramSettings check(SettingsCheck check) {
		check.size("receive.max-size", this.maxSize);
		return this;
	}

}
