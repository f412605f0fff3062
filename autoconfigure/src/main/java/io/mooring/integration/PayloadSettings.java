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

import java.nio.charset.Charset;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.ClassUtils;

import io.mooring.transport.settings.SettingsCheck;
import io.mooring.transport.settings.SettingsRules;

/**
 * Settings of the payloads of messages.
 *
 * @param codec codec of the payloads of messages: "bytes", "string", "json", or the name
 * of a Codec bean
 * @param charset charset of the codec "string"
 * @param payloadType class that the codec "json" decodes to. By default maps, lists,
 * strings, numbers and booleans
 */
@ConfigurationProperties("mooring.defaults")
public record PayloadSettings(@DefaultValue(PayloadSettings.BYTES) String codec, @DefaultValue("UTF-8") String charset,
		@DefaultValue("java.lang.Object") String payloadType) implements SettingsRules<PayloadSettings> {

	/**
	 * Codec that passes bytes unchanged.
	 */
	public static final String BYTES = "bytes";

	/**
	 * Codec for text.
	 */
	public static final String STRING = "string";

	/**
	 * Codec for JSON.
	 */
	public static final String JSON = "json";

	@Override
	public PayloadSettings check(SettingsCheck check) {
		checkUse(check, "charset", STRING);
		checkUse(check, "payload-type", JSON);
		if (!isCharset(this.charset)) {
			check.reject("charset", "is not a charset; accepted are names such as UTF-8, ISO-8859-1 or windows-1252");
		}
		if (this.codec.equals(JSON) && !ClassUtils.isPresent(this.payloadType, null)) {
			check.reject("payload-type", "is not on the class path; accepted is the name of a class with its package");
		}
		return this;
	}

	private void checkUse(SettingsCheck check, String key, String its) {
		if (!this.codec.equals(its) && check.isOwn(key)) {
			check.reject(key, "applies only to codec=" + its);
		}
	}

	private static boolean isCharset(String name) {
		try {
			return Charset.forName(name).canEncode();
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

}
